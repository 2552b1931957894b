#include "inflate_p.h"

#include "archivefault_p.h"
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
    return fault(code, {member.name.toUtf8(), member.dataOffset}, what, hint);
}

Result<QByteArray> inflateBytes(const ArchiveMember &member, const QByteArray &compressed)
{
    QByteArray data(static_cast<qsizetype>(member.size), Qt::Uninitialized);
    size_t used = 0;
    size_t produced = 0;
    const libdeflate_result result = libdeflate_deflate_decompress_ex(decompressor(), compressed.constData(),
        static_cast<size_t>(compressed.size()), data.data(), static_cast<size_t>(data.size()), &used, &produced);
    switch (result) {
    case LIBDEFLATE_SUCCESS:
        break;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
        return dataFault(Codes::ZipSizeMismatch, member,
            QStringLiteral("the data inflate to more than the %1 bytes that the headers say").arg(member.size));
    default:
        return dataFault(Codes::ZipDeflate, member,
            QStringLiteral("%1 bytes are no complete DEFLATE stream, expected one").arg(compressed.size()),
            QStringLiteral("the file is damaged: copy or download it again"));
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

} // namespace

Result<QByteArray> inflateMember(const ArchiveMember &member, const QByteArray &compressed)
{
    auto data = member.method == ArchiveMember::Method::Stored ? Result<QByteArray>(compressed)
                                                               : inflateBytes(member, compressed);
    if (!data)
        return data;
    const std::uint32_t crc32 = libdeflate_crc32(0, data->constData(), static_cast<size_t>(data->size()));
    if (crc32 != member.crc32) {
        return dataFault(Codes::ZipCrc, member,
            sentence("the data have CRC %1, expected %2", hex(crc32, 8), hex(member.crc32, 8)),
            QStringLiteral("the file is damaged: copy or download it again"));
    }
    return data;
}

} // namespace Axle::Internal
