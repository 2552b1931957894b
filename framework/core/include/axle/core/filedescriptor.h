#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <cstdint>

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

    bool isValid() const { return m_fd >= 0; }
    int get() const { return m_fd; }
    int release();

    /// Error: `file-unreadable`.
    Result<FileIdentity> identity() const;
    /// Exactly `size` bytes from `offset`. Errors: `file-unreadable`, `file-truncated` where the file ends before.
    Result<QByteArray> readAt(std::int64_t offset, std::int64_t size) const;
    Result<void> readAt(std::int64_t offset, char *data, std::int64_t size) const;

private:
    int m_fd = -1;
};

} // namespace Axle
