#include "command.h"
#include "output.h"
#include "world.h"

#include <QtCore/QJsonArray>
#include <QtCore/QSet>

namespace Axle::Command {

namespace {

enum class NodeKind {
    Plugin,
    Library,
    Host,    ///< brought by the program itself
    LeftOut, ///< a plugin that is not part of the plan
    Absent,  ///< needed by one that was left out, and not part of the plan either
};

struct Node
{
    NodeKind kind = NodeKind::Absent;
    QString name;
    QString version; ///< empty: not decided
    QString file;
    QString code; ///< why it was left out
};

struct Edge
{
    QString from;
    QString to;
    QString requirement; ///< empty where it is an extra of the host's that asks
    bool isPlanned = true;
};

struct Graph
{
    QMap<QString, Node> nodes; ///< by normalised name
    QList<Edge> edges;         ///< in the order of the plan, then of what was left out
};

QString wordOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Plugin:
        return QStringLiteral("plugin");
    case NodeKind::Library:
        return QStringLiteral("library");
    case NodeKind::Host:
        return QStringLiteral("host");
    case NodeKind::LeftOut:
        return QStringLiteral("left-out");
    case NodeKind::Absent:
        return QStringLiteral("absent");
    }
    return {};
}

/// Builds the graph of a plan: what is planned, what it needs of the host, and what was left out.
class GraphBuilder
{
public:
    GraphBuilder(const World &world, const Resolution &resolution)
        : m_world(world)
        , m_resolution(resolution)
    {
        for (const Distribution &fixed : world.input.fixed)
            m_fixed.insert(fixed.name.normalized(), &fixed);
    }

    Graph build()
    {
        for (const PlanEntry &entry : m_resolution.plan)
            addNode(entry.distribution, entry.isPlugin(PluginEntryPointGroup) ? NodeKind::Plugin : NodeKind::Library);
        findExtras();
        for (const PlanEntry &entry : m_resolution.plan)
            addEdges(entry);
        for (auto each = m_resolution.leftOut.cbegin(); each != m_resolution.leftOut.cend(); ++each)
            addLeftOut(each.key(), *each);
        return m_graph;
    }

private:
    void addNode(const Distribution &distribution, NodeKind kind)
    {
        m_graph.nodes.insert(distribution.name.normalized(),
            {kind, distribution.name.toString(), distribution.version.toString(), fileNameOf(distribution), {}});
    }

    /// Which extras are asked for, until no requirement asks for another one.
    void findExtras()
    {
        bool isGrowing = true;
        while (isGrowing) {
            isGrowing = false;
            for (const PlanEntry &entry : m_resolution.plan) {
                for (const Requirement &requirement : requirementsOf(entry.distribution)) {
                    QSet<QString> &extras = m_extras[requirement.name.normalized()];
                    const qsizetype before = extras.size();
                    extras.unite({requirement.extras.cbegin(), requirement.extras.cend()});
                    isGrowing = isGrowing || extras.size() > before;
                }
            }
        }
    }

    QList<Requirement> requirementsOf(const Distribution &distribution) const
    {
        const QSet<QString> extras = m_extras.value(distribution.name.normalized());
        QList<Requirement> requirements;
        for (const Requirement &requirement : distribution.requiresDist) {
            if (requirement.marker.evaluate(m_world.input.environment, extras))
                requirements.append(requirement);
        }
        return requirements;
    }

    void addEdges(const PlanEntry &entry)
    {
        const QString from = entry.distribution.name.normalized();
        QSet<QString> seen;
        for (const Requirement &requirement : requirementsOf(entry.distribution)) {
            const QString to = requirement.name.normalized();
            if (to == from)
                continue;
            seen.insert(to);
            if (m_fixed.contains(to))
                addNode(*m_fixed[to], NodeKind::Host);
            m_graph.edges.append({from, to, textOf(requirement), true});
        }
        for (const QString &to : entry.dependencies) {
            if (!seen.contains(to))
                m_graph.edges.append({from, to, {}, true});
        }
    }

    /// The requirements without which it would have been planned.
    void addLeftOut(const QString &id, const Explanation &explanation)
    {
        Node node{NodeKind::LeftOut, id, {}, {}, explanation.code.name()};
        QList<Edge> edges;
        for (const Reason &reason : explanation.reasons) {
            if (ProjectName::normalize(reason.project) != id)
                continue;
            node.name = reason.project;
            node.version = reason.versions.size() == 1 ? reason.versions.first() : QString();
            node.file = reason.files.size() == 1 ? reason.files.first().section(u'/', -1) : QString();
            const auto requirement = Requirement::parse(reason.requirement);
            if (reason.kind == Reason::Kind::Requirement && requirement)
                edges.append({id, requirement->name.normalized(), textOf(*requirement), false});
        }
        m_graph.nodes.insert(id, node);
        for (const Edge &edge : std::as_const(edges)) {
            if (!m_graph.nodes.contains(edge.to) && m_fixed.contains(edge.to))
                addNode(*m_fixed[edge.to], NodeKind::Host);
            else if (!m_graph.nodes.contains(edge.to) && !m_resolution.leftOut.contains(edge.to))
                m_graph.nodes.insert(edge.to, {NodeKind::Absent, edge.to, {}, {}, {}});
            m_graph.edges.append(edge);
        }
    }

