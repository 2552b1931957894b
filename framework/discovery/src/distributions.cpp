#include <axle/discovery/distributions.h>

#include "parallel_p.h"

#include <axle/wheel/wheel.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Axle {

namespace {

/// The top-level names that several projects bring, without those of which all bring a part.
QSet<QString> disputedNames(const QList<Distribution> &distributions)
{
    QHash<QStringView, const Distribution *> owners;
    QSet<QString> disputed;
    const Distribution *previous = nullptr;
    for (const Distribution &distribution : distributions) {
        // Versions of a project follow one another, and mostly bring the same.
        const bool isSame = previous && previous->topLevels.constData() == distribution.topLevels.constData()
            && previous->name == distribution.name;
        previous = &distribution;
        if (isSame)
            continue;
        for (const QString &name : distribution.topLevels) {
            const Distribution *&owner = owners[name];
            if (owner && owner->name != distribution.name)
                disputed.insert(name);
            owner = &distribution;
        }
    }
    return disputed;
}

/// Older wheels share a package by what its `__init__` does, which is looked at only where it matters.
void shareAsTheyDo(Distribution &distribution, const QSet<QString> &disputed)
{
    const QStringList names = distribution.topLevels;
    std::optional<Wheel> wheel;
    for (const QString &name : names) {
        if (!disputed.contains(name))
            continue;
        if (!wheel) {
            auto opened = Wheel::open(distribution.location, Rules::Tolerant);
            if (!opened)
                return; // it has changed since: who mounts it will see
            wheel = std::move(*opened);
        }
        if (sharesTopLevel(*wheel, name)) {
            distribution.topLevels.removeAll(name);
            distribution.namespaces += name;
        }
    }
}

} // namespace

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
    if (const QSet<QString> disputed = disputedNames(distributions); !disputed.isEmpty()) {
        for (Distribution &distribution : distributions)
            shareAsTheyDo(distribution, disputed);
    }
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
