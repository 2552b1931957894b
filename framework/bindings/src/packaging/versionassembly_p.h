#pragma once

#include "arguments_p.h"
#include "versionparts_p.h"

namespace Axle::Internal {

inline constexpr Signature<6> PartsSignature{.function = "from_parts",
    .names = {"release", "epoch", "pre", "post", "dev", "local"},
    .required = 1,
    .positional = 0};
inline constexpr Signature<6> ReplaceSignature{
    .function = "__replace__", .names = PartsSignature.names, .required = 0, .positional = 0};

/// The parts with those that are given in their place, None for absent ones. Raises InvalidVersion.
VersionParts withParts(VersionParts parts, const Arguments<PartsSignature> &given);

} // namespace Axle::Internal
