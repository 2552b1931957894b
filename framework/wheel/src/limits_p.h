#pragma once

#include <axle/core/result.h>

#include <cstdint>

namespace Axle::Internal {

inline constexpr std::int64_t MaximumFileSize = 512LL * 1024 * 1024;
/// Z02: `file-too-large`.
Result<void> checkFileSize(std::int64_t fileSize);

inline constexpr std::int64_t MaximumMembers = 20'000;
inline constexpr std::int64_t MaximumTolerantMembers = 200'000;

/// A little more than DEFLATE can reach: bytes out of one byte.
inline constexpr std::uint64_t MaximumRatio = 1033;
/// What a whole archive may inflate to, and therefore one member (Z48).
inline constexpr std::uint64_t MaximumTotal = 2048ULL * 1024 * 1024;

} // namespace Axle::Internal
