#include "compatibleresolution_p.h"

#include <algorithm>

namespace Axle::Internal {

CompatibleResolution::CompatibleResolution(const WorkingSet &set, const ResolveOptions &options)
    : m_set(set)
    , m_options(options)
{
}

ResolvedDistributions CompatibleResolution::run(const QList<Requirement> &requirements)
{
    enqueue(requirements, nullptr);
    const QStringList extras = m_options.extras.isEmpty() ? QStringList{QString()} : m_options.extras;
    while (!m_queue.empty()) {
        Demand demand = m_queue.front();
        m_queue.pop_front();
        if (m_processed.contains(demand)
            || !demand.applies(m_extrasOfRequirer.value(demand) + extras, m_set.markerEnvironment())) {
            continue;
        }
        const Choice choice = choose(demand);
        if (!choice)
            return choice.failure();
        const DistributionPtr &distribution = choice->constFirst();
        const auto needed = distribution->requirements(demand.extras(), m_set.markerEnvironment());
        if (!needed)
            return ResolutionFailure::metadata(distribution, demand.requirement(), needed.error());
        enqueue(*needed, &demand);
        m_processed.insert(demand);
    }
    return m_chosen;
}

void CompatibleResolution::enqueue(const QList<Requirement> &requirements, const Demand *requirer)
{
    for (auto each = requirements.crbegin(); each != requirements.crend(); ++each) {
        const Demand &demand = m_queue.emplace_back(*each);
        if (!requirer)
            continue;
        QStringList &requiredBy = m_requiredBy[demand];
        if (!requiredBy.contains(requirer->projectName()))
            requiredBy.insert(std::lower_bound(requiredBy.begin(), requiredBy.end(), requirer->projectName()),
                requirer->projectName());
        m_extrasOfRequirer[demand] = requirer->extras();
    }
}

CompatibleResolution::Choice CompatibleResolution::choose(Demand &demand)
{
    DistributionPtr distribution = m_best.value(demand.key());
    if (!distribution) {
        distribution = m_set.activeByKey(demand.key());
        if (!distribution || (m_options.isReplacingConflicting && !demand.admits(distribution->identity()))) {
            // What lies on the entries would only conflict with what is active.
            const Choice match = bestMatch(demand, distribution && !m_options.environment);
            if (!match)
                return match;
            if (match->isEmpty())
                return ResolutionFailure::notFound(demand.requirement(), m_requiredBy.value(demand));
            distribution = match->constFirst();
            m_best.insert(demand.key(), distribution);
        }
        m_chosen.append(distribution);
    }
    if (!demand.admits(distribution->identity()))
        return ResolutionFailure::conflict(distribution, demand.requirement(), m_requiredBy.value(demand));
    return QList{distribution};
}

CompatibleResolution::Choice CompatibleResolution::bestMatch(Demand &demand, bool isAlone)
{
    if (isAlone)
        return install(demand);
    const Choice active = findActive(m_set, demand);
    if (!active && !m_options.isReplacingConflicting)
        return active;
    if (active && !active->isEmpty())
        return active;
    for (const DistributionPtr &each : environment().distributions(demand.key())) {
        if (demand.admits(each->identity()))
            return QList{each};
    }
    return install(demand);
}

const Environment &CompatibleResolution::environment()
{
    if (m_options.environment)
        return *m_options.environment;
    if (!m_surroundings)
        m_surroundings = m_options.surroundings ? m_options.surroundings() : Environment();
    return *m_surroundings;
}

CompatibleResolution::Choice CompatibleResolution::install(const Demand &demand) const
{
    if (!m_options.installer)
        return QList<DistributionPtr>();
    const auto installed = m_options.installer(demand.requirement());
    if (!installed)
        return ResolutionFailure::installer(demand.requirement(), installed.error());
    return *installed ? QList{*installed} : QList<DistributionPtr>();
}

ResolvedDistributions findActive(const WorkingSet &set, Demand &demand)
{
    const DistributionPtr distribution = set.active(demand.key());
    if (!distribution)
        return QList<DistributionPtr>();
    demand.setKey(distribution->identity().key);
    if (!demand.admits(distribution->identity()))
        return ResolutionFailure::conflict(distribution, demand.requirement(), {});
    return QList{distribution};
}

namespace {

Result<Requirement> exactly(const DistributionIdentity &identity)
{
    return Requirement::parse(identity.projectName + QStringLiteral("==") + identity.version.toString());
}

ResolvedDistributions resolveOne(const WorkingSet &set, const DistributionPtr &plugin, const ResolveOptions &options)
{
    const auto requirement = exactly(plugin->identity());
    if (!requirement)
        return ResolutionFailure::metadata(plugin, {}, requirement.error());
    return CompatibleResolution(set, options).run({*requirement});
}

void sortUnique(QList<DistributionPtr> &distributions)
{
    std::sort(distributions.begin(), distributions.end(),
        [](const DistributionPtr &a, const DistributionPtr &b) { return a->identity() < b->identity(); });
    const auto end = std::unique(distributions.begin(), distributions.end(),
        [](const DistributionPtr &a, const DistributionPtr &b) { return a->identity() == b->identity(); });
    distributions.erase(end, distributions.end());
}

} // namespace

FoundPlugins findPluginsCompatibly(const WorkingSet &set, const Environment &plugins, const FindPluginsOptions &options)
{
    ResolveOptions resolve;
    resolve.environment = options.environment.value_or(Environment()) + plugins;
    resolve.installer = options.installer;
    WorkingSet shadow(set);
    FoundPlugins found;
    QStringList projects = plugins.projects();
    projects.sort();
    for (const QString &project : std::as_const(projects)) {
        for (const DistributionPtr &plugin : plugins.distributions(project)) {
            const ResolvedDistributions resolved = resolveOne(shadow, plugin, resolve);
            if (resolved) {
                for (const DistributionPtr &each : *resolved)
                    shadow.addFound(each->identity().location, each);
                found.distributions += *resolved;
                break;
            }
            found.failed.append({plugin, resolved.failure()});
            if (options.policy == PluginPolicy::NoDowngrade)
                break;
        }
    }
    sortUnique(found.distributions);
    return found;
}

} // namespace Axle::Internal
