#include "storedarchive_p.h"

#include "centraldirectory_p.h"

#include <QtCore/QtEndian>

#include <libdeflate.h>

namespace Axle::Internal {

namespace {

constexpr std::uint16_t VersionNeeded = 10;
constexpr std::uint16_t MadeByUnix = (3U << 8) | 20;
constexpr std::uint32_t FirstDosDate = 0x00210000; // 1980-01-01 00:00
constexpr std::uint32_t RegularFile = 0100644;
constexpr std::uint32_t ExecutableFile = 0100755;

/// Appends little-endian fields.
class FieldWriter
{
public:
    template<class T>
    FieldWriter &add(T value)
    {
        const T bytes = qToLittleEndian(value);
        m_bytes.append(reinterpret_cast<const char *>(&bytes), sizeof(T));
        return *this;
    }
    FieldWriter &add(const QByteArray &bytes)
    {
        m_bytes += bytes;
        return *this;
    }

    const QByteArray &bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// What both headers of a member say.
void addValues(FieldWriter &header, const QByteArray &name, std::uint32_t crc32, std::uint32_t size)
{
    constexpr std::uint16_t Stored = 0;
    constexpr std::uint16_t NoExtraField = 0;
    header.add(VersionNeeded).add(FlagUtf8).add(Stored).add(FirstDosDate);
    header.add(crc32).add(size).add(size).add(static_cast<std::uint16_t>(name.size())).add(NoExtraField);
}

void addCentralHeader(FieldWriter &directory, const ListedFile &file, std::uint32_t crc32, std::uint32_t localOffset)
{
    constexpr std::uint16_t NoComment = 0;
    constexpr std::uint16_t FirstDisk = 0;
    constexpr std::uint16_t NoAttributes = 0;
    directory.add(CentralHeaderSignature).add(MadeByUnix);
    addValues(directory, file.path, crc32, static_cast<std::uint32_t>(file.member.size));
    directory.add(NoComment).add(FirstDisk).add(NoAttributes);
    directory.add((file.member.isExecutable ? ExecutableFile : RegularFile) << 16).add(localOffset).add(file.path);
}

QByteArray endRecord(size_t members, qsizetype directorySize, std::uint32_t directoryOffset)
{
    constexpr std::uint32_t FirstDisk = 0; // of the file, and of its directory
    constexpr std::uint16_t NoComment = 0;
    const auto count = static_cast<std::uint16_t>(members);
    FieldWriter record;
    record.add(EndRecordSignature).add(FirstDisk).add(count).add(count);
    record.add(static_cast<std::uint32_t>(directorySize)).add(directoryOffset).add(NoComment);
    return record.bytes();
}

} // namespace

Result<void> writeStored(
    const FileDescriptor &folder, const std::vector<ListedFile> &files, const WheelArchive::Sink &sink)
{
    FieldWriter directory;
    std::uint32_t offset = 0;
    for (const ListedFile &file : files) {
        const auto data = readListed(folder, file);
        if (!data)
            return data.error();
        const auto crc32 = libdeflate_crc32(0, data->constData(), static_cast<size_t>(data->size()));
        FieldWriter header;
        header.add(LocalHeaderSignature);
        addValues(header, file.path, crc32, static_cast<std::uint32_t>(data->size()));
        header.add(file.path);
        for (const QByteArray &part : {header.bytes(), *data}) {
            if (const auto written = sink(part); !written)
                return written.error();
        }
        addCentralHeader(directory, file, crc32, offset);
        offset += static_cast<std::uint32_t>(header.bytes().size() + data->size());
    }
    if (const auto written = sink(directory.bytes()); !written)
        return written.error();
    return sink(endRecord(files.size(), directory.bytes().size(), offset));
}

} // namespace Axle::Internal
