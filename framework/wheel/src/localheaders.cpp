#include "localheaders_p.h"

#include "archivefault_p.h"
#include "extrafield_p.h"
#include "fieldreader_p.h"
#include "findings_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr std::uint32_t DescriptorSignature = 0x08074b50;
constexpr std::int64_t DescriptorSize = 16;
constexpr std::int64_t Zip64DescriptorSize = 24;

struct LocalHeader
{
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t time = 0; // and date
    std::uint32_t crc32 = 0;
    WideField compressedSize;
    WideField size;
    QByteArrayView name;
    QByteArrayView extra;
};

/// A member, and what its central header says besides.
struct Entry
{
    ArchiveMember &member;
    CentralEntry &central;

    Place place() const { return {member.rawName, central.localOffset}; }
};

Error mismatch(const Entry &entry, const char *field, const QString &found, const QString &expected)
{
    return fault(Codes::ZipLocalHeaderMismatch, entry.place(),
        sentence("the local header's %1 is %2, expected %3 as in the central directory", QLatin1StringView(field),
            found, expected));
}

/// Members in the order in which they lie in the file.
class Layout
{
public:
    explicit Layout(CentralDirectory &directory);

    size_t size() const { return m_order.size(); }
    std::int64_t offset(size_t number) const { return m_entries[m_order[number]].localOffset; }
    Entry entry(size_t number) const { return {m_members[m_order[number]], m_entries[m_order[number]]}; }

private:
    ArchiveMember *m_members;
    CentralEntry *m_entries;
    std::vector<std::uint32_t> m_order;
};

Layout::Layout(CentralDirectory &directory)
    : m_members(directory.members.data())
    , m_entries(directory.entries.data())
{
    m_order.reserve(directory.entries.size());
    for (std::uint32_t i = 0; i < directory.entries.size(); ++i) {
        if (m_entries[i].isPlaced)
            m_order.push_back(i);
    }
    const auto isBefore = [this](std::uint32_t a, std::uint32_t b) {
        return m_entries[a].localOffset < m_entries[b].localOffset;
    };
    if (!std::is_sorted(m_order.begin(), m_order.end(), isBefore))
        std::stable_sort(m_order.begin(), m_order.end(), isBefore);
}

/// Reads local headers in the order of the file: those that lie close to each other at once, with the small data between.
class LocalHeaderReader
{
public:
    LocalHeaderReader(const ArchiveBytes &file, const EndRecord &end, const Layout &layout)
        : m_file(file)
        , m_layout(layout)
        , m_limit(end.directoryOffset)
    {
    }

    /// `name` and `extra` of the result live until the next call.
    Result<LocalHeader> read(size_t number);

private:
    /// The bytes of the file from `offset` on, at least `size`, which lie before the central directory. They are member
    /// `number`'s or follow it.
    Result<QByteArrayView> bytes(size_t number, std::int64_t offset, std::int64_t size);
    std::int64_t runEnd(size_t number) const;

    const ArchiveBytes &m_file;
    const Layout &m_layout;
    std::int64_t m_limit = 0;
    FilePiece m_piece;
    std::int64_t m_begin = 0; ///< of the piece, in the file
};

/// Where to stop reading when the header of member `number` must be read.
std::int64_t LocalHeaderReader::runEnd(size_t number) const
{
    constexpr std::int64_t Ahead = 512;         // what most headers take
    constexpr std::int64_t Near = 8 * 1024;     // reading this much costs no more than another call
    constexpr std::int64_t Longest = 64 * 1024; // memory that is at hand, and stays in the cache
    const std::int64_t begin = m_layout.offset(number);
    std::int64_t end = begin;
    for (size_t next = number + 1; next < m_layout.size(); ++next) {
        const std::int64_t offset = m_layout.offset(next);
        if (offset - end > Near || offset - begin > Longest)
            break;
        end = offset;
    }
    return qMin(end + Ahead, m_limit);
}

Result<QByteArrayView> LocalHeaderReader::bytes(size_t number, std::int64_t offset, std::int64_t size)
{
    if (offset < m_begin || offset + size > m_begin + m_piece.view.size()) {
        m_piece = {}; // nothing of it is kept
        auto piece = m_file.readAt(offset, qMax(size, runEnd(number) - offset));
        if (!piece)
            return std::move(piece).error();
        m_piece = std::move(*piece);
        m_begin = offset;
    }
    return m_piece.view.sliced(static_cast<qsizetype>(offset - m_begin));
}

Result<LocalHeader> LocalHeaderReader::read(size_t number)
{
    const Entry entry = m_layout.entry(number);
    const std::int64_t offset = entry.central.localOffset;
    const auto fixed = bytes(number, offset, LocalHeaderSize);
    if (!fixed)
        return fixed.error();
    FieldReader reader(*fixed);
    if (const std::uint32_t signature = reader.u32(); signature != LocalHeaderSignature) {
        return fault(Codes::ZipLocalHeader, entry.place(),
            sentence(
                "signature 0x%1, expected 0x%2 of a local header", hex(signature, 8), hex(LocalHeaderSignature, 8)));
    }
    LocalHeader header;
    reader.bytes(2); // version needed, judged in the central header; writers say other things here
    header.flags = reader.u16();
    header.method = reader.u16();
    header.time = reader.u32();
    header.crc32 = reader.u32();
    header.compressedSize.value = reader.u32();
    header.size.value = reader.u32();
    const std::uint16_t nameSize = reader.u16();
    const std::uint16_t extraSize = reader.u16();
    const std::int64_t whole = LocalHeaderSize + nameSize + extraSize;
    if (whole > m_limit - offset) {
        return fault(Codes::ZipLocalHeader, entry.place(),
            sentence(
                "a name of %1 and an extra field of %2 bytes, expected them to end before the central directory at %3",
                nameSize, extraSize, m_limit));
    }
    const auto all = bytes(number, offset, whole);
    if (!all)
        return all.error();
    header.name = all->sliced(LocalHeaderSize, nameSize);
    header.extra = all->sliced(LocalHeaderSize + nameSize, extraSize);
    return header;
}

