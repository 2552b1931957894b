#include "scanindex_p.h"

#include "folderlisting_p.h"

#include <axle/resolver/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QFile>

#include <cstring>
#include <libdeflate.h>

namespace Axle::Internal {

namespace {

constexpr std::int64_t SafeAge = 2'000'000'000;
constexpr char Magic[8] = {'a', 'x', 'l', 'e', 's', 'c', 'a', 'n'};
constexpr std::uint32_t Format = 3;
constexpr qsizetype KeySize = 32;
constexpr std::uint32_t NoRank = 0xffff'ffff;

/// In front of the files. Integers have this machine's order: no other one reads them.
struct IndexHeader
{
    char magic[sizeof Magic];
    std::uint32_t format;
    std::uint32_t crc32; ///< of everything behind it
    char key[KeySize];
    std::uint64_t count;
};
constexpr qsizetype ChecksummedFrom = offsetof(IndexHeader, key);

enum Verdict : std::uint32_t { Usable, OtherTags, OtherPython };

/// In front of each file's name, text, message and hint.
struct FileHeader
{
    std::uint64_t device;
    std::uint64_t inode;
    std::int64_t size;
    std::int64_t modificationTime;
    std::int64_t changeTime;
    std::uint32_t verdict;
    std::uint32_t tagRank;
    std::uint32_t nameSize;
    std::uint32_t textSize; ///< of the metadata
    std::uint32_t messageSize;
    std::uint32_t hintSize;
};
static_assert(std::has_unique_object_representations_v<FileHeader>, "no undefined bytes are written");

std::uint32_t checksum(QByteArrayView index)
{
    const QByteArrayView covered = index.sliced(ChecksummedFrom);
    return libdeflate_crc32(0, covered.data(), static_cast<size_t>(covered.size()));
}

Verdict verdictOf(const DiscoveredFile &file)
{
    if (file.isUsable())
        return Usable;
    return file.error.code() == Codes::ResolvePython ? OtherPython : OtherTags;
}

bool isWorthKeeping(const DiscoveredFile &file)
{
    return file.isUsable() || file.isIncompatible();
}

void append(QByteArray &index, QByteArrayView name, const DiscoveredFile &file)
{
    const QByteArrayView text = file.metadata.text();
    const QByteArray message = file.error.message().toUtf8();
    const QByteArray hint = file.error.hint().toUtf8();
    const auto size = [](QByteArrayView bytes) { return static_cast<std::uint32_t>(bytes.size()); };
    const FileIdentity &identity = file.identity;
    const FileHeader header{identity.device, identity.inode, identity.size, identity.modificationTime,
        identity.changeTime, verdictOf(file), file.tagRank ? static_cast<std::uint32_t>(*file.tagRank) : NoRank,
        size(name), size(text), size(message), size(hint)};
    index.append(reinterpret_cast<const char *>(&header), sizeof header);
    for (const QByteArrayView part : {name, text, QByteArrayView(message), QByteArrayView(hint)})
        index.append(part);
}

/// Takes pieces from the front of an index; one that passes its end makes it invalid for good.
class IndexReader
{
public:
    explicit IndexReader(QByteArrayView rest)
        : m_rest(rest)
    {
    }

