#include <axle/core/fileclock.h>

#include <ctime>

namespace Axle {

std::int64_t fileClock()
{
    timespec now = {};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

} // namespace Axle
