#include <axle/wheel/plainzip.h>

#include "archivefault_p.h"
#include "centraldirectory_p.h"
#include "codepage437_p.h"
#include "fieldreader_p.h"
#include "inflate_p.h"
#include "limits_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QFileInfo>
#include <QtCore/QStringDecoder>

namespace Axle {

using Internal::EndRecordSize;
using Internal::fault;
using Internal::FieldReader;
using Internal::LocalHeaderSize;
using Internal::Place;
using Internal::sentence;

namespace {

constexpr qsizetype SignatureSize = 4;

/// What is used of the end record.
struct PlainEnd
{
    std::int64_t directoryOffset = 0; ///< where the central directory is
    std::int64_t statedOffset = 0;    ///< where it says that it is: less than that by what precedes the archive

    std::int64_t prefix() const { return directoryOffset - statedOffset; }
};

/// The end record at the very end of the file, whatever it says of a comment, else the last thing that looks like one.
Result<PlainEnd> readEnd(const FileDescriptor &file, std::int64_t fileSize)
{
    constexpr std::int64_t MaximumComment = 0xffff;
    constexpr QByteArrayView Signature("PK\5\6", 4);
    const std::int64_t begin = qMax<std::int64_t>(0, fileSize - EndRecordSize - MaximumComment);
    const auto tail = file.readAt(begin, fileSize - begin);
    if (!tail)
        return tail.error();
    const QByteArrayView bytes(*tail);
    const bool isLast = bytes.size() >= EndRecordSize && bytes.last(EndRecordSize).startsWith(Signature);
    const qsizetype record = isLast ? bytes.size() - EndRecordSize : bytes.lastIndexOf(Signature);
    if (record < 0)
        return Error(Codes::ZipNoEndRecord, QStringLiteral("there is no zip end record, expected one at the end"));
    if (bytes.size() - record < EndRecordSize) {
        return fault(Codes::ZipTruncated, {{}, begin + record},
            sentence("the file ends %1 bytes after the beginning of the end record, expected %2", bytes.size() - record,
                EndRecordSize));
    }
    FieldReader reader(bytes.sliced(record));
    reader.bytes(12); // signature, disks, numbers of members
    const std::int64_t size = reader.u32();
    const std::int64_t offset = reader.u32();
    if (size + offset > begin + record) {
        return fault(Codes::ZipCentralDirectoryBounds, {{}, begin + record},
            sentence("the central directory has %1 bytes from offset %2, expected it to end before %3", size, offset,
                begin + record));
    }
    return PlainEnd{begin + record - size, offset};
}

Result<QString> decodeName(QByteArrayView name, bool isUtf8, const Place &place)
{
    if (!isUtf8)
        return Internal::fromCodePage437(name);
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    QString text = decoder(name);
    if (decoder.hasError())
        return fault(Codes::ZipNameEncoding, place, QStringLiteral("the name is not UTF-8, though marked so"));
    return text;
}

Result<PlainZipMember> readMember(FieldReader &reader, const PlainEnd &end)
{
    const Place place{{}, end.directoryOffset + reader.position()};
    PlainZipMember member;
    reader.bytes(8); // signature, versions
    const std::uint16_t flags = reader.u16();
    member.method = reader.u16();
    member.time = reader.u16();
    member.date = reader.u16();
    member.crc32 = reader.u32();
    member.compressedSize = reader.u32();
    member.size = reader.u32();
    const qsizetype nameSize = reader.u16();
    const qsizetype otherSize = reader.u16() + reader.u16(); // extra field, comment
    reader.bytes(8);                                         // disk, attributes
    const std::int64_t offset = reader.u32();
    const QByteArrayView name = reader.bytes(nameSize);
    reader.bytes(otherSize);
    if (!reader.isValid()) {
        return fault(Codes::ZipCentralDirectoryBounds, place,
            QStringLiteral("a central header passes the end of the file, expected it to end within"));
    }
    if (offset > end.statedOffset) {
        return fault(Codes::ZipCentralDirectoryBounds, {name, place.offset},
            sentence("the local header is at offset %1, expected it before the central directory at %2", offset,
                end.statedOffset));
    }
    auto decoded = decodeName(name, (flags & Internal::FlagUtf8) != 0, {name, place.offset});
    if (!decoded)
        return decoded.error();
    member.name = std::move(*decoded);
    member.headerOffset = offset + end.prefix();
    return member;
}

bool beginsCentralHeader(const FieldReader &reader)
{
    FieldReader ahead = reader;
    return ahead.u32() == Internal::CentralHeaderSignature;
}

} // namespace

Result<std::shared_ptr<const PlainZip>> PlainZip::open(const QString &path)
{
    const QString target = QFileInfo(path).canonicalFilePath();
    auto file = FileDescriptor::openRegular(target.isEmpty() ? path : target);
    if (!file)
        return std::move(file).error();
    return open(std::move(*file));
}

/// Header by header to the first that is none, as zipimport does: the number of members and the size of the directory
/// do not count.
Result<std::shared_ptr<const PlainZip>> PlainZip::open(FileDescriptor file)
{
    const auto identity = file.identity();
    if (!identity)
        return identity.error();
    if (const auto checked = Internal::checkFileSize(identity->size); !checked)
        return checked.error();
    const auto end = readEnd(file, identity->size);
    if (!end)
        return end.error();
    const auto bytes = file.readAt(end->directoryOffset, identity->size - end->directoryOffset);
    if (!bytes)
        return bytes.error();
    const std::shared_ptr<PlainZip> archive(new PlainZip);
    FieldReader reader(*bytes);
    while (beginsCentralHeader(reader)) {
        auto member = readMember(reader, *end);
        if (!member)
            return member.error();
        archive->add(std::move(*member));
        if (archive->m_members.size() > Internal::MaximumTolerantMembers) {
            return Error(Codes::ZipTooManyMembers,
                sentence("more than %1 members, expected at most that many", Internal::MaximumTolerantMembers));
        }
    }
    if (reader.remaining() < SignatureSize) {
        return fault(Codes::ZipCentralDirectoryBounds, {{}, end->directoryOffset + reader.position()},
            QStringLiteral("the central directory reaches the end of the file, expected an end record behind it"));
    }
    archive->m_file = std::move(file);
    archive->m_fileSize = identity->size;
    return std::shared_ptr<const PlainZip>(archive);
}

void PlainZip::add(PlainZipMember member)
{
    if (const auto known = m_index.constFind(member.name); known != m_index.constEnd()) {
        m_members[*known] = std::move(member);
        return;
    }
    m_index.insert(member.name, m_members.size());
    m_members += std::move(member);
}

const PlainZipMember *PlainZip::find(const QString &name) const
{
    const qsizetype index = m_index.value(name, -1);
    return index < 0 ? nullptr : &m_members.at(index);
}

Result<QByteArray> PlainZip::read(const PlainZipMember &member) const
{
    const QByteArray name = member.name.toUtf8();
    const Place place{name, member.headerOffset};
    if (m_fileSize - member.headerOffset < LocalHeaderSize)
        return fault(Codes::ZipLocalHeader, place, QStringLiteral("the file ends in the local header"));
    const auto header = m_file.readAt(member.headerOffset, LocalHeaderSize);
    if (!header)
        return header.error();
    FieldReader reader(*header);
    if (const std::uint32_t signature = reader.u32(); signature != Internal::LocalHeaderSignature) {
        return fault(Codes::ZipLocalHeader, place,
            sentence("signature 0x%1, expected 0x%2 of a local header", Internal::hex(signature, 8),
                Internal::hex(Internal::LocalHeaderSignature, 8)));
    }
    reader.bytes(22); // all of it stands in the central header too
    const std::int64_t offset = member.headerOffset + LocalHeaderSize + reader.u16() + reader.u16();
    if (member.compressedSize > 0 && member.compressedSize > m_fileSize - offset) {
        return fault(Codes::ZipCentralDirectoryBounds, place,
            sentence("%1 bytes of data at offset %2, expected them before the end of the file at %3",
                member.compressedSize, offset, m_fileSize));
    }
    const auto compressed = m_file.readAt(offset, member.compressedSize);
    if (!compressed)
        return compressed.error();
    return Internal::inflatePlain(member, *compressed, {name, offset});
}

} // namespace Axle
