#include "requirementsyntax_p.h"

#include <algorithm>
#include <array>

namespace Axle::Internal {

namespace {

constexpr std::array Operators{u"===", u"==", u"~=", u"!=", u"<=", u">=", u"<", u">"};
constexpr QStringView WhiteSpace = u" \t\r\n\f\v";

class RequirementReader
{
public:
    explicit RequirementReader(QStringView text)
        : m_reader(text)
    {
    }

    RequirementParts read();

private:
    QStringList readExtras();
    void readUrl(RequirementParts &parts);
    void readSpecifiers(RequirementParts &parts);
    QString readClauses();
    bool skipClause();
    bool skipVersion(QStringView op);
    void readMarker(RequirementParts &parts, qsizetype begin, const QString &expected);

    SyntaxReader m_reader;
};

QStringList RequirementReader::readExtras()
{
    const qsizetype opened = m_reader.position();
    if (!m_reader.skip(u"["))
        return {};
    m_reader.skipBlanks();
    QStringList extras;
    QStringView extra = m_reader.takeIdentifier();
    while (!extra.isEmpty()) {
        extras += extra.toString();
        m_reader.skipBlanks();
        const qsizetype behind = m_reader.position();
        if (!m_reader.takeIdentifier().isEmpty())
            m_reader.fail(QStringLiteral("Expected comma between extra names"), behind, behind);
        if (!m_reader.skip(u","))
            break;
        m_reader.skipBlanks();
        extra = m_reader.takeIdentifier();
        if (extra.isEmpty())
            m_reader.fail(QStringLiteral("Expected extra name after comma"));
    }
    m_reader.skipBlanks();
    m_reader.expectClosing(u"]", QLatin1StringView("BRACKET"), QLatin1StringView("extras"), opened);
    return extras;
}

void RequirementReader::readMarker(RequirementParts &parts, qsizetype begin, const QString &expected)
{
    if (m_reader.atEnd())
        return;
    if (!m_reader.skip(u";"))
        m_reader.fail(QStringLiteral("Expected %1 or end").arg(expected), begin);
    parts.marker = Internal::readMarker(m_reader);
}

void RequirementReader::readUrl(RequirementParts &parts)
{
    m_reader.skipBlanks();
    const qsizetype begin = m_reader.position();
    parts.url = m_reader.takeUntil(u" \t").toString();
    if (parts.url.isEmpty())
        m_reader.fail(QStringLiteral("Expected URL after @"));
    m_reader.skipBlanks();
    readMarker(parts, begin, QStringLiteral("semicolon (after URL and whitespace)"));
}

/// Reads the longest version, as far as the operator may have one.
bool RequirementReader::skipVersion(QStringView op)
{
    const qsizetype begin = m_reader.position();
    const QStringView written = m_reader.takeUntil(u" \t\r\n\f\v,;()");
    const bool isEquality = op == u"==" || op == u"!=";
    QStringView text = written;
    if (const qsizetype plus = written.indexOf(u'+'); plus >= 0 && !isEquality)
        text = written.first(plus);
    auto version = Version::parse(text);
    if (!version) {
        text = text.first(std::clamp(version.error().span().begin, qsizetype(0), text.size()));
        version = Version::parse(text);
    }
    if (!version || (op == u"~=" && !version->baseVersion().contains(u'.'))) {
        m_reader.advance(begin - m_reader.position());
        return false;
    }
    const bool hasWildcard =
        isEquality && written.sliced(text.size()).startsWith(u".*") && version->toString() == version->baseVersion();
    m_reader.advance(begin + text.size() + (hasWildcard ? 2 : 0) - m_reader.position());
    return true;
}

bool RequirementReader::skipClause()
{
    const qsizetype begin = m_reader.position();
    for (const QStringView op : Operators) {
        if (!m_reader.skip(op))
            continue;
        m_reader.skipAny(WhiteSpace);
        if (op == u"===") {
            m_reader.takeUntil(u" \t\r\n\f\v;)");
            return true;
        }
        if (skipVersion(op))
            return true;
        break;
    }
    m_reader.advance(begin - m_reader.position());
    return false;
}

QString RequirementReader::readClauses()
{
    QString clauses;
    for (;;) {
        const qsizetype begin = m_reader.position();
        if (!skipClause())
            break;
        const QStringView clause = m_reader.since(begin);
        clauses += clause;
        if (m_reader.isAt(u".*")) {
            const bool isEquality = (clause.startsWith(u"==") || clause.startsWith(u"!="));
            m_reader.fail(isEquality
                    ? QStringLiteral(".* suffix cannot be used with pre-release, post-release, dev or local versions")
                    : QStringLiteral(".* suffix can only be used with `==` or `!=` operators"),
                begin, m_reader.position() + 1);
        }
        if (m_reader.isAt(u"+") && m_reader.peek(1).isLetterOrNumber())
            m_reader.fail(QStringLiteral("Local version label can only be used with `==` or `!=` operators"), begin);
        m_reader.skipBlanks();
        if (!m_reader.skip(u","))
            break;
        clauses += u',';
        m_reader.skipBlanks();
    }
    return clauses;
}

void RequirementReader::readSpecifiers(RequirementParts &parts)
{
    const qsizetype begin = m_reader.position();
    const bool inParentheses = m_reader.skip(u"(");
    m_reader.skipBlanks();
    parts.specifier = readClauses();
    m_reader.skipBlanks();
    if (inParentheses)
        m_reader.expectClosing(u")", QLatin1StringView("PARENTHESIS"), QLatin1StringView("version specifier"), begin);
    m_reader.skipBlanks();
    readMarker(parts, begin,
        parts.specifier.isEmpty()
            ? QStringLiteral("semicolon (after name with no version specifier)")
            : QStringLiteral("comma (within version specifier), semicolon (after version specifier)"));
}

RequirementParts RequirementReader::read()
{
    RequirementParts parts;
    m_reader.skipBlanks();
    parts.name = m_reader.takeIdentifier().toString();
    if (parts.name.isEmpty())
        m_reader.fail(QStringLiteral("Expected package name at the start of dependency specifier"));
    m_reader.skipBlanks();
    parts.extras = readExtras();
    m_reader.skipBlanks();
    if (m_reader.skip(u"@"))
        readUrl(parts);
    else
        readSpecifiers(parts);
    m_reader.expectEnd(QStringLiteral("end of dependency specifier"));
    return parts;
}

} // namespace

RequirementParts parseRequirement(QStringView text)
{
    return RequirementReader(text).read();
}

} // namespace Axle::Internal
