#pragma once

#include <axle/core/sourcespan.h>

#include <QtCore/QLatin1StringView>
#include <QtCore/QStringList>

#include <optional>

namespace Axle::Internal {

/// A line of a text from outside, for an error; a very long one is cut.
SourceSpan lineSpan(QLatin1StringView source, QStringView line, int number);

/// Reads comma-separated rows as Python's `csv` writes them: fields may be quoted, quotes are doubled within, rows end
/// with LF or CRLF.
class CsvReader
{
public:
    explicit CsvReader(QStringView text)
        : m_text(text)
    {
    }

    /// The next row's fields; nothing at the end, or where the quotes are wrong: see `isValid`.
    std::optional<QStringList> next();
    bool isValid() const { return m_isValid; }
    /// Of the row read last, from 1.
    int line() const { return m_line; }
    /// The row read last, as it stands in the text.
    QStringView rowText() const { return m_text.sliced(m_rowBegin, m_position - m_rowBegin).trimmed(); }

private:
    QString plainField();
    QString quotedField();
    bool atRowEnd() const;

    QStringView m_text;
    qsizetype m_position = 0;
    qsizetype m_rowBegin = 0;
    int m_line = 0;
    int m_nextLine = 1;
    bool m_isValid = true;
};

} // namespace Axle::Internal
