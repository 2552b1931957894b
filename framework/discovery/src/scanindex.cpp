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
constexpr std::uint32_t Format = 1;
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

void append(QByteArray &index, const KnownFile &known)
{
    const DiscoveredFile &file = known.file;
    const QByteArray text = file.metadata.text();
    const QByteArray message = file.error.message().toUtf8();
    const QByteArray hint = file.error.hint().toUtf8();
    const auto size = [](const QByteArray &bytes) { return static_cast<std::uint32_t>(bytes.size()); };
    const FileIdentity &identity = file.identity;
    const FileHeader header{identity.device, identity.inode, identity.size, identity.modificationTime,
        identity.changeTime, verdictOf(file), file.tagRank ? static_cast<std::uint32_t>(*file.tagRank) : NoRank,
        size(known.name), size(text), size(message), size(hint)};
    index.append(reinterpret_cast<const char *>(&header), sizeof header);
    index += known.name + text + message + hint;
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

private:
    QByteArrayView m_rest;
    bool m_isValid = true;
};

KnownFile takeFile(IndexReader &reader, const QString &folder)
{
    const FileHeader header = reader.header<FileHeader>();
    KnownFile known;
    known.name = reader.bytes(header.nameSize).toByteArray();
    const QByteArrayView text = reader.bytes(header.textSize);
    const QByteArrayView message = reader.bytes(header.messageSize);
    const QByteArrayView hint = reader.bytes(header.hintSize);
    DiscoveredFile &file = known.file;
    file.path = wheelPath(folder, QFile::decodeName(known.name));
    file.identity = {header.device, header.inode, header.size, header.modificationTime, header.changeTime};
    file.fileName = laterFileName(known.name);
    if (header.tagRank != NoRank)
        file.tagRank = static_cast<int>(header.tagRank);
    if (header.verdict != OtherTags)
        file.metadata = {text.toByteArray(), &ScannedMetadata::parse};
    if (header.verdict != Usable) {
        file.error = Error(header.verdict == OtherPython ? Codes::ResolvePython : Codes::WheelIncompatible,
            QString::fromUtf8(message), QString::fromUtf8(hint));
    }
    return known;
}

} // namespace

Parsed<WheelFileName> laterFileName(const QByteArray &name)
{
    return {name,
        [](const QByteArray &text) { return WheelFileName::parse(QFile::decodeName(text)).value_or(WheelFileName()); }};
}

bool isSettled(const DiscoveredFile &file, std::int64_t time)
{
    return file.identity.changeTime + SafeAge <= time;
}

bool isKept(const DiscoveredFile &file)
{
    return file.isUsable() || file.isIncompatible();
}

QByteArray encodeIndex(const KnownFiles &files, const QByteArray &key)
{
    Q_ASSERT(key.size() == KeySize);
    IndexHeader header = {};
    std::memcpy(header.magic, Magic, sizeof Magic);
    std::memcpy(header.key, key.constData(), KeySize);
    header.format = Format;
    QByteArray index(sizeof header, Qt::Uninitialized);
    for (const KnownFile &known : files) {
        if (!isKept(known.file))
            continue;
        append(index, known);
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
    files.reserve(qMin<size_t>(header.count, static_cast<size_t>(bytes.size()) / sizeof(FileHeader)));
    while (reader.isValid() && !reader.atEnd()) {
        files.push_back(takeFile(reader, folder));
        if (files.size() > 1 && files[files.size() - 2].name >= files.back().name)
            return std::nullopt;
    }
    return reader.isValid() && files.size() == header.count ? std::optional(std::move(files)) : std::nullopt;
}

} // namespace Axle::Internal
