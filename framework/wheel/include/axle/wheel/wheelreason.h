#pragma once

#include <axle/core/errorcode.h>
#include <axle/core/export.h>

namespace Axle {

/// The coarse class of a wheel's error, a word of a closed set, for callers that branch on it: `not-a-file`,
/// `not-a-zip`, `zip-structure`, `crc`, `unsupported`, `bomb`, `encoding`, `unsafe-path`, `special-entry`,
/// `duplicate-entry`, `filename`, `metadata`, `wheel-metadata`, `record`, `entry-points`, `extensions`,
/// `incompatible`, `policy`, `native`. Empty for a code that no wheel gives.
AXLE_EXPORT QLatin1StringView wheelErrorReason(ErrorCode code);

} // namespace Axle
