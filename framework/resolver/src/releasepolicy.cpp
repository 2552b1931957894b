#include "releasepolicy_p.h"

#include <algorithm>
#include <map>
#include <ranges>

namespace Axle::Internal {

namespace {

bool pins(const Requirement &requirement)
{
    const QList<Specifier> specifiers = requirement.specifiers.specifiers();
    return std::any_of(specifiers.cbegin(), specifiers.cend(), [](const Specifier &each) {
        return each.op == Specifier::Operator::Arbitrary || (each.op == Specifier::Operator::Equal && !each.wildcard);
    });
}

/// Those of other projects, and what was asked for: they call for releases.
auto othersRequirements(const Universe &universe, const Project &project)
{
    const int own = universe.variable(project.variable).project;
    return project.requirements | std::views::filter([&universe, own](int fact) {
        return universe.variable(universe.fact(fact).variable).project != own;
    });
}

} // namespace

ReleasePolicy::ReleasePolicy(const Universe &universe)
    : m_universe(universe)
{
    for (const Project &project : universe.projects()) {
        if (project.prereleases.fact != NoFact || project.yanked.fact != NoFact)
            m_reserved.push_back(&project);
    }
}

/// The versions of who has the requirement are chosen, whatever becomes of the rest.
bool ReleasePolicy::isInForce(const Solver &solver, int fact) const
{
    return solver.holds({m_universe.fact(fact).variable, m_universe.fact(fact).who});
}

bool ReleasePolicy::isCalledFor(const Solver &solver, const Project &project) const
{
    return std::ranges::any_of(othersRequirements(m_universe, project), [&](int fact) {
        return m_universe.fact(fact).requirement->specifiers.namesPrerelease() && isInForce(solver, fact);
    });
}

int ReleasePolicy::bestValue(const Solver &solver, int variable) const
{
    const int best = solver.value(variable);
    if (m_universe.isGoal(variable))
        return best;
    const Project &project = m_universe.projectOf(variable);
    const Word *prereleases = solver.problem().at(project.prereleases.values);
    if (project.prereleases.fact == NoFact || !contains(prereleases, best) || isCalledFor(solver, project))
        return best;
    for (int value = best; value < project.valueCount(); ++value) {
        if (contains(solver.domain(variable), value) && !contains(prereleases, value))
            return value;
    }
    return best;
}

std::optional<ChoicePolicy::Objection> ReleasePolicy::objectTo(Solver &solver) const
{
    if (m_reserved.empty())
        return std::nullopt;
    std::vector<int> values;
    for (int variable = 0; variable < m_universe.problem().variableCount(); ++variable)
        values.push_back(solver.value(variable));
    const std::vector<bool> needed = neededVariables(m_universe, values);
    if (auto unneeded = objectToUnneeded(solver, needed))
        return unneeded;
    for (const Project *project : m_reserved) {
        const int value = values[Universe::index(project->variable)];
        if (project->prereleases.fact != NoFact && contains(solver.problem().at(project->prereleases.values), value)) {
            if (auto prerelease = objectToPrerelease(solver, *project))
                return prerelease;
        }
        if (project->yanked.fact != NoFact && contains(solver.problem().at(project->yanked.values), value)) {
            if (auto yanked = objectToYanked(solver, *project))
                return yanked;
        }
    }
    return std::nullopt;
}

/// That `unwanted` holds is impossible as long as no requirement changes that: `changes` says whether one of `facts`
/// would.
template<class Facts, class Changes>
ChoicePolicy::Objection ReleasePolicy::objection(
    Solver &solver, const Term &unwanted, int fact, Facts facts, Changes changes) const
{
    Problem &problem = solver.problem();
    std::map<int, SetRef> others; // by variable: the values that have such a requirement
    for (const int each : facts) {
        if (m_universe.fact(each).variable == unwanted.variable || !changes(m_universe.fact(each)))
            continue;
        const Term who{m_universe.fact(each).variable, m_universe.fact(each).who};
        const auto added = others.try_emplace(who.variable, 0);
        if (added.second)
            added.first->second = problem.addSet(who.variable);
        unite(problem.at(added.first->second), problem.at(who.set), problem.wordsOf(who.variable));
    }
    Objection result{{unwanted}, fact};
    for (const auto &[variable, values] : others)
        result.terms.push_back({variable, problem.addComplement(variable, values)});
    return result;
}

std::optional<ChoicePolicy::Objection> ReleasePolicy::objectToPrerelease(Solver &solver, const Project &project) const
{
    if (isCalledFor(solver, project))
        return std::nullopt;
    Problem &problem = solver.problem();
    std::vector<Word> finals(Universe::index(problem.wordsOf(project.variable)));
    for (std::size_t i = 0; i < finals.size(); ++i)
        finals[i] = problem.at(project.usable)[i] & ~problem.at(project.prereleases.values)[i];
    const auto excludedBy = [&](const Fact &fact) { return problem.at(fact.forbidden); };
    for (const int fact : othersRequirements(m_universe, project)) {
        if (!isInForce(solver, fact))
            continue;
        for (std::size_t i = 0; i < finals.size(); ++i)
            finals[i] &= ~excludedBy(m_universe.fact(fact))[i];
    }
    const int final = firstOf(finals.data(), problem.wordsOf(project.variable));
    if (final < 0)
        return std::nullopt;
    return objection(solver, {project.variable, project.prereleases.values}, project.prereleases.fact,
        othersRequirements(m_universe, project), [&](const Fact &fact) {
            return fact.requirement->specifiers.namesPrerelease() || contains(excludedBy(fact), final);
        });
}

std::optional<ChoicePolicy::Objection> ReleasePolicy::objectToYanked(Solver &solver, const Project &project) const
{
    const auto pinsIt = [](const Fact &fact) { return pins(*fact.requirement); };
    if (std::ranges::any_of(othersRequirements(m_universe, project),
            [&](int fact) { return pinsIt(m_universe.fact(fact)) && isInForce(solver, fact); }))
        return std::nullopt;
    return objection(solver, {project.variable, project.yanked.values}, project.yanked.fact,
        othersRequirements(m_universe, project), pinsIt);
}

/// What was learned may ask for something only because it would call for a pre-release; but nobody needs it.
std::optional<ChoicePolicy::Objection> ReleasePolicy::objectToUnneeded(
    Solver &solver, const std::vector<bool> &needed) const
{
    const auto isUnneeded = [&](int variable) {
        return !needed[Universe::index(variable)] && !contains(solver.domain(variable), Absent)
            && m_universe.projectOf(variable).fixed < 0;
    };
    std::vector<int> requirements;
    int first = -1;
    for (int variable = 0; variable < m_universe.problem().variableCount(); ++variable) {
        if (m_universe.isGoal(variable) || !isUnneeded(variable))
            continue;
        first = first < 0 ? variable : first;
        const QString &extra = m_universe.variable(variable).extra;
        for (const int fact : m_universe.projectOf(variable).requirements) {
            if (extra.isEmpty() || m_universe.fact(fact).requirement->extras.contains(extra))
                requirements.push_back(fact);
        }
    }
    if (first < 0)
        return std::nullopt;
    Problem &problem = solver.problem();
    const SetRef absent = problem.addSet(first);
    insert(problem.at(absent), Absent);
    const Term present{first, problem.addComplement(first, absent)};
    return objection(solver, present, m_universe.unneededFact(), std::span(requirements),
        [&](const Fact &fact) { return m_universe.isGoal(fact.variable) || !isUnneeded(fact.variable); });
}

std::vector<bool> neededVariables(const Universe &universe, const std::vector<int> &values)
{
    const Problem &problem = universe.problem();
    std::vector<bool> needed(values.size());
    std::vector<int> open;
    const auto need = [&](int variable) {
        if (needed[Universe::index(variable)])
            return;
        needed[Universe::index(variable)] = true;
        open.push_back(variable);
    };
    for (const int goal : universe.goals()) {
        if (goal >= 0 && values[Universe::index(goal)] != Absent)
            need(goal);
    }
    while (!open.empty()) {
        const int variable = open.back();
        open.pop_back();
        const int value = values[Universe::index(variable)];
        for (const int fact : universe.variable(variable).needs) {
            const int first = universe.fact(fact).nogood;
            if (!contains(problem.at(universe.fact(fact).who), value))
                continue;
            for (int nogood = first; nogood < problem.nogoodCount() && problem.nogood(nogood).fact == fact; ++nogood)
                need(problem.terms(nogood).back().variable);
        }
    }
    return needed;
}

} // namespace Axle::Internal
