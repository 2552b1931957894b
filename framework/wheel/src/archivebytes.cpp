#include "archivebytes_p.h"

#include <cstring>

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

Result<QByteArray> ArchiveBytes::readAt(std::int64_t offset, std::int64_t size) const
{
    if (isHere(offset, size))
        return m_whole.sliced(static_cast<qsizetype>(offset), static_cast<qsizetype>(size));
    return m_file->readAt(offset, size);
}

Result<void> ArchiveBytes::readAt(std::int64_t offset, char *data, std::int64_t size) const
{
    if (!isHere(offset, size))
        return m_file->readAt(offset, data, size);
    std::memcpy(data, m_whole.constData() + offset, static_cast<size_t>(size));
    return {};
}

} // namespace Axle::Internal
