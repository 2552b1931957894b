#pragma once

#include <axle/wheel/wheelarchive.h>

namespace Axle::Internal {

inline constexpr std::int64_t MaximumFileSize = 512LL * 1024 * 1024;

inline constexpr std::int64_t MaximumMembers = 20'000;
inline constexpr std::int64_t MaximumTolerantMembers = 200'000;

} // namespace Axle::Internal
