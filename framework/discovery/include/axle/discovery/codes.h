#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module discovery.
namespace Axle::Codes {

inline constexpr ErrorCode FolderUnreadable{"folder-unreadable"};
inline constexpr ErrorCode ScanCancelled{"scan-cancelled"};
inline constexpr ErrorCode WatchFailed{"watch-failed"};

} // namespace Axle::Codes
