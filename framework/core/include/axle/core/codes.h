#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module core.
namespace Axle::Codes {

inline constexpr ErrorCode FileNotFound{"file-not-found"};
inline constexpr ErrorCode FileNotRegular{"file-not-regular"};
inline constexpr ErrorCode FileUnreadable{"file-unreadable"};
inline constexpr ErrorCode FileTruncated{"file-truncated"};

} // namespace Axle::Codes
