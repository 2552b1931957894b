#include "membername_p.h"

#include "findings_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QHash>
#include <QtCore/QStringDecoder>

#include <array>
#include <bit>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumName = 512;
constexpr qsizetype MaximumPart = 255;
constexpr qsizetype MaximumDepth = 32;

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// What a byte of a name gives reason to look closer at.
enum Trait : std::uint8_t {
    UnusualByte = 1 << 0,  ///< none of printable ASCII, or one with a meaning for some system
    UnfoldedByte = 1 << 1, ///< its case may matter
    NonPortableByte = 1 << 2,
};

constexpr std::array<std::uint8_t, 256> Traits = [] {
    std::array<std::uint8_t, 256> traits{};
    for (unsigned int c = 0; c < traits.size(); ++c) {
        if (c < 0x20 || c > 0x7e || c == '\\' || c == ':')
            traits[c] |= UnusualByte;
        if (c > 0x7f || (c >= 'A' && c <= 'Z'))
            traits[c] |= UnfoldedByte;
    }
    for (const char c : {'<', '>', '"', '|', '?', '*'})
        traits[static_cast<unsigned char>(c)] |= NonPortableByte;
    return traits;
}();

/// What one look at each byte tells of a name. Nearly every name is plain, and spared the longer checks.
struct NameLook
{
    bool isPlain = false;  ///< short, usual bytes, parts that are not empty and begin with no dot
    bool isFolded = false; ///< as it is
    bool isPortable = false;
};

/// Whether a part may end with a dot or blank, or name a device: its stem is as long as a device's name.
bool maySystemsRefuse(QByteArrayView part)
{
    const auto mayStemHave = [&](qsizetype size) {
        return part.size() == size || (part.size() > size && part[size] == '.');
    };
    return part.back() == '.' || part.back() == ' ' || mayStemHave(3) || mayStemHave(4);
}

NameLook lookAt(QByteArrayView name)
{
    std::uint8_t traits = 0;
    for (const char c : name)
        traits |= Traits[static_cast<unsigned char>(c)];
    NameLook look{(traits & UnusualByte) == 0 && name.size() <= MaximumPart, (traits & UnfoldedByte) == 0,
        (traits & NonPortableByte) == 0};
    const QByteArrayView path = name.endsWith('/') ? name.chopped(1) : name;
    qsizetype depth = 0;
    for (qsizetype begin = 0; begin <= path.size(); ++depth) {
        const qsizetype slash = path.indexOf('/', begin);
        const QByteArrayView part = path.sliced(begin, (slash < 0 ? path.size() : slash) - begin);
        look.isPlain = look.isPlain && !part.isEmpty() && part.front() != '.';
        look.isPortable = look.isPortable && !part.isEmpty() && !maySystemsRefuse(part);
        begin += part.size() + 1;
    }
    look.isPlain = look.isPlain && depth <= MaximumDepth;
    return look;
}

/// The names of Windows' devices, which are devices with any suffix too: `nul.txt`.
bool isDevice(QByteArrayView part)
{
    const qsizetype dot = part.indexOf('.');
    const QByteArrayView stem = dot < 0 ? part : part.first(dot);
    const auto is = [&](QByteArrayView name) { return stem.compare(name, Qt::CaseInsensitive) == 0; };
    if (stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9') {
        const QByteArrayView port = stem.first(3);
        return port.compare("COM", Qt::CaseInsensitive) == 0 || port.compare("LPT", Qt::CaseInsensitive) == 0;
    }
    return is("CON") || is("PRN") || is("AUX") || is("NUL");
}

bool isPortable(QByteArrayView part)
{
    constexpr QByteArrayView Refused("<>\"|?*", 6);
    if (part.endsWith('.') || part.endsWith(' '))
        return false;
    if (std::any_of(part.begin(), part.end(), [&](char c) { return Refused.contains(c); }))
        return false;
    return !isDevice(part);
}

