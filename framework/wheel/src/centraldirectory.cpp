#include "centraldirectory_p.h"

#include "extrafield_p.h"
#include "fieldreader_p.h"
#include "findings_p.h"
#include "limits_p.h"
#include "membername_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

namespace Axle::Internal {

namespace {

constexpr std::uint16_t MethodStored = 0;
constexpr std::uint16_t MethodDeflated = 8;
constexpr std::uint16_t MaximumVersionNeeded = 45;
// Bits 1 and 2 tell how hard DEFLATE tried, nothing that a reader must know.
constexpr std::uint16_t KnownFlags = (1U << 1) | (1U << 2) | FlagDataDescriptor | FlagUtf8;

constexpr std::uint32_t ModeTypeMask = 0170000;
constexpr std::uint32_t ModeRegular = 0100000;
constexpr std::uint32_t ModeFolder = 0040000;
constexpr std::uint32_t ModeSetIds = 06000;
constexpr std::uint32_t ModeExecutable = 0111;

constexpr std::uint64_t MegaByte = 1024 * 1024;
constexpr std::uint64_t HarmlessTotal = 64 * MegaByte;
constexpr std::uint64_t MaximumTotalRatio = 50;
constexpr std::uint64_t HarmlessMember = MegaByte;
constexpr std::uint64_t EmptyDeflated = 2; // some writers deflate the nothing that a folder holds

/// A central header's fields, as they stand in the file.
struct CentralHeader
{
    std::uint16_t versionNeeded = 0;
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    std::uint32_t time = 0; // and date
    std::uint32_t crc32 = 0;
    WideField compressedSize;
    WideField size;
    WideField localOffset;
    std::uint16_t disk = 0;
    std::uint32_t mode = 0;
    QByteArrayView name;
    QByteArrayView extra;
    QByteArrayView comment;
};

Result<CentralHeader> readHeader(FieldReader &reader, const Place &place)
{
    const std::uint32_t signature = reader.u32();
    if (reader.isValid() && signature != CentralHeaderSignature) {
        return fault(Codes::ZipCentralHeader, place,
            sentence("signature 0x%1, expected 0x%2 of a central header", hex(signature, 8),
                hex(CentralHeaderSignature, 8)));
    }
    CentralHeader header;
    reader.bytes(2); // version made by
    header.versionNeeded = reader.u16();
    header.flags = reader.u16();
    header.method = reader.u16();
    header.time = reader.u32();
    header.crc32 = reader.u32();
    header.compressedSize.value = reader.u32();
    header.size.value = reader.u32();
    const std::uint16_t nameSize = reader.u16();
    const std::uint16_t extraSize = reader.u16();
    const std::uint16_t commentSize = reader.u16();
    header.disk = reader.u16();
    reader.bytes(2); // internal attributes
    header.mode = reader.u32() >> 16;
    header.localOffset.value = reader.u32();
    header.name = reader.bytes(nameSize);
    header.extra = reader.bytes(extraSize);
    header.comment = reader.bytes(commentSize);
    if (!reader.isValid()) {
        return fault(Codes::ZipCentralDirectoryBounds, place,
            QStringLiteral("a central header passes the end of the central directory, expected it to end within"));
    }
    return header;
}

void checkFeatures(const CentralHeader &header, const Place &place, Rules rules, Findings &findings)
{
    findings.add(checkFlags(header.flags, place));
    if (header.method != MethodStored && header.method != MethodDeflated) {
        findings.add(fault(Codes::ZipMethod, place,
            QStringLiteral("compression method %1, expected 0 (stored) or 8 (deflated)").arg(header.method),
            QStringLiteral("build the wheel with deflated members")));
    }
    if ((header.versionNeeded & 0xff) > MaximumVersionNeeded) {
        findings.add(fault(Codes::ZipVersion, place,
            sentence("version %1 of the format is needed, expected at most %2", header.versionNeeded & 0xff,
                MaximumVersionNeeded)));
    }
    if (header.disk != 0) {
        findings.add(fault(
            Codes::ZipMultidisk, place, QStringLiteral("the member begins on disk %1, expected 0").arg(header.disk)));
    }
    if (!header.comment.isEmpty()) {
        addStrict(findings, rules,
            fault(Codes::ZipEntryComment, place,
                QStringLiteral("a member comment of %1 bytes, expected none").arg(header.comment.size())));
    }
}

void checkKind(const CentralHeader &header, const Place &place, Findings &findings)
{
    const std::uint32_t type = header.mode & ModeTypeMask;
    const bool isFolder = header.name.endsWith('/');
    if (type != 0 && type != ModeRegular && type != ModeFolder) {
        findings.add(fault(Codes::ZipSpecialFile, place,
            sentence(
                "file mode %1 is that of a link or device, expected a regular file or a folder", octal(header.mode))));
    } else if (type != 0 && (type == ModeFolder) != isFolder) {
        findings.add(fault(Codes::ZipFolderEntry, place,
            sentence("file mode %1, expected that of a %2 as the name says", octal(header.mode),
                isFolder ? QLatin1StringView("folder") : QLatin1StringView("file"))));
    }
    if (isFolder && (header.size.value != 0 || header.crc32 != 0 || header.compressedSize.value > EmptyDeflated)) {
        findings.add(fault(Codes::ZipFolderEntry, place,
            sentence("a folder with data (%1 bytes, %2 in the file), expected none", header.size.value,
                header.compressedSize.value)));
    }
    if ((header.mode & ModeSetIds) != 0) {
        findings.add(
            fault(Codes::ZipSetuid, place, sentence("file mode %1, expected no setuid or setgid", octal(header.mode))));
    }
}

/// Whether the data lie where data can.
Result<void> checkBounds(const CentralHeader &header, const EndRecord &end, const Place &place)
{
    const auto limit = static_cast<std::uint64_t>(end.directoryOffset);
    if (fits(header.localOffset.value, LocalHeaderSize, limit) && header.compressedSize.value <= limit)
        return {};
    return fault(Codes::ZipCentralDirectoryBounds, place,
        sentence("%1 bytes of data at offset %2, expected them before the central directory at %3",
            header.compressedSize.value, header.localOffset.value, limit));
}

Result<void> checkSizes(const CentralHeader &header, const Place &place)
{
    const std::uint64_t size = header.size.value;
    if (header.method == MethodStored && size != header.compressedSize.value) {
        return fault(Codes::ZipStoredSize, place,
            sentence("a stored member of %1 bytes takes %2, expected equal sizes", size, header.compressedSize.value));
    }
    if (size > HarmlessMember && size / MaximumRatio > header.compressedSize.value) {
        return fault(Codes::ZipBomb, place,
            sentence("%1 bytes would inflate to %2, expected at most %3 times as many", header.compressedSize.value,
                size, MaximumRatio));
    }
    return {};
}

ArchiveMember memberOf(const CentralHeader &header)
{
    ArchiveMember member;
    member.rawName = header.name;
    member.size = static_cast<std::int64_t>(header.size.value);
    member.compressedSize = static_cast<std::int64_t>(header.compressedSize.value);
    member.crc32 = header.crc32;
    member.method = header.method == MethodStored ? ArchiveMember::Method::Stored : ArchiveMember::Method::Deflated;
    member.isExecutable = (header.mode & ModeExecutable) != 0;
    return member;
}

CentralEntry entryOf(const CentralHeader &header)
{
    CentralEntry entry;
    entry.localOffset = static_cast<std::int64_t>(header.localOffset.value);
    entry.flags = header.flags;
    entry.method = header.method;
    entry.time = header.time;
    return entry;
}

/// The walk through the central directory.
class DirectoryReader
{
public:
    DirectoryReader(const EndRecord &end, Rules rules, Findings &findings)
        : m_end(end)
        , m_rules(rules)
        , m_findings(findings)
        , m_names(end.memberCount)
    {
    }

