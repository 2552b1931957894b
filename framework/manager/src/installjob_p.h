#pragma once

#include <axle/core/result.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QString>

namespace Axle::Internal {

/// Copies a wheel that this Python can use into `folder`; it appears there whole, under its own name. On a worker.
/// Errors: `install-failed`, and those of Scanner::examine.
Result<void> installWheel(const QString &wheelPath, const QString &folder, const TargetPython &python);

} // namespace Axle::Internal
