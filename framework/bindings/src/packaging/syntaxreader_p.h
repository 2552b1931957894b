#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Axle::Internal {

/// Thrown where a text stops being a requirement or marker. Message and caret are those that users of pypa/packaging
/// know and its tests assert; that, and not losing how things were written, is why there are parsers beside those of
/// Axle::Requirement and Axle::Marker, whose errors speak to people who write plugins.
struct SyntaxFault
{
    QString message;
    qsizetype begin;
    qsizetype end;

    /// The message, the source and a line that points into it.
    QString toString(QStringView source) const;
};

/// A text that is read token by token. The tokens are those of PEP 508, with word boundaries around words.
class SyntaxReader
{
public:
    explicit SyntaxReader(QStringView text)
        : m_text(text)
    {
    }

    qsizetype position() const { return m_position; }
    QStringView since(qsizetype begin) const { return m_text.sliced(begin, m_position - begin); }
    bool atEnd() const { return m_position == m_text.size(); }
    bool isAt(QStringView token) const { return rest().startsWith(token); }
    QChar peek(qsizetype ahead) const
    {
        return m_position + ahead < m_text.size() ? m_text[m_position + ahead] : QChar();
    }

    bool skip(QStringView token);
    bool skipAny(QStringView characters); ///< false when there was none
    bool skipBlanks() { return skipAny(u" \t"); }
    bool skipWord(QStringView word);
    /// The first of the words that is next, or an empty text.
    QString takeWord(const QStringList &words);
    QStringView takeIdentifier();
    QStringView takeUntil(QStringView ends);
    /// A quoted string with its quotes, or an empty text.
    QStringView takeQuoted();
    void advance(qsizetype count) { m_position += count; }

    [[noreturn]] void fail(const QString &message) const { fail(message, m_position, m_position); }
    [[noreturn]] void fail(const QString &message, qsizetype begin) const { fail(message, begin, m_position); }
    [[noreturn]] void fail(const QString &message, qsizetype begin, qsizetype end) const;
    void expectEnd(const QString &what) const;
    /// Fails with `Expected matching …` unless the closing bracket is next.
    void expectClosing(QStringView closing, QLatin1StringView kind, QLatin1StringView around, qsizetype opened);

private:
    QStringView rest() const { return m_text.sliced(m_position); }
    bool isBoundary(qsizetype position) const;

    QStringView m_text;
    qsizetype m_position = 0;
};

} // namespace Axle::Internal
