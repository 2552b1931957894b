#include "textcursor_p.h"

namespace Axle::Internal {

namespace {

constexpr qsizetype LongestQuotation = 60;

} // namespace

Error faultError(ErrorCode code, const Fault &fault, const QString &source, QStringView text)
{
    return Error(code, fault.message, fault.hint)
        .withSpan(SourceSpan{.source = source, .text = text.toString(), .begin = fault.begin, .end = fault.end});
}

QString quoted(QStringView text)
{
    constexpr qsizetype half = LongestQuotation / 2;
    if (text.size() <= LongestQuotation)
        return u'\'' + text.toString() + u'\'';
    return u'\'' + text.first(half).toString() + u'…' + text.last(half).toString() + u'\'';
}

bool TextCursor::skip(QChar c)
{
    if (atEnd() || m_text[m_position] != c)
        return false;
    ++m_position;
    return true;
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
    return atEnd() ? QStringLiteral("the end") : quoted(nextWord());
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
