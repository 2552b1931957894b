#include "pluginselection_p.h"

#include "hittingset_p.h"

#include <algorithm>
#include <numeric>

namespace Axle::Internal {

namespace {

constexpr int ConflictsOfOne = 2'000; ///< for one goal more beside others
constexpr std::size_t LargestShrunkCore = 24;
/// Up to 32,767 goals of one priority cannot outweigh one of a higher priority.
constexpr int BitsOfPriority = 15;

std::vector<int> difference(const std::vector<int> &all, const std::vector<int> &without)
{
    std::vector<int> rest;
    std::set_difference(all.cbegin(), all.cend(), without.cbegin(), without.cend(), std::back_inserter(rest));
    return rest;
}

} // namespace

PluginSelection::PluginSelection(const Universe &universe, Solver &solver, const QList<PluginPriority> &priorities)
    : m_universe(universe)
    , m_solver(solver)
    , m_priorities(priorities)
    , m_positions(Universe::index(universe.problem().variableCount()), -1)
    , m_conflicts(universe.input().conflicts)
{
    for (int i = 0; i < priorities.size(); ++i) {
        m_costs.push_back(qint64{1} << (BitsOfPriority * static_cast<int>(priorities[i])));
        if (const int variable = universe.goals()[Universe::index(i)]; variable >= 0)
            m_positions[Universe::index(variable)] = i;
    }
}

void PluginSelection::run()
{
    selectMost();
    if (!m_isOptimal)
        selectOneByOne();
}

std::vector<int> PluginSelection::leftOut() const
{
    std::vector<int> all(m_costs.size());
    std::iota(all.begin(), all.end(), 0);
    return difference(all, m_selected);
}

SolveResult PluginSelection::solve(const std::vector<int> &goals, int conflicts)
{
    std::vector<int> variables;
    for (const int goal : goals) {
        if (const int variable = m_universe.goals()[Universe::index(goal)]; variable >= 0)
            variables.push_back(variable);
    }
    SolveResult result = m_solver.solve(variables, std::min(conflicts, m_conflicts));
    m_conflicts -= std::min(m_conflicts, result.conflicts);
    for (int &each : result.core)
        each = m_positions[Universe::index(each)];
    std::sort(result.core.begin(), result.core.end());
    return result;
}

void PluginSelection::accept(const SolveResult &result)
{
    m_values = result.values;
    m_selected.clear();
    for (int goal = 0; goal < static_cast<int>(m_costs.size()); ++goal) {
        const int variable = m_universe.goals()[Universe::index(goal)];
        if (variable < 0 || m_values[Universe::index(variable)] != Absent)
            m_selected.push_back(goal);
    }
}

void PluginSelection::selectMost()
{
    std::vector<int> all(m_costs.size());
    std::iota(all.begin(), all.end(), 0);
    for (;;) {
        const std::vector<int> wanted = difference(all, minimumHittingSet(m_cores, m_costs));
        const SolveResult result = solve(wanted, m_conflicts);
        if (result.outcome == SolveResult::Outcome::Solved) {
            accept(result);
            return;
        }
        if (result.outcome == SolveResult::Outcome::OutOfBudget)
            break;
        m_cores.push_back(shrink(result.core));
        if (!addCores(difference(wanted, result.core)))
            break;
    }
    m_isOptimal = false;
}

/// Cores that have nothing in common are found one after the other, without a hitting set between; false when the budget
/// is spent.
bool PluginSelection::addCores(std::vector<int> goals)
{
    for (;;) {
        const SolveResult result = solve(goals, m_conflicts);
        if (result.outcome != SolveResult::Outcome::Unsolvable)
            return result.outcome == SolveResult::Outcome::Solved;
        m_cores.push_back(shrink(result.core));
        goals = difference(goals, result.core);
    }
}

void PluginSelection::selectOneByOne()
{
    std::vector<int> order(m_costs.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
        [&](int a, int b) { return m_costs[Universe::index(a)] > m_costs[Universe::index(b)]; });
    m_conflicts = m_universe.input().conflicts;
    std::vector<int> chosen;
    for (const int goal : order) {
        chosen.push_back(goal);
        const SolveResult result = solve(chosen, ConflictsOfOne);
        if (result.outcome == SolveResult::Outcome::Solved) {
            accept(result);
            m_solver.setHints(m_values);
        } else {
            chosen.pop_back();
        }
    }
    m_solver.setHints({});
}

/// A core as small as can be found at little cost: the smaller the cores, the fewer searches, and the clearer the
/// reason.
std::vector<int> PluginSelection::shrink(std::vector<int> core)
{
    if (core.size() > LargestShrunkCore)
        return core;
    for (const int goal : std::vector<int>(core)) {
        if (core.size() < 2)
            break;
        const SolveResult result = solve(difference(core, {goal}), ConflictsOfOne);
        if (result.outcome == SolveResult::Outcome::Unsolvable)
            core = result.core;
    }
    return core;
}

std::optional<std::vector<int>> PluginSelection::opponentsOf(int goal)
{
    for (const std::vector<int> &core : m_cores) {
        const std::vector<int> others = difference(core, {goal});
        if (others.size() < core.size()
            && std::includes(m_selected.cbegin(), m_selected.cend(), others.cbegin(), others.cend()))
            return others;
    }
    std::vector<int> together = m_selected;
    together.insert(std::upper_bound(together.begin(), together.end(), goal), goal);
    m_conflicts = std::max(m_conflicts, ConflictsOfOne);
    const SolveResult result = solve(together, ConflictsOfOne);
    if (result.outcome != SolveResult::Outcome::Unsolvable)
        return std::nullopt;
    const std::vector<int> core = shrink(result.core);
    m_cores.push_back(core);
    return difference(core, {goal});
}

bool PluginSelection::fitsWithout(int goal, int other)
{
    std::vector<int> goals = difference(m_selected, {other});
    goals.push_back(goal);
    m_conflicts = ConflictsOfOne;
    m_solver.setHints(m_values);
    const SolveResult result = solve(goals, ConflictsOfOne);
    m_solver.setHints({});
    return result.outcome == SolveResult::Outcome::Solved;
}

std::optional<std::vector<int>> PluginSelection::selectedWith(int goal)
{
    std::vector<qint64> costs = m_costs;
    costs[Universe::index(goal)] = qint64{1} << (BitsOfPriority * (static_cast<int>(PluginPriority::Pinned) + 1));
    std::vector<int> all(m_costs.size());
    std::iota(all.begin(), all.end(), 0);
    m_solver.setHints(m_values);
    std::optional<std::vector<int>> selected;
    for (int conflicts = ConflictsOfOne; conflicts > 0;) {
        const std::vector<int> wanted = difference(all, minimumHittingSet(m_cores, costs));
        m_conflicts = conflicts;
        const SolveResult result = solve(wanted, conflicts);
        conflicts -= result.conflicts + 1;
        if (result.outcome == SolveResult::Outcome::Solved)
            selected = wanted;
        if (result.outcome != SolveResult::Outcome::Unsolvable)
            break;
        m_cores.push_back(shrink(result.core));
    }
    m_solver.setHints({});
    return selected;
}

} // namespace Axle::Internal
