#include "membername_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QStringDecoder>

#include <array>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumName = 512;
constexpr qsizetype MaximumPart = 255;
constexpr qsizetype MaximumDepth = 32;

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// What most names are: short, printable ASCII, parts that begin with neither dot nor slash. Spares the longer checks.
bool isPlain(QByteArrayView name)
{
    if (name.isEmpty() || name.size() > MaximumPart)
        return false;
    qsizetype slashes = 0;
    char before = '/';
    for (const char c : name) {
        if (c < 0x20 || c > 0x7e || c == '\\' || c == ':' || (before == '/' && (c == '/' || c == '.')))
            return false;
        slashes += c == '/' ? 1 : 0;
        before = c;
    }
    return slashes < MaximumDepth;
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

/// What must be looked at closer: characters that Windows refuses, parts whose stem is as long as a device's name or that
/// end with a dot or blank. One pass, since every name is asked.
bool mayBeNonPortable(QByteArrayView name)
{
    constexpr std::array<bool, 256> Refused = [] {
        std::array<bool, 256> refused{};
        for (const char c : {'<', '>', '"', '|', '?', '*'})
            refused[static_cast<unsigned char>(c)] = true;
        return refused;
    }();
    qsizetype stem = 0; // bytes since the part began, up to its first dot
    bool isStem = true; // no dot yet
    char before = '/';
    const auto isSuspect = [&] { return stem == 3 || stem == 4 || before == '.' || before == ' '; };
    for (const char c : name) {
        if (Refused[static_cast<unsigned char>(c)] || (c == '/' && isSuspect()))
            return true;
        isStem = c == '/' || (isStem && c != '.');
        stem = c == '/' ? 0 : stem + (isStem ? 1 : 0);
        before = c;
    }
    return isSuspect();
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

Result<QString> decodeMemberName(QByteArrayView name, bool isUtf8, const Place &place)
{
    if (isPlain(name))
        return QString::fromLatin1(name);
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
    return text;
}

QByteArrayView nonPortablePart(QByteArrayView name)
{
    if (!mayBeNonPortable(name))
        return {};
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

NameRegister::NameRegister(qsizetype expected)
{
    m_kinds.reserve(expected);
}

QByteArrayView NameRegister::folded(QByteArrayView name)
{
    // Most names are folded as they are.
    if (std::none_of(name.begin(), name.end(), [](char c) { return c < 0 || (c >= 'A' && c <= 'Z'); }))
        return name;
    if (isAscii(name))
        return m_keys.emplace_back(name.toByteArray().toLower());
    const QString text = QString::fromUtf8(name).toCaseFolded().normalized(QString::NormalizationForm_C);
    return m_keys.emplace_back(text.toUtf8());
}

Result<void> NameRegister::add(QByteArrayView name, const Place &place)
{
    const bool isFolder = name.endsWith('/');
    const QByteArrayView key = folded(isFolder ? name.chopped(1) : name);
    const Kind kind = isFolder ? Kind::FolderMember : Kind::File;
    const qsizetype count = m_kinds.size();
    Kind &known = m_kinds[key];
    if (m_kinds.size() == count && known == kind) {
        return fault(Codes::ZipDuplicateName, place,
            QStringLiteral("a second member of this name, expected each name once, whatever its case"));
    }
    if (m_kinds.size() == count && !(known == Kind::Folder && isFolder))
        return fault(Codes::ZipFileFolderConflict, place, QStringLiteral("the name is that of a file and of a folder"));
    known = kind;
    return addFolders(key, place);
}

Result<void> NameRegister::addFolders(QByteArrayView key, const Place &place)
{
    const qsizetype last = key.lastIndexOf('/');
    if (last < 0 || key.first(last) == m_lastFolder)
        return {};
    for (qsizetype slash = last; slash >= 0; slash = key.first(slash).lastIndexOf('/')) {
        const QByteArrayView folder = key.first(slash);
        const auto known = m_kinds.constFind(folder);
        if (known == m_kinds.constEnd()) {
            m_kinds.insert(folder, Kind::Folder);
        } else if (*known == Kind::File) {
            return fault(Codes::ZipFileFolderConflict, place,
                QStringLiteral("the name lies below '%1', which is a file").arg(printable(folder)));
        } else {
            break;
        }
    }
    m_lastFolder = key.first(last);
    return {};
}

} // namespace Axle::Internal
