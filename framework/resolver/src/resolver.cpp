#include <axle/resolver/resolver.h>

#include "plan_p.h"
#include "pluginsolution_p.h"

#include <algorithm>

namespace Axle {

using namespace Internal;

Resolver::Resolver(const ResolverInput &input)
    : m_input(input)
{
}

namespace {

/// Why no choice meets all that was asked for.
Explanation explainRequirements(const Universe &universe, const ReleasePolicy &policy, const QList<Requirement> &asked,
    const std::vector<int> &core)
{
    Prover prover(universe, policy);
    const auto proof = prover.prove(core);
    if (!proof)
        return undecided(QStringLiteral("no answer was found"), universe.input().conflicts);
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
        ? undecided(QStringLiteral("no answer was found"), m_input.conflicts)
        : explainRequirements(universe, policy, requirements, result.core);
    if (why)
        *why = explanation;
    return explanation.toError();
}

Resolution Resolver::resolvePlugins(const QList<PluginRequest> &roots, Explain explain) const
{
    const PluginGoals goals = PluginGoals::of(roots);
    PluginSolution solution(m_input, goals);
    Resolution resolution{solution.plan(), {}, solution.isOptimal()};
    for (const int goal : solution.leftOut()) {
        resolution.leftOut.insert(goals.asked[goal].name.normalized(),
            explain == Explain::Nothing ? Explanation() : solution.explain(goal, explain));
    }
    return resolution;
}

} // namespace Axle
