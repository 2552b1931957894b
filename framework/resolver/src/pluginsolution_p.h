#pragma once

#include "remedies_p.h"

namespace Axle::Internal {

/// Plugins that are wanted, each once, as requirements.
struct PluginGoals
{
    QList<Requirement> asked;
    QList<PluginPriority> priorities;

    static PluginGoals of(const QList<PluginRequest> &roots);
};

/// Which of the plugins can live together, and why the others were left out.
class PluginSolution
{
public:
    /// Solves. Borrows the input.
    PluginSolution(const ResolverInput &input, const PluginGoals &goals);
    Q_DISABLE_COPY_MOVE(PluginSolution)

    const Universe &universe() const { return m_universe; }
    const PluginGoals &goals() const { return m_goals; }
    const std::vector<int> &values() const { return m_selection.values(); } ///< by variable
    bool isOptimal() const { return m_selection.isOptimal(); }
    std::vector<int> leftOut() const { return m_selection.leftOut(); } ///< positions of goals, sorted
    bool isLeftOut(int goal) const;
    QList<PlanEntry> plan() const;

    /// Why a plugin was left out.
    Explanation explain(int goal, Explain explain);
    /// Why something beside the plugins, called `name`, was left out: headed by the cause alone.
    Explanation explainWish(int goal, const QString &name);

private:
    /// Whom the goal cannot be had beside, and the proof of it; nothing where that is not decided.
    struct Refutation
    {
        std::vector<int> opponents;
        Proof proof;
    };
    std::optional<Refutation> refute(int goal);
    int variableOf(int goal) const { return m_universe.goals()[Universe::index(goal)]; }

    PluginGoals m_goals;
    Universe m_universe;
    ReleasePolicy m_policy;
    Solver m_solver;
    PluginSelection m_selection;
    std::optional<Prover> m_prover;
};

/// `what` is a sentence that says what is not known.
Explanation undecided(const QString &what, int conflicts);

} // namespace Axle::Internal
