#include "syntaxreader_p.h"

#include <QtCore/QStringBuilder>

#include <algorithm>

namespace Axle::Internal {

namespace {

bool isWordCharacter(char32_t c)
{
    return c == U'_' || QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

/// The character that ends the text, which may be two units.
char32_t lastCharacter(QStringView text)
{
    if (text.size() > 1 && text.back().isLowSurrogate() && text[text.size() - 2].isHighSurrogate())
        return QChar::surrogateToUcs4(text[text.size() - 2], text.back());
    return text.back().unicode();
}

char32_t firstCharacter(QStringView text)
{
    if (text.size() > 1 && text[1].isLowSurrogate() && text.front().isHighSurrogate())
        return QChar::surrogateToUcs4(text.front(), text[1]);
    return text.front().unicode();
}

bool belongsToIdentifier(QChar c)
{
    return (c.unicode() < 0x80 && c.isLetterOrNumber()) || c == u'.' || c == u'_' || c == u'-';
}

/// Characters as Python counts them, which a caret is set by.
qsizetype countCharacters(QStringView text)
{
    return text.size() - std::count_if(text.begin(), text.end(), [](QChar c) { return c.isLowSurrogate(); });
}

} // namespace

QString SyntaxFault::toString(QStringView source) const
{
    const QString blanks(countCharacters(source.first(begin)), u' ');
    const QString range(countCharacters(source.sliced(begin, std::min(end, source.size()) - begin)), u'~');
    const QString behind(std::max(end - source.size(), qsizetype(0)), u'~');
    return message % u"\n    " % source % u"\n    " % blanks % range % behind % u'^';
}

bool SyntaxReader::skip(QStringView token)
{
    if (!isAt(token))
        return false;
    m_position += token.size();
    return true;
}

bool SyntaxReader::skipAny(QStringView characters)
{
    const qsizetype begin = m_position;
    while (!atEnd() && characters.contains(m_text[m_position]))
        ++m_position;
    return m_position > begin;
}

bool SyntaxReader::isBoundary(qsizetype position) const
{
    const bool isWordBefore = position > 0 && isWordCharacter(lastCharacter(m_text.first(position)));
    const bool isWordBehind = position < m_text.size() && isWordCharacter(firstCharacter(m_text.sliced(position)));
    return isWordBefore != isWordBehind;
}

bool SyntaxReader::skipWord(QStringView word)
{
    if (!isAt(word) || !isBoundary(m_position) || !isBoundary(m_position + word.size()))
        return false;
    m_position += word.size();
    return true;
}

QString SyntaxReader::takeWord(const QStringList &words)
{
    const auto found = std::find_if(words.begin(), words.end(), [this](const QString &word) { return skipWord(word); });
    return found == words.end() ? QString() : *found;
}

QStringView SyntaxReader::takeIdentifier()
{
    const QStringView text = rest();
    const auto end = std::find_if_not(text.begin(), text.end(), belongsToIdentifier);
    qsizetype size = end - text.begin();
    while (size > 0 && !isBoundary(m_position + size))
        --size;
    if (size == 0 || !text.front().isLetterOrNumber() || !isBoundary(m_position))
        return {};
    m_position += size;
    return text.first(size);
}

QStringView SyntaxReader::takeUntil(QStringView ends)
{
    const qsizetype begin = m_position;
    while (!atEnd() && !ends.contains(m_text[m_position]))
        ++m_position;
    return since(begin);
}

QStringView SyntaxReader::takeQuoted()
{
    const QStringView text = rest();
    if (text.isEmpty() || (text.front() != u'"' && text.front() != u'\''))
        return {};
    const qsizetype end = text.indexOf(text.front(), 1);
    if (end < 0)
        return {};
    m_position += end + 1;
    return text.first(end + 1);
}

void SyntaxReader::fail(const QString &message, qsizetype begin, qsizetype end) const
{
    throw SyntaxFault{message, begin, end};
}

void SyntaxReader::expectEnd(const QString &what) const
{
    if (!atEnd())
        fail(QStringLiteral("Expected ") + what);
}

void SyntaxReader::expectClosing(
    QStringView closing, QLatin1StringView kind, QLatin1StringView around, qsizetype opened)
{
    if (!skip(closing))
        fail(QStringLiteral("Expected matching RIGHT_%1 for LEFT_%1, after %2").arg(kind, around), opened);
}

} // namespace Axle::Internal
