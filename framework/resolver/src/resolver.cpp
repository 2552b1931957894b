#include <axle/resolver/resolver.h>

#include "plan_p.h"
#include "remedies_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

#include <algorithm>

namespace Axle {

using namespace Internal;

Resolver::Resolver(const ResolverInput &input)
    : m_input(input)
{
}

namespace {

Explanation budgetExplanation(const QString &what, int conflicts)
{
    Explanation explanation;
    explanation.code = Codes::ResolveBudget;
    explanation.headline = QStringLiteral("%1 within %2 conflicts").arg(what).arg(conflicts);
    explanation.tried.append(QStringLiteral("looking longer: it would take too long on every machine"));
    return explanation;
}

/// Why no choice meets all that was asked for.
Explanation explainRequirements(const Universe &universe, const ReleasePolicy &policy, const QList<Requirement> &asked,
    const std::vector<int> &core)
{
    Prover prover(universe, policy);
    const auto proof = prover.prove(core);
    if (!proof)
        return budgetExplanation(QStringLiteral("no answer was found"), universe.input().conflicts);
    Explainer explainer(universe, *proof, Explainer::Goals::Requirements, proof->goals.front());
    Explanation explanation = explainer.explain();
    Remedies(universe, policy, asked).addForRequirements(explanation, explainer);
    return explanation;
}

} // namespace

Result<Resolution> Resolver::resolve(const QList<Requirement> &requirements, Explanation *why) const
{
    const Universe universe(m_input, requirements);
    const ReleasePolicy policy(universe);
    Solver solver(universe.problem(), &policy);
    std::vector<int> goals;
    std::copy_if(universe.goals().cbegin(), universe.goals().cend(), std::back_inserter(goals),
        [](int goal) { return goal >= 0; });
    const SolveResult result = solver.solve(goals, m_input.conflicts);
    if (result.outcome == SolveResult::Outcome::Solved)
        return Resolution{makePlan(universe, result.values), {}, true};
    const Explanation explanation = result.outcome == SolveResult::Outcome::OutOfBudget
        ? budgetExplanation(QStringLiteral("no answer was found"), m_input.conflicts)
        : explainRequirements(universe, policy, requirements, result.core);
    if (why)
        *why = explanation;
    return explanation.toError();
}

namespace {

/// Explains why plugins were left out of a selection.
class AbsenceExplainer
{
public:
    AbsenceExplainer(const Universe &universe, const ReleasePolicy &policy, const QList<Requirement> &asked,
        PluginSelection &selection, Explain explain)
        : m_universe(universe)
        , m_policy(policy)
        , m_asked(asked)
        , m_selection(selection)
        , m_explain(explain)
        , m_prover(universe, policy)
    {
    }

    Explanation explain(int goal)
    {
        const auto opponents = m_selection.opponentsOf(goal);
        if (!opponents)
            return undecided(goal);
        std::vector<int> goals;
        for (const int opponent : *opponents)
            goals.push_back(m_universe.goals()[Universe::index(opponent)]);
        const int subject = m_universe.goals()[Universe::index(goal)];
        goals.push_back(subject);
        const auto proof = m_prover.prove(goals);
        if (!proof)
            return undecided(goal);
        Explainer explainer(m_universe, *proof, Explainer::Goals::Plugins, subject);
        Explanation explanation = explainer.explain();
        if (m_explain == Explain::Everything)
            Remedies(m_universe, m_policy, m_asked, m_selection.priorities())
                .addForPlugin(explanation, explainer, m_selection, goal, *opponents);
        return explanation;
    }

private:
    Explanation undecided(int goal) const
    {
        const QString name = m_asked[goal].name.toString();
        return budgetExplanation(QStringLiteral("'%1' is not loaded: whether it can be was not decided").arg(name),
            m_universe.input().conflicts);
    }

    const Universe &m_universe;
    const ReleasePolicy &m_policy;
    const QList<Requirement> &m_asked;
    PluginSelection &m_selection;
    Explain m_explain;
    Prover m_prover;
};

} // namespace

Resolution Resolver::resolvePlugins(const QList<PluginRequest> &roots, Explain explain) const
{
    QList<Requirement> requirements;
    QList<PluginPriority> priorities;
    QSet<QString> seen;
    for (const PluginRequest &root : roots) {
        if (seen.contains(root.name.normalized()))
            continue;
        seen.insert(root.name.normalized());
        Requirement requirement;
        requirement.name = root.name;
        requirements.append(requirement);
        priorities.append(root.priority);
    }
    const Universe universe(m_input, requirements);
    const ReleasePolicy policy(universe);
    Solver solver(universe.problem(), &policy);
    PluginSelection selection(universe, solver, priorities);
    selection.run();
    Resolution resolution{makePlan(universe, selection.values()), {}, selection.isOptimal()};
    const std::vector<int> leftOut = selection.leftOut();
    if (explain == Explain::Nothing) {
        for (const int goal : leftOut)
            resolution.leftOut.insert(requirements[goal].name.normalized(), Explanation());
        return resolution;
    }
    if (leftOut.empty())
        return resolution;
    AbsenceExplainer absence(universe, policy, requirements, selection, explain);
    for (const int goal : leftOut)
        resolution.leftOut.insert(requirements[goal].name.normalized(), absence.explain(goal));
    return resolution;
}

} // namespace Axle
