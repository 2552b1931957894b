#include "privatefolder_p.h"

#include <axle/store/codes.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QFile>
#include <QtCore/QStringBuilder>
#include <QtCore/QStringList>

#include <cerrno>
#include <climits>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

constexpr mode_t FolderMode = 0700;
constexpr mode_t WritableByOthers = S_IWGRP | S_IWOTH;
/// As many links as the kernel itself follows.
constexpr int LinkLimit = 40;

QString errorText(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

Error unusable(const QString &message)
{
    return Error(
        Codes::StoreUnusable, message, QStringLiteral("set AXLE_STORE to a folder that only you can write to"));
}

Result<void> checkOwner(const struct stat &status, const QString &path)
{
    if (status.st_uid == ::geteuid() || status.st_uid == 0)
        return {};
    return unusable(QStringLiteral("'%1' belongs to user %2, expected %3%4")
                        .arg(path)
                        .arg(status.st_uid)
                        .arg(::geteuid())
                        .arg(::geteuid() == 0 ? QString() : QStringLiteral(" or root")));
}

enum class Sticky { Allowed, Refused };

Result<void> checkFolder(const struct stat &status, const QString &path, Sticky sticky)
{
    if (!S_ISDIR(status.st_mode))
        return unusable(QStringLiteral("'%1' is not a folder").arg(path));
    if (const auto owner = checkOwner(status, path); !owner)
        return owner;
    const bool isSticky = sticky == Sticky::Allowed && (status.st_mode & S_ISVTX) != 0;
    if ((status.st_mode & WritableByOthers) == 0 || isSticky)
        return {};
    return unusable(QStringLiteral("'%1' is writable by others (mode %2), expected by its owner only")
                        .arg(path, QString::number(status.st_mode & 07777, 8)))
        .withHint(
            QStringLiteral("run chmod go-w '%1', or set AXLE_STORE to a folder that only you can write to").arg(path));
}

/// One walk from the root folder to the folder wanted.
class Descent
{
public:
    explicit Descent(const QString &path)
        : m_wanted(path)
        , m_pending(path.split(u'/', Qt::SkipEmptyParts))
    {
    }

    Result<PrivateFolder> run();

private:
    Result<void> enterRoot();
    Result<void> step(const QString &name);
    Result<void> followLink(const FileDescriptor &link, const struct stat &status, const QString &path);
    Result<PrivateFolder> finish();
    QString child(const QString &name) const { return (m_path == u"/" ? m_path : m_path % u'/') + name; }

    QString m_wanted;
    QStringList m_pending;
    FileDescriptor m_fd;
    QString m_path;
    struct stat m_status = {};
    int m_links = 0;
};

Result<void> Descent::enterRoot()
{
    m_path = QStringLiteral("/");
    m_fd = FileDescriptor(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!m_fd.isValid() || ::fstat(m_fd.get(), &m_status) != 0)
        return unusable(QStringLiteral("cannot open '/': %1").arg(errorText(errno)));
    return checkFolder(m_status, m_path, Sticky::Allowed);
}

Result<void> Descent::step(const QString &name)
{
    const QByteArray encoded = QFile::encodeName(name);
    // With O_PATH a link is opened itself, a folder without leave to list it, and a FIFO does not block.
    constexpr int flags = O_PATH | O_NOFOLLOW | O_CLOEXEC;
    FileDescriptor next(::openat(m_fd.get(), encoded.constData(), flags));
    if (!next.isValid() && errno == ENOENT) {
        if (const int error = makePrivateFolder(m_fd.get(), encoded); error != 0 && error != EEXIST) {
            return unusable(QStringLiteral("cannot make the folder '%1': %2").arg(child(name), errorText(error)));
        }
        next = FileDescriptor(::openat(m_fd.get(), encoded.constData(), flags));
    }
    struct stat status = {};
    if (!next.isValid() || ::fstat(next.get(), &status) != 0)
        return unusable(QStringLiteral("cannot open '%1': %2").arg(child(name), errorText(errno)));
    if (S_ISLNK(status.st_mode))
        return followLink(next, status, child(name));
    if (const auto checked = checkFolder(status, child(name), Sticky::Allowed); !checked)
        return checked;
    m_path = name == u".." ? m_path.section(u'/', 0, -2) : child(name);
    if (m_path.isEmpty())
        m_path = QStringLiteral("/");
    m_fd = std::move(next);
    m_status = status;
    return {};
}

Result<void> Descent::followLink(const FileDescriptor &link, const struct stat &status, const QString &path)
{
    if (m_pending.isEmpty())
        return unusable(QStringLiteral("'%1' is a symbolic link, expected a folder").arg(path));
    if (const auto owner = checkOwner(status, path); !owner)
        return owner;
    if (const auto folder = checkFolder(m_status, m_path, Sticky::Refused); !folder)
        return unusable(QStringLiteral("'%1' is a symbolic link in a folder that others can write to").arg(path));
    if (++m_links > LinkLimit)
        return unusable(QStringLiteral("'%1' has more than %2 symbolic links").arg(m_wanted).arg(LinkLimit));
    QByteArray target(PATH_MAX, Qt::Uninitialized);
    const ssize_t size = ::readlinkat(link.get(), "", target.data(), PATH_MAX);
    if (size <= 0)
        return unusable(QStringLiteral("cannot read the symbolic link '%1': %2").arg(path, errorText(errno)));
    target.truncate(size);
    QStringList parts = QFile::decodeName(target).split(u'/', Qt::SkipEmptyParts);
    parts.removeAll(QStringLiteral("."));
    m_pending = parts + m_pending;
    return target.startsWith('/') ? enterRoot() : Result<void>();
}

Result<PrivateFolder> Descent::finish()
{
    if (m_status.st_uid != ::geteuid()) {
        return unusable(
            QStringLiteral("'%1' belongs to user %2, expected %3").arg(m_path).arg(m_status.st_uid).arg(::geteuid()));
    }
    if (const auto checked = checkFolder(m_status, m_path, Sticky::Refused); !checked)
        return checked.error();
    FileDescriptor fd(::openat(m_fd.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.isValid())
        return unusable(QStringLiteral("cannot open '%1': %2").arg(m_path, errorText(errno)));
    if ((m_status.st_mode & 07777) != FolderMode && ::fchmod(fd.get(), FolderMode) != 0)
        return unusable(QStringLiteral("cannot make '%1' private (mode 0700): %2").arg(m_path, errorText(errno)));
    return PrivateFolder{std::move(fd), m_path};
}

Result<PrivateFolder> Descent::run()
{
    if (const auto entered = enterRoot(); !entered)
        return entered.error();
    while (!m_pending.isEmpty()) {
        if (const auto taken = step(m_pending.takeFirst()); !taken)
            return taken.error();
    }
    return finish();
}

} // namespace

Result<PrivateFolder> openPrivateFolder(const QString &path)
{
    Q_ASSERT(path.startsWith(u'/'));
    return Descent(path).run();
}

Result<PrivateFolder> openPrivateFolder(const PrivateFolder &parent, const QString &name)
{
    const QByteArray encoded = QFile::encodeName(name);
    const QString path = parent.path % u'/' % name;
    if (const int error = makePrivateFolder(parent.fd.get(), encoded); error != 0 && error != EEXIST)
        return writeError(path, error);
    FileDescriptor fd(::openat(parent.fd.get(), encoded.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!fd.isValid() || ::fstat(fd.get(), &status) != 0)
        return unusable(QStringLiteral("cannot open '%1': %2").arg(path, errorText(errno)));
    if (const auto checked = checkFolder(status, path, Sticky::Refused); !checked)
        return checked.error();
    return PrivateFolder{std::move(fd), path};
}

int makePrivateFolder(int parent, const QByteArray &name)
{
    if (::mkdirat(parent, name.constData(), FolderMode) != 0)
        return errno;
    // The umask may have taken bits away; nobody else can have put something in its place, since the parent is checked.
    return ::fchmodat(parent, name.constData(), FolderMode, 0) == 0 ? 0 : errno;
}

int removeTree(int parent, const QByteArray &name)
{
    if (::unlinkat(parent, name.constData(), 0) == 0 || errno == ENOENT)
        return 0;
    if (errno != EISDIR && errno != EPERM)
        return errno;
    // A folder that somebody made unreadable is ours all the same.
    if (::fchmodat(parent, name.constData(), FolderMode, 0) != 0)
        return errno;
    const int fd = ::openat(parent, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *const folder = fd < 0 ? nullptr : ::fdopendir(fd);
    if (!folder)
        return errno;
    QByteArrayList children;
    while (const dirent *entry = ::readdir(folder))
        children += QByteArray(entry->d_name);
    int error = 0;
    for (const QByteArray &child : std::as_const(children)) {
        if (child != "." && child != "..")
            error = qMax(error, removeTree(::dirfd(folder), child));
    }
    ::closedir(folder);
    if (error == 0 && ::unlinkat(parent, name.constData(), AT_REMOVEDIR) != 0)
        error = errno;
    return error;
}

Error writeError(const QString &path, int error)
{
    if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
        return Error(Codes::StoreFull, QStringLiteral("there is no room to write '%1': %2").arg(path, errorText(error)),
            QStringLiteral("make room, or set AXLE_STORE to a folder on another disk"));
    }
    return Error(Codes::StoreWriteFailed, QStringLiteral("cannot write '%1': %2").arg(path, errorText(error)));
}

} // namespace Axle::Internal
