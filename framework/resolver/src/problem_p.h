#pragma once

#include "valueset_p.h"

#include <initializer_list>
#include <span>
#include <vector>

namespace Axle::Internal {

/// "The variable's value is in the set."
struct Term
{
    int variable = -1;
    SetRef set = 0;
};

constexpr int NoFact = -1;

/// Terms that cannot all hold. `fact` says why; NoFact: it follows from others.
struct Nogood
{
    std::uint32_t firstTerm = 0;
    std::uint32_t count = 0;
    int fact = NoFact;
};

/// Variables, each with a few values, and what cannot be together: nothing else is known to a Solver.
class Problem
{
public:
    int addVariable(int valueCount);
    SetRef addSet(int variable) { return m_sets.add(wordsOf(variable)); }
    SetRef addWideSet(int words) { return m_sets.add(words); } ///< for any variable that has no more words
    void addNogood(std::span<const Term> terms, int fact);
    void addNogood(std::initializer_list<Term> terms, int fact)
    {
        addNogood(std::span<const Term>(terms.begin(), terms.size()), fact);
    }

    /// Lets the nogood hold only where `term` does as well.
    void extend(int nogood, const Term &term);

    int variableCount() const { return static_cast<int>(m_valueCounts.size()); }
    int valueCountOf(int variable) const { return m_valueCounts[static_cast<std::size_t>(variable)]; }
    int wordsOf(int variable) const { return (valueCountOf(variable) + BitsOfWord - 1) / BitsOfWord; }
    Word *at(SetRef set) { return m_sets.at(set); }
    const Word *at(SetRef set) const { return m_sets.at(set); }
    SetRef addCopy(int variable, SetRef set);
    /// All values of the variable that are not in the set.
    SetRef addComplement(int variable, SetRef set);

    int nogoodCount() const { return static_cast<int>(m_nogoods.size()); }
    const Nogood &nogood(int number) const { return m_nogoods[static_cast<std::size_t>(number)]; }
    std::span<const Term> terms(int nogood) const;
    std::span<Term> terms(int nogood);

private:
    std::vector<int> m_valueCounts;
    std::vector<Nogood> m_nogoods;
    std::vector<Term> m_terms;
    SetPool m_sets;
};

} // namespace Axle::Internal
