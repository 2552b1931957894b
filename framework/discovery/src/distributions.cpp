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

} // namespace Axle