    template<class T>
    T header()
    {
        T result = {};
        const QByteArrayView raw = bytes(sizeof(T));
        if (m_isValid)
            std::memcpy(&result, raw.data(), sizeof(T));
        return result;
    }
    QByteArrayView bytes(qsizetype size)
    {
        m_isValid = m_isValid && size <= m_rest.size();
        if (!m_isValid)
            return {};
        const QByteArrayView result = m_rest.first(size);
        m_rest = m_rest.sliced(size);
        return result;
    }
    bool isValid() const { return m_isValid; }
    bool atEnd() const { return m_rest.isEmpty(); }
    qsizetype remaining() const { return m_rest.size(); }

private:
    QByteArrayView m_rest;
    bool m_isValid = true;
};

/// A file as it stands in an index.
struct Record
{
    FileHeader header;
    QByteArrayView name;
    QByteArrayView text;
    QByteArrayView message;
    QByteArrayView hint;
};

Record takeRecord(IndexReader &reader)
{
    Record record{reader.header<FileHeader>(), {}, {}, {}, {}};
    record.name = reader.bytes(record.header.nameSize);
    record.text = reader.bytes(record.header.textSize);
    record.message = reader.bytes(record.header.messageSize);
    record.hint = reader.bytes(record.header.hintSize);
    return record;
}

Record recordAt(QByteArrayView index, qsizetype offset)
{
    IndexReader reader(index.sliced(offset));
    return takeRecord(reader);
}

FileIdentity identityOf(const FileHeader &header)
{
    return {header.device, header.inode, header.size, header.modificationTime, header.changeTime};
}

DiscoveredFile fileOf(const Record &record, const QByteArray &index, const QString &folder)
{
    const FileHeader &header = record.header;
    DiscoveredFile file;
    file.path = wheelPath(folder, QFile::decodeName(record.name.toByteArray()));
    file.identity = identityOf(header);
    file.fileName = laterFileName(index, record.name);
    if (header.tagRank != NoRank)
        file.tagRank = static_cast<int>(header.tagRank);
    if (header.verdict != OtherTags)
        file.metadata = {index, record.text, &ScannedMetadata::parse};
    if (header.verdict != Usable) {
        file.error = Error(header.verdict == OtherPython ? Codes::ResolvePython : Codes::WheelIncompatible,
            QString::fromUtf8(record.message), QString::fromUtf8(record.hint));
    }
    return file;
}

} // namespace

KnownFiles::KnownFiles(const QByteArrayList &names, const QList<DiscoveredFile> &files)
    : m_names(names)
    , m_files(files)
{
    Q_ASSERT(names.size() == files.size());
}

qsizetype KnownFiles::count() const
{
    return m_records.empty() ? m_files.size() : std::ssize(m_records);
}

QByteArrayView KnownFiles::name(qsizetype number) const
{
    if (m_records.empty())
        return m_names.at(number);
    return recordAt(m_index, m_records[static_cast<size_t>(number)]).name;
}

FileIdentity KnownFiles::identity(qsizetype number) const
{
    if (m_records.empty())
        return m_files.at(number).identity;
    return identityOf(recordAt(m_index, m_records[static_cast<size_t>(number)]).header);
}

bool KnownFiles::isKept(qsizetype number) const
{
    return !m_records.empty() || isWorthKeeping(m_files.at(number));
}

DiscoveredFile KnownFiles::file(qsizetype number) const
{
    if (m_records.empty())
        return m_files.at(number);
    return fileOf(recordAt(m_index, m_records[static_cast<size_t>(number)]), m_index, m_folder);
}

Parsed<WheelFileName> laterFileName(const QByteArray &owner, QByteArrayView name)
{
    return {owner, name, [](QByteArrayView text) {
                return WheelFileName::parse(QFile::decodeName(text.toByteArray())).value_or(WheelFileName());
            }};
}

bool isSettled(const DiscoveredFile &file, std::int64_t time)
{
    return file.identity.changeTime + SafeAge <= time;
}

QByteArray encodeIndex(const KnownFiles &files, const QByteArray &key)
{
    Q_ASSERT(key.size() == KeySize);
    IndexHeader header = {};
    std::memcpy(header.magic, Magic, sizeof Magic);
    std::memcpy(header.key, key.constData(), KeySize);
    header.format = Format;
    QByteArray index(sizeof header, Qt::Uninitialized);
    for (qsizetype i = 0; i < files.count(); ++i) {
        if (!files.isKept(i))
            continue;
        append(index, files.name(i), files.file(i));
        ++header.count;
    }
    std::memcpy(index.data(), &header, sizeof header);
    header.crc32 = checksum(index);
    std::memcpy(index.data(), &header, sizeof header);
    return index;
}

std::optional<KnownFiles> decodeIndex(const QByteArray &bytes, const QByteArray &key, const QString &folder)
{
    IndexReader reader(bytes);
    const auto header = reader.header<IndexHeader>();
    const bool isOurs = reader.isValid() && std::memcmp(header.magic, Magic, sizeof Magic) == 0
        && header.format == Format && QByteArrayView(header.key, KeySize) == key && header.crc32 == checksum(bytes);
    if (!isOurs)
        return std::nullopt;
    KnownFiles files;
    files.m_records.reserve(qMin<size_t>(header.count, static_cast<size_t>(bytes.size()) / sizeof(FileHeader)));
    QByteArrayView before;
    while (reader.isValid() && !reader.atEnd()) {
        files.m_records.push_back(bytes.size() - reader.remaining());
        const QByteArrayView name = takeRecord(reader).name;
        if (files.m_records.size() > 1 && before >= name)
            return std::nullopt;
        before = name;
    }
    files.m_index = bytes;
    files.m_folder = folder;
    return reader.isValid() && files.m_records.size() == header.count ? std::optional(std::move(files)) : std::nullopt;
}

} // namespace Axle::Internal
