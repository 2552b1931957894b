#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module resolver.
namespace Axle::Codes {

inline constexpr ErrorCode ResolveMissing{"resolve-missing"};
inline constexpr ErrorCode ResolveNoVersion{"resolve-no-version"};
inline constexpr ErrorCode ResolveConflict{"resolve-conflict"};
inline constexpr ErrorCode ResolvePython{"resolve-python"};
inline constexpr ErrorCode ResolveExtra{"resolve-extra"};
inline constexpr ErrorCode ResolvePrerelease{"resolve-prerelease"};
inline constexpr ErrorCode ResolveUnusable{"resolve-unusable"};
inline constexpr ErrorCode ResolveHost{"resolve-host"};
inline constexpr ErrorCode ResolveMounted{"resolve-mounted"};
inline constexpr ErrorCode ResolveModule{"resolve-module"};
inline constexpr ErrorCode ResolveUnneeded{"resolve-unneeded"};
inline constexpr ErrorCode ResolveBudget{"resolve-budget"};
inline constexpr ErrorCode ResolveMetadata{"resolve-metadata"};
inline constexpr ErrorCode ResolveInstaller{"resolve-installer"};

} // namespace Axle::Codes
