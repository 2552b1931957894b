#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <cstdint>
#include <optional>

namespace Axle::Test {

/// A zip file whose every field can be made to lie. `add` fills a member in honestly; change what you like, then take
/// `bytes()`.
struct RawHeader
{
    std::uint32_t signature = 0;
    std::uint16_t version = 20;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t time = 0x00210000; ///< and date: 1980-01-01 00:00
    std::uint32_t crc32 = 0;
    std::uint32_t compressedSize = 0;
    std::uint32_t size = 0;
    QByteArray name;
    QByteArray extra;
};

struct RawCentralHeader : RawHeader
{
    QByteArray comment;
    std::uint16_t disk = 0;
    std::uint32_t mode = 0100644;
    std::optional<std::uint32_t> offset; ///< nothing: where the local header is
};

struct RawMember
{
    QByteArray before; ///< bytes in front of the local header
    RawHeader local;
    QByteArray payload;
    QByteArray after; ///< bytes behind the data: a data descriptor
    RawCentralHeader central;
    bool hasLocal = true;
    bool hasCentral = true;

    /// Gives both headers the same values.
    void setSize(std::uint32_t size);
    void setCompressedSize(std::uint32_t size);
    void setCrc32(std::uint32_t crc32);
    void setMethod(std::uint16_t method);
    void setFlags(std::uint16_t flags);
    void setName(const QByteArray &name);
    /// Moves CRC and sizes behind the data (flag bit 3).
    void useDescriptor();
    /// Moves the sizes and the offset to ZIP64 extra fields; `offset` is that of the local header.
    void useZip64(std::uint64_t offset);
};

struct RawEnd
{
    std::uint16_t disk = 0;
    std::uint16_t directoryDisk = 0;
    std::optional<std::uint16_t> membersOnDisk;
    std::optional<std::uint16_t> members;
    std::optional<std::uint32_t> directorySize;
    std::optional<std::uint32_t> directoryOffset;
    std::optional<std::uint16_t> commentSize;
    QByteArray comment;
};

struct RawZip64
{
    std::uint64_t recordSize = 44;
    std::uint32_t recordSignature = 0x06064b50;
    std::optional<std::uint64_t> members;
    std::optional<std::uint64_t> membersOnDisk;
    std::optional<std::uint64_t> directorySize;
    std::optional<std::uint64_t> directoryOffset;
    std::optional<std::uint64_t> recordOffset; ///< as the locator says
    std::uint32_t locatorDisk = 0;
    std::uint32_t disks = 1;
};

enum class RawMethod { Stored, Deflated };

struct RawZip
{
    QByteArray prefix; ///< not counted in offsets
    QList<RawMember> members;
    QByteArray beforeDirectory;
    QByteArray afterDirectory;
    std::optional<RawZip64> zip64;
    RawEnd end;
    QByteArray suffix;

    /// An honest member; a folder when `name` ends with `/`.
    RawMember &add(const QByteArray &name, const QByteArray &data = {}, RawMethod method = RawMethod::Deflated);
    QByteArray bytes() const;
};

QByteArray rawDeflate(const QByteArray &data);
std::uint32_t rawCrc32(const QByteArray &data);
/// Little-endian bytes of `value`, for extra fields and descriptors.
QByteArray le16(std::uint16_t value);
QByteArray le32(std::uint32_t value);
QByteArray le64(std::uint64_t value);

} // namespace Axle::Test
