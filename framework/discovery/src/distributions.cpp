#include <axle/discovery/distributions.h>

#include "parallel_p.h"

namespace Axle {

QList<Distribution> toDistributions(const QList<DiscoveredFile> &files)
{
    QList<const DiscoveredFile *> candidates;
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            candidates.append(&file);
    }
    QList<Distribution> distributions(candidates.size());
    Distribution *const first = distributions.data();
    const auto make = [&](int number) { first[number] = candidates[number]->toDistribution(); };
    Internal::forEachBelow(static_cast<int>(candidates.size()), make, {});
    return distributions;
}

namespace {

std::optional<Distribution> unusable(const DiscoveredFile &file)
{
    if (!file.metadata && !file.fileName)
        return std::nullopt;
    Distribution distribution;
    distribution.name = file.metadata ? file.metadata->name : file.fileName->name;
    distribution.version = file.metadata ? file.metadata->version : file.fileName->version;
    distribution.location = file.path;
    distribution.unusable = file.error;
    return distribution;
}

} // namespace

QList<Distribution> toAllDistributions(const QList<DiscoveredFile> &files)
{
    QList<Distribution> distributions = toDistributions(files);
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            continue;
        if (const auto distribution = unusable(file))
            distributions.append(*distribution);
    }
    return distributions;
}

} // namespace Axle
