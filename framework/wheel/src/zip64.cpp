#include "zip64_p.h"

#include "archivefault_p.h"
#include "endrecord_p.h"
#include "fieldreader_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

namespace Axle::Internal {

namespace {

constexpr std::int64_t LocatorSize = 20;
constexpr std::int64_t Zip64RecordSize = 56;
constexpr std::uint64_t Zip64RecordBody = 44; // the size field leaves itself and the signature out
constexpr std::uint32_t LocatorSignature = 0x07064b50;
constexpr std::uint32_t Zip64RecordSignature = 0x06064b50;

bool hasSentinel(const EndFields &fields)
{
    return fields.membersOnDisk == Sentinel16 || fields.members == Sentinel16 || fields.directorySize == Sentinel32
        || fields.directoryOffset == Sentinel32;
}

Result<void> checkLocator(FieldReader &reader, std::int64_t offset)
{
    const std::uint32_t disk = reader.u32();
    const std::uint64_t recordOffset = reader.u64();
    const std::uint32_t disks = reader.u32();
    const std::int64_t expected = offset - Zip64RecordSize;
    if (expected < 0) {
        return fault(Codes::Zip64Locator, {{}, offset},
            QStringLiteral("there is no room before the ZIP64 locator, expected a ZIP64 end record"));
    }
    if (recordOffset != static_cast<std::uint64_t>(expected)) {
        return fault(Codes::Zip64Locator, {{}, offset},
            sentence("the ZIP64 locator points to offset %1, expected %2, directly before it", recordOffset, expected));
    }
    if (disk != 0 || disks != 1) {
        return fault(Codes::Zip64Locator, {{}, offset},
            sentence("the ZIP64 locator names disk %1 of %2, expected 0 of 1", disk, disks));
    }
    return {};
}

Result<EndFields> readZip64Record(const ArchiveBytes &file, std::int64_t offset)
{
    const auto bytes = file.readAt(offset, Zip64RecordSize);
    if (!bytes)
        return bytes.error();
    FieldReader reader(bytes->view);
    if (const std::uint32_t signature = reader.u32(); signature != Zip64RecordSignature) {
        return fault(Codes::Zip64EndRecord, {{}, offset},
            sentence("signature 0x%1, expected 0x%2 of a ZIP64 end record", hex(signature, 8),
                hex(Zip64RecordSignature, 8)));
    }
    if (const std::uint64_t size = reader.u64(); size != Zip64RecordBody) {
        return fault(Codes::Zip64EndRecord, {{}, offset},
            sentence("the ZIP64 end record says %1 bytes, expected %2", size, Zip64RecordBody));
    }
    reader.bytes(4); // versions made by and needed
    EndFields fields;
    fields.disk = reader.u32();
    fields.directoryDisk = reader.u32();
    fields.membersOnDisk = reader.u64();
    fields.members = reader.u64();
    fields.directorySize = reader.u64();
    fields.directoryOffset = reader.u64();
    fields.offset = offset;
    return fields;
}

Result<void> checkAgreement(const EndFields &narrow, const EndFields &wide)
{
    struct Pair
    {
        const char *name;
        std::uint64_t narrow;
        std::uint64_t wide;
        std::uint64_t sentinel;
    };
    const Pair pairs[] = {
        {"disk", narrow.disk, wide.disk, Sentinel16},
        {"directory disk", narrow.directoryDisk, wide.directoryDisk, Sentinel16},
        {"members on this disk", narrow.membersOnDisk, wide.membersOnDisk, Sentinel16},
        {"members", narrow.members, wide.members, Sentinel16},
        {"directory size", narrow.directorySize, wide.directorySize, Sentinel32},
        {"directory offset", narrow.directoryOffset, wide.directoryOffset, Sentinel32},
    };
    for (const Pair &pair : pairs) {
        if (pair.narrow != pair.sentinel && pair.narrow != pair.wide) {
            return fault(Codes::Zip64Mismatch, {{}, narrow.offset},
                sentence("%1 is %2 in the end record, expected %3 as in the ZIP64 end record",
                    QLatin1StringView(pair.name), pair.narrow, pair.wide));
        }
    }
    return {};
}

} // namespace

Result<EndFields> withZip64(const ArchiveBytes &file, const EndFields &fields)
{
    const std::int64_t offset = fields.offset - LocatorSize;
    const auto bytes = offset >= 0 ? file.readAt(offset, LocatorSize) : Result<FilePiece>(FilePiece());
    if (!bytes)
        return bytes.error();
    FieldReader reader(bytes->view);
    if (reader.u32() != LocatorSignature) {
        if (hasSentinel(fields)) {
            return fault(Codes::Zip64Locator, {{}, fields.offset},
                QStringLiteral("the end record refers to ZIP64 fields, expected a ZIP64 locator directly before it"));
        }
        return fields;
    }
    if (const auto checked = checkLocator(reader, offset); !checked)
        return checked.error();
    const auto wide = readZip64Record(file, offset - Zip64RecordSize);
    if (!wide)
        return wide.error();
    if (const auto agreed = checkAgreement(fields, *wide); !agreed)
        return agreed.error();
    return *wide;
}

} // namespace Axle::Internal
