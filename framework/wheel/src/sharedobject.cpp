#include <axle/wheel/sharedobject.h>

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <cstring>
#include <elf.h>
#include <optional>
#include <vector>

namespace Axle {

using Internal::sentence;

namespace {

constexpr QByteArrayView InitPrefix("PyInit_");
constexpr qsizetype MaximumName = 4096;
constexpr qsizetype MaximumModules = 1000;

Error elfError(quint64 offset, const QString &what)
{
    return Error(Codes::ElfInvalid, what, QStringLiteral("the file is damaged, or no shared object of Linux"))
        .withPlace({{}, static_cast<std::int64_t>(offset)});
}

/// Reads structures, never beyond the end.
class ElfReader
{
public:
    explicit ElfReader(QByteArrayView bytes)
        : m_bytes(bytes)
    {
    }

    bool contains(quint64 offset, quint64 size) const
    {
        const auto total = static_cast<quint64>(m_bytes.size());
        return offset <= total && size <= total - offset;
    }
    template<class T>
    std::optional<T> at(quint64 offset) const
    {
        if (!contains(offset, sizeof(T)))
            return std::nullopt;
        T value;
        std::memcpy(&value, m_bytes.data() + offset, sizeof value);
        return value;
    }
    QByteArrayView part(quint64 offset, quint64 size) const
    {
        return m_bytes.sliced(static_cast<qsizetype>(offset), static_cast<qsizetype>(size));
    }

private:
    QByteArrayView m_bytes;
};

/// One shared object while it is read.
class SharedObjectParser
{
public:
    explicit SharedObjectParser(QByteArrayView bytes)
        : m_reader(bytes)
    {
    }

    Result<SharedObject> parse();

private:
    Result<void> readHeader();
    Result<void> readSegments();
    Result<void> readDynamic();
    Result<void> readStrings();
    Result<void> readSymbols();
    std::optional<quint64> fileOffset(quint64 address) const;
    std::optional<QByteArrayView> string(quint64 index) const;
    std::optional<quint64> dynamicValue(Elf64_Sxword tag) const;
    std::optional<quint64> symbolCount() const;
    std::optional<quint64> gnuSymbolCount(quint64 table) const;

