#include "folderlock_p.h"

#include <axle/store/codes.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QStringBuilder>
#include <QtCore/QThread>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace Axle::Internal {

namespace {

constexpr char LockName[] = "lock";
constexpr unsigned long LongestPause = 50; // milliseconds

bool isCurrent(const FileDescriptor &file, const PrivateFolder &folder)
{
    struct stat opened = {};
    struct stat named = {};
    return ::fstat(file.get(), &opened) == 0 && ::fstatat(folder.fd.get(), LockName, &named, AT_SYMLINK_NOFOLLOW) == 0
        && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

} // namespace

Result<FolderLock> FolderLock::acquire(const PrivateFolder &folder, std::chrono::milliseconds timeout)
{
    const QString path = folder.path % u'/' % QLatin1StringView(LockName);
    const QDeadlineTimer deadline(timeout);
    for (unsigned long pause = 1;; pause = qMin(2 * pause, LongestPause)) {
        FileDescriptor file(::openat(folder.fd.get(), LockName, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!file.isValid())
            return writeError(path, errno);
        if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) {
            if (isCurrent(file, folder))
                return FolderLock(std::move(file));
        } else if (errno != EWOULDBLOCK && errno != EINTR) {
            return Error(Codes::StoreUnusable,
                QStringLiteral("cannot lock '%1': %2").arg(path, QString::fromLocal8Bit(std::strerror(errno))),
                QStringLiteral("set AXLE_STORE to a folder of a file system that has locks"));
        }
        if (deadline.hasExpired()) {
            return Error(Codes::StoreLocked,
                QStringLiteral("another process has kept '%1' locked for %2 ms").arg(path).arg(timeout.count()),
                QStringLiteral("fuser '%1' names it; end it, or try again later").arg(path));
        }
        QThread::msleep(pause);
    }
}

} // namespace Axle::Internal
