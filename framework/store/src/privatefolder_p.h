#pragma once

#include <axle/core/filedescriptor.h>
#include <axle/core/result.h>

#include <QtCore/QString>

namespace Axle::Internal {

/// A folder that only this user can write to or look into, and that nobody else can replace.
struct PrivateFolder
{
    FileDescriptor fd;
    QString path; ///< absolute, without symbolic links
};

/// Opens the folder `path` (absolute), making what is missing of it, whatever the umask, with mode 0700.
///
/// Walks down from the root folder without letting the kernel follow a link: each component belongs to this user or to
/// root and is writable by nobody else; sticky folders such as /tmp may be. A symbolic link above the last component is
/// followed only where both it and the folder that it lies in pass the same test, without the exception for sticky
/// ones: nobody else can have planted it. The last component is no link and is this user's own.
/// Error: `store-unusable`.
Result<PrivateFolder> openPrivateFolder(const QString &path);

/// Opens `name` in `parent`, made when it is missing, under the same rules as the last component above.
/// Errors: also `store-full`, `store-write-failed`.
Result<PrivateFolder> openPrivateFolder(const PrivateFolder &parent, const QString &name);

/// Makes the folder `name`, relative to `parent`, with mode 0700 whatever the umask; an errno.
int makePrivateFolder(int parent, const QByteArray &name);

/// Removes `name` and what is below it, never following a link; an errno, ENOENT counting as success.
int removeTree(int parent, const QByteArray &name);

/// What `error`, an errno, says about a write to `path`: `store-full` or `store-write-failed`.
Error writeError(const QString &path, int error);

} // namespace Axle::Internal
