#include <axle/packaging/requirement.h>

#include "clause_p.h"
#include "marker_p.h"

#include <axle/packaging/codes.h>

namespace Axle {

namespace {

using Internal::Fault;
using Internal::TextCursor;

/// The parts of a requirement, each read from the cursor; a part that fails leaves its reason in `fault`.
class RequirementParser
{
public:
    explicit RequirementParser(QStringView text)
        : m_cursor(text)
    {
    }

    std::optional<ProjectName> parseName();
    bool parseExtras(QStringList &written);
    bool parseUrl(QString &url);
    bool parseSpecifiers(Internal::Clauses &clauses);
    bool parseMarker(std::optional<MarkerNode> &marker);

    bool isAtUrl() const { return m_cursor.peek() == u'@'; }
    const Fault &fault() const { return m_fault; }

private:
    bool parseClauses(Internal::Clauses &clauses);
    bool refuse(const Fault &fault)
    {
        m_fault = fault;
        return false;
    }
    bool refuseNext(const QString &expected)
    {
        return refuse(
            m_cursor.faultHere(QStringLiteral("found %2, expected %1").arg(expected, m_cursor.describeNext())));
    }

    TextCursor m_cursor;
    Fault m_fault;
    QString m_beforeMarker = QStringLiteral("a version specifier, ';' or the end");
};

std::optional<ProjectName> RequirementParser::parseName()
{
    m_cursor.skipBlanks();
    const auto name = ProjectName::parse(m_cursor.readIdentifier());
    if (!name) {
        refuseNext(QStringLiteral("a project name"));
        return {};
    }
    m_cursor.skipBlanks();
    return *name;
}

bool RequirementParser::parseExtras(QStringList &written)
{
    const qsizetype begin = m_cursor.position();
    if (!m_cursor.skip(u'['))
        return true;
    m_cursor.skipBlanks();
    while (m_cursor.peek() != u']') {
        if (!written.isEmpty() && !m_cursor.skip(u','))
            return refuseNext(QStringLiteral("',' or ']' after an extra"));
        m_cursor.skipBlanks();
        const QStringView extra = m_cursor.readIdentifier();
        if (extra.isEmpty() && m_cursor.atEnd()) {
            return refuse(m_cursor.fault(
                QStringLiteral("the list of extras has no end, expected ']'"), begin, m_cursor.position()));
        }
        if (extra.isEmpty())
            return refuseNext(QStringLiteral("the name of an extra"));
        written += extra.toString();
        m_cursor.skipBlanks();
    }
    m_cursor.advance();
    m_cursor.skipBlanks();
    return true;
}

bool RequirementParser::parseUrl(QString &url)
{
    m_cursor.advance();
    m_cursor.skipBlanks();
    url = m_cursor.skipWhile([](QChar c) { return c != u' ' && c != u'\t'; }).toString();
    if (url.isEmpty())
        return refuseNext(QStringLiteral("a URL after '@'"));
    m_cursor.skipBlanks();
    m_beforeMarker = QStringLiteral("';' or the end after the URL");
    return true;
}

bool RequirementParser::parseClauses(Internal::Clauses &clauses)
{
    const QStringView beginnings = u"<>=!~";
    while (!m_cursor.atEnd() && beginnings.contains(m_cursor.peek())) {
        if (!Internal::appendClause(m_cursor, clauses, m_fault))
            return false;
        m_cursor.skipBlanks();
        m_beforeMarker = QStringLiteral("',', ';' or the end after a version specifier");
        if (!m_cursor.skip(u','))
            break;
        m_cursor.skipBlanks();
    }
    return true;
}

bool RequirementParser::parseSpecifiers(Internal::Clauses &clauses)
{
    const bool inParentheses = m_cursor.skip(u'(');
    m_cursor.skipBlanks();
    if (!parseClauses(clauses))
        return false;
    if (inParentheses && !m_cursor.skip(u')'))
        return refuseNext(QStringLiteral("a version specifier or ')'"));
    m_cursor.skipBlanks();
    return true;
}

bool RequirementParser::parseMarker(std::optional<MarkerNode> &marker)
{
    if (m_cursor.atEnd())
        return true;
    if (!m_cursor.skip(u';'))
        return refuseNext(m_beforeMarker);
    marker = Internal::scanMarker(m_cursor, m_fault);
    if (!marker)
        return false;
    return m_cursor.atEnd() || refuseNext(QStringLiteral("'and', 'or' or the end after a marker"));
}

void sortOnce(QStringList &texts)
{
    texts.sort();
    texts.removeDuplicates();
}

} // namespace

Result<Requirement> Requirement::parse(QStringView text)
{
    RequirementParser parser(text);
    const auto failure = [&] {
        return Internal::faultError(Codes::RequirementInvalid, parser.fault(), QStringLiteral("requirement"), text);
    };
    Requirement requirement;
    const auto name = parser.parseName();
    if (!name || !parser.parseExtras(requirement.writtenExtras))
        return failure();
    requirement.name = *name;
    for (const QString &extra : requirement.writtenExtras)
        requirement.extras += ProjectName::normalize(extra);
    sortOnce(requirement.extras);
    sortOnce(requirement.writtenExtras);
    const auto clauses = std::make_shared<Internal::Clauses>();
    if (!(parser.isAtUrl() ? parser.parseUrl(requirement.url) : parser.parseSpecifiers(*clauses)))
        return failure();
    requirement.specifiers = SpecifierSet(clauses);
    std::optional<MarkerNode> marker;
    if (!parser.parseMarker(marker))
        return failure();
    if (marker)
        requirement.marker.m_root = QSharedPointer<const MarkerNode>::create(std::move(*marker));
    return requirement;
}

QString Requirement::toString() const
{
    QString text = name.toString();
    if (!writtenExtras.isEmpty())
        text += u'[' + writtenExtras.join(u',') + u']';
    text += specifiers.toString();
    if (!url.isEmpty())
        text += QStringLiteral(" @ ") + url + (marker.isEmpty() ? QString() : QStringLiteral(" "));
    if (!marker.isEmpty())
        text += QStringLiteral("; ") + marker.toString();
    return text;
}

bool operator==(const Requirement &a, const Requirement &b)
{
    return a.name == b.name && a.extras == b.extras && a.specifiers == b.specifiers && a.url == b.url
        && a.marker == b.marker;
}

} // namespace Axle
