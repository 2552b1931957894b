#include "archivefault_p.h"

#include <QtCore/QStringDecoder>

namespace Axle::Internal {

namespace {

constexpr qsizetype MaximumShown = 120;

QString shortened(const QString &text)
{
    return text.size() <= MaximumShown ? text : text.first(MaximumShown) + u'…';
}

QString escapedBytes(QByteArrayView bytes)
{
    QString result;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte < 0x7f)
            result += QLatin1Char(c);
        else
            result += QStringLiteral("\\x%1").arg(static_cast<uint>(byte), 2, 16, QLatin1Char('0'));
    }
    return result;
}

} // namespace

QString printable(QStringView text)
{
    QString result;
    const QList<uint> characters = text.first(qMin(text.size(), MaximumShown + 1)).toUcs4();
    for (const char32_t character : characters) {
        if (QChar::isPrint(character))
            result += QChar::fromUcs4(character);
        else
            result += QStringLiteral("\\u{%1}").arg(static_cast<uint>(character), 0, 16);
    }
    return shortened(result);
}

QString printable(QByteArrayView bytes)
{
    const QByteArrayView shown = bytes.first(qMin(bytes.size(), MaximumShown + 1));
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(shown);
    return decoder.hasError() ? shortened(escapedBytes(shown)) : printable(text);
}

Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint)
{
    const QString where = place.member.isEmpty()
        ? QStringLiteral("at offset %1").arg(place.offset)
        : QStringLiteral("'%1' at offset %2").arg(printable(QByteArrayView(place.member))).arg(place.offset);
    return Error(code, where + QStringLiteral(": ") + what, hint);
}

} // namespace Axle::Internal
