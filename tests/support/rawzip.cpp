#include "rawzip.h"

#include <QtCore/QtEndian>

#include <libdeflate.h>

#include <memory>

namespace Axle::Test {

namespace {

constexpr std::uint32_t LocalSignature = 0x04034b50;
constexpr std::uint32_t CentralSignature = 0x02014b50;
constexpr std::uint32_t DescriptorSignature = 0x08074b50;
constexpr std::uint32_t LocatorSignature = 0x07064b50;
constexpr std::uint32_t EndSignature = 0x06054b50;
constexpr std::uint32_t Sentinel32 = 0xffffffff;

template<class T>
QByteArray littleEndian(T value)
{
    QByteArray bytes(sizeof(T), Qt::Uninitialized);
    qToLittleEndian(value, bytes.data());
    return bytes;
}

std::uint16_t size16(qsizetype size)
{
    return static_cast<std::uint16_t>(size);
}

std::uint32_t size32(qsizetype size)
{
    return static_cast<std::uint32_t>(size);
}

QByteArray valuesOf(const RawHeader &header)
{
    return le16(header.version) + le16(header.flags) + le16(header.method) + le32(header.time) + le32(header.crc32)
        + le32(header.compressedSize) + le32(header.size) + le16(size16(header.name.size()))
        + le16(size16(header.extra.size()));
}

QByteArray localBytes(const RawHeader &header)
{
    return le32(header.signature) + valuesOf(header) + header.name + header.extra;
}

QByteArray centralBytes(const RawCentralHeader &header, std::uint32_t offset)
{
    constexpr std::uint16_t MadeByUnix = (3U << 8) | 20;
    return le32(header.signature) + le16(MadeByUnix) + valuesOf(header) + le16(size16(header.comment.size()))
        + le16(header.disk) + le16(0) + le32(header.mode << 16) + le32(header.offset.value_or(offset)) + header.name
        + header.extra + header.comment;
}

/// What the end records say of the central directory when they are honest.
struct Directory
{
    std::uint64_t members = 0;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
};

QByteArray zip64Bytes(const RawZip64 &zip64, const Directory &directory, std::uint64_t recordOffset)
{
    return le32(zip64.recordSignature) + le64(zip64.recordSize) + le16(45) + le16(45) + le32(0) + le32(0)
        + le64(zip64.membersOnDisk.value_or(directory.members)) + le64(zip64.members.value_or(directory.members))
        + le64(zip64.directorySize.value_or(directory.size)) + le64(zip64.directoryOffset.value_or(directory.offset))
        + le32(LocatorSignature) + le32(zip64.locatorDisk) + le64(zip64.recordOffset.value_or(recordOffset))
        + le32(zip64.disks);
}

QByteArray endBytes(const RawEnd &end, const Directory &directory)
{
    const auto members = static_cast<std::uint16_t>(directory.members);
    return le32(EndSignature) + le16(end.disk) + le16(end.directoryDisk) + le16(end.membersOnDisk.value_or(members))
        + le16(end.members.value_or(members))
        + le32(end.directorySize.value_or(static_cast<std::uint32_t>(directory.size)))
        + le32(end.directoryOffset.value_or(static_cast<std::uint32_t>(directory.offset)))
        + le16(end.commentSize.value_or(size16(end.comment.size()))) + end.comment;
}

} // namespace

QByteArray le16(std::uint16_t value)
{
    return littleEndian(value);
}

QByteArray le32(std::uint32_t value)
{
    return littleEndian(value);
}

QByteArray le64(std::uint64_t value)
{
    return littleEndian(value);
}

QByteArray rawDeflate(const QByteArray &data)
{
    constexpr int BestLevel = 12;
    static const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
        libdeflate_alloc_compressor(BestLevel), &libdeflate_free_compressor);
    const auto size = static_cast<size_t>(data.size());
    QByteArray result(static_cast<qsizetype>(libdeflate_deflate_compress_bound(compressor.get(), size)), '\0');
    const size_t used = libdeflate_deflate_compress(
        compressor.get(), data.constData(), size, result.data(), static_cast<size_t>(result.size()));
    result.truncate(static_cast<qsizetype>(used));
    return result;
}

std::uint32_t rawCrc32(const QByteArray &data)
{
    return libdeflate_crc32(0, data.constData(), static_cast<size_t>(data.size()));
}

void RawMember::setSize(std::uint32_t size)
{
    local.size = central.size = size;
}

void RawMember::setCompressedSize(std::uint32_t size)
{
    local.compressedSize = central.compressedSize = size;
}

void RawMember::setCrc32(std::uint32_t crc32)
{
    local.crc32 = central.crc32 = crc32;
}

void RawMember::setMethod(std::uint16_t method)
{
    local.method = central.method = method;
}

void RawMember::setFlags(std::uint16_t flags)
{
    local.flags = central.flags = flags;
}

void RawMember::setName(const QByteArray &name)
{
    local.name = central.name = name;
}

void RawMember::useDescriptor()
{
    constexpr std::uint16_t FlagDescriptor = 1U << 3;
    setFlags(static_cast<std::uint16_t>(central.flags | FlagDescriptor));
    after = le32(DescriptorSignature) + le32(central.crc32) + le32(central.compressedSize) + le32(central.size);
    local.crc32 = local.compressedSize = local.size = 0;
}

void RawMember::useZip64(std::uint64_t offset)
{
    const QByteArray sizes = le64(central.size) + le64(central.compressedSize);
    local.extra = le16(1) + le16(16) + sizes;
    central.extra = le16(1) + le16(24) + sizes + le64(offset);
    setSize(Sentinel32);
    setCompressedSize(Sentinel32);
    central.offset = Sentinel32;
}

RawMember &RawZip::add(const QByteArray &name, const QByteArray &data, RawMethod method)
{
    constexpr std::uint16_t FlagUtf8 = 1U << 11;
    RawMember member;
    const bool isFolder = name.endsWith('/');
    const bool isDeflated = method == RawMethod::Deflated && !isFolder;
    member.payload = isDeflated ? rawDeflate(data) : data;
    member.setName(name);
    member.setCrc32(rawCrc32(data));
    member.setSize(size32(data.size()));
    member.setCompressedSize(size32(member.payload.size()));
    member.setMethod(isDeflated ? 8 : 0);
    const bool isAscii = std::all_of(name.begin(), name.end(), [](char c) { return c > 0; });
    member.setFlags(isAscii ? 0 : FlagUtf8);
    member.local.signature = LocalSignature;
    member.central.signature = CentralSignature;
    if (isFolder)
        member.central.mode = 0040755;
    members += member;
    return members.last();
}

QByteArray RawZip::bytes() const
{
    QByteArray file;
    QByteArray directory;
    Directory facts;
    for (const RawMember &member : members) {
        file += member.before;
        const std::uint32_t offset = size32(file.size());
        if (member.hasLocal)
            file += localBytes(member.local) + member.payload + member.after;
        if (member.hasCentral) {
            directory += centralBytes(member.central, offset);
            ++facts.members;
        }
    }
    file += beforeDirectory;
    facts.offset = static_cast<std::uint64_t>(file.size());
    facts.size = static_cast<std::uint64_t>(directory.size());
    file += directory + afterDirectory;
    if (zip64)
        file += zip64Bytes(*zip64, facts, static_cast<std::uint64_t>(file.size()));
    return prefix + file + endBytes(end, facts) + suffix;
}

} // namespace Axle::Test
