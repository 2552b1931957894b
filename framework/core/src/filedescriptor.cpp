#include <axle/core/filedescriptor.h>

#include <axle/core/codes.h>

#include <QtCore/QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Axle {

namespace {

constexpr std::int64_t NanosecondsPerSecond = 1'000'000'000;

QString lastError()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

std::int64_t nanoseconds(const timespec &time)
{
    return static_cast<std::int64_t>(time.tv_sec) * NanosecondsPerSecond + time.tv_nsec;
}

QString kindName(mode_t mode)
{
    if (S_ISDIR(mode))
        return QStringLiteral("a folder");
    if (S_ISFIFO(mode))
        return QStringLiteral("a FIFO");
    if (S_ISSOCK(mode))
        return QStringLiteral("a socket");
    return QStringLiteral("a device");
}

Error openError(const QString &path)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return Error(Codes::FileNotFound, QStringLiteral("there is no file '%1'").arg(path));
    if (errno == ELOOP)
        return Error(
            Codes::FileNotRegular, QStringLiteral("'%1' is a symbolic link, expected a regular file").arg(path));
    if (errno == ENXIO)
        return Error(
            Codes::FileNotRegular, QStringLiteral("'%1' is a socket or device, expected a regular file").arg(path));
    return Error(Codes::FileUnreadable, QStringLiteral("cannot read '%1': %2").arg(path, lastError()));
}

} // namespace

FileStatus FileStatus::of(const struct stat &status)
{
    return {{status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)},
        status.st_mode, status.st_uid};
}

bool FileStatus::isRegular() const
{
    return S_ISREG(mode);
}

bool FileStatus::isFolder() const
{
    return S_ISDIR(mode);
}

FileDescriptor::FileDescriptor(int fd) noexcept
    : m_fd(fd)
{
}

FileDescriptor::FileDescriptor(FileDescriptor &&other) noexcept
    : m_fd(std::exchange(other.m_fd, -1))
{
}

FileDescriptor &FileDescriptor::operator=(FileDescriptor &&other) noexcept
{
    std::swap(m_fd, other.m_fd);
    return *this;
}

FileDescriptor::~FileDescriptor()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

Result<FileDescriptor> FileDescriptor::openRegular(const QString &path)
{
    auto opened = openWithStatus(path);
    return opened ? Result<FileDescriptor>(std::move(opened->file)) : std::move(opened).error();
}

Result<OpenedFile> FileDescriptor::openWithStatus(const QString &path)
{
    if (path.contains(QChar::Null))
        return Error(Codes::FileNotFound, QStringLiteral("no file name contains a NUL character"));
    FileDescriptor file(::open(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.isValid())
        return openError(path);
    struct stat status = {};
    if (::fstat(file.m_fd, &status) != 0)
        return openError(path);
    if (!S_ISREG(status.st_mode)) {
        return Error(Codes::FileNotRegular,
            QStringLiteral("'%1' is %2, expected a regular file").arg(path, kindName(status.st_mode)));
    }
    return OpenedFile{std::move(file), FileStatus::of(status)};
}

int FileDescriptor::release()
{
    return std::exchange(m_fd, -1);
}

Result<FileStatus> FileDescriptor::status() const
{
    struct stat status = {};
    if (::fstat(m_fd, &status) != 0)
        return Error(Codes::FileUnreadable, QStringLiteral("cannot examine an open file: %1").arg(lastError()));
    return FileStatus::of(status);
}

Result<FileIdentity> FileDescriptor::identity() const
{
    return status().transform([](const FileStatus &status) { return status.identity; });
}

Result<void> FileDescriptor::readAt(std::int64_t offset, char *data, std::int64_t size) const
{
    std::int64_t done = 0;
    while (done < size) {
        const ssize_t count = ::pread(m_fd, data + done, static_cast<size_t>(size - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return Error(Codes::FileUnreadable,
                QStringLiteral("cannot read at offset %1: %2").arg(offset + done).arg(lastError()));
        if (count == 0) {
            return Error(Codes::FileTruncated,
                QStringLiteral("the file ends at offset %1, expected %2 bytes from %3")
                    .arg(offset + done)
                    .arg(size)
                    .arg(offset));
        }
        done += count;
    }
    return {};
}

Result<QByteArray> FileDescriptor::readAt(std::int64_t offset, std::int64_t size) const
{
    QByteArray data(static_cast<qsizetype>(size), Qt::Uninitialized);
    if (const auto read = readAt(offset, data.data(), size); !read)
        return read.error();
    return data;
}

} // namespace Axle