/// The part of `name` that not all systems allow. Empty when there is none.
QByteArrayView nonPortablePart(QByteArrayView name)
{
    for (qsizetype begin = 0; begin < name.size();) {
        const qsizetype slash = name.indexOf('/', begin);
        const qsizetype end = slash < 0 ? name.size() : slash;
        if (const QByteArrayView part = name.sliced(begin, end - begin); !isPortable(part))
            return part;
        begin = end + 1;
    }
    return {};
}

void notePortability(QByteArrayView name, const Place &place, Findings &findings)
{
    if (const QByteArrayView part = nonPortablePart(name); !part.isEmpty()) {
        addPassed(findings, Finding::Severity::Warning,
            fault(Codes::ZipNameNonportable, place,
                sentence("the name has the part '%1', expected one that all systems allow", printable(part))));
    }
}

/// The same for all names that differ in case only.
QByteArray foldedName(QByteArrayView name)
{
    if (isAscii(name))
        return name.toByteArray().toLower();
    return QString::fromUtf8(name).toCaseFolded().normalized(QString::NormalizationForm_C).toUtf8();
}

/// Characters that a terminal or a list of files does not show as themselves.
bool isDeceptive(char32_t character)
{
    if (character < 0x80)
        return character < 0x20 || character == 0x7f;
    switch (QChar::category(character)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

std::optional<uint> firstDeceptive(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size();
        const char32_t character = isPair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : text[i].unicode();
        if (isDeceptive(character))
            return static_cast<uint>(character);
        i += isPair ? 1 : 0;
    }
    return std::nullopt;
}

Result<void> checkLength(QByteArrayView name, const Place &place)
{
    if (name.isEmpty() || name.size() > MaximumName) {
        return fault(
            Codes::ZipNameLength, place, sentence("a name of %1 bytes, expected 1 to %2", name.size(), MaximumName));
    }
    qsizetype depth = 0;
    for (qsizetype begin = 0; begin < name.size(); ++depth) {
        const qsizetype slash = name.indexOf('/', begin);
        const qsizetype end = slash < 0 ? name.size() : slash;
        if (end - begin > MaximumPart) {
            return fault(Codes::ZipNameLength, place,
                sentence("a part of the name has %1 bytes, expected at most %2", end - begin, MaximumPart));
        }
        begin = end + 1;
    }
    if (depth > MaximumDepth) {
        return fault(
            Codes::ZipNameLength, place, sentence("the name has %1 parts, expected at most %2", depth, MaximumDepth));
    }
    return {};
}

Error checkParts(QStringView path, const Place &place)
{
    if (path.endsWith(u'/'))
        path.chop(1);
    for (const QStringView part : path.tokenize(u'/')) {
        if (part.isEmpty() || part == u"." || part == u"..") {
            return fault(Codes::ZipNameTraversal, place,
                QStringLiteral("the name has a part '%1', expected none that is empty, '.' or '..'").arg(part));
        }
    }
    return {};
}

} // namespace

Error checkPath(const QString &path, const Place &place)
{
    if (path.startsWith(u'/'))
        return fault(Codes::ZipNameAbsolute, place, QStringLiteral("the name is absolute, expected a relative one"));
    if (path.contains(u'\\')) {
        return fault(
            Codes::ZipNameBackslash, place, QStringLiteral("the name has a backslash, expected '/' between its parts"));
    }
    if (path.contains(u':'))
        return fault(Codes::ZipNameDrive, place, QStringLiteral("the name has a ':', expected none"));
    if (const auto character = firstDeceptive(path)) {
        return fault(Codes::ZipNameControl, place,
            sentence("the name has the character U+%1, expected printable ones", hex(*character, 4).toUpper()));
    }
    return checkParts(path, place);
}

Result<void> checkMemberName(QByteArrayView name, bool isUtf8, const Place &place)
{
    if (const auto checked = checkLength(name, place); !checked)
        return checked.error();
    const bool ascii = isAscii(name);
    if (!ascii && !isUtf8) {
        return fault(Codes::ZipNameEncoding, place,
            QStringLiteral("the name is not ASCII and not marked as UTF-8 (flag bit 11)"));
    }
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(name);
    if (decoder.hasError())
        return fault(Codes::ZipNameEncoding, place, QStringLiteral("the name is not UTF-8, though marked so"));
    if (!ascii && text.normalized(QString::NormalizationForm_C) != text) {
        return fault(Codes::ZipNameEncoding, place,
            QStringLiteral("the name is decomposed Unicode, expected normalisation form C"));
    }
    if (Error error = checkPath(text, place); !error.isNull())
        return error;
    return {};
}

