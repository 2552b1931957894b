#pragma once

#include <axle/core/filedescriptor.h>

#include <QtCore/QByteArrayView>

namespace Axle {

/// Writes all of `bytes` at the file's offset, retrying interrupted and short writes. 0, or an errno: what it means to
/// the user is the caller's to say.
AXLE_EXPORT int writeAll(const FileDescriptor &file, QByteArrayView bytes);

} // namespace Axle
