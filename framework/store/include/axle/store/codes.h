#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module store.
namespace Axle::Codes {

inline constexpr ErrorCode StoreUnusable{"store-unusable"};
inline constexpr ErrorCode StoreFull{"store-full"};
inline constexpr ErrorCode StoreWriteFailed{"store-write-failed"};
inline constexpr ErrorCode StoreLocked{"store-locked"};
inline constexpr ErrorCode StoreNoExec{"store-noexec"};
inline constexpr ErrorCode SourceChanged{"source-changed"};

} // namespace Axle::Codes
