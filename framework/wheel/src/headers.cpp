#include "headers_p.h"

#include "csv_p.h"
#include "sentence_p.h"

#include <QtCore/QStringDecoder>

namespace Axle::Internal {

namespace {

bool isHeaderName(QStringView name)
{
    const auto isAllowed = [](QChar c) { return c > u' ' && c < u'\x7f'; };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isAllowed);
}

QString prefix(int line)
{
    return sentence("line %1: ", line);
}

/// Takes the lines of a text one after the other, without their ends.
class LineReader
{
public:
    explicit LineReader(QStringView text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_position >= m_text.size(); }
    int number() const { return m_number; }
    QStringView rest() const { return m_text.sliced(m_position); }
    QStringView next()
    {
        const qsizetype end = m_text.indexOf(u'\n', m_position);
        QStringView line = end < 0 ? m_text.sliced(m_position) : m_text.sliced(m_position, end - m_position);
        m_position = end < 0 ? m_text.size() : end + 1;
        ++m_number;
        if (line.endsWith(u'\r'))
            line.chop(1);
        return line;
    }

private:
    QStringView m_text;
    qsizetype m_position = 0;
    int m_number = 0;
};

} // namespace

Result<HeaderText> parseHeaders(const QByteArray &text, QLatin1StringView source, ErrorCode invalid)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(text);
    if (decoder.hasError() || decoded.contains(u'\0'))
        return Error(invalid, QStringLiteral("%1 is not UTF-8 text").arg(source));
    HeaderText result;
    LineReader lines(decoded);
    while (!lines.atEnd()) {
        const QStringView line = lines.next();
        if (line.isEmpty())
            break;
        const bool isContinuation = line.startsWith(u' ') || line.startsWith(u'\t');
        if (isContinuation && !result.headers.isEmpty()) {
            result.headers.last().value += u'\n' + line.toString();
            continue;
        }
        const qsizetype colon = line.indexOf(u':');
        if (isContinuation || colon < 0 || !isHeaderName(line.first(colon))) {
            return Error(invalid,
                prefix(lines.number())
                    + QStringLiteral("'%1' is no header, expected 'Name: value'").arg(printable(line)))
                .withSpan(lineSpan(source, line, lines.number()));
        }
        result.headers +=
            Header{line.first(colon).toString(), line.sliced(colon + 1).trimmed().toString(), lines.number()};
    }
    result.body = lines.rest().toString();
    return result;
}

Error headerError(ErrorCode code, QLatin1StringView source, const Header &header, const QString &what)
{
    const QString line = header.name + QStringLiteral(": ") + header.unfolded();
    return Error(code, prefix(header.line) + what).withSpan(lineSpan(source, line, header.line));
}

Error inHeader(const Error &error, QLatin1StringView source, const Header &header)
{
    SourceSpan span = error.span();
    const QString name = header.name + QStringLiteral(": ");
    if (span.isEmpty()) {
        span = lineSpan(source, name + header.unfolded(), header.line);
    } else {
        span.text.prepend(name);
        span.begin += name.size();
        span.end += name.size();
    }
    span.source = source;
    span.line = header.line;
    return Error(error.code(), prefix(header.line) + error.message(), error.hint()).withSpan(span);
}

} // namespace Axle::Internal
