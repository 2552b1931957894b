#include "membername_p.h"

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QStringDecoder>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumName = 512;
constexpr qsizetype MaximumPart = 255;
constexpr qsizetype MaximumDepth = 32;

bool isAscii(QByteArrayView bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
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

NameRegister::NameRegister(qsizetype expected)
{
    m_files.reserve(expected);
}

Result<void> NameRegister::add(const QString &name, const Place &place)
{
    const bool isFolder = name.endsWith(u'/');
    QString key = name.toCaseFolded();
    if (isFolder)
        key.chop(1);
    if (isFolder ? m_folderMembers.contains(key) : m_files.contains(key)) {
        return fault(Codes::ZipDuplicateName, place,
            QStringLiteral("a second member of this name, expected each name once, whatever its case"));
    }
    if (isFolder ? m_files.contains(key) : m_folders.contains(key)) {
        return fault(Codes::ZipFileFolderConflict, place, QStringLiteral("the name is that of a file and of a folder"));
    }
    if (isFolder) {
        m_folderMembers.insert(key);
        m_folders.insert(key);
    } else {
        m_files.insert(key);
    }
    for (qsizetype slash = key.lastIndexOf(u'/'); slash >= 0; slash = key.lastIndexOf(u'/')) {
        key.truncate(slash);
        if (m_files.contains(key)) {
            return fault(Codes::ZipFileFolderConflict, place,
                QStringLiteral("the name lies below '%1', which is a file").arg(printable(key)));
        }
        if (m_folders.contains(key))
            break;
        m_folders.insert(key);
    }
    return {};
}

} // namespace Axle::Internal
