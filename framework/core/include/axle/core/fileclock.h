#pragma once

#include <axle/core/export.h>

#include <cstdint>

namespace Axle {

/// The clock that the system takes the time stamps of files from, in nanoseconds since the epoch. Coarse: it may stand
/// still for some milliseconds. Thread-safe.
AXLE_EXPORT std::int64_t fileClock();

} // namespace Axle
