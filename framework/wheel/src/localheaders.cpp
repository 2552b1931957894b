#include "localheaders_p.h"

#include "archivefault_p.h"
#include "extrafield_p.h"
#include "fieldreader_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <numeric>

namespace Axle::Internal {

namespace {

constexpr std::uint32_t DescriptorSignature = 0x08074b50;
constexpr std::int64_t DescriptorSize = 16;
constexpr std::int64_t Zip64DescriptorSize = 24;

struct LocalHeader
{
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t crc32 = 0;
    WideField compressedSize;
    WideField size;
    QByteArrayView name;
    QByteArrayView extra;
};

Place placeOf(const CentralEntry &entry)
{
    return {entry.rawName, entry.localOffset};
}

Error mismatch(const CentralEntry &entry, const char *field, const QString &found, const QString &expected)
{
    return fault(Codes::ZipLocalHeaderMismatch, placeOf(entry),
        sentence("the local header's %1 is %2, expected %3 as in the central directory", QLatin1StringView(field),
            found, expected));
}

/// Reads local headers through one buffer, which often holds the next one already.
class LocalHeaderReader
{
public:
    LocalHeaderReader(const FileDescriptor &file, const EndRecord &end)
        : m_file(file)
        , m_limit(end.directoryOffset)
    {
    }

    /// `name` and `extra` of the result live until the next call.
    Result<LocalHeader> read(const CentralEntry &entry);

private:
    /// `size` bytes from `offset`, which lie before the central directory.
    Result<QByteArrayView> bytes(std::int64_t offset, std::int64_t size);

