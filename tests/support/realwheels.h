#pragma once

#include <QtCore/QString>

namespace Axle::Test {

/// The folder with the wheels of tests/e2e/wheels.lock, which `./dev test` fetches: `$AXLE_WHEELS`, else
/// `$XDG_CACHE_HOME/axle-wheels`, else `~/.cache/axle-wheels`. It need not exist.
QString realWheelFolder();

/// Path of the wheel of `project`, of the one version that the lock names; empty when it was not fetched.
QString realWheel(const QString &project);

/// The folder's absence as a sentence for QSKIP; empty when `project` is there.
QString realWheelMissing(const QString &project);

} // namespace Axle::Test