    ElfReader m_reader;
    Elf64_Ehdr m_header = {};
    std::vector<Elf64_Phdr> m_segments;
    std::vector<Elf64_Dyn> m_dynamic;
    QByteArrayView m_strings;
    SharedObject m_object;
};

Result<SharedObject> SharedObjectParser::parse()
{
    for (const auto step : {&SharedObjectParser::readHeader, &SharedObjectParser::readSegments,
             &SharedObjectParser::readDynamic, &SharedObjectParser::readStrings, &SharedObjectParser::readSymbols}) {
        if (const auto done = (this->*step)(); !done)
            return done.error();
    }
    return std::move(m_object);
}

Result<void> SharedObjectParser::readHeader()
{
    const auto header = m_reader.at<Elf64_Ehdr>(0);
    if (!header || std::memcmp(header->e_ident, ELFMAG, SELFMAG) != 0)
        return elfError(0, QStringLiteral("no ELF file, expected a shared object"));
    if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB) {
        return elfError(EI_CLASS,
            sentence("class %1 and byte order %2, expected 64 bits (2) and little-endian (1)",
                int(header->e_ident[EI_CLASS]), int(header->e_ident[EI_DATA])));
    }
    if (header->e_type != ET_DYN)
        return elfError(offsetof(Elf64_Ehdr, e_type), sentence("an ELF file of type %1, expected 3", header->e_type));
    if (header->e_phentsize != sizeof(Elf64_Phdr)) {
        return elfError(offsetof(Elf64_Ehdr, e_phentsize),
            sentence("program headers of %1 bytes, expected %2", header->e_phentsize, sizeof(Elf64_Phdr)));
    }
    m_header = *header;
    m_object.machine = header->e_machine;
    return {};
}

Result<void> SharedObjectParser::readSegments()
{
    for (quint64 i = 0; i < m_header.e_phnum; ++i) {
        const quint64 offset = m_header.e_phoff + i * sizeof(Elf64_Phdr);
        const auto segment = offset < m_header.e_phoff ? std::nullopt : m_reader.at<Elf64_Phdr>(offset);
        if (!segment)
            return elfError(
                offset, sentence("a program header behind the end, expected all %1 within the file", m_header.e_phnum));
        if (!m_reader.contains(segment->p_offset, segment->p_filesz)) {
            return elfError(offset,
                sentence("a segment of %1 bytes at offset %2, expected it within the file", segment->p_filesz,
                    segment->p_offset));
        }
        const bool isExecutable = segment->p_flags & PF_X;
        m_object.hasExecutableStack |= segment->p_type == PT_GNU_STACK && isExecutable;
        m_object.hasWritableCode |= segment->p_type == PT_LOAD && isExecutable && (segment->p_flags & PF_W);
        m_segments.push_back(*segment);
    }
    return {};
}

std::optional<quint64> SharedObjectParser::fileOffset(quint64 address) const
{
    for (const Elf64_Phdr &segment : m_segments) {
        if (segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz)
            return address - segment.p_vaddr + segment.p_offset;
    }
    return std::nullopt;
}

Result<void> SharedObjectParser::readDynamic()
{
    for (const Elf64_Phdr &segment : m_segments) {
        if (segment.p_type != PT_DYNAMIC)
            continue;
        for (quint64 at = 0; at + sizeof(Elf64_Dyn) <= segment.p_filesz; at += sizeof(Elf64_Dyn)) {
            const auto entry = m_reader.at<Elf64_Dyn>(segment.p_offset + at);
            if (entry->d_tag == DT_NULL)
                return {};
            m_dynamic.push_back(*entry);
            if (entry->d_tag == DT_FLAGS && (entry->d_un.d_val & DF_STATIC_TLS))
                m_object.hasStaticTls = true;
        }
        return elfError(segment.p_offset, QStringLiteral("a dynamic section without an end, expected DT_NULL in it"));
    }
    return elfError(m_header.e_phoff, QStringLiteral("no dynamic section, expected one in a shared object"));
}

std::optional<quint64> SharedObjectParser::dynamicValue(Elf64_Sxword tag) const
{
    for (const Elf64_Dyn &entry : m_dynamic) {
        if (entry.d_tag == tag)
            return entry.d_un.d_val;
    }
    return std::nullopt;
}

std::optional<QByteArrayView> SharedObjectParser::string(quint64 index) const
{
    if (index >= static_cast<quint64>(m_strings.size()))
        return std::nullopt;
    // Bounded, since a hostile table has as many names as symbols, each as long as the table.
    const QByteArrayView rest = m_strings.sliced(static_cast<qsizetype>(index));
    const qsizetype end = rest.first(qMin(rest.size(), MaximumName)).indexOf('\0');
    return end < 0 ? std::nullopt : std::optional(rest.first(end));
}

Result<void> SharedObjectParser::readStrings()
{
    const quint64 address = dynamicValue(DT_STRTAB).value_or(0);
    const quint64 size = dynamicValue(DT_STRSZ).value_or(0);
    const auto offset = fileOffset(address);
    if (!offset || !m_reader.contains(*offset, size))
        return elfError(address, sentence("a string table of %1 bytes, expected it within the file", size));
    m_strings = m_reader.part(*offset, size);
    for (const Elf64_Dyn &entry : m_dynamic) {
        const bool isPath = entry.d_tag == DT_RUNPATH || entry.d_tag == DT_RPATH;
        if (entry.d_tag != DT_NEEDED && entry.d_tag != DT_SONAME && !isPath)
            continue;
        const auto text = string(entry.d_un.d_val);
        if (!text)
            return elfError(*offset, sentence("a name at %1, expected it within the string table", entry.d_un.d_val));
        const QString name = QString::fromUtf8(*text);
        if (entry.d_tag == DT_NEEDED)
            m_object.needed += name;
        else if (entry.d_tag == DT_SONAME)
            m_object.soname = name;
        else
            m_object.runPaths += name.split(u':', Qt::SkipEmptyParts);
    }
    return {};
}

/// The chains of the GNU hash table end at the last symbol; the older table says how many there are.
std::optional<quint64> SharedObjectParser::symbolCount() const
{
    if (const auto table = dynamicValue(DT_GNU_HASH))
        return gnuSymbolCount(*table);
    const auto table = dynamicValue(DT_HASH);
    const auto offset = table ? fileOffset(*table) : std::nullopt;
    const auto chains = offset ? m_reader.at<quint32>(*offset + sizeof(quint32)) : std::nullopt;
    return chains ? std::optional<quint64>(*chains) : std::nullopt;
}

std::optional<quint64> SharedObjectParser::gnuSymbolCount(quint64 table) const
{
    struct GnuHash
    {
        quint32 buckets;
        quint32 firstSymbol;
        quint32 bloomWords;
        quint32 bloomShift;
    };
    const auto offset = fileOffset(table);
    const auto hash = offset ? m_reader.at<GnuHash>(*offset) : std::nullopt;
    if (!hash)
        return std::nullopt;
    const quint64 buckets = *offset + sizeof(GnuHash) + quint64(hash->bloomWords) * sizeof(quint64);
    const quint64 chains = buckets + quint64(hash->buckets) * sizeof(quint32);
    quint32 last = 0;
    for (quint64 i = 0; i < hash->buckets; ++i) {
        const auto bucket = m_reader.at<quint32>(buckets + i * sizeof(quint32));
        if (!bucket)
            return std::nullopt;
        last = qMax(last, *bucket);
    }
    if (last < hash->firstSymbol)
        return hash->firstSymbol;
    for (quint64 symbol = last;; ++symbol) {
        const auto chain = m_reader.at<quint32>(chains + (symbol - hash->firstSymbol) * sizeof(quint32));
        if (!chain)
            return std::nullopt;
        if (*chain & 1)
            return symbol + 1;
    }
}

Result<void> SharedObjectParser::readSymbols()
{
    const quint64 address = dynamicValue(DT_SYMTAB).value_or(0);
    const auto offset = fileOffset(address);
    const auto count = symbolCount();
    if (!offset || !count)
        return elfError(address, QStringLiteral("no table of symbols, expected one with its hash table"));
    for (quint64 i = 0; i < *count; ++i) {
        const auto symbol = m_reader.at<Elf64_Sym>(*offset + i * sizeof(Elf64_Sym));
        if (!symbol)
            return elfError(*offset, sentence("%1 symbols, expected them within the file", *count));
        if (symbol->st_shndx == SHN_UNDEF || m_object.moduleNames.size() == MaximumModules)
            continue;
        if (const auto name = string(symbol->st_name); name && name->startsWith(InitPrefix))
            m_object.moduleNames += QString::fromUtf8(name->sliced(InitPrefix.size()));
    }
    m_object.moduleNames.sort();
    return {};
}

} // namespace

Result<SharedObject> SharedObject::parse(QByteArrayView bytes)
{
    return SharedObjectParser(bytes).parse();
}

} // namespace Axle
