#pragma once

#include <axle/core/result.h>

#include <QtCore/QString>

namespace Axle::Internal {

/// Starts Python on the calling thread, which becomes its main thread and holds the GIL afterwards. Mounts the registered
/// packages. Errors: `python-start-failed`, `python-version-mismatch`.
Result<void> startPython(const QString &home);

/// Ends Python: runs what was registered with atexit, waits for threads that are not daemons. GIL held.
void stopPython();

} // namespace Axle::Internal
