#include "extrafield_p.h"

#include "endrecord_p.h"
#include "fieldreader_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <libdeflate.h>

#include <optional>

namespace Axle::Internal {

namespace {

constexpr std::uint16_t Zip64Id = 0x0001;
constexpr std::uint16_t UnicodePathId = 0x7075;

struct ExtraRecords
{
    std::optional<QByteArrayView> zip64;
    std::optional<QByteArrayView> unicodePath;
};

Result<void> keep(std::optional<QByteArrayView> &record, QByteArrayView body, std::uint16_t id, const Place &place)
{
    if (record) {
        return fault(Codes::ZipExtraField, place, sentence("extra field 0x%1 occurs twice, expected once", hex(id, 4)));
    }
    record = body;
    return {};
}

Result<ExtraRecords> split(QByteArrayView extra, const Place &place)
{
    ExtraRecords records;
    FieldReader reader(extra);
    while (reader.remaining() > 0) {
        const std::uint16_t id = reader.u16();
        const std::uint16_t size = reader.u16();
        const QByteArrayView body = reader.bytes(size);
        if (!reader.isValid()) {
            return fault(Codes::ZipExtraField, place,
                sentence("extra field 0x%1 of %2 bytes passes the end, expected records that fill %3 bytes exactly",
                    hex(id, 4), size, extra.size()));
        }
        Result<void> kept;
        if (id == Zip64Id)
            kept = keep(records.zip64, body, id, place);
        else if (id == UnicodePathId)
            kept = keep(records.unicodePath, body, id, place);
        if (!kept)
            return kept.error();
    }
    return records;
}

// Real writers (CPython's `force_zip64`) add the field where nothing needs it: harmless when it says the same.
bool repeats(QByteArrayView zip64, std::initializer_list<WideField *> fields)
{
    FieldReader reader(zip64);
    const bool isEqual =
        std::all_of(fields.begin(), fields.end(), [&](const WideField *field) { return reader.u64() == field->value; });
    return isEqual && reader.isValid() && reader.remaining() == 0;
}

Result<void> widen(std::optional<QByteArrayView> zip64, std::initializer_list<WideField *> fields, const Place &place)
{
    const auto isSentinel = [](const WideField *field) { return field->value == Sentinel32; };
    const auto sentinels = std::count_if(fields.begin(), fields.end(), isSentinel);
    const qsizetype expected = static_cast<qsizetype>(sentinels) * 8;
    const qsizetype found = zip64 ? zip64->size() : 0;
    if (zip64 && expected == 0 && repeats(*zip64, fields))
        return {};
    if (found != expected || (zip64 && expected == 0)) {
        return fault(Codes::Zip64Extra, place,
            sentence(
                "a ZIP64 extra field of %1 bytes, expected %2: 8 for each field that refers to it", found, expected));
    }
    FieldReader reader(zip64.value_or(QByteArrayView()));
    for (WideField *field : fields) {
        if (isSentinel(field))
            field->value = reader.u64();
    }
    return {};
}

// Other readers go by this field instead of the header's name: they must not see another name than we do.
Result<void> checkUnicodePath(QByteArrayView body, QByteArrayView name, const Place &place)
{
    FieldReader reader(body);
    const QByteArrayView version = reader.bytes(1);
    const std::uint32_t crc = reader.u32();
    const bool isWellFormed = reader.isValid() && version[0] == '\1';
    const QByteArrayView path = reader.bytes(reader.remaining());
    const auto nameCrc = libdeflate_crc32(0, name.data(), static_cast<size_t>(name.size()));
    if (!isWellFormed || path != name || crc != nameCrc) {
        return fault(Codes::ZipUnicodePath, place,
            sentence("the Unicode path field says '%1', expected the name '%2' of the header", printable(path),
                printable(name)));
    }
    return {};
}

} // namespace

Result<void> applyExtraField(
    QByteArrayView extra, QByteArrayView name, std::initializer_list<WideField *> fields, const Place &place)
{
    const bool isWide =
        std::any_of(fields.begin(), fields.end(), [](const WideField *field) { return field->value == Sentinel32; });
    if (extra.isEmpty() && !isWide)
        return {};
    const auto records = split(extra, place);
    if (!records)
        return records.error();
    if (records->unicodePath) {
        if (const auto checked = checkUnicodePath(*records->unicodePath, name, place); !checked)
            return checked.error();
    }
    return widen(records->zip64, fields, place);
}

} // namespace Axle::Internal
