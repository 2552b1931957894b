#include "csv_p.h"

namespace Axle::Internal {

SourceSpan lineSpan(QLatin1StringView source, QStringView line, int number)
{
    constexpr qsizetype MaximumLine = 240;
    const QString text = line.first(qMin(line.size(), MaximumLine)).toString();
    return {QString(source), text, 0, text.size(), number};
}

bool CsvReader::atRowEnd() const
{
    const QStringView rest = m_text.sliced(m_position);
    return rest.isEmpty() || rest.startsWith(u'\n') || rest.startsWith(u"\r\n");
}

QString CsvReader::plainField()
{
    const qsizetype begin = m_position;
    const auto isSpecial = [](QChar c) { return c == u',' || c == u'\n' || c == u'\r' || c == u'"'; };
    const auto end = std::find_if(m_text.begin() + m_position, m_text.end(), isSpecial);
    m_position = end - m_text.begin();
    m_isValid = end == m_text.end() || *end == u',' || atRowEnd();
    return m_text.sliced(begin, m_position - begin).toString();
}

QString CsvReader::quotedField()
{
    QString field;
    for (++m_position; m_position < m_text.size(); ++m_position) {
        const QChar c = m_text[m_position];
        if (c == u'"') {
            const bool isDoubled = m_text.sliced(m_position + 1).startsWith(u'"');
            ++m_position;
            if (!isDoubled)
                return field;
        }
        if (c == u'\n')
            ++m_nextLine;
        field += c;
    }
    m_isValid = false;
    return field;
}

std::optional<QStringList> CsvReader::next()
{
    m_rowBegin = m_position;
    m_line = m_nextLine;
    if (!m_isValid || m_position == m_text.size())
        return std::nullopt;
    QStringList fields;
    while (true) {
        fields += m_text.sliced(m_position).startsWith(u'"') ? quotedField() : plainField();
        if (!m_isValid)
            return std::nullopt;
        if (atRowEnd())
            break;
        if (m_text[m_position] != u',') {
            m_isValid = false;
            return std::nullopt;
        }
        ++m_position;
    }
    if (m_position < m_text.size())
        m_position += m_text[m_position] == u'\r' ? 2 : 1;
    ++m_nextLine;
    return fields;
}

} // namespace Axle::Internal
