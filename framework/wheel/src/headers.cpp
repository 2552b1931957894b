#include "headers_p.h"

#include "csv_p.h"
#include "sentence_p.h"

namespace Axle::Internal {

namespace {

constexpr QByteArrayView ByteOrderMark("\xef\xbb\xbf");

bool isHeaderName(QByteArrayView name)
{
    const auto isAllowed = [](char c) { return c > ' ' && c < '\x7f'; };
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isAllowed);
}

QString prefix(int line)
{
    return sentence("line %1: ", line);
}

QByteArrayView withoutReturn(QByteArrayView line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

/// Takes the lines of a text one after the other, without their ends.
class LineReader
{
public:
    explicit LineReader(QByteArrayView text)
        : m_text(text)
    {
    }

    bool atEnd() const { return m_position >= m_text.size(); }
    int number() const { return m_number; }
    QByteArrayView rest() const { return m_text.sliced(m_position); }
    QByteArrayView next()
    {
        const qsizetype end = m_text.indexOf('\n', m_position);
        const QByteArrayView line = m_text.sliced(m_position, (end < 0 ? m_text.size() : end) - m_position);
        m_position = end < 0 ? m_text.size() : end + 1;
        ++m_number;
        return withoutReturn(line);
    }

private:
    QByteArrayView m_text;
    qsizetype m_position = 0;
    int m_number = 0;
};

Error noHeader(QByteArrayView line, int number, QLatin1StringView source, ErrorCode invalid)
{
    const QString text = QString::fromUtf8(line);
    return Error(
        invalid, prefix(number) + QStringLiteral("'%1' is no header, expected 'Name: value'").arg(printable(text)))
        .withSpan(lineSpan(source, text, number));
}

} // namespace

QString Header::value() const
{
    LineReader lines(rawValue);
    QString value = QString::fromUtf8(lines.next()).trimmed();
    while (!lines.atEnd())
        value += u'\n' + QString::fromUtf8(lines.next());
    return value;
}

Result<HeaderText> parseHeaders(const QByteArray &text, QLatin1StringView source, ErrorCode invalid)
{
    if (!text.isValidUtf8() || text.contains('\0'))
        return Error(invalid, QStringLiteral("%1 is not UTF-8 text").arg(source));
    constexpr qsizetype MostHave = 64;
    HeaderText result;
    result.headers.reserve(MostHave);
    LineReader lines(text.startsWith(ByteOrderMark) ? QByteArrayView(text).sliced(ByteOrderMark.size()) : text);
    while (!lines.atEnd()) {
        const QByteArrayView line = lines.next();
        if (line.isEmpty())
            break;
        const bool isContinuation = line.startsWith(' ') || line.startsWith('\t');
        if (isContinuation && !result.headers.isEmpty()) {
            QByteArrayView &value = result.headers.last().rawValue;
            value = QByteArrayView(value.begin(), line.end());
            continue;
        }
        const qsizetype colon = line.indexOf(':');
        if (isContinuation || colon < 0 || !isHeaderName(line.first(colon)))
            return noHeader(line, lines.number(), source, invalid);
        result.headers += Header{line.first(colon), line.sliced(colon + 1), lines.number()};
    }
    result.body = lines.rest();
    return result;
}

bool isFormatNumber(QStringView text)
{
    const auto isNumber = [](QStringView part) {
        return !part.isEmpty() && part.size() <= 3
            && std::all_of(part.begin(), part.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    };
    const qsizetype dot = text.indexOf(u'.');
    return dot >= 0 && isNumber(text.first(dot)) && isNumber(text.sliced(dot + 1));
}

Error headerError(ErrorCode code, QLatin1StringView source, const Header &header, const QString &what)
{
    const QString line = QString::fromUtf8(header.name) + QStringLiteral(": ") + header.unfolded();
    return Error(code, prefix(header.line) + what).withSpan(lineSpan(source, line, header.line));
}

Error inHeader(const Error &error, QLatin1StringView source, const Header &header)
{
    SourceSpan span = error.span();
    const QString name = QString::fromUtf8(header.name) + QStringLiteral(": ");
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
