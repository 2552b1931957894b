#pragma once

#include "archivefault_p.h"

#include <axle/core/result.h>

#include <QtCore/QByteArrayView>

#include <initializer_list>

namespace Axle::Internal {

/// A 32-bit header field that ZIP64 may widen; `value` is as read before `applyExtraField`, widened after it.
struct WideField
{
    std::uint64_t value = 0;
};

/// Reads the extra field of a header: records that fill it exactly, ZIP64 (0x0001) and Unicode path (0x7075) at most
/// once. Replaces the sentinels among `fields` by the ZIP64 values, which must be there for them and for nothing else,
/// unless they repeat all of `fields`; a Unicode path must equal `name` (Z29–Z32).
Result<void> applyExtraField(
    QByteArrayView extra, QByteArrayView name, std::initializer_list<WideField *> fields, const Place &place);

} // namespace Axle::Internal