NameRegister::NameRegister(std::int64_t expected)
    : m_slots(std::bit_ceil(static_cast<size_t>(expected) * 3 / 2 + 1))
{
    m_names.reserve(static_cast<size_t>(expected + expected / 8)); // the folders are fewer
}

bool NameRegister::judge(QByteArrayView name, bool isUtf8, const Place &place, Findings &findings)
{
    const NameLook look = lookAt(name);
    if (!look.isPlain) {
        if (const auto checked = checkMemberName(name, isUtf8, place); !checked) {
            findings.add(checked);
            return false;
        }
    }
    const bool isFolder = name.endsWith('/');
    const QByteArrayView path = isFolder ? name.chopped(1) : name;
    const auto added =
        add(look.isFolded ? path : QByteArrayView(m_folded.emplace_back(foldedName(path))), isFolder, place);
    findings.add(added);
    if (!look.isPortable)
        notePortability(name, place, findings);
    return added.has_value();
}

size_t NameRegister::slotOf(QByteArrayView key, std::uint32_t hash) const
{
    const size_t mask = m_slots.size() - 1;
    size_t slot = hash & mask;
    for (; m_slots[slot] != 0; slot = (slot + 1) & mask) {
        const Name &name = m_names[m_slots[slot] - 1];
        if (name.hash == hash && name.key() == key)
            break;
    }
    return slot;
}

void NameRegister::grow()
{
    m_slots.assign(m_slots.size() * 2, 0);
    for (size_t i = 0; i < m_names.size(); ++i)
        m_slots[slotOf(m_names[i].key(), m_names[i].hash)] = static_cast<std::uint32_t>(i + 1);
}

std::pair<NameRegister::Name &, bool> NameRegister::known(QByteArrayView key, Kind kind)
{
    const auto hash =
        static_cast<std::uint32_t>(qHashBits(key.data(), static_cast<size_t>(key.size()), QHashSeed::globalSeed()));
    size_t slot = slotOf(key, hash);
    if (m_slots[slot] != 0)
        return {m_names[m_slots[slot] - 1], true};
    m_names.push_back({key.data(), hash, static_cast<std::uint16_t>(key.size()), kind});
    m_slots[slot] = static_cast<std::uint32_t>(m_names.size());
    if (m_names.size() * 4 > m_slots.size() * 3)
        grow();
    return {m_names.back(), false};
}

Result<void> NameRegister::add(QByteArrayView key, bool isFolder, const Place &place)
{
    const Kind kind = isFolder ? Kind::FolderMember : Kind::File;
    const auto [name, wasKnown] = known(key, kind);
    if (wasKnown && name.kind == kind) {
        return fault(Codes::ZipDuplicateName, place,
            QStringLiteral("a second member of this name, expected each name once, whatever its case"));
    }
    if (wasKnown && !(name.kind == Kind::Folder && isFolder))
        return fault(Codes::ZipFileFolderConflict, place, QStringLiteral("the name is that of a file and of a folder"));
    name.kind = kind;
    return addFolders(key, place);
}

Result<void> NameRegister::addFolders(QByteArrayView key, const Place &place)
{
    const qsizetype last = key.lastIndexOf('/');
    if (last < 0 || key.first(last) == m_lastFolder)
        return {};
    for (qsizetype slash = last; slash >= 0; slash = key.first(slash).lastIndexOf('/')) {
        const auto [folder, wasKnown] = known(key.first(slash), Kind::Folder);
        if (wasKnown && folder.kind == Kind::File) {
            return fault(Codes::ZipFileFolderConflict, place,
                QStringLiteral("the name lies below '%1', which is a file").arg(printable(folder.key())));
        }
        if (wasKnown)
            break;
    }
    m_lastFolder = key.first(last);
    return {};
}

} // namespace Axle::Internal
