#pragma once

#include <axle/discovery/discoveredfile.h>

namespace Axle {

/// What a resolver may choose from: the candidates of `files`, in their order. Metadata that were not yet asked for are
/// parsed on all cores.
AXLE_EXPORT QList<Distribution> toDistributions(const QList<DiscoveredFile> &files);

} // namespace Axle
