#include "proof_p.h"

#include <algorithm>
#include <map>
#include <set>

namespace Axle::Internal {

namespace {

constexpr int ConflictsOfOne = 2'000;

} // namespace

Prover::Prover(const Universe &universe, const ReleasePolicy &policy)
    : m_universe(universe)
    , m_solver(universe.problem(), &policy, Solver::Proofs::Keep)
{
}

bool Prover::isStructural(int fact) const
{
    const Fact::Kind kind = m_universe.fact(fact).kind;
    return kind == Fact::Kind::SameVersion || kind == Fact::Kind::Unneeded;
}

/// A problem of nothing but these facts, so that it takes no time to solve it again and again.
Problem Prover::restricted(const std::vector<int> &facts, std::vector<int> &goals) const
{
    Problem result;
    const Problem &whole = m_solver.problem();
    std::map<int, int> numbers; // by variable of the whole
    const auto numberOf = [&](int variable) {
        const auto known = numbers.find(variable);
        if (known != numbers.end())
            return known->second;
        return numbers[variable] = result.addVariable(whole.valueCountOf(variable));
    };
    for (int &goal : goals)
        goal = numberOf(goal);
    const auto add = [&](int nogood) {
        std::vector<Term> terms;
        for (const Term &term : whole.terms(nogood)) {
            const int variable = numberOf(term.variable);
            const SetRef set = result.addSet(variable);
            std::copy_n(whole.at(term.set), whole.wordsOf(term.variable), result.at(set));
            terms.push_back({variable, set});
        }
        result.addNogood(terms, whole.nogood(nogood).fact);
    };
    for (const int fact : facts) {
        int nogood = m_universe.fact(fact).nogood;
        for (; nogood >= 0 && nogood < m_universe.problem().nogoodCount() && whole.nogood(nogood).fact == fact;
             ++nogood)
            add(nogood);
    }
    // What the policy objected to came later.
    for (int nogood = m_universe.problem().nogoodCount(); nogood < whole.nogoodCount(); ++nogood) {
        if (std::binary_search(facts.cbegin(), facts.cend(), whole.nogood(nogood).fact))
            add(nogood);
    }
    return result;
}

/// The ties between versions of what the facts speak of: they go without saying, whether the first proof used them or not.
std::vector<int> Prover::tiesOf(const std::vector<int> &facts) const
{
    std::set<int> variables;
    for (const int fact : facts) {
        variables.insert(m_universe.fact(fact).variable);
        variables.insert(m_universe.fact(fact).target);
    }
    std::vector<int> ties;
    for (int fact = 0; fact < static_cast<int>(m_universe.facts().size()); ++fact) {
        const Fact &each = m_universe.fact(fact);
        if (each.kind == Fact::Kind::SameVersion && variables.contains(each.variable))
            ties.push_back(fact);
    }
    return ties;
}

std::optional<Proof> Prover::prove(const std::vector<int> &goals)
{
    const SolveResult whole = m_solver.solve(goals, m_universe.input().conflicts);
    if (whole.outcome != SolveResult::Outcome::Unsolvable)
        return std::nullopt;
    std::vector<int> facts = whole.facts;
    std::vector<int> core = whole.core;
    const std::vector<int> ties = tiesOf(facts);
    // Facts that are far from what was asked for have large numbers: they go first.
    for (auto candidate = whole.facts.crbegin(); candidate != whole.facts.crend(); ++candidate) {
        const auto found = std::lower_bound(facts.cbegin(), facts.cend(), *candidate);
        if (found == facts.cend() || *found != *candidate || isStructural(*candidate))
            continue;
        std::vector<int> fewer;
        std::set_union(facts.cbegin(), facts.cend(), ties.cbegin(), ties.cend(), std::back_inserter(fewer));
        std::erase(fewer, *candidate);
        std::vector<int> restrictedGoals = core;
        Problem problem = restricted(fewer, restrictedGoals);
        const SolveResult result =
            Solver(std::move(problem), nullptr, Solver::Proofs::Keep).solve(restrictedGoals, ConflictsOfOne);
        if (result.outcome == SolveResult::Outcome::Unsolvable)
            facts = result.facts;
    }
    std::erase_if(facts, [this](int fact) { return isStructural(fact); });
    return Proof{core, facts};
}

} // namespace Axle::Internal