    const FileDescriptor &m_file;
    std::int64_t m_limit = 0;
    QByteArray m_buffer;
    std::int64_t m_begin = 0; ///< of the buffer, in the file
};

Result<QByteArrayView> LocalHeaderReader::bytes(std::int64_t offset, std::int64_t size)
{
    constexpr std::int64_t Ahead = 4096;
    if (offset < m_begin || offset + size > m_begin + m_buffer.size()) {
        m_buffer.resize(static_cast<qsizetype>(qMin(qMax(size, Ahead), m_limit - offset)));
        m_begin = offset;
        if (const auto read = m_file.readAt(offset, m_buffer.data(), m_buffer.size()); !read)
            return read.error();
    }
    return QByteArrayView(m_buffer).sliced(static_cast<qsizetype>(offset - m_begin), static_cast<qsizetype>(size));
}

Result<LocalHeader> LocalHeaderReader::read(const CentralEntry &entry)
{
    const auto fixed = bytes(entry.localOffset, LocalHeaderSize);
    if (!fixed)
        return fixed.error();
    FieldReader reader(*fixed);
    if (const std::uint32_t signature = reader.u32(); signature != LocalHeaderSignature) {
        return fault(Codes::ZipLocalHeader, placeOf(entry),
            sentence(
                "signature 0x%1, expected 0x%2 of a local header", hex(signature, 8), hex(LocalHeaderSignature, 8)));
    }
    LocalHeader header;
    reader.bytes(2); // version needed, judged in the central header
    header.flags = reader.u16();
    header.method = reader.u16();
    reader.bytes(4); // time and date
    header.crc32 = reader.u32();
    header.compressedSize.value = reader.u32();
    header.size.value = reader.u32();
    const std::uint16_t nameSize = reader.u16();
    const std::uint16_t extraSize = reader.u16();
    const std::int64_t whole = LocalHeaderSize + nameSize + extraSize;
    if (whole > m_limit - entry.localOffset) {
        return fault(Codes::ZipLocalHeader, placeOf(entry),
            sentence(
                "a name of %1 and an extra field of %2 bytes, expected them to end before the central directory at %3",
                nameSize, extraSize, m_limit));
    }
    const auto all = bytes(entry.localOffset, whole);
    if (!all)
        return all.error();
    header.name = all->sliced(LocalHeaderSize, nameSize);
    header.extra = all->sliced(LocalHeaderSize + nameSize);
    return header;
}

/// With a data descriptor behind the data the header may leave the three values zero.
Result<void> compareValues(const CentralEntry &entry, const LocalHeader &header)
{
    struct Pair
    {
        const char *name;
        std::uint64_t found;
        std::uint64_t expected;
    };
    const Pair pairs[] = {
        {"compressed size", header.compressedSize.value, static_cast<std::uint64_t>(entry.member.compressedSize)},
        {"size", header.size.value, static_cast<std::uint64_t>(entry.member.size)},
    };
    const bool mayBeZero = (header.flags & FlagDataDescriptor) != 0;
    if (header.crc32 != entry.member.crc32 && !(mayBeZero && header.crc32 == 0))
        return mismatch(entry, "CRC", hex(header.crc32, 8), hex(entry.member.crc32, 8));
    for (const Pair &pair : pairs) {
        if (pair.found != pair.expected && !(mayBeZero && pair.found == 0))
            return mismatch(entry, pair.name, QString::number(pair.found), QString::number(pair.expected));
    }
    return {};
}

Result<void> compareHeaders(const CentralEntry &entry, const LocalHeader &header)
{
    if (const auto checked = checkFlags(header.flags, placeOf(entry)); !checked)
        return checked.error();
    if (header.name != entry.rawName) {
        return mismatch(entry, "name", u'\'' + printable(header.name) + u'\'',
            u'\'' + printable(QByteArrayView(entry.rawName)) + u'\'');
    }
    const std::uint16_t meaningful = FlagUtf8 | FlagDataDescriptor;
    if ((header.flags & meaningful) != (entry.flags & meaningful))
        return mismatch(entry, "flags", QString::number(header.flags), QString::number(entry.flags));
    if (header.method != entry.method)
        return mismatch(entry, "method", QString::number(header.method), QString::number(entry.method));
    return compareValues(entry, header);
}

Result<void> checkDescriptor(
    const FileDescriptor &file, const CentralEntry &entry, std::int64_t offset, std::int64_t size)
{
    const Place place{entry.rawName, offset};
    if (size != DescriptorSize && size != Zip64DescriptorSize) {
        return fault(Codes::ZipDataDescriptor, place,
            sentence("%1 bytes between the data and what follows, expected a data descriptor of %2 or %3", size,
                DescriptorSize, Zip64DescriptorSize));
    }
    const auto bytes = file.readAt(offset, size);
    if (!bytes)
        return bytes.error();
    FieldReader reader(*bytes);
    const bool isWide = size == Zip64DescriptorSize;
    const std::uint32_t signature = reader.u32();
    const std::uint32_t crc32 = reader.u32();
    const std::uint64_t compressedSize = isWide ? reader.u64() : reader.u32();
    const std::uint64_t plainSize = isWide ? reader.u64() : reader.u32();
    if (signature != DescriptorSignature || crc32 != entry.member.crc32
        || compressedSize != static_cast<std::uint64_t>(entry.member.compressedSize)
        || plainSize != static_cast<std::uint64_t>(entry.member.size)) {
        return fault(Codes::ZipDataDescriptor, place,
            sentence(
                "the data descriptor says CRC %1, sizes %2 and %3, expected %4, %5 and %6 as in the central directory",
                hex(crc32, 8), compressedSize, plainSize, hex(entry.member.crc32, 8), entry.member.compressedSize,
                entry.member.size));
    }
    return {};
}

Result<void> placeMember(const FileDescriptor &file, LocalHeaderReader &headers, CentralEntry &entry, std::int64_t next)
{
    auto header = headers.read(entry);
    if (!header)
        return header.error();
    const auto widened =
        applyExtraField(header->extra, header->name, {&header->size, &header->compressedSize}, placeOf(entry));
    if (!widened)
        return widened.error();
    if (const auto compared = compareHeaders(entry, *header); !compared)
        return compared.error();
    entry.member.dataOffset = entry.localOffset + LocalHeaderSize + header->name.size() + header->extra.size();
    const std::int64_t dataEnd = entry.member.dataOffset + entry.member.compressedSize;
    if (dataEnd > next) {
        return fault(Codes::ZipOverlap, placeOf(entry),
            sentence(
                "the data reach to offset %1, expected them to end at %2 where the next part begins", dataEnd, next));
    }
    if ((header->flags & FlagDataDescriptor) != 0)
        return checkDescriptor(file, entry, dataEnd, next - dataEnd);
    if (dataEnd < next) {
        return fault(Codes::ZipGap, placeOf(entry),
            sentence("%1 bytes between the end of the data at %2 and the next part, expected none", next - dataEnd,
                dataEnd));
    }
    return {};
}

} // namespace

Result<void> placeMembers(const FileDescriptor &file, const EndRecord &end, QList<CentralEntry> &entries)
{
    std::vector<qsizetype> order(static_cast<size_t>(entries.size()));
    std::iota(order.begin(), order.end(), qsizetype(0));
    std::stable_sort(order.begin(), order.end(),
        [&](qsizetype a, qsizetype b) { return entries.at(a).localOffset < entries.at(b).localOffset; });

    const std::int64_t first = order.empty() ? end.directoryOffset : entries.at(order.front()).localOffset;
    if (first != 0) {
        return fault(Codes::ZipPrefixData, {{}, 0},
            QStringLiteral("%1 bytes precede the first member, expected none").arg(first),
            QStringLiteral("the file is an archive behind something else; take the archive out of it"));
    }
    LocalHeaderReader headers(file, end);
    for (size_t i = 0; i < order.size(); ++i) {
        const bool isLast = i + 1 == order.size();
        const std::int64_t next = isLast ? end.directoryOffset : entries.at(order[i + 1]).localOffset;
        if (const auto placed = placeMember(file, headers, entries[order[i]], next); !placed)
            return placed.error();
    }
    return {};
}

} // namespace Axle::Internal