/// With a data descriptor behind the data the header may leave the three values zero.
Result<void> compareValues(const Entry &entry, const LocalHeader &header)
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

Result<void> compareHeaders(const Entry &entry, const LocalHeader &header)
{
    if (const auto checked = checkFlags(header.flags, entry.place()); !checked)
        return checked.error();
    if (header.name != entry.member.rawName) {
        return mismatch(
            entry, "name", u'\'' + printable(header.name) + u'\'', u'\'' + printable(entry.member.rawName) + u'\'');
    }
    const std::uint16_t meaningful = FlagUtf8 | FlagDataDescriptor;
    if ((header.flags & meaningful) != (entry.central.flags & meaningful))
        return mismatch(entry, "flags", QString::number(header.flags), QString::number(entry.central.flags));
    if (header.method != entry.central.method)
        return mismatch(entry, "method", QString::number(header.method), QString::number(entry.central.method));
    // Nothing here depends on the time, but other readers refuse the archive, or take one or the other.
    if (header.time != entry.central.time)
        return mismatch(entry, "time", hex(header.time, 8), hex(entry.central.time, 8));
    return compareValues(entry, header);
}

Result<void> checkDescriptor(const ArchiveBytes &file, const Entry &entry, std::int64_t offset, std::int64_t size)
{
    const Place place{entry.member.rawName, offset};
    if (size != DescriptorSize && size != Zip64DescriptorSize) {
        return fault(Codes::ZipDataDescriptor, place,
            sentence("%1 bytes between the data and what follows, expected a data descriptor of %2 or %3", size,
                DescriptorSize, Zip64DescriptorSize));
    }
    const auto bytes = file.readAt(offset, size);
    if (!bytes)
        return bytes.error();
    FieldReader reader(bytes->view);
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

/// What follows the data of a member up to `next`, where the next part of the file begins.
Result<void> checkEnd(const ArchiveBytes &file, const Entry &entry, std::int64_t next)
{
    const std::int64_t dataEnd = entry.member.dataOffset + entry.member.compressedSize;
    if (dataEnd > next) {
        return fault(Codes::ZipOverlap, entry.place(),
            sentence(
                "the data reach to offset %1, expected them to end at %2 where the next part begins", dataEnd, next));
    }
    if ((entry.central.flags & FlagDataDescriptor) != 0)
        return checkDescriptor(file, entry, dataEnd, next - dataEnd);
    if (dataEnd < next) {
        return fault(Codes::ZipGap, entry.place(),
            sentence("%1 bytes between the end of the data at %2 and the next part, expected none", next - dataEnd,
                dataEnd));
    }
    return {};
}

Result<void> placeMember(LocalHeaderReader &headers, size_t number, const Entry &entry)
{
    auto header = headers.read(number);
    if (!header)
        return header.error();
    const auto widened =
        applyExtraField(header->extra, header->name, {&header->size, &header->compressedSize}, entry.place());
    if (!widened)
        return widened.error();
    entry.member.dataOffset = entry.central.localOffset + LocalHeaderSize + header->name.size() + header->extra.size();
    return compareHeaders(entry, *header);
}

void checkBeginning(const EndRecord &end, const Layout &layout, Findings &findings)
{
    const std::int64_t first = layout.size() == 0 ? end.directoryOffset : layout.offset(0);
    if (first != 0) {
        findings.add(fault(Codes::ZipPrefixData, {{}, 0},
            QStringLiteral("%1 bytes precede the first member, expected none").arg(first),
            QStringLiteral("the file is an archive behind something else; take the archive out of it")));
    }
}

} // namespace

void placeMembers(const ArchiveBytes &file, const EndRecord &end, CentralDirectory &directory, Findings &findings)
{
    const Layout layout(directory);
    // Where a member's place is not known, all that is said about gaps would be wrong.
    const bool isComplete = layout.size() == directory.entries.size();
    if (isComplete)
        checkBeginning(end, layout, findings);
    LocalHeaderReader headers(file, end, layout);
    for (size_t i = 0; i < layout.size(); ++i) {
        const Entry entry = layout.entry(i);
        const std::int64_t next = i + 1 == layout.size() ? end.directoryOffset : layout.offset(i + 1);
        auto placed = placeMember(headers, i, entry);
        if (placed && isComplete)
            placed = checkEnd(file, entry, next);
        if (placed)
            continue;
        entry.central.isSound = false;
        findings.add(placed);
        if (findings.isEnough())
            return;
    }
}

} // namespace Axle::Internal
