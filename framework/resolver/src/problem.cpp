#include "problem_p.h"

namespace Axle::Internal {

int Problem::addVariable(int valueCount)
{
    m_valueCounts.push_back(valueCount);
    return variableCount() - 1;
}

void Problem::addNogood(std::span<const Term> terms, int fact)
{
    m_nogoods.push_back({static_cast<std::uint32_t>(m_terms.size()), static_cast<std::uint32_t>(terms.size()), fact});
    m_terms.insert(m_terms.end(), terms.begin(), terms.end());
}

void Problem::extend(int nogood, const Term &term)
{
    Nogood &extended = m_nogoods[static_cast<std::size_t>(nogood)];
    const auto first = static_cast<std::uint32_t>(m_terms.size());
    m_terms.reserve(m_terms.size() + extended.count + 1);
    for (std::uint32_t i = 0; i < extended.count; ++i)
        m_terms.push_back(m_terms[extended.firstTerm + i]);
    m_terms.push_back(term);
    extended.firstTerm = first;
    ++extended.count;
}

SetRef Problem::addCopy(int variable, SetRef set)
{
    const SetRef result = addSet(variable);
    unite(at(result), at(set), wordsOf(variable));
    return result;
}

SetRef Problem::addComplement(int variable, SetRef set)
{
    const SetRef result = addSet(variable);
    fill(at(result), valueCountOf(variable));
    for (int i = 0; i < wordsOf(variable); ++i)
        at(result)[i] &= ~at(set)[i];
    return result;
}

std::span<const Term> Problem::terms(int nogood) const
{
    const Nogood &each = this->nogood(nogood);
    return {m_terms.data() + each.firstTerm, each.count};
}

std::span<Term> Problem::terms(int nogood)
{
    const Nogood &each = this->nogood(nogood);
    return {m_terms.data() + each.firstTerm, each.count};
}

} // namespace Axle::Internal
