#include "textcursor_p.h"

namespace Axle::Internal {

namespace {

constexpr qsizetype LongestQuotation = 60;

QString printable(QStringView text)
{
    QString result;
    for (const QChar c : text) {
        if (c.isPrint() || c.isSurrogate())
            result += c;
        else
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return result;
}

} // namespace

Error faultError(ErrorCode code, const Fault &fault, const QString &kind, QStringView text)
{
    return Error(code, QStringLiteral("%1 is not a %2: ").arg(quoted(text), kind) + fault.message, fault.hint)
        .withSpan(SourceSpan{.source = kind, .text = text.toString(), .begin = fault.begin, .end = fault.end});
}

QString quoted(QStringView text)
{
    constexpr qsizetype half = LongestQuotation / 2;
    if (text.size() <= LongestQuotation)
        return u'\'' + printable(text) + u'\'';
    return u'\'' + printable(text.first(half)) + u'…' + printable(text.last(half)) + u'\'';
}

bool TextCursor::skip(QStringView word)
{
    if (!m_text.sliced(m_position).startsWith(word))
        return false;
    m_position += word.size();
    return true;
}

void TextCursor::skipBlanks()
{
    skipWhile([](QChar c) { return c == u' ' || c == u'\t'; });
}

QStringView TextCursor::readIdentifier()
{
    const qsizetype begin = m_position;
    if (!isLetterOrDigit(peek()))
        return {};
    qsizetype last = begin;
    for (qsizetype i = begin; i < m_text.size(); ++i) {
        const QChar c = m_text[i];
        if (isLetterOrDigit(c))
            last = i;
        else if (c != u'-' && c != u'_' && c != u'.')
            break;
    }
    m_position = last + 1;
    return since(begin);
}

Fault TextCursor::fault(const QString &message, qsizetype begin, qsizetype end, const QString &hint) const
{
    return Fault{.message = message, .begin = begin, .end = qMax(begin, end), .hint = hint};
}

Fault TextCursor::faultHere(const QString &message, const QString &hint) const
{
    return fault(message, m_position, m_position + nextWord().size(), hint);
}

QString TextCursor::describeNext() const
{
    if (atEnd())
        return QStringLiteral("the end");
    return peek() == u'\'' ? QStringLiteral("a quotation mark") : quoted(nextWord());
}

QStringView TextCursor::nextWord() const
{
    TextCursor ahead(*this);
    const QStringView word = ahead.skipWhile([](QChar c) { return isLetterOrDigit(c) || c == u'_'; });
    if (!word.isEmpty() || atEnd())
        return word;
    const bool isPair = peek().isHighSurrogate() && peek(1).isLowSurrogate();
    return m_text.sliced(m_position, isPair ? 2 : 1);
}

} // namespace Axle::Internal
