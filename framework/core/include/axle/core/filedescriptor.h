#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstdint>

struct stat;

namespace Axle {

/// What tells one state of a file from another: any write, rename or chmod changes `changeTime`.
struct AXLE_EXPORT FileIdentity
{
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t modificationTime = 0; ///< nanoseconds since the epoch
    std::int64_t changeTime = 0;       ///< nanoseconds since the epoch

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};

/// What the system says of a file at one moment.
struct AXLE_EXPORT FileStatus
{
    FileIdentity identity;
    std::uint32_t mode = 0;  ///< kind and permissions, as `st_mode` has them
    std::uint32_t owner = 0; ///< the number of the user

    static FileStatus of(const struct stat &status);
    bool isRegular() const;
    bool isFolder() const;
};

struct OpenedFile;

/// An owned file descriptor (move-only, closed on destruction, always O_CLOEXEC).
///
/// `readAt` is a pread that retries interrupted and short reads: it never moves a shared offset, so several threads may
/// read the same descriptor.
class AXLE_EXPORT FileDescriptor
{
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) noexcept;
    FileDescriptor(FileDescriptor &&other) noexcept;
    FileDescriptor &operator=(FileDescriptor &&other) noexcept;
    ~FileDescriptor();

    /// Opens a regular file for reading: no symbolic link as last component, and a FIFO, socket, device or folder is
    /// refused without blocking. Errors: `file-not-found`, `file-not-regular`, `file-unreadable`.
    static Result<FileDescriptor> openRegular(const QString &path);
    /// The same, for those who ask for its status next.
    static Result<OpenedFile> openWithStatus(const QString &path);

    bool isValid() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    int release();

    /// Error: `file-unreadable`.
    Result<FileStatus> status() const;
    Result<FileIdentity> identity() const;
    /// Exactly `size` bytes from `offset`. Errors: `file-unreadable`, `file-truncated` where the file ends before.
    Result<QByteArray> readAt(std::int64_t offset, std::int64_t size) const;
    Result<void> readAt(std::int64_t offset, char *data, std::int64_t size) const;

private:
    int m_fd = -1;
};

/// A file, and what it was when it was opened.
struct AXLE_EXPORT OpenedFile
{
    FileDescriptor file;
    FileStatus status;
};

} // namespace Axle
