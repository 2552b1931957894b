#include "clause_p.h"

#include "version_p.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>

namespace Axle::Internal {

namespace {

using Operator = Specifier::Operator;

struct OperatorText
{
    QLatin1StringView text;
    Operator op;
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

/// The key of a release, zeros at its end included, without its last number.
std::string withoutLastComponent(std::string_view release)
{
    size_t last = 0;
    const bool hasEpoch = static_cast<unsigned char>(release.front()) == KeyByte::EpochMark;
    for (size_t next = hasEpoch ? 1 + numberSize(release, 1) : 0; next < release.size();
         next += numberSize(release, next))
        last = next;
    return std::string(release.substr(0, last));
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
    void setRange(const VersionScan &scan);
    void setRangeBelow(const Version::Form &form, const std::string &release);
    void setRangeAbove(const Version::Form &form, const std::string &release, const std::string &key);
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
    const Version::Form &form = scan.version.form();
    if (!form.isPrerelease && !form.isPostrelease && !form.hasLocal)
        return true;
    return refuse(QStringLiteral("%1 has a wildcard after more than a release, expected only numbers before it")
                      .arg(quoted(text)),
        m_begin, QStringLiteral("leave '.*' out"));
}

bool ClauseScanner::acceptsVersion(const VersionScan &scan)
{
    const QStringView text = m_cursor.since(m_begin);
    const Operator op = m_clause.specifier.op;
    if (scan.version.form().hasLocal && !isEquality()) {
        return refuse(QStringLiteral("%1 has a local version, which only == and != may have").arg(quoted(text)),
            m_begin, QStringLiteral("leave '+' and what follows out"));
    }
    if (op == Operator::Compatible && scan.components < 2) {
        return refuse(QStringLiteral("%1 has one component, expected at least two after ~=").arg(quoted(text)), m_begin,
            QStringLiteral("write '~=%1.0' or '==%1.*'").arg(scan.version.baseVersion()));
    }
    return true;
}

void ClauseScanner::setRange(const VersionScan &scan)
{
    const Version::Form &form = scan.version.form();
    const std::string key = form.key.bytes().substr(0, scan.keySize);
    const std::string release = key.substr(0, scan.releaseKeySize);
    const std::string written = release + std::string(form.trailingZeros, static_cast<char>(KeyByte::Zero));
    VersionRange &range = m_clause.admitted;
    range.end = VersionKey(std::numeric_limits<quint64>::max()); // behind all
    m_clause.namedRelease = {VersionKey(release), VersionKey(release + static_cast<char>(KeyByte::Zero))};
    switch (m_clause.specifier.op) {
    case Operator::Compatible:
        range = {form.key, VersionKey(withoutLastComponent(written) + KeyByte::Behind)};
        break;
    case Operator::Equal:
    case Operator::NotEqual:
        m_clause.isNegated = m_clause.specifier.op == Operator::NotEqual;
        if (m_clause.specifier.wildcard)
            range = {VersionKey(release), VersionKey(written + KeyByte::Behind)};
        else // a version without local part stands for all that only add one
            range = {
                form.key, VersionKey(key + (form.hasLocal ? static_cast<char>(KeyByte::LocalWord) : KeyByte::Behind))};
        break;
    case Operator::LessOrEqual:
        range.end = VersionKey(key + KeyByte::Behind);
        break;
    case Operator::GreaterOrEqual:
        range.begin = form.key;
        break;
    case Operator::Less:
        setRangeBelow(form, release);
        break;
    case Operator::Greater:
        setRangeAbove(form, release, key);
        break;
    case Operator::Arbitrary:
        break;
    }
}

void ClauseScanner::setRangeBelow(const Version::Form &form, const std::string &release)
{
    // "must not allow a pre-release of the specified version"; all that come before a final one are pre-releases.
    const bool isFinal = !form.isPrerelease && !form.isPostrelease;
    m_clause.admitted.end = isFinal ? VersionKey(release) : form.key;
    if (!isFinal && !form.isPrerelease)
        m_clause.exception = Clause::Exception::Prereleases;
}

void ClauseScanner::setRangeAbove(const Version::Form &form, const std::string &release, const std::string &key)
{
    // "must not allow a post-release of the given version", nor a local version of it; all that come behind a final one are.
    const bool isFinal = !form.isPrerelease && !form.isPostrelease;
    m_clause.admitted.begin =
        isFinal ? VersionKey(release + static_cast<char>(KeyByte::AfterSuffixes)) : VersionKey(key + KeyByte::Behind);
    if (!isFinal) {
        m_clause.exception = form.isPostrelease ? Clause::Exception::Locals : Clause::Exception::PostreleasesAndLocals;
    }
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
    m_clause.specifier.version = m_cursor.since(begin).toString();
    m_clause.specifier.wildcard = m_cursor.skip(u".*");
    m_clause.version = scan->version;
    if (!(m_clause.specifier.wildcard ? acceptsWildcard(*scan) : acceptsVersion(*scan)))
        return {};
    m_clause.namesPrerelease = m_clause.specifier.op != Operator::NotEqual && scan->version.isPrerelease();
    setRange(*scan);
    return std::move(m_clause);
}

std::optional<Clause> ClauseScanner::scan()
{
    const auto op = scanOperator();
    if (!op)
        return {};
    m_clause.specifier.op = *op;
    m_cursor.skipWhile(isSpace);
    return *op == Operator::Arbitrary ? scanArbitrary() : scanComparison();
}

} // namespace

std::optional<Clause> scanClause(TextCursor &cursor, Fault &fault)
{
    return ClauseScanner(cursor, fault).scan();
}

Fault tooManyClauses(const TextCursor &cursor)
{
    return cursor.fault(QStringLiteral("expected at most %1 clauses, found more").arg(MostClauses), cursor.position(),
        cursor.position());
}

std::strong_ordering compareMeaning(const Clause &a, const Clause &b)
{
    const auto kind = [](const Clause &clause) { return std::pair(clause.specifier.op, clause.specifier.wildcard); };
    if (kind(a) != kind(b))
        return kind(a) <=> kind(b);
    if (a.specifier.op == Operator::Arbitrary)
        return a.specifier.version.compare(b.specifier.version) <=> 0;
    if (a.version != b.version)
        return a.version <=> b.version;
    // `==1.*` and `~=1.4` mean something else than `==1.0.*` and `~=1.4.0`.
    const bool countsZeros = a.specifier.wildcard || a.specifier.op == Operator::Compatible;
    return countsZeros ? a.version.form().trailingZeros <=> b.version.form().trailingZeros
                       : std::strong_ordering::equal;
}

bool Clause::admits(const Version &candidate) const
{
    if (specifier.op == Operator::Arbitrary)
        return candidate.toString().compare(specifier.version, Qt::CaseInsensitive) == 0;
    const Version::Form &found = candidate.form();
    if (admitted.contains(found.key) == isNegated)
        return false;
    if (exception == Exception::None || !namedRelease.contains(found.key))
        return true;
    if (exception == Exception::Prereleases)
        return !found.isPrerelease;
    return !found.hasLocal && !(exception == Exception::PostreleasesAndLocals && found.isPostrelease);
}

} // namespace Axle::Internal
