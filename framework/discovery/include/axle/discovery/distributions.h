#pragma once

#include <axle/discovery/discoveredfile.h>

namespace Axle {

/// What a resolver may choose from: the candidates of `files`, in their order. Metadata that were not yet asked for are
/// parsed on all cores.
AXLE_EXPORT QList<Distribution> toDistributions(const QList<DiscoveredFile> &files);

/// The same, and what cannot be used, as such, where its project is known: so that an explanation can say why, instead
/// of that there is none.
AXLE_EXPORT QList<Distribution> toAllDistributions(const QList<DiscoveredFile> &files);

} // namespace Axle
