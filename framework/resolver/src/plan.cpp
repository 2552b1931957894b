#include "plan_p.h"

#include "releasepolicy_p.h"

#include <algorithm>
#include <queue>
#include <set>

namespace Axle::Internal {

namespace {

/// One project of a plan. Projects are told apart by their places in the order of names.
struct Node
{
    const Project *project = nullptr;
    const Distribution *distribution = nullptr;
    std::vector<int> needs; ///< sorted
    std::vector<int> neededBy;
    int waitsFor = 0; ///< how many of `needs` are not yet taken; -1: taken itself
};

/// The needed projects, sorted by name; `places` is by variable, -1 for what is not part of the plan.
std::vector<Node> collectNodes(const Universe &universe, const std::vector<int> &values, std::vector<int> &places)
{
    const std::vector<bool> needed = neededVariables(universe, values);
    std::vector<Node> nodes;
    for (int variable = 0; variable < static_cast<int>(needed.size()); ++variable) {
        if (!needed[Universe::index(variable)] || universe.isGoal(variable) || universe.isExtra(variable))
            continue;
        const Project &project = universe.projectOf(variable);
        const int candidate = values[Universe::index(variable)] - valueOf(0);
        if (project.fixed < 0)
            nodes.push_back({&project, &universe.candidate(variable, candidate), {}, {}, 0});
    }
    std::sort(nodes.begin(), nodes.end(),
        [](const Node &a, const Node &b) { return QStringView(a.project->name) < QStringView(b.project->name); });
    for (int place = 0; place < static_cast<int>(nodes.size()); ++place) {
        const Project &project = *nodes[Universe::index(place)].project;
        places[Universe::index(project.variable)] = place;
        for (const int extra : project.extras) {
            if (needed[Universe::index(extra)])
                places[Universe::index(extra)] = place;
        }
    }
    return nodes;
}

/// Makes the edges of a plan.
class Connector
{
public:
    Connector(const Universe &universe, const std::vector<int> &values, const std::vector<int> &places,
        std::vector<Node> &nodes)
        : m_universe(universe)
        , m_values(values)
        , m_places(places)
        , m_nodes(nodes)
    {
    }

    void run()
    {
        for (int variable = 0; variable < static_cast<int>(m_places.size()); ++variable) {
            if (const int place = m_places[Universe::index(variable)]; place >= 0)
                addNeedsOf(variable, m_nodes[Universe::index(place)]);
        }
        for (int place = 0; place < static_cast<int>(m_nodes.size()); ++place) {
            std::vector<int> &needs = m_nodes[Universe::index(place)].needs;
            std::sort(needs.begin(), needs.end());
            needs.erase(std::unique(needs.begin(), needs.end()), needs.end());
            std::erase(needs, place);
            m_nodes[Universe::index(place)].waitsFor = static_cast<int>(needs.size());
            for (const int needed : needs)
                m_nodes[Universe::index(needed)].neededBy.push_back(place);
        }
    }

private:
    void addNeedsOf(int variable, Node &node)
    {
        for (const int fact : m_universe.variable(variable).needs) {
            if (!contains(m_universe.problem().at(m_universe.fact(fact).who), m_values[Universe::index(variable)]))
                continue;
            const Project &target = m_universe.projectOf(m_universe.fact(fact).target);
            if (const int place = m_places[Universe::index(target.variable)]; place >= 0)
                node.needs.push_back(place);
            else
                addNeedsOfExtras(target, m_universe.fact(fact).requirement->extras, node);
        }
    }

    /// What the host brings is not part of the plan, but the wheels that its extras need are.
    void addNeedsOfExtras(const Project &fixed, const QStringList &extras, Node &node)
    {
        for (const QString &extra : extras) {
            const int variable = fixed.extras.value(extra);
            if (m_seen.insert({&node, variable}).second)
                addNeedsOf(variable, node);
        }
    }

    const Universe &m_universe;
    const std::vector<int> &m_values;
    const std::vector<int> &m_places;
    std::vector<Node> &m_nodes;
    std::set<std::pair<const Node *, int>> m_seen;
};

/// What `place` waits for, directly or not; sorted.
std::vector<int> reachableFrom(int place, const std::vector<Node> &nodes)
{
    std::vector<int> reached;
    std::vector<bool> isSeen(nodes.size());
    std::vector<int> open{place};
    while (!open.empty()) {
        const int each = open.back();
        open.pop_back();
        for (const int next : nodes[Universe::index(each)].needs) {
            if (isSeen[Universe::index(next)] || nodes[Universe::index(next)].waitsFor < 0)
                continue;
            isSeen[Universe::index(next)] = true;
            reached.push_back(next);
            open.push_back(next);
        }
    }
    std::sort(reached.begin(), reached.end());
    return reached;
}

/// Everything waits. The first of a circle that waits for nothing outside itself.
int firstOfCircle(const std::vector<Node> &nodes)
{
    const auto waiting = std::find_if(nodes.cbegin(), nodes.cend(), [](const Node &node) { return node.waitsFor > 0; });
    auto place = static_cast<int>(waiting - nodes.cbegin());
    for (;;) {
        const std::vector<int> reached = reachableFrom(place, nodes);
        // What does not lead back lies nearer to such a circle.
        const auto nearer = std::find_if(reached.cbegin(), reached.cend(), [&](int other) {
            const std::vector<int> back = reachableFrom(other, nodes);
            return !std::binary_search(back.cbegin(), back.cend(), place);
        });
        if (nearer == reached.cend())
            return reached.front();
        place = *nearer;
    }
}

std::vector<int> inOrder(std::vector<Node> &nodes)
{
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    for (int place = 0; place < static_cast<int>(nodes.size()); ++place) {
        if (nodes[Universe::index(place)].waitsFor == 0)
            ready.push(place);
    }
    std::vector<int> order;
    while (order.size() < nodes.size()) {
        if (ready.empty())
            ready.push(firstOfCircle(nodes));
        const int place = ready.top();
        ready.pop();
        nodes[Universe::index(place)].waitsFor = -1;
        order.push_back(place);
        for (const int other : nodes[Universe::index(place)].neededBy) {
            int &waitsFor = nodes[Universe::index(other)].waitsFor;
            if (waitsFor > 0 && --waitsFor == 0)
                ready.push(other);
        }
    }
    return order;
}

} // namespace

QList<PlanEntry> makePlan(const Universe &universe, const std::vector<int> &values)
{
    std::vector<int> places(values.size(), -1);
    std::vector<Node> nodes = collectNodes(universe, values, places);
    Connector(universe, values, places, nodes).run();
    std::vector<bool> areRoots(nodes.size());
    for (const int goal : universe.goals()) {
        if (goal < 0 || values[Universe::index(goal)] == Absent)
            continue;
        const int asked = universe.fact(universe.variable(goal).needs.front()).target;
        if (places[Universe::index(asked)] >= 0)
            areRoots[Universe::index(places[Universe::index(asked)])] = true;
    }
    QList<PlanEntry> plan;
    plan.reserve(static_cast<qsizetype>(nodes.size()));
    for (const int place : inOrder(nodes)) {
        const Node &node = nodes[Universe::index(place)];
        QStringList dependencies;
        dependencies.reserve(static_cast<qsizetype>(node.needs.size()));
        for (const int needed : node.needs)
            dependencies.append(nodes[Universe::index(needed)].project->name);
        plan.append({*node.distribution, areRoots[Universe::index(place)], dependencies});
    }
    return plan;
}

} // namespace Axle::Internal
