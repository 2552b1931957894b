#pragma once

#include <axle/core/filedescriptor.h>

#include <QtCore/QByteArrayView>

namespace Axle::Internal {

/// Bytes of a file, and what keeps them.
struct FilePiece
{
    QByteArray owner;
    QByteArrayView view;
};

/// Reads an archive's file. A small one, as most wheels are, is read once and answered from memory: what a scan reads of
/// thousands of files costs calls, not bytes.
class ArchiveBytes
{
public:
    /// `file` must outlive it; `size` is that of the file. What cannot be read now is told by `readAt`.
    ArchiveBytes(const FileDescriptor &file, std::int64_t size);
    /// The same, with what another has read.
    ArchiveBytes(const FileDescriptor &file, const QByteArray &whole)
        : m_file(&file)
        , m_whole(whole)
    {
    }

    /// All of a small file; else nothing.
    const QByteArray &whole() const { return m_whole; }
    Result<FilePiece> readAt(std::int64_t offset, std::int64_t size) const;

private:
    bool isHere(std::int64_t offset, std::int64_t size) const;

    const FileDescriptor *m_file;
    QByteArray m_whole;
};

} // namespace Axle::Internal
