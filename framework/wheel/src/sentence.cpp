#include "sentence_p.h"

#include <QtCore/QList>
#include <QtCore/QStringDecoder>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumShown = 120;

QString shown(char32_t character)
{
    const bool isShown = QChar::isPrint(character) && QChar::category(character) != QChar::Separator_Line
        && QChar::category(character) != QChar::Separator_Paragraph;
    return isShown ? QString::fromUcs4(&character, 1) : sentence("\\u{%1}", hex(static_cast<uint>(character), 1));
}

QString shownByte(char32_t byte)
{
    return byte >= 0x20 && byte < 0x7f ? QString(QChar(byte)) : sentence("\\x%1", hex(static_cast<uint>(byte), 2));
}

/// `characters` one by one, until there is enough to recognise the text by.
QString joined(const QList<uint> &characters, QString (*show)(char32_t))
{
    QString result;
    for (const uint character : characters) {
        if (result.size() >= MaximumShown)
            return result + u'…';
        result += show(character);
    }
    return result;
}

} // namespace

QString printable(QStringView text)
{
    return joined(text.toUcs4(), shown);
}

QString printable(QByteArrayView bytes)
{
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(bytes);
    if (!decoder.hasError())
        return printable(text);
    return joined(QString::fromLatin1(bytes).toUcs4(), shownByte);
}

} // namespace Axle::Internal
