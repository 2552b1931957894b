#pragma once

#include <axle/core/errorcode.h>

/// Codes of the command axle.
namespace Axle::Codes {

inline constexpr ErrorCode PythonLibraryMissing{"python-library-missing"};
inline constexpr ErrorCode PythonVersionMismatch{"python-version-mismatch"};
inline constexpr ErrorCode HostMissing{"host-missing"};

} // namespace Axle::Codes
