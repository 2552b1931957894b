#include "inflate_p.h"

#include "limits_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <libdeflate.h>

namespace Axle::Internal {

namespace {

struct FreeDecompressor
{
    void operator()(libdeflate_decompressor *decompressor) const { libdeflate_free_decompressor(decompressor); }
};

libdeflate_decompressor *decompressor()
{
    thread_local const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> instance(
        libdeflate_alloc_decompressor());
    Q_CHECK_PTR(instance.get());
    return instance.get();
}

Error dataFault(ErrorCode code, const ArchiveMember &member, const QString &what, const QString &hint = {})
{
    return fault(code, {member.rawName, member.dataOffset}, what, hint);
}

struct Inflated
{
    libdeflate_result result = LIBDEFLATE_BAD_DATA;
    size_t used = 0;
    size_t produced = 0;
};

Inflated inflateInto(QByteArray &data, QByteArrayView compressed)
{
    Inflated inflated;
    inflated.result =
        libdeflate_deflate_decompress_ex(decompressor(), compressed.data(), static_cast<size_t>(compressed.size()),
            data.data(), static_cast<size_t>(data.size()), &inflated.used, &inflated.produced);
    return inflated;
}

Error noStream(const Place &place, qsizetype size)
{
    return fault(Codes::ZipDeflate, place,
        QStringLiteral("%1 bytes are no complete DEFLATE stream, expected one").arg(size),
        QStringLiteral("the file is damaged: copy or download it again"));
}

Result<void> checkCrc(const QByteArray &data, std::uint32_t expected, const Place &place)
{
    const std::uint32_t crc32 = libdeflate_crc32(0, data.constData(), static_cast<size_t>(data.size()));
    if (crc32 == expected)
        return {};
    return fault(Codes::ZipCrc, place, sentence("the data have CRC %1, expected %2", hex(crc32, 8), hex(expected, 8)),
        QStringLiteral("the file is damaged: copy or download it again"));
}

Result<QByteArray> inflateBytes(const ArchiveMember &member, QByteArrayView compressed)
{
    QByteArray data(static_cast<qsizetype>(member.size), Qt::Uninitialized);
    const auto [result, used, produced] = inflateInto(data, compressed);
    switch (result) {
    case LIBDEFLATE_SUCCESS:
        break;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
        return dataFault(Codes::ZipSizeMismatch, member,
            QStringLiteral("the data inflate to more than the %1 bytes that the headers say").arg(member.size));
    default:
        return noStream({member.rawName, member.dataOffset}, compressed.size());
    }
    if (produced != static_cast<size_t>(member.size)) {
        return dataFault(Codes::ZipSizeMismatch, member,
            sentence("the data inflate to %1 bytes, expected %2 as the headers say", produced, member.size));
    }
    if (used != static_cast<size_t>(compressed.size())) {
        return dataFault(Codes::ZipDeflateTrailing, member,
            sentence("the DEFLATE stream ends after %1 bytes, expected %2", used, compressed.size()));
    }
    return data;
}

/// The stream alone says how much it gives: the room grows with what has come out.
Result<QByteArray> inflateUnsized(QByteArrayView compressed, std::uint64_t expected, const Place &place)
{
    const auto limit = qMin(MaximumTotal, static_cast<std::uint64_t>(compressed.size()) * MaximumRatio);
    QByteArray data(static_cast<qsizetype>(qMin(expected, limit)), Qt::Uninitialized);
    while (true) {
        const auto [result, used, produced] = inflateInto(data, compressed);
        if (result == LIBDEFLATE_SUCCESS) {
            data.truncate(static_cast<qsizetype>(produced));
            return data;
        }
        if (result != LIBDEFLATE_INSUFFICIENT_SPACE)
            return noStream(place, compressed.size());
        if (static_cast<std::uint64_t>(data.size()) >= limit) {
            return fault(Codes::ZipBomb, place,
                sentence("the data inflate to more than %1 bytes, expected at most that many", limit));
        }
        data = QByteArray(
            static_cast<qsizetype>(qMin(limit, 2 * static_cast<std::uint64_t>(data.size()) + 1024)), Qt::Uninitialized);
    }
}

} // namespace

Result<QByteArray> inflatePlain(const PlainZipMember &member, QByteArrayView compressed, const Place &place)
{
    auto data = member.method == 0 ? Result<QByteArray>(compressed.toByteArray())
                                   : inflateUnsized(compressed, member.size, place);
    if (!data)
        return data;
    if (const auto checked = checkCrc(*data, member.crc32, place); !checked)
        return checked.error();
    return data;
}

Result<QByteArray> inflateMember(const ArchiveMember &member, QByteArrayView compressed)
{
    auto data = member.method == ArchiveMember::Method::Stored ? Result<QByteArray>(compressed.toByteArray())
                                                               : inflateBytes(member, compressed);
    if (!data)
        return data;
    if (const auto checked = checkCrc(*data, member.crc32, {member.rawName, member.dataOffset}); !checked)
        return checked.error();
    return data;
}

} // namespace Axle::Internal
