#pragma once

#include <axle/discovery/discoveredfile.h>

namespace Axle::Internal {

/// What lies in a folder, for the Python that runs. Needs no GIL. Errors: those of Scanner::scan.
Result<QList<DiscoveredFile>> scanFolder(const QString &folder);
DiscoveredFile examineFile(const QString &path);

} // namespace Axle::Internal
