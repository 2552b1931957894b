#include "zipparser.h"

#include <QtCore/QtEndian>

#include <libdeflate.h>

#include <memory>

namespace Axle::Fuzz {

using Test::RawCentralHeader;
using Test::RawHeader;
using Test::RawMember;
using Test::RawZip;

namespace {

constexpr qsizetype LocalSize = 30;
constexpr qsizetype CentralSize = 46;
constexpr qsizetype EndSize = 22;
constexpr qsizetype LocatorSize = 20;
constexpr qsizetype Zip64EndSize = 56;
constexpr std::uint16_t Deflated = 8;
constexpr std::uint16_t FlagDescriptor = 1U << 3;

/// A file whose fields can be read at any place; beyond its end all is zero.
class Fields
{
public:
    explicit Fields(const QByteArray &file)
        : m_file(file)
    {
    }

    QByteArray bytes(qsizetype at, qsizetype size) const
    {
        return at < 0 || size < 0 ? QByteArray() : m_file.mid(at, size);
    }
    std::uint16_t u16(qsizetype at) const { return number<std::uint16_t>(at); }
    std::uint32_t u32(qsizetype at) const { return number<std::uint32_t>(at); }
    std::uint64_t u64(qsizetype at) const { return number<std::uint64_t>(at); }

private:
    template<class T>
    T number(qsizetype at) const
    {
        const QByteArray raw = bytes(at, sizeof(T));
        return raw.size() == sizeof(T) ? qFromLittleEndian<T>(raw.constData()) : T(0);
    }

    const QByteArray &m_file;
};

/// The fields that both headers have, from `version needed` on; the name follows at `nameAt`.
void readValues(const Fields &file, qsizetype at, qsizetype nameAt, RawHeader &header)
{
    header.version = file.u16(at);
    header.flags = file.u16(at + 2);
    header.method = file.u16(at + 4);
    header.crc32 = file.u32(at + 10);
    header.compressedSize = file.u32(at + 14);
    header.size = file.u32(at + 18);
    header.name = file.bytes(nameAt, file.u16(at + 22));
    header.extra = file.bytes(nameAt + header.name.size(), file.u16(at + 24));
}

qsizetype readCentral(const Fields &file, qsizetype at, RawCentralHeader &header)
{
    header.signature = file.u32(at);
    readValues(file, at + 6, at + CentralSize, header);
    header.comment = file.bytes(at + CentralSize + header.name.size() + header.extra.size(), file.u16(at + 32));
    header.disk = file.u16(at + 34);
    header.mode = file.u32(at + 38) >> 16;
    header.offset = file.u32(at + 42);
    return at + CentralSize + header.name.size() + header.extra.size() + header.comment.size();
}

/// Reads the local header at `at` and the data up to `end`, where the next member or the directory begins.
void readLocal(const Fields &file, qsizetype at, qsizetype end, RawMember &member)
{
    member.local.signature = file.u32(at);
    readValues(file, at + 4, at + LocalSize, member.local);
    const qsizetype data = at + LocalSize + member.local.name.size() + member.local.extra.size();
    const qsizetype room = std::max<qsizetype>(end - data, 0);
    const qsizetype size = std::min<qsizetype>(member.central.compressedSize, room);
    member.payload = file.bytes(data, size);
    member.after = file.bytes(data + size, room - size);
}

void readZip64(const Fields &file, qsizetype locator, RawZip &zip)
{
    constexpr std::uint32_t LocatorSignature = 0x07064b50;
    if (file.u32(locator) != LocatorSignature)
        return;
    zip.zip64.emplace();
    zip.zip64->recordSignature = file.u32(locator - Zip64EndSize);
    zip.zip64->recordSize = file.u64(locator - Zip64EndSize + 4);
}

/// The members by where they begin; a model has them in that order.
bool areInOrder(const QList<RawMember> &members, qsizetype directory)
{
    std::uint64_t previous = 0;
    for (const RawMember &member : members) {
        const std::uint64_t offset = member.central.offset.value_or(0);
        if (offset < previous || offset > static_cast<std::uint64_t>(directory))
            return false;
        previous = offset;
    }
    return true;
}

} // namespace

std::optional<RawZip> parseZip(const QByteArray &file)
{
    const Fields fields(file);
    const qsizetype end = file.lastIndexOf("PK\5\6");
    if (end < 0 || end + EndSize > file.size())
        return {};
    RawZip zip;
    zip.end.comment = fields.bytes(end + EndSize, fields.u16(end + 20));
    readZip64(fields, end - LocatorSize, zip);
    const qsizetype directoryEnd = zip.zip64 ? end - LocatorSize - Zip64EndSize : end;
    const auto directory =
        static_cast<qsizetype>(zip.zip64 ? fields.u64(directoryEnd + 48) : std::uint64_t(fields.u32(end + 16)));
    if (directory < 0 || directory > directoryEnd)
        return {};
    constexpr std::uint32_t CentralSignature = 0x02014b50;
    for (qsizetype at = directory; at < directoryEnd && fields.u32(at) == CentralSignature;)
        at = readCentral(fields, at, zip.members.emplaceBack().central);
    if (!areInOrder(zip.members, directory))
        return {};
    for (qsizetype i = 0; i < zip.members.size(); ++i) {
        const bool isLast = i + 1 == zip.members.size();
        const qsizetype next = isLast ? directory : qsizetype(zip.members[i + 1].central.offset.value_or(0));
        readLocal(fields, qsizetype(zip.members[i].central.offset.value_or(0)), next, zip.members[i]);
    }
    for (RawMember &member : zip.members)
        member.central.offset.reset();
    return zip;
}

std::optional<QByteArray> contentsOf(const RawMember &member)
{
    constexpr size_t MaximumSize = 1024 * 1024;
    if (member.central.method != Deflated)
        return member.payload;
    static const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
        libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    const size_t room = std::min<size_t>(member.central.size, MaximumSize);
    QByteArray contents(static_cast<qsizetype>(room), Qt::Uninitialized);
    size_t used = 0;
    const libdeflate_result result = libdeflate_deflate_decompress(decompressor.get(), member.payload.constData(),
        static_cast<size_t>(member.payload.size()), contents.data(), room, &used);
    if (result != LIBDEFLATE_SUCCESS)
        return {};
    contents.truncate(static_cast<qsizetype>(used));
    return contents;
}

void setContents(RawMember &member, const QByteArray &contents)
{
    const bool isDeflated = member.central.method == Deflated;
    member.payload = isDeflated ? Test::rawDeflate(contents) : contents;
    const bool hasDescriptor = (member.central.flags & FlagDescriptor) != 0;
    member.setCrc32(Test::rawCrc32(contents));
    member.setSize(static_cast<std::uint32_t>(contents.size()));
    member.setCompressedSize(static_cast<std::uint32_t>(member.payload.size()));
    if (hasDescriptor)
        member.useDescriptor();
}

} // namespace Axle::Fuzz
