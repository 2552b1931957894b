#include "specifiersetvalue_p.h"

#include "text_p.h"

#include <algorithm>

namespace Axle::Internal {

SpecifierSetValue::SpecifierSetValue(std::vector<SpecifierValue> members)
    : m_members(std::move(members))
{
    std::sort(m_members.begin(), m_members.end(),
        [](const SpecifierValue &a, const SpecifierValue &b) { return a.text < b.text; });
    for (size_t i = 1; i < m_members.size();) {
        const auto end = m_members.begin() + static_cast<std::ptrdiff_t>(i);
        const bool isKnown = std::any_of(m_members.begin(), end, [&](const SpecifierValue &member) {
            return member.operatorText() == end->operatorText() && member == *end;
        });
        if (isKnown)
            m_members.erase(end);
        else
            ++i;
    }
}

SpecifierSetValue SpecifierSetValue::parseOrThrow(QStringView text)
{
    std::vector<SpecifierValue> members;
    members.reserve(static_cast<size_t>(text.count(u',')) + 1);
    for (const QStringView part : text.tokenize(u',')) {
        const QStringView clause = stripped(part);
        if (!clause.isEmpty())
            members.push_back(SpecifierValue::parseOrThrow(clause));
    }
    return SpecifierSetValue(std::move(members));
}

QString SpecifierSetValue::toString() const
{
    QString text;
    for (const SpecifierValue &member : m_members)
        text += text.isEmpty() ? member.text : u',' + member.text;
    return text;
}

std::optional<bool> SpecifierSetValue::allowsPrereleases() const
{
    if (prereleases)
        return prereleases;
    const bool any = std::any_of(m_members.begin(), m_members.end(),
        [](const SpecifierValue &member) { return member.allowsPrereleases().value_or(false); });
    return any ? std::optional(true) : std::nullopt;
}

bool SpecifierSetValue::admits(const Candidate &candidate) const
{
    return std::all_of(m_members.begin(), m_members.end(),
        [&candidate](const SpecifierValue &member) { return member.admits(candidate); });
}

size_t SpecifierSetValue::hash() const
{
    size_t sum = m_members.size();
    for (const SpecifierValue &member : m_members)
        sum += member.hash(); // in any order: equal sets may be sorted differently
    return sum;
}

bool operator==(const SpecifierSetValue &a, const SpecifierSetValue &b)
{
    return std::is_permutation(a.m_members.begin(), a.m_members.end(), b.m_members.begin(), b.m_members.end());
}

} // namespace Axle::Internal
