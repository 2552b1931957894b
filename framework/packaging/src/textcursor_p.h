#pragma once

#include <axle/core/error.h>

#include <QtCore/QString>
#include <QtCore/QStringView>

namespace Axle::Internal {

/// What a parser found wrong, before the caller gives it the code and the name of what it was asked to parse.
struct Fault
{
    QString message;
    qsizetype begin = 0;
    qsizetype end = 0;
    QString hint = {};
};

/// The fault as an Error "'…' is not a requirement: <fault>", whose span points into `text`.
Error faultError(ErrorCode code, const Fault &fault, const QString &kind, QStringView text);

/// `text` in '…', for messages: shortened in the middle where it is long, and with what cannot be printed as `\u001b`, since
/// text that comes from outside may have anything in it.
QString quoted(QStringView text);

inline bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

inline bool isLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

inline bool isLetterOrDigit(QChar c)
{
    return isLetter(c) || isDigit(c);
}

inline QChar toLower(QChar c)
{
    return c >= u'A' && c <= u'Z' ? QChar(c.unicode() + (u'a' - u'A')) : c;
}

/// A position in a text that is read from left to right. It never leaves the text; at the end `peek()` is a null character.
class TextCursor
{
public:
    explicit TextCursor(QStringView text)
        : m_text(text)
    {
    }

    QStringView text() const { return m_text; }
    qsizetype position() const { return m_position; }
    void setPosition(qsizetype position) { m_position = position; }
    bool atEnd() const { return m_position >= m_text.size(); }
    QChar peek(qsizetype ahead = 0) const
    {
        return m_position + ahead < m_text.size() ? m_text[m_position + ahead] : QChar();
    }
    QStringView since(qsizetype begin) const { return m_text.sliced(begin, m_position - begin); }

    void advance(qsizetype count = 1) { m_position += count; }
    bool skip(QChar c)
    {
        const bool isNext = !atEnd() && m_text[m_position] == c;
        m_position += isNext ? 1 : 0;
        return isNext;
    }
    bool skip(QStringView word);
    template<class Predicate>
    QStringView skipWhile(Predicate belongs)
    {
        const qsizetype begin = m_position;
        qsizetype end = begin;
        while (end < m_text.size() && belongs(m_text[end]))
            ++end;
        m_position = end;
        return since(begin);
    }
    /// Spaces and tabs, which is all that PEP 508 knows as white space.
    void skipBlanks();
    /// An identifier of PEP 508: letters, digits, `-_.`, beginning and ending with a letter or digit. Empty when there is none.
    QStringView readIdentifier();

    /// A fault at [begin, end); an empty range at the end of the text stands behind its last character.
    Fault fault(const QString &message, qsizetype begin, qsizetype end, const QString &hint = {}) const;
    /// A fault at what comes next.
    Fault faultHere(const QString &message, const QString &hint = {}) const;
    /// What comes next, for messages: a quoted word or character, or "the end".
    QString describeNext() const;

private:
    QStringView nextWord() const;

    QStringView m_text;
    qsizetype m_position = 0;
};

} // namespace Axle::Internal
