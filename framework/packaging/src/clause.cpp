#include "clause_p.h"

#include "version_p.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string>

namespace Axle::Internal {

namespace {

using Operator = Specifier::Operator;

/// The operator that the text is, if it is one.
std::optional<Operator> operatorOf(QStringView text)
{
    const char16_t first = text.isEmpty() ? u'\0' : text.front().unicode();
    if (text.size() == 1 && (first == u'<' || first == u'>'))
        return first == u'<' ? Operator::Less : Operator::Greater;
    if (text.size() == 3 && text == u"===")
        return Operator::Arbitrary;
    if (text.size() != 2 || text.back() != u'=')
        return {};
    switch (first) {
    case u'~':
        return Operator::Compatible;
    case u'=':
        return Operator::Equal;
    case u'!':
        return Operator::NotEqual;
    case u'<':
        return Operator::LessOrEqual;
    case u'>':
        return Operator::GreaterOrEqual;
    default:
        return {};
    }
}

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

/// What has all of `bytes` and then `byte`, or is behind it.
VersionKey followedBy(std::string_view bytes, unsigned char byte)
{
    if (bytes.size() < VersionKey::HeadSize) {
        std::array<char, VersionKey::HeadSize> head = {};
        *std::copy(bytes.begin(), bytes.end(), head.begin()) = static_cast<char>(byte);
        return VersionKey(qFromBigEndian<quint64>(head.data()));
    }
    return VersionKey(std::string(bytes) += static_cast<char>(byte));
}

/// "must not allow a pre-release of the specified version"; all that come before a final one are pre-releases.
void setRangeBelow(Clause &clause, const Version::Form &form, std::string_view release)
{
    const bool isFinal = !form.isPrerelease && !form.isPostrelease;
    clause.admitted.end = isFinal ? VersionKey(release) : form.key;
    if (!isFinal && !form.isPrerelease)
        clause.exception = Clause::Exception::Prereleases;
}

/// "must not allow a post-release of the given version", nor a local version of it; all that come behind a final one are.
void setRangeAbove(Clause &clause, const Version::Form &form, std::string_view release, std::string_view key)
{
    const bool isFinal = !form.isPrerelease && !form.isPostrelease;
    clause.admitted.begin = isFinal ? followedBy(release, KeyByte::AfterSuffixes) : followedBy(key, KeyByte::Behind);
    if (!isFinal)
        clause.exception = form.isPostrelease ? Clause::Exception::Locals : Clause::Exception::PostreleasesAndLocals;
}

/// The versions that begin with a release. Zeros at its end are in the versions that have more behind them, only.
VersionRange rangeOfPrefix(std::string_view release, std::string_view releaseWithZeros)
{
    return {VersionKey(release), followedBy(releaseWithZeros, KeyByte::Behind)};
}

void setRange(Clause &clause, const VersionScan &scan)
{
    const Version::Form &form = scan.version.form();
    if (clause.op == Operator::GreaterOrEqual) { // the usual one
        clause.admitted.begin = form.key;
        return;
    }
    const std::string bytes = form.key.bytes();
    const std::string_view key = std::string_view(bytes).substr(0, scan.keySize);
    const std::string_view release = key.substr(0, scan.releaseKeySize);
    const auto withZeros = [&] { return std::string(release).append(form.trailingZeros, KeyByte::Zero); };
    switch (clause.op) {
    case Operator::Compatible:
        clause.admitted = {form.key, followedBy(withoutLastComponent(withZeros()), KeyByte::Behind)};
        break;
    case Operator::Equal:
    case Operator::NotEqual:
        clause.isNegated = clause.op == Operator::NotEqual;
        // A version without local part stands for all that only add one.
        clause.admitted = clause.wildcard
            ? rangeOfPrefix(release, withZeros())
            : VersionRange{form.key, followedBy(key, form.hasLocal ? KeyByte::LocalWord : KeyByte::Behind)};
        break;
    case Operator::LessOrEqual:
        clause.admitted.end = followedBy(key, KeyByte::Behind);
        break;
    case Operator::Less:
        setRangeBelow(clause, form, release);
        break;
    case Operator::Greater:
        setRangeAbove(clause, form, release, key);
        break;
    case Operator::GreaterOrEqual:
    case Operator::Arbitrary:
        break;
    }
}

/// Reads the clauses of PEP 440 one by one.
class ClauseScanner
{
public:
    ClauseScanner(TextCursor &cursor, Clause &clause, Fault &fault)
        : m_cursor(cursor)
        , m_clause(clause)
        , m_fault(fault)
        , m_begin(cursor.position())
    {
    }

    bool scan();

private:
    bool scanOperator();
    void scanArbitrary();
    bool scanComparison();
    void setText(qsizetype versionBegin);
    bool acceptsWildcard(const VersionScan &scan);
    bool acceptsVersion(const VersionScan &scan);
    bool refuse(const QString &message, qsizetype begin, const QString &hint);
    QStringView operatorText() const { return m_cursor.text().sliced(m_begin, m_operatorEnd - m_begin); }
    bool isEquality() const { return m_clause.op == Operator::Equal || m_clause.op == Operator::NotEqual; }