    /// Without its marker, which holds or it would not be in the graph.
    static QString textOf(Requirement requirement)
    {
        requirement.marker = {};
        return requirement.toString();
    }

    const World &m_world;
    const Resolution &m_resolution;
    QMap<QString, const Distribution *> m_fixed;
    QMap<QString, QSet<QString>> m_extras; ///< by normalised name
    Graph m_graph;
};

QJsonObject toJson(const Graph &graph)
{
    QJsonArray nodes;
    for (auto each = graph.nodes.cbegin(); each != graph.nodes.cend(); ++each) {
        QJsonObject node{{QStringLiteral("id"), each.key()}, {QStringLiteral("kind"), wordOf(each->kind)},
            {QStringLiteral("name"), each->name}};
        const QList<std::pair<QString, QString>> known{{QStringLiteral("version"), each->version},
            {QStringLiteral("file"), each->file}, {QStringLiteral("code"), each->code}};
        for (const auto &[key, value] : known) {
            if (!value.isEmpty())
                node[key] = value;
        }
        nodes.append(node);
    }
    QJsonArray edges;
    for (const Edge &each : graph.edges) {
        QJsonObject edge{{QStringLiteral("from"), each.from}, {QStringLiteral("to"), each.to},
            {QStringLiteral("planned"), each.isPlanned}};
        if (!each.requirement.isEmpty())
            edge[QStringLiteral("requirement")] = each.requirement;
        edges.append(edge);
    }
    return {{QStringLiteral("nodes"), nodes}, {QStringLiteral("edges"), edges}};
}

/// A string of DOT.
QString quoted(QString text)
{
    text.replace(u'\\', QStringLiteral("\\\\")).replace(u'"', QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

QString styleOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Plugin:
        return QStringLiteral("shape=box, style=\"filled,bold\", fillcolor=\"#d8e8ff\"");
    case NodeKind::Library:
        return QStringLiteral("shape=box, style=filled, fillcolor=\"#f2f2f2\"");
    case NodeKind::Host:
        return QStringLiteral("shape=ellipse, style=filled, fillcolor=\"#e4f5e1\"");
    case NodeKind::LeftOut:
        return QStringLiteral("shape=box, style=\"filled,dashed\", fillcolor=\"#ffe3df\", color=\"#b02a1c\"");
    case NodeKind::Absent:
        return QStringLiteral("shape=plaintext, fontcolor=\"#b02a1c\"");
    }
    return {};
}

QString labelOf(const Node &node)
{
    QString label = node.version.isEmpty() ? node.name : node.name + u' ' + node.version;
    if (!node.code.isEmpty())
        label += QStringLiteral(" [%1]").arg(node.code);
    return label;
}

QString toDot(const Graph &graph)
{
    QString dot = QStringLiteral("digraph axle {\n    rankdir=LR;\n    node [fontname=\"sans-serif\"];\n"
                                 "    edge [fontname=\"sans-serif\", fontsize=10];\n");
    for (auto each = graph.nodes.cbegin(); each != graph.nodes.cend(); ++each) {
        dot += QStringLiteral("    %1 [label=%2, class=%3, %4];\n")
                   .arg(quoted(each.key()), quoted(labelOf(*each)), quoted(wordOf(each->kind)), styleOf(each->kind));
    }
    for (const Edge &each : graph.edges) {
        const QString style = each.isPlanned ? QString() : QStringLiteral(", style=dashed, color=\"#b02a1c\"");
        dot += QStringLiteral("    %1 -> %2 [label=%3%4];\n")
                   .arg(quoted(each.from), quoted(each.to), quoted(each.requirement), style);
    }
    return dot + u'}';
}

} // namespace

int graph(const Sources &sources, Format format)
{
    const auto world = World::read(sources);
    if (!world)
        return Output::fail(world.error(), Unreadable, format);
    const Resolution resolution = Resolver(world->input).resolvePlugins(world->plugins());
    const Graph graph = GraphBuilder(*world, resolution).build();
    if (format == Format::Json)
        Output::printJson(toJson(graph));
    else
        Output::printLine(toDot(graph));
    return Answered;
}

} // namespace Axle::Command
