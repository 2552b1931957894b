#pragma once

#include <axle/core/export.h>

#include <cstdint>

namespace Axle {

/// The clock that the system takes the time stamps of files from, in nanoseconds since the epoch. Coarse: it may stand
/// still for some milliseconds, and where stamps are finer than it (Linux 6.13 and newer) a stamp may be ahead of it by
/// as much. No change that is made after it was asked has an earlier stamp. Thread-safe.
AXLE_EXPORT std::int64_t fileClock();

} // namespace Axle
