#include <axle/resolver/groups.h>

#include "json_p.h"

#include <algorithm>

namespace Axle {

using namespace Internal;

namespace {

/// Fits plugins into worlds, one by one.
class Fitter
{
public:
    Fitter(const ResolverInput &input, const Groups::Options &options, Groups &groups)
        : m_input(input)
        , m_limit(options.limit)
        , m_groups(groups)
    {
        m_input.fixed = options.fixed;
        m_input.pinned.clear();
        m_input.capabilities = {};
    }

    void add(const ProjectName &plugin)
    {
        const Resolution alone = Resolver(m_input).resolvePlugins({{plugin}});
        if (!alone.leftOut.isEmpty()) {
            m_groups.leftOut.insert(plugin.normalized(), alone.leftOut.first());
            return;
        }
        for (World &world : m_groups.worlds) {
            if (fit(plugin, world))
                return;
        }
        if (m_groups.worlds.size() < m_limit) {
            m_groups.worlds.append({{plugin}, alone.plan});
            return;
        }
        Explanation explanation = m_groups.main.leftOut[plugin.normalized()];
        explanation.remedies.removeIf([](const Remedy &remedy) { return remedy.kind == Remedy::Kind::Isolate; });
        explanation.tried.append(m_limit == 0 ? QStringLiteral("a process of its own: none is allowed")
                                              : QStringLiteral("a process of its own: there are %1 already, which is "
                                                               "the limit, and it fits into none of them")
                                                    .arg(m_limit));
        m_groups.leftOut.insert(plugin.normalized(), explanation);
    }

private:
    bool fit(const ProjectName &plugin, World &world) const
    {
        ResolverInput input = m_input;
        for (const PlanEntry &entry : std::as_const(world.plan))
            input.pinned.append(entry.distribution.location);
        QList<PluginRequest> requests = PluginRequest::all(world.plugins, PluginPriority::Mounted);
        requests.append({plugin});
        const Resolution resolution = Resolver(input).resolvePlugins(requests, Explain::Reasons);
        if (!resolution.leftOut.isEmpty())
            return false;
        world.plugins.append(plugin);
        world.plan = resolution.plan;
        return true;
    }

    ResolverInput m_input;
    int m_limit;
    Groups &m_groups;
};

} // namespace

Groups Groups::make(const ResolverInput &input, const QList<PluginRequest> &roots, const Options &options)
{
    Groups groups;
    groups.main = Resolver(input).resolvePlugins(roots);
    QList<PluginRequest> open;
    for (const PluginRequest &root : roots) {
        const bool isLeftOut = groups.main.leftOut.contains(root.name.normalized());
        const auto isSame = [&](const PluginRequest &other) { return other.name == root.name; };
        if (isLeftOut && std::none_of(open.cbegin(), open.cend(), isSame))
            open.append(root);
    }
    std::stable_sort(open.begin(), open.end(),
        [](const PluginRequest &a, const PluginRequest &b) { return a.priority > b.priority; });
    Fitter fitter(input, options, groups);
    for (const PluginRequest &root : std::as_const(open))
        fitter.add(root.name);
    return groups;
}

QJsonObject World::toJson() const
{
    return {{QStringLiteral("plugins"), jsonArray(plugins, [](const ProjectName &name) { return name.normalized(); })},
        {QStringLiteral("plan"), jsonArray(plan, [](const PlanEntry &entry) { return entry.toJson(); })}};
}

QJsonObject Groups::toJson() const
{
    return {{QStringLiteral("main"), main.toJson()},
        {QStringLiteral("worlds"), jsonArray(worlds, [](const World &world) { return world.toJson(); })},
        {QStringLiteral("left_out"), leftOutArray(leftOut)}};
}

} // namespace Axle