    TextCursor &m_cursor;
    Clause &m_clause;
    Fault &m_fault;
    qsizetype m_begin;
    qsizetype m_operatorEnd = 0;
};

bool ClauseScanner::refuse(const QString &message, qsizetype begin, const QString &hint)
{
    m_fault = m_cursor.fault(message, begin, m_cursor.position(), hint);
    return false;
}

bool ClauseScanner::scanOperator()
{
    QStringView text = m_cursor.skipWhile(isOperatorCharacter);
    if (text.startsWith(u"===")) { // whatever follows is the version
        m_cursor.setPosition(m_begin + 3);
        text = m_cursor.since(m_begin);
    }
    m_operatorEnd = m_cursor.position();
    if (const auto op = operatorOf(text)) {
        m_clause.op = *op;
        return true;
    }
    if (text.isEmpty()) {
        m_fault = m_cursor.faultHere(
            QStringLiteral("found %1, expected a comparison such as '>='").arg(m_cursor.describeNext()));
        return false;
    }
    return refuse(
        QStringLiteral("%1 is not a comparison, expected one of ~=, ==, !=, <=, >=, <, >, ===").arg(quoted(text)),
        m_begin, text == u"=" ? QStringLiteral("write '=='") : QString());
}

void ClauseScanner::setText(qsizetype versionBegin)
{
    const bool hasBlanks = versionBegin != m_operatorEnd;
    m_clause.text = (hasBlanks ? operatorText() : m_cursor.since(m_begin)).toString();
    if (hasBlanks)
        m_clause.text += m_cursor.since(versionBegin);
}

void ClauseScanner::scanArbitrary()
{
    const qsizetype begin = m_cursor.position();
    const QStringView text =
        m_cursor.skipWhile([](QChar c) { return !c.isSpace() && c != u';' && c != u')' && c != u','; });
    setText(begin);
    const auto version = Version::parse(text);
    m_clause.namesPrerelease = version && version->isPrerelease();
}

bool ClauseScanner::acceptsWildcard(const VersionScan &scan)
{
    const QStringView text = m_cursor.since(m_begin);
    if (!isEquality()) {
        return refuse(QStringLiteral("%1 has a wildcard, expected one only after == or !=").arg(quoted(text)), m_begin,
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
    if (scan.version.form().hasLocal && !isEquality()) {
        return refuse(QStringLiteral("%1 has a local version, expected one only after == or !=").arg(quoted(text)),
            m_begin, QStringLiteral("leave '+' and what follows out"));
    }
    if (m_clause.op == Operator::Compatible && scan.components < 2) {
        return refuse(QStringLiteral("%1 has one component, expected at least two after ~=").arg(quoted(text)), m_begin,
            QStringLiteral("write '~=%1.0' or '==%1.*'").arg(scan.version.baseVersion()));
    }
    return true;
}

bool ClauseScanner::scanComparison()
{
    const qsizetype begin = m_cursor.position();
    const auto scan = scanVersion(m_cursor);
    if (!scan) {
        m_fault = m_cursor.faultHere(
            QStringLiteral("found %2, expected a version after '%1'").arg(operatorText(), m_cursor.describeNext()));
        return false;
    }
    m_clause.wildcard = m_cursor.peek() == u'.' && m_cursor.skip(u".*");
    m_clause.version = scan->version;
    if (!(m_clause.wildcard ? acceptsWildcard(*scan) : acceptsVersion(*scan)))
        return false;
    setText(begin);
    m_clause.namesPrerelease = m_clause.op != Operator::NotEqual && scan->version.isPrerelease();
    setRange(m_clause, *scan);
    return true;
}

bool ClauseScanner::scan()
{
    if (!scanOperator())
        return false;
    m_cursor.skipWhile(isSpace);
    if (m_clause.op != Operator::Arbitrary)
        return scanComparison();
    scanArbitrary();
    return true;
}

} // namespace

bool scanClause(TextCursor &cursor, Clause &clause, Fault &fault)
{
    return ClauseScanner(cursor, clause, fault).scan();
}

bool appendClause(TextCursor &cursor, Clauses &clauses, Fault &fault)
{
    if (static_cast<size_t>(clauses.size()) == MostClauses) {
        fault = cursor.faultHere(QStringLiteral("found too many clauses, expected at most %1").arg(MostClauses));
        return false;
    }
    return scanClause(cursor, clauses.emplace_back(), fault);
}

bool meansTheSame(const Clause &a, const Clause &b)
{
    if (a.op != b.op || a.wildcard != b.wildcard)
        return false;
    if (a.op == Operator::Arbitrary)
        return a.text == b.text;
    // `==1.*` and `~=1.4` mean something else than `==1.0.*` and `~=1.4.0`.
    const bool countsZeros = a.wildcard || a.op == Operator::Compatible;
    return a.version == b.version && (!countsZeros || a.version.form().trailingZeros == b.version.form().trailingZeros);
}

Specifier Clause::specifier() const
{
    const qsizetype length = op == Operator::Arbitrary ? 3 : op == Operator::Less || op == Operator::Greater ? 1 : 2;
    const QStringView written = QStringView(text).sliced(length);
    return Specifier{op, (wildcard ? written.chopped(2) : written).toString(), wildcard};
}

bool Clause::isText(const QString &candidate) const
{
    return op == Operator::Arbitrary && candidate.compare(QStringView(text).sliced(3), Qt::CaseInsensitive) == 0;
}

bool Clause::admits(const Version &candidate) const
{
    if (op == Operator::Arbitrary)
        return isText(candidate.toString());
    const Version::Form &found = candidate.form();
    if (admitted.contains(found.key) == isNegated)
        return false;
    if (exception == Exception::None || !haveSameRelease(found.key, version.form().key))
        return true;
    if (exception == Exception::Prereleases)
        return !found.isPrerelease;
    return !found.hasLocal && !(exception == Exception::PostreleasesAndLocals && found.isPostrelease);
}

} // namespace Axle::Internal
