#include "archivebytes_p.h"

namespace Axle::Internal {

namespace {

// As much as the search for the end record reads of any file.
constexpr std::int64_t SmallFile = 64 * 1024;

} // namespace

ArchiveBytes::ArchiveBytes(const FileDescriptor &file, std::int64_t size)
    : m_file(&file)
{
    if (size <= SmallFile)
        m_whole = file.readAt(0, size).value_or(QByteArray());
}

bool ArchiveBytes::isHere(std::int64_t offset, std::int64_t size) const
{
    return offset >= 0 && size >= 0 && offset <= m_whole.size() && size <= m_whole.size() - offset;
}

Result<FilePiece> ArchiveBytes::readAt(std::int64_t offset, std::int64_t size) const
{
    if (isHere(offset, size))
        return FilePiece{
            m_whole, QByteArrayView(m_whole).sliced(static_cast<qsizetype>(offset), static_cast<qsizetype>(size))};
    auto bytes = m_file->readAt(offset, size);
    if (!bytes)
        return std::move(bytes).error();
    const QByteArrayView view(*bytes);
    return FilePiece{std::move(*bytes), view};
}

} // namespace Axle::Internal
