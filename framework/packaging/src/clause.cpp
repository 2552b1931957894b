#include "clause_p.h"

#include "version_p.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace Axle::Internal {

namespace {

using Operator = Specifier::Operator;

struct OperatorText
{
    QLatin1StringView text;
    Operator op = Operator::Equal;
};

constexpr std::array OperatorTexts{
    OperatorText{QLatin1StringView("~="), Operator::Compatible},
    OperatorText{QLatin1StringView("=="), Operator::Equal},
    OperatorText{QLatin1StringView("!="), Operator::NotEqual},
    OperatorText{QLatin1StringView("<="), Operator::LessOrEqual},
    OperatorText{QLatin1StringView(">="), Operator::GreaterOrEqual},
    OperatorText{QLatin1StringView("<"), Operator::Less},
    OperatorText{QLatin1StringView(">"), Operator::Greater},
    OperatorText{QLatin1StringView("==="), Operator::Arbitrary},
};

bool isOperatorCharacter(QChar c)
{
    return c == u'=' || c == u'<' || c == u'>' || c == u'!' || c == u'~';
}

bool isSpace(QChar c)
{
    return c.isSpace();
}

/// Reads the clauses of PEP 440 one by one.
class ClauseScanner
{
public:
    ClauseScanner(TextCursor &cursor, Fault &fault)
        : m_cursor(cursor)
        , m_fault(fault)
        , m_begin(cursor.position())
    {
    }

    std::optional<Clause> scan();

private:
    std::optional<Operator> scanOperator();
    std::optional<Clause> scanArbitrary();
    std::optional<Clause> scanComparison();
    bool acceptsWildcard(const VersionScan &scan);
    bool acceptsVersion(const VersionScan &scan);
    bool refuse(const QString &message, qsizetype begin, const QString &hint);
    QStringView operatorText() const { return m_cursor.text().sliced(m_begin, m_operatorEnd - m_begin); }
    bool isEquality() const
    {
        return m_clause.specifier.op == Operator::Equal || m_clause.specifier.op == Operator::NotEqual;
    }