    void judge(CentralHeader &header, const Place &place, CentralDirectory &directory);

private:
    bool isPlaced(CentralHeader &header, const Place &place);

    const EndRecord &m_end;
    const Rules m_rules;
    Findings &m_findings;
    NameRegister m_names;
};

bool DirectoryReader::isPlaced(CentralHeader &header, const Place &place)
{
    auto checked =
        applyExtraField(header.extra, header.name, {&header.size, &header.compressedSize, &header.localOffset}, place);
    if (checked)
        checked = checkBounds(header, m_end, place);
    m_findings.add(checked);
    return checked.has_value();
}

void DirectoryReader::judge(CentralHeader &header, const Place &place, CentralDirectory &directory)
{
    const qsizetype before = m_findings.list().size();
    checkFeatures(header, place, m_rules, m_findings);
    m_names.judge(header.name, (header.flags & FlagUtf8) != 0, place, m_findings);
    const bool placed = isPlaced(header, place);
    checkKind(header, place, m_findings);
    if (placed)
        m_findings.add(checkSizes(header, place));
    directory.members += memberOf(header);
    CentralEntry &entry = directory.entries.emplace_back(entryOf(header));
    entry.isPlaced = placed;
    entry.isSound = !hasFaultSince(m_findings, before);
}

} // namespace

Result<void> checkFlags(std::uint16_t flags, const Place &place)
{
    if ((flags & (FlagEncrypted | FlagStrongEncryption | FlagMaskedHeader)) != 0) {
        return fault(Codes::ZipEncrypted, place,
            sentence("flags 0x%1 say that the member is encrypted, expected plain data", hex(flags, 4)));
    }
    if ((flags & ~KnownFlags) != 0) {
        return fault(
            Codes::ZipFlags, place, sentence("flags 0x%1, expected none but 0x%2", hex(flags, 4), hex(KnownFlags, 4)));
    }
    return {};
}

std::optional<CentralDirectory> readCentralDirectory(
    const ArchiveBytes &file, const EndRecord &end, Rules rules, Findings &findings)
{
    auto bytes = findings.take(file.readAt(end.directoryOffset, end.directorySize));
    if (!bytes)
        return std::nullopt;
    CentralDirectory directory{std::move(bytes->owner), {}, {}};
    directory.members.reserve(end.memberCount);
    directory.entries.reserve(static_cast<size_t>(end.memberCount));
    FieldReader reader(bytes->view);
    DirectoryReader members(end, rules, findings);
    while (std::ssize(directory.entries) < end.memberCount) {
        const std::int64_t offset = end.directoryOffset + reader.position();
        auto header = findings.take(readHeader(reader, {{}, offset}));
        if (!header)
            return std::nullopt;
        members.judge(*header, {header->name, offset}, directory);
        if (!directory.entries.back().isSound && findings.isEnough())
            return std::nullopt;
    }
    if (reader.remaining() > 0) {
        findings.add(fault(Codes::ZipEntryCount, {{}, end.directoryOffset + reader.position()},
            sentence("%1 bytes of the central directory follow its last member (number %2), expected none",
                reader.remaining(), end.memberCount)));
        return std::nullopt;
    }
    return directory;
}

Result<void> checkTotalSize(const CentralDirectory &directory, std::int64_t fileSize)
{
    std::uint64_t total = 0;
    for (size_t i = 0; i < directory.entries.size(); ++i) {
        // Sizes that were found to be impossible would hide the others'.
        if (directory.entries[i].isSound)
            total += static_cast<std::uint64_t>(directory.members.at(static_cast<qsizetype>(i)).size);
    }
    const std::uint64_t byRatio = qMax(HarmlessTotal, MaximumTotalRatio * static_cast<std::uint64_t>(fileSize));
    const std::uint64_t limit = qMin(MaximumTotal, byRatio);
    if (total > limit) {
        return Error(Codes::ZipBomb,
            sentence("a file of %1 bytes would inflate to %2, expected at most %3", fileSize, total, limit));
    }
    return {};
}

} // namespace Axle::Internal
