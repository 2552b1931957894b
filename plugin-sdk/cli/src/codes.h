#pragma once

#include <axle/core/errorcode.h>

/// Codes of the command axle.
namespace Axle::Codes {

inline constexpr ErrorCode PythonLibraryMissing{"python-library-missing"};
inline constexpr ErrorCode PythonVersionMismatch{"python-version-mismatch"};
inline constexpr ErrorCode HostMissing{"host-missing"};
inline constexpr ErrorCode FixedInvalid{"fixed-invalid"};
inline constexpr ErrorCode PythonNotFound{"python-not-found"};
inline constexpr ErrorCode LockInvalid{"lock-invalid"};
inline constexpr ErrorCode FileNotWritten{"file-not-written"};

} // namespace Axle::Codes
