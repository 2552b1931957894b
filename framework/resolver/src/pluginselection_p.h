#pragma once

#include "releasepolicy_p.h"

#include <memory>

namespace Axle::Internal {

/// Which of the goals are met together: as many of the highest priority as can, then of the next, then the earlier ones.
///
/// Exact (implicit hitting set): each search that fails gives a core, goals that cannot all be met; the cheapest goals
/// that touch all cores are left out, and the search is made again, until it succeeds. When the budget is spent,
/// goals are added one by one instead, each as far as it fits to those before it. A bad goal never costs another.
class PluginSelection
{
public:
    /// `priorities`: by goal. The solver is one of the universe's problem. Borrows both.
    PluginSelection(const Universe &universe, Solver &solver, const QList<PluginPriority> &priorities);

    void run();

    const QList<PluginPriority> &priorities() const { return m_priorities; }
    bool isOptimal() const { return m_isOptimal; }
    const std::vector<int> &values() const { return m_values; }     ///< by variable
    const std::vector<int> &selected() const { return m_selected; } ///< positions of goals, sorted
    std::vector<int> leftOut() const;                               ///< positions of goals, sorted
    /// The fewest selected ones found that the goal, one left out, cannot be met beside: sorted; none where it cannot
    /// be met at all. Nothing: not decided.
    std::optional<std::vector<int>> opponentsOf(int goal);
    /// What would be selected if `goal` were, at any cost to others; nothing where that is not decided.
    std::optional<std::vector<int>> selectedWith(int goal);

    /// Whether `goal` can be met beside what is selected but for `other`.
    bool fitsWithout(int goal, int other);

private:
    SolveResult solve(const std::vector<int> &goals, int conflicts);
    void selectMost();
    bool addCores(std::vector<int> goals);
    void selectOneByOne();
    std::vector<int> shrink(std::vector<int> core);
    void accept(const SolveResult &result);

    const Universe &m_universe;
    Solver &m_solver;
    QList<PluginPriority> m_priorities;
    std::vector<qint64> m_costs;
    std::vector<int> m_positions;          ///< by variable: of a goal
    std::vector<std::vector<int>> m_cores; ///< goals that cannot all be met; each sorted
    std::vector<int> m_selected;
    std::vector<int> m_values;
    int m_conflicts; ///< that are left
    bool m_isOptimal = true;
};

} // namespace Axle::Internal
