#include "filewriter_p.h"

#include <axle/core/writeall.h>

#include <QtCore/QStringBuilder>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Axle::Internal {

Result<FileIdentity> writeFile(
    const PrivateFolder &folder, const QString &name, QByteArrayView bytes, FileAccess access)
{
    const mode_t mode = access == FileAccess::Executable ? 0500 : 0400;
    const QString path = folder.path % u'/' % name;
    FileDescriptor file(::openat(
        folder.fd.get(), name.toUtf8().constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (!file.isValid())
        return writeError(path, errno);
    if (const int error = writeAll(file, bytes); error != 0)
        return writeError(path, error);
    if (::fchmod(file.get(), mode) != 0)
        return writeError(path, errno);
    auto identity = file.identity();
    // Some file systems report a full disk only here.
    if (::close(file.release()) != 0)
        return writeError(path, errno);
    return identity;
}

} // namespace Axle::Internal
