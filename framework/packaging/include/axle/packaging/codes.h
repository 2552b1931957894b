#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module packaging.
namespace Axle::Codes {

inline constexpr ErrorCode NameInvalid{"name-invalid"};
inline constexpr ErrorCode VersionInvalid{"version-invalid"};
inline constexpr ErrorCode SpecifierInvalid{"specifier-invalid"};
inline constexpr ErrorCode MarkerInvalid{"marker-invalid"};
inline constexpr ErrorCode MarkerUndefined{"marker-undefined"};
inline constexpr ErrorCode MarkerVariableUnknown{"marker-variable-unknown"};
inline constexpr ErrorCode RequirementInvalid{"requirement-invalid"};
inline constexpr ErrorCode TagInvalid{"tag-invalid"};
inline constexpr ErrorCode EntryPointsInvalid{"entry-points-invalid"};

} // namespace Axle::Codes
