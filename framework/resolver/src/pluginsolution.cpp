#include "pluginsolution_p.h"

#include "plan_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

#include <algorithm>

namespace Axle::Internal {

PluginGoals PluginGoals::of(const QList<PluginRequest> &roots)
{
    PluginGoals goals;
    QSet<QString> seen;
    for (const PluginRequest &root : roots) {
        if (seen.contains(root.name.normalized()))
            continue;
        seen.insert(root.name.normalized());
        Requirement requirement;
        requirement.name = root.name;
        goals.asked.append(requirement);
        goals.priorities.append(root.priority);
    }
    return goals;
}

Explanation undecided(const QString &what, int conflicts)
{
    Explanation explanation;
    explanation.code = Codes::ResolveBudget;
    explanation.headline = QStringLiteral("%1 within %2 conflicts").arg(what).arg(conflicts);
    explanation.tried.append(QStringLiteral("looking longer: it would take too long on every machine"));
    return explanation;
}

PluginSolution::PluginSolution(const ResolverInput &input, const PluginGoals &goals)
    : m_goals(goals)
    , m_universe(input, m_goals.asked)
    , m_policy(m_universe)
    , m_solver(m_universe.problem(), &m_policy)
    , m_selection(m_universe, m_solver, m_goals.priorities)
{
    m_selection.run();
}

bool PluginSolution::isLeftOut(int goal) const
{
    return !std::binary_search(m_selection.selected().cbegin(), m_selection.selected().cend(), goal);
}

QList<PlanEntry> PluginSolution::plan() const
{
    return makePlan(m_universe, values());
}

std::optional<PluginSolution::Refutation> PluginSolution::refute(int goal)
{
    const auto opponents = m_selection.opponentsOf(goal);
    if (!opponents)
        return std::nullopt;
    std::vector<int> goals;
    for (const int opponent : *opponents)
        goals.push_back(variableOf(opponent));
    goals.push_back(variableOf(goal));
    if (!m_prover)
        m_prover.emplace(m_universe, m_policy);
    const auto proof = m_prover->prove(goals);
    if (!proof)
        return std::nullopt;
    return Refutation{*opponents, *proof};
}

Explanation PluginSolution::explain(int goal, Explain explain)
{
    const auto refutation = refute(goal);
    if (!refutation) {
        return undecided(QStringLiteral("'%1' is not loaded: whether it can be was not decided")
                             .arg(m_goals.asked[goal].name.toString()),
            m_universe.input().conflicts);
    }
    Explainer explainer(m_universe, refutation->proof, Explainer::Goals::Plugins, variableOf(goal));
    Explanation explanation = explainer.explain();
    if (explain == Explain::Everything) {
        Remedies(m_universe, m_policy, m_goals.asked, m_goals.priorities)
            .addForPlugin(explanation, explainer, m_selection, goal, refutation->opponents);
    }
    return explanation;
}

Explanation PluginSolution::explainWish(int goal, const QString &name)
{
    const auto refutation = refute(goal);
    if (!refutation)
        return undecided(QStringLiteral("whether it can be was not decided"), m_universe.input().conflicts);
    Explainer explainer(m_universe, refutation->proof, Explainer::Goals::Wish, variableOf(goal));
    Explanation explanation = explainer.explain();
    Remedies(m_universe, m_policy, m_goals.asked, m_goals.priorities)
        .addForWish(
            explanation, explainer, m_selection, {goal, name, QStringLiteral("can be had")}, refutation->opponents);
    return explanation;
}

} // namespace Axle::Internal
