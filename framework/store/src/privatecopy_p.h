#pragma once

#include "privatefolder_p.h"

#include <axle/wheel/wheelarchive.h>

#include <QtCore/QByteArray>

#include <functional>

namespace Axle::Internal {

/// Bytes that nobody can change any more, and their SHA-256.
struct PrivateCopy
{
    FileDescriptor file;
    QByteArray sha256; ///< raw
};

/// Keeps what `produce` gives, about `size` bytes, hashing it on the way. `produce` may be asked twice.
///
/// Up to `memoryLimit` bytes the copy is a sealed memfd; above that, or where the system denies memfds, a file of the
/// folder that `folder` gives, which has no name any more. `folder` is asked only then. Errors: `store-full`,
/// `store-write-failed`, those of `folder` and of `produce`.
using Produce = std::function<Result<void>(const WheelArchive::Sink &)>;
using OpenFolder = std::function<Result<PrivateFolder>()>;
Result<PrivateCopy> copyPrivately(
    const Produce &produce, std::int64_t size, std::int64_t memoryLimit, const OpenFolder &folder);

/// The same of `size` bytes of `source`.
Result<PrivateCopy> copyPrivately(
    const FileDescriptor &source, std::int64_t size, std::int64_t memoryLimit, const OpenFolder &folder);

/// An empty file in memory that can be sealed, or an invalid descriptor with errno.
FileDescriptor createMemoryFile();

} // namespace Axle::Internal
