#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module manager.
namespace Axle::Codes {

inline constexpr ErrorCode FolderUntrusted{"folder-untrusted"};
inline constexpr ErrorCode DependencyFailed{"dependency-failed"};
inline constexpr ErrorCode InstallFailed{"install-failed"};
inline constexpr ErrorCode ContributionInvalid{"contribution-invalid"};
inline constexpr ErrorCode ContributionDuplicate{"contribution-duplicate"};
inline constexpr ErrorCode ContributionGone{"contribution-gone"};
inline constexpr ErrorCode PythonUnresponsive{"python-unresponsive"};

} // namespace Axle::Codes
