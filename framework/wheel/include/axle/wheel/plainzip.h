#pragma once

#include <axle/core/export.h>
#include <axle/core/filedescriptor.h>
#include <axle/core/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>

namespace Axle {

/// One entry of a zip file as its central directory has it. Nothing of it is believed before the data are read.
struct AXLE_EXPORT PlainZipMember
{
    QString name; ///< any text: it may be absolute, have `..`, or be that of a folder
    std::uint16_t method = 0;
    std::uint16_t time = 0; ///< as DOS has it
    std::uint16_t date = 0;
    std::uint32_t crc32 = 0;
    std::uint32_t compressedSize = 0;
    std::uint32_t size = 0;
    std::int64_t headerOffset = 0; ///< of the local header, from the beginning of the file
};

/// A zip file that is no wheel, read as CPython 3.11's zipimport reads it, so that what worked on `sys.path` goes on
/// working: bytes before the archive, any comment, names as they are, the last of several entries of one name.
///
/// Only what zipimport trusts is trusted, and less: every offset is held against the size of the file, no field decides
/// how much memory is taken, and data without their CRC are refused, which zipimport would run. Members may share bytes;
/// each is read by itself. Deliberately no `WheelArchive`: nothing that mounts or unpacks wheels takes one of these.
/// Immutable; threads may share it.
class AXLE_EXPORT PlainZip
{
public:
    /// Errors: `zip-no-end-record`, `zip-truncated`, `zip-central-directory-bounds`, `zip-name-encoding`,
    /// `zip-too-many-members`, `file-too-large`, those of opening.
    static Result<std::shared_ptr<const PlainZip>> open(FileDescriptor file);
    static Result<std::shared_ptr<const PlainZip>> open(const QString &path); ///< follows links, as zipimport does

    /// In central-directory order; a name that comes again keeps its place.
    const QList<PlainZipMember> &members() const { return m_members; }
    const PlainZipMember *find(const QString &name) const;
    /// Errors: `zip-local-header`, `zip-central-directory-bounds`, `zip-deflate`, `zip-bomb`, `zip-crc`.
    Result<QByteArray> read(const PlainZipMember &member) const;
    const FileDescriptor &file() const { return m_file; }

private:
    PlainZip() = default;
    void add(PlainZipMember member);

    FileDescriptor m_file;
    std::int64_t m_fileSize = 0;
    QList<PlainZipMember> m_members;
    QHash<QString, qsizetype> m_index;
};

} // namespace Axle
