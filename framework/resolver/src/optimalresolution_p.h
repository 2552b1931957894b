#pragma once

#include <axle/resolver/workingset.h>

namespace Axle::Internal {

/// The requirements all together, by Resolver: what is active stays, unless it may be replaced, and then it is preferred.
ResolvedDistributions resolveOptimally(
    const WorkingSet &set, const QList<Requirement> &requirements, const ResolveOptions &options);

/// As many plugins as can live together and with what is active, by Resolver.
FoundPlugins findPluginsOptimally(const WorkingSet &set, const Environment &plugins, const FindPluginsOptions &options);

} // namespace Axle::Internal
