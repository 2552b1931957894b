#include "plan_p.h"

#include "releasepolicy_p.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <set>

namespace Axle::Internal {

namespace {

/// One project of a plan. Projects are told apart by their places in the order of names.
struct Node
{
    const Project *project = nullptr;
    const Distribution *distribution = nullptr;
};

struct Edge
{
    int from = -1;
    int to = -1;

    friend auto operator<=>(const Edge &, const Edge &) = default;
};

/// Where edges lead to from each of `count` places, in their order.
class Graph
{
public:
    Graph(const std::vector<Edge> &edges, size_t count)
        : m_begins(count + 1)
        , m_targets(edges.size())
    {
        for (const Edge &edge : edges)
            ++m_begins[Universe::index(edge.from) + 1];
        std::partial_sum(m_begins.cbegin(), m_begins.cend(), m_begins.begin());
        std::vector<size_t> next = m_begins;
        for (const Edge &edge : edges)
            m_targets[next[Universe::index(edge.from)]++] = edge.to;
    }

    int count() const { return static_cast<int>(m_begins.size()) - 1; }
    std::span<const int> from(int place) const
    {
        const size_t begin = m_begins[Universe::index(place)];
        return std::span(m_targets).subspan(begin, m_begins[Universe::index(place) + 1] - begin);
    }

private:
    std::vector<size_t> m_begins; // by place: in m_targets
    std::vector<int> m_targets;
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
            nodes.push_back({&project, &universe.candidate(variable, candidate)});
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

/// Makes the edges of a plan: from each project to what it needs.
class Connector
{
public:
    Connector(const Universe &universe, const std::vector<int> &values, const std::vector<int> &places)
        : m_universe(universe)
        , m_values(values)
        , m_places(places)
    {
    }

    /// Sorted, each once, none from a project to itself.
    std::vector<Edge> run() &&
    {
        for (int variable = 0; variable < static_cast<int>(m_places.size()); ++variable) {
            if (const int place = m_places[Universe::index(variable)]; place >= 0)
                addNeedsOf(variable, place);
        }
        std::sort(m_edges.begin(), m_edges.end());
        m_edges.erase(std::unique(m_edges.begin(), m_edges.end()), m_edges.end());
        std::erase_if(m_edges, [](const Edge &edge) { return edge.from == edge.to; });
        return std::move(m_edges);
    }

private:
    void addNeedsOf(int variable, int place)
    {
        for (const int fact : m_universe.variable(variable).needs) {
            if (!contains(m_universe.problem().at(m_universe.fact(fact).who), m_values[Universe::index(variable)]))
                continue;
            const Project &target = m_universe.projectOf(m_universe.fact(fact).target);
            if (const int needed = m_places[Universe::index(target.variable)]; needed >= 0)
                m_edges.push_back({place, needed});
            else
                addNeedsOfExtras(target, m_universe.fact(fact).requirement->extras, place);
        }
    }

    /// What the host brings is not part of the plan, but the wheels that its extras need are.
    void addNeedsOfExtras(const Project &fixed, const QStringList &extras, int place)
    {
        for (const QString &extra : extras) {
            const int variable = fixed.extras.value(extra);
            if (m_seen.insert({place, variable}).second)
                addNeedsOf(variable, place);
        }
    }

    const Universe &m_universe;
    const std::vector<int> &m_values;
    const std::vector<int> &m_places;
    std::vector<Edge> m_edges;
    std::set<std::pair<int, int>> m_seen; // place and variable
};

/// Puts the places of a plan in the order of activation.
class Sequence
{
public:
    Sequence(const Graph &needs, const Graph &neededBy)
        : m_needs(needs)
        , m_neededBy(neededBy)
    {
        for (int place = 0; place < needs.count(); ++place)
            m_waitsFor.push_back(static_cast<int>(needs.from(place).size()));
    }

    std::vector<int> run() &&;

private:
    static constexpr int Taken = -1;

    std::vector<int> reachableFrom(int place) const;
    int firstOfCircle() const;

    const Graph &m_needs;
    const Graph &m_neededBy;
    std::vector<int> m_waitsFor; // by place: for how many that are not taken yet; or Taken
};

/// What `place` waits for, directly or not; sorted.
std::vector<int> Sequence::reachableFrom(int place) const
{
    std::vector<int> reached;
    std::vector<bool> isSeen(m_waitsFor.size());
    std::vector<int> open{place};
    while (!open.empty()) {
        const int each = open.back();
        open.pop_back();
        for (const int next : m_needs.from(each)) {
            if (isSeen[Universe::index(next)] || m_waitsFor[Universe::index(next)] == Taken)
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
int Sequence::firstOfCircle() const
{
    const auto waiting = std::find_if(m_waitsFor.cbegin(), m_waitsFor.cend(), [](int count) { return count > 0; });
    auto place = static_cast<int>(waiting - m_waitsFor.cbegin());
    for (;;) {
        const std::vector<int> reached = reachableFrom(place);
        // What does not lead back lies nearer to such a circle.
        const auto nearer = std::find_if(reached.cbegin(), reached.cend(), [&](int other) {
            const std::vector<int> back = reachableFrom(other);
            return !std::binary_search(back.cbegin(), back.cend(), place);
        });
        if (nearer == reached.cend())
            return reached.front();
        place = *nearer;
    }
}

std::vector<int> Sequence::run() &&
{
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    for (int place = 0; place < m_needs.count(); ++place) {
        if (m_waitsFor[Universe::index(place)] == 0)
            ready.push(place);
    }
    std::vector<int> order;
    order.reserve(m_waitsFor.size());
    while (order.size() < m_waitsFor.size()) {
        if (ready.empty())
            ready.push(firstOfCircle());
        const int place = ready.top();
        ready.pop();
        m_waitsFor[Universe::index(place)] = Taken;
        order.push_back(place);
        for (const int other : m_neededBy.from(place)) {
            int &waitsFor = m_waitsFor[Universe::index(other)];
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
    const std::vector<Node> nodes = collectNodes(universe, values, places);
    std::vector<Edge> edges = Connector(universe, values, places).run();
    const Graph needs(edges, nodes.size());
    for (Edge &edge : edges)
        std::swap(edge.from, edge.to);
    const Graph neededBy(edges, nodes.size());
    std::vector<bool> areRoots(nodes.size());
    for (const int goal : universe.goals()) {
        if (goal < 0 || values[Universe::index(goal)] == Absent)
            continue;
        const int asked = universe.fact(universe.variable(goal).needs.front()).target;
        if (places[Universe::index(asked)] >= 0)
            areRoots[Universe::index(places[Universe::index(asked)])] = true;
    }
    QList<PlanEntry> plan;
    plan.reserve(std::ssize(nodes));
    for (const int place : Sequence(needs, neededBy).run()) {
        QStringList dependencies;
        dependencies.reserve(std::ssize(needs.from(place)));
        for (const int needed : needs.from(place))
            dependencies.append(nodes[Universe::index(needed)].project->name);
        plan.append({*nodes[Universe::index(place)].distribution, areRoots[Universe::index(place)], dependencies});
    }
    return plan;
}

} // namespace Axle::Internal