    TextCursor &m_cursor;
    Fault &m_fault;
    qsizetype m_begin;
    qsizetype m_operatorEnd = 0;
    Clause m_clause;
};

bool ClauseScanner::refuse(const QString &message, qsizetype begin, const QString &hint)
{
    m_fault = m_cursor.fault(message, begin, m_cursor.position(), hint);
    return false;
}

std::optional<Operator> ClauseScanner::scanOperator()
{
    QStringView text = m_cursor.skipWhile(isOperatorCharacter);
    if (text.startsWith(u"===")) { // whatever follows is the version
        m_cursor.setPosition(m_begin + 3);
        text = m_cursor.since(m_begin);
    }
    m_operatorEnd = m_cursor.position();
    for (const OperatorText &known : OperatorTexts) {
        if (known.text == text)
            return known.op;
    }
    if (text.isEmpty()) {
        m_fault = m_cursor.faultHere(
            QStringLiteral("expected a comparison such as '>=', found %1").arg(m_cursor.describeNext()));
        return {};
    }
    refuse(QStringLiteral("%1 is not a comparison, expected one of ~=, ==, !=, <=, >=, <, >, ===").arg(quoted(text)),
        m_begin, text == u"=" ? QStringLiteral("write '=='") : QString());
    return {};
}

std::optional<Clause> ClauseScanner::scanArbitrary()
{
    const QStringView text =
        m_cursor.skipWhile([](QChar c) { return !c.isSpace() && c != u';' && c != u')' && c != u','; });
    m_clause.specifier.version = text.toString();
    m_clause.identity = "===" + text.toUtf8().toStdString();
    const auto version = Version::parse(text);
    m_clause.namesPrerelease = version && version->isPrerelease();
    return std::move(m_clause);
}

bool ClauseScanner::acceptsWildcard(const VersionScan &scan)
{
    const QStringView text = m_cursor.since(m_begin);
    if (!isEquality()) {
        return refuse(QStringLiteral("%1 has a wildcard, which only == and != may have").arg(quoted(text)), m_begin,
            QStringLiteral("leave '.*' out"));
    }
    const VersionData &data = VersionData::of(scan.version);
    if (data.releaseTextEnd == data.text.size())
        return true;
    return refuse(QStringLiteral("%1 has a wildcard after more than a release, expected only numbers before it")
                      .arg(quoted(text)),
        m_begin, QStringLiteral("leave '.*' out"));
}

bool ClauseScanner::acceptsVersion(const VersionScan &scan)
{
    const QStringView text = m_cursor.since(m_begin);
    const Operator op = m_clause.specifier.op;
    if (VersionData::of(scan.version).hasLocal() && !isEquality()) {
        return refuse(QStringLiteral("%1 has a local version, which only == and != may have").arg(quoted(text)),
            m_begin, QStringLiteral("leave '+' and what follows out"));
    }
    if (op == Operator::Compatible && scan.components < 2) {
        return refuse(QStringLiteral("%1 has one component, expected at least two after ~=").arg(quoted(text)), m_begin,
            QStringLiteral("write '~=%1.0' or '==%1.*'").arg(scan.version.baseVersion()));
    }
    return true;
}

std::optional<Clause> ClauseScanner::scanComparison()
{
    const qsizetype begin = m_cursor.position();
    auto scan = scanVersion(m_cursor);
    if (!scan) {
        m_fault = m_cursor.faultHere(
            QStringLiteral("expected a version after '%1', found %2").arg(operatorText(), m_cursor.describeNext()));
        return {};
    }
    const Operator op = m_clause.specifier.op;
    m_clause.specifier.version = m_cursor.since(begin).toString();
    m_clause.specifier.wildcard = m_cursor.skip(u".*");
    m_clause.version = scan->version;
    m_clause.identity = operatorText().toLatin1().toStdString();
    if (m_clause.specifier.wildcard) {
        if (!acceptsWildcard(*scan))
            return {};
        m_clause.identity += scan->releasePrefix + '*';
        m_clause.releasePrefix = std::move(scan->releasePrefix);
        return std::move(m_clause);
    }
    if (!acceptsVersion(*scan))
        return {};
    if (op == Operator::Compatible)
        m_clause.releasePrefix = releasePrefixOf(scan->releasePrefix, scan->components - 1);
    m_clause.identity += m_clause.releasePrefix + VersionData::of(scan->version).key;
    m_clause.namesPrerelease = op != Operator::NotEqual && scan->version.isPrerelease();
    return std::move(m_clause);
}

std::optional<Clause> ClauseScanner::scan()
{
    const auto op = scanOperator();
    if (!op)
        return {};
    m_clause.specifier.op = *op;
    m_cursor.skipWhile(isSpace);
    auto clause = *op == Operator::Arbitrary ? scanArbitrary() : scanComparison();
    if (clause)
        clause->text = clause->specifier.toString();
    return clause;
}

} // namespace

std::optional<Clause> scanClause(TextCursor &cursor, Fault &fault)
{
    return ClauseScanner(cursor, fault).scan();
}

void normalizeClauses(std::vector<Clause> &clauses)
{
    std::unordered_set<std::string> seen;
    std::erase_if(clauses, [&seen](const Clause &clause) { return !seen.insert(clause.identity).second; });
    std::sort(clauses.begin(), clauses.end(), [](const Clause &a, const Clause &b) { return a.text < b.text; });
}

bool Clause::admits(const Version &candidate) const
{
    const VersionData &found = VersionData::of(candidate);
    const VersionData &named = VersionData::of(version);
    const bool sameRelease = found.releaseKey() == named.releaseKey();
    switch (specifier.op) {
    case Operator::Compatible:
        return found.publicKey() >= named.publicKey() && startsWithRelease(found.key, releasePrefix);
    case Operator::Equal:
    case Operator::NotEqual: {
        const bool isEqual = specifier.wildcard ? startsWithRelease(found.key, releasePrefix)
            : named.hasLocal()                  ? found.key == named.key
                                                : found.publicKey() == named.publicKey();
        return isEqual == (specifier.op == Operator::Equal);
    }
    case Operator::LessOrEqual:
        return found.publicKey() <= named.publicKey();
    case Operator::GreaterOrEqual:
        return found.publicKey() >= named.publicKey();
    case Operator::Less: // "must not allow a pre-release of the specified version"
        return found.key < named.key && !(sameRelease && found.isPrerelease && !named.isPrerelease);
    case Operator::Greater: // "must not allow a post-release of the given version", nor a local version of it
        return found.key > named.key
            && !(sameRelease && (found.hasLocal() || (found.isPostrelease && !named.isPostrelease)));
    case Operator::Arbitrary:
        return found.text.compare(specifier.version, Qt::CaseInsensitive) == 0;
    }
    Q_UNREACHABLE();
}

} // namespace Axle::Internal
