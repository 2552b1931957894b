#include "requirementchains_p.h"

#include "releasepolicy_p.h"
#include "requirementreason_p.h"

#include <algorithm>
#include <deque>
#include <tuple>

namespace Axle::Internal {

namespace {

/// Circles can lead nowhere in more ways than anybody wants to wait for.
constexpr int MaximumSteps = 20'000;

} // namespace

RequirementChains::RequirementChains(const Universe &universe, const std::vector<int> &values, const Project &project)
    : m_universe(universe)
    , m_values(values)
    , m_project(project)
    , m_isNeeded(neededVariables(universe, values))
    , m_distances(values.size(), -1)
{
    measure();
}

bool RequirementChains::comesLater(const Beginning &a, const Beginning &b)
{
    return std::tie(a.length, a.names, a.facts) > std::tie(b.length, b.names, b.facts);
}

/// The requirements that what is chosen of the variable has.
std::vector<int> RequirementChains::inForce(int variable) const
{
    std::vector<int> facts;
    for (const int fact : m_universe.variable(variable).needs) {
        if (contains(m_universe.problem().at(m_universe.fact(fact).who), m_values[Universe::index(variable)]))
            facts.push_back(fact);
    }
    return facts;
}

/// The project that is required, and its extras that are.
std::vector<int> RequirementChains::reachedBy(const Fact &requirement) const
{
    std::vector<int> variables{requirement.target};
    for (const QString &extra : requirement.requirement->extras)
        variables.push_back(m_universe.projectOf(requirement.target).extras.value(extra));
    return variables;
}

/// Breadth first, backwards from the project.
void RequirementChains::measure()
{
    std::vector<std::vector<int>> requirers(m_values.size());
    std::deque<int> open;
    const auto reach = [&](int variable, int distance) {
        if (m_distances[Universe::index(variable)] >= 0)
            return;
        m_distances[Universe::index(variable)] = distance;
        open.push_back(variable);
    };
    for (int variable = 0; variable < static_cast<int>(m_values.size()); ++variable) {
        if (!m_isNeeded[Universe::index(variable)])
            continue;
        for (const int fact : inForce(variable)) {
            if (isTarget(m_universe.fact(fact)))
                reach(variable, 1);
            for (const int reached : reachedBy(m_universe.fact(fact)))
                requirers[Universe::index(reached)].push_back(variable);
        }
    }
    while (!open.empty()) {
        const int variable = open.front();
        open.pop_front();
        for (const int requirer : requirers[Universe::index(variable)])
            reach(requirer, m_distances[Universe::index(variable)] + 1);
    }
}

QList<QList<Reason>> RequirementChains::find()
{
    QList<QList<Reason>> chains;
    m_open.clear();
    start();
    for (int steps = 0; !m_open.empty() && steps < MaximumSteps && chains.size() < MaximumChains; ++steps) {
        std::pop_heap(m_open.begin(), m_open.end(), comesLater);
        const Beginning best = std::move(m_open.back());
        m_open.pop_back();
        if (best.isWhole)
            chains.append(reasonsOf(best.facts));
        else
            extend(best);
    }
    m_areAll = m_open.empty();
    return chains;
}

void RequirementChains::start()
{
    for (const int goal : m_universe.goals()) {
        if (goal < 0 || m_values[Universe::index(goal)] == Absent)
            continue;
        const int plugin = m_universe.fact(m_universe.variable(goal).needs.front()).target;
        if (plugin != m_project.variable)
            push({0, {}, {}, plugin});
    }
}

void RequirementChains::extend(const Beginning &beginning)
{
    const Variable &variable = m_universe.variable(beginning.variable);
    Beginning longer = beginning;
    longer.names.append(m_universe.projectOf(beginning.variable).name + u'[' + variable.extra);
    for (const int fact : inForce(beginning.variable)) {
        longer.facts = beginning.facts;
        longer.facts.push_back(fact);
        longer.isWhole = isTarget(m_universe.fact(fact));
        for (const int reached : reachedBy(m_universe.fact(fact))) {
            longer.variable = reached;
            push(longer);
            if (longer.isWhole)
                break;
        }
    }
}

void RequirementChains::push(Beginning beginning)
{
    const int distance = beginning.isWhole ? 0 : m_distances[Universe::index(beginning.variable)];
    const Project &project = m_universe.projectOf(beginning.variable);
    // An extra of what the chain has passed may go on; the project itself would be a circle.
    const auto isPassed = [&](int fact) {
        const int passed = m_universe.fact(fact).variable;
        return passed == beginning.variable
            || (beginning.variable == project.variable && &m_universe.projectOf(passed) == &project);
    };
    if (distance < 0 || std::any_of(beginning.facts.cbegin(), beginning.facts.cend(), isPassed))
        return;
    beginning.length = beginning.facts.size() + static_cast<std::size_t>(distance);
    m_open.push_back(std::move(beginning));
    std::push_heap(m_open.begin(), m_open.end(), comesLater);
}

QList<Reason> RequirementChains::reasonsOf(const std::vector<int> &facts) const
{
    QList<Reason> reasons;
    for (const int number : facts) {
        const Fact &fact = m_universe.fact(number);
        reasons.append(requirementReason(m_universe, fact, {m_values[Universe::index(fact.variable)]}));
    }
    return reasons;
}

} // namespace Axle::Internal
