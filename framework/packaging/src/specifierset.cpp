#include <axle/packaging/specifierset.h>

#include "clause_p.h"

#include <axle/packaging/codes.h>

#include <QtCore/QStringList>

#include <algorithm>

namespace Axle {

namespace {

QLatin1StringView operatorText(Specifier::Operator op)
{
    switch (op) {
    case Specifier::Operator::Compatible:
        return QLatin1StringView("~=");
    case Specifier::Operator::Equal:
        return QLatin1StringView("==");
    case Specifier::Operator::NotEqual:
        return QLatin1StringView("!=");
    case Specifier::Operator::LessOrEqual:
        return QLatin1StringView("<=");
    case Specifier::Operator::GreaterOrEqual:
        return QLatin1StringView(">=");
    case Specifier::Operator::Less:
        return QLatin1StringView("<");
    case Specifier::Operator::Greater:
        return QLatin1StringView(">");
    case Specifier::Operator::Arbitrary:
        return QLatin1StringView("===");
    }
    Q_UNREACHABLE();
}

void skipSpace(Internal::TextCursor &cursor)
{
    cursor.skipWhile([](QChar c) { return c.isSpace(); });
}

/// One clause of each meaning, the first of its spellings, sorted by text.
void normalize(Internal::Clauses &clauses)
{
    if (clauses.size() < 2)
        return;
    auto end = clauses.begin();
    for (auto next = clauses.begin(); next != clauses.end(); ++next) {
        const bool isKnown = std::any_of(
            clauses.begin(), end, [next](const Internal::Clause &clause) { return meansTheSame(clause, *next); });
        if (!isKnown && end != next)
            *end = std::move(*next);
        end += isKnown ? 0 : 1;
    }
    clauses.erase(end, clauses.end());
    // By insertion, as there are two or three.
    const auto isBefore = [](const Internal::Clause &a, const Internal::Clause &b) { return a.text < b.text; };
    for (auto next = clauses.begin(); next != clauses.end(); ++next)
        std::rotate(std::upper_bound(clauses.begin(), next, *next, isBefore), next, next + 1);
}

} // namespace

QString Specifier::toString() const
{
    return operatorText(op) + version + (wildcard ? QStringLiteral(".*") : QString());
}

SpecifierSet::SpecifierSet(const std::shared_ptr<Internal::Clauses> &clauses)
{
    if (clauses->isEmpty())
        return;
    normalize(*clauses);
    m_clauses = clauses;
}

Result<SpecifierSet> SpecifierSet::parse(QStringView text)
{
    const auto failure = [text](const Internal::Fault &fault) {
        return Internal::faultError(Codes::SpecifierInvalid, fault, QStringLiteral("version specifier"), text);
    };
    const auto clauses = std::make_shared<Internal::Clauses>();
    Internal::TextCursor cursor(text);
    Internal::Fault fault;
    for (skipSpace(cursor); !cursor.atEnd(); skipSpace(cursor)) {
        if (cursor.skip(u',')) // empty clauses are harmless, and common: `>=1,<2,`
            continue;
        if (!Internal::appendClause(cursor, *clauses, fault))
            return failure(fault);
        skipSpace(cursor);
        if (!cursor.atEnd() && cursor.peek() != u',')
            return failure(
                cursor.faultHere(QStringLiteral("found %1, expected ',' or the end").arg(cursor.describeNext())));
    }
    return SpecifierSet(clauses);
}

QList<Specifier> SpecifierSet::specifiers() const
{
    QList<Specifier> result;
    if (!m_clauses)
        return result;
    for (const Internal::Clause &clause : *m_clauses)
        result += clause.specifier();
    return result;
}

bool SpecifierSet::contains(const Version &version, Prereleases prereleases) const
{
    if (version.isPrerelease()
        && (prereleases == Prereleases::Refuse || (prereleases == Prereleases::ByRule && !namesPrerelease())))
        return false;
    return !m_clauses || std::all_of(m_clauses->begin(), m_clauses->end(), [&version](const Internal::Clause &clause) {
        return clause.admits(version);
    });
}

bool SpecifierSet::namesPrerelease() const
{
    return m_clauses && std::any_of(m_clauses->begin(), m_clauses->end(), [](const Internal::Clause &clause) {
        return clause.namesPrerelease;
    });
}

QString SpecifierSet::toString() const
{
    QStringList texts;
    if (m_clauses) {
        for (const Internal::Clause &clause : *m_clauses)
            texts += clause.text;
    }
    return texts.join(u',');
}

bool operator==(const SpecifierSet &a, const SpecifierSet &b)
{
    if (a.m_clauses == b.m_clauses)
        return true;
    if (!a.m_clauses || !b.m_clauses || a.m_clauses->size() != b.m_clauses->size())
        return false;
    if (a.m_clauses->size() == 1)
        return Internal::meansTheSame(a.m_clauses->front(), b.m_clauses->front());
    return std::is_permutation(a.m_clauses->begin(), a.m_clauses->end(), b.m_clauses->begin(), Internal::meansTheSame);
}

size_t SpecifierSet::hash() const
{
    // A sum, as the order of clauses does not count; operator and version are what all spellings share.
    size_t hash = 0;
    if (m_clauses) {
        for (const Internal::Clause &clause : *m_clauses)
            hash += qHash(clause.version, static_cast<size_t>(clause.op) + 1);
    }
    return hash;
}

} // namespace Axle
