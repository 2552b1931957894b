#include "optimalresolution_p.h"

#include "demand_p.h"
#include "parties_p.h"

#include <axle/resolver/resolver.h>

#include <algorithm>
#include <deque>

namespace Axle::Internal {

namespace {

/// The world of one resolution: every distribution that may be chosen, as the solver sees it.
class World
{
public:
    World(const WorkingSet &set, const Installer &installer);

    enum class ActiveOnes { Stay, MayGo };
    void addActive(ActiveOnes active);
    void add(const Environment &environment);
    /// Of each project the newest only.
    void addNewest(const Environment &environment);

    const ResolverInput &input() const { return m_input; }
    bool has(const QString &key) const { return m_keys.contains(key); }
    QList<DistributionPtr> distributions(const Resolution &resolution) const;
    ResolutionFailure failureOf(const Explanation &explanation) const
    {
        return Internal::failureOf(explanation, m_input, m_byLocation);
    }
    const QList<FailedPlugin> &unreadable() const { return m_unreadable; }

    /// Has the installer get what the requirements, or what they lead to, ask for and nothing here meets. False where
    /// nothing came of it.
    bool install(const QList<Requirement> &requirements);
    /// The last requirement that the installer failed for.
    const std::optional<ResolutionFailure> &installerFailure() const { return m_installerFailure; }

private:
    void add(const DistributionPtr &distribution);
    QString uniqueLocation(const DistributionIdentity &identity) const;
    bool isMet(const Requirement &requirement) const;
    bool installOne(const Requirement &requirement);
    QList<Requirement> needsOf(const QString &normalizedName) const;

    const WorkingSet &m_set;
    const Installer &m_installer;
    ResolverInput m_input;
    QHash<QString, DistributionPtr> m_byLocation; // the solver's location, which is unique
    QSet<QString> m_keys;
    QSet<Demand> m_asked; // of the installer
    QList<FailedPlugin> m_unreadable;
    std::optional<ResolutionFailure> m_installerFailure;
};

World::World(const WorkingSet &set, const Installer &installer)
    : m_set(set)
    , m_installer(installer)
{
    m_input.environment = set.markerEnvironment();
    const auto version = Version::parse(m_input.environment.variables.value(QStringLiteral("python_full_version")));
    if (version)
        m_input.pythonVersion = *version;
}

void World::addActive(ActiveOnes active)
{
    for (const DistributionPtr &distribution : m_set.distributions()) {
        const qsizetype before = m_input.candidates.size();
        add(distribution);
        if (m_input.candidates.size() == before)
            continue;
        (active == ActiveOnes::Stay ? m_input.pinned : m_input.preferred)
            .append(m_input.candidates.constLast().location);
    }
}

void World::add(const Environment &environment)
{
    for (const QString &project : environment.projects()) {
        for (const DistributionPtr &distribution : environment.distributions(project))
            add(distribution);
    }
}

void World::addNewest(const Environment &environment)
{
    for (const QString &project : environment.projects())
        add(environment.distributions(project).constFirst());
}

void World::add(const DistributionPtr &distribution)
{
    const DistributionIdentity &identity = distribution->identity();
    auto candidate = distribution->distribution(m_set.markerEnvironment());
    if (!candidate) {
        m_unreadable.append({distribution, ResolutionFailure::metadata(distribution, {}, candidate.error())});
        return;
    }
    candidate->location = uniqueLocation(identity);
    if (m_byLocation.contains(candidate->location))
        return;
    m_byLocation.insert(candidate->location, distribution);
    m_keys.insert(identity.key);
    m_input.candidates.append(*candidate);
}

/// Unpacked distributions of one folder have one location.
QString World::uniqueLocation(const DistributionIdentity &identity) const
{
    const auto known = m_byLocation.constFind(identity.location);
    if (!identity.location.isEmpty() && (known == m_byLocation.cend() || (*known)->identity() == identity))
        return identity.location;
    return identity.location + u'/' + identity.projectName + u'-' + identity.version.toString();
}

QList<DistributionPtr> World::distributions(const Resolution &resolution) const
{
    QList<DistributionPtr> result;
    for (const PlanEntry &entry : resolution.plan)
        result.append(m_byLocation.value(entry.distribution.location));
    return result;
}

bool World::isMet(const Requirement &requirement) const
{
    return std::any_of(
        m_input.candidates.cbegin(), m_input.candidates.cend(), [&requirement](const Distribution &each) {
            return each.name == requirement.name && requirement.specifiers.contains(each.version, Prereleases::Allow);
        });
}

QList<Requirement> World::needsOf(const QString &normalizedName) const
{
    QList<Requirement> result;
    for (const Distribution &candidate : m_input.candidates) {
        if (candidate.name.normalized() != normalizedName)
            continue;
        const QSet<QString> extras(candidate.providesExtra.cbegin(), candidate.providesExtra.cend());
        for (const Requirement &requirement : candidate.requiresDist) {
            if (requirement.marker.evaluate(m_input.environment)
                || requirement.marker.evaluate(m_input.environment, extras))
                result.append(requirement);
        }
    }
    return result;
}

bool World::installOne(const Requirement &requirement)
{
    const Demand demand(requirement);
    if (isMet(requirement) || m_asked.contains(demand))
        return false;
    m_asked.insert(demand);
    const auto installed = m_installer(requirement);
    if (!installed)
        m_installerFailure = ResolutionFailure::installer(requirement, installed.error());
    if (!installed || !*installed)
        return false;
    add(*installed);
    return true;
}

bool World::install(const QList<Requirement> &requirements)
{
    if (!m_installer)
        return false;
    std::deque<Requirement> open(requirements.cbegin(), requirements.cend());
    QSet<QString> seen;
    bool hasInstalled = false;
    while (!open.empty()) {
        const Requirement requirement = open.front();
        open.pop_front();
        hasInstalled = installOne(requirement) || hasInstalled;
        const QString name = requirement.name.normalized();
        if (seen.contains(name))
            continue;
        seen.insert(name);
        const QList<Requirement> needs = needsOf(name);
        open.insert(open.end(), needs.cbegin(), needs.cend());
    }
    return hasInstalled;
}

/// Those whose markers hold, without them.
QList<Requirement> applying(
    const QList<Requirement> &requirements, const QStringList &extras, const MarkerEnvironment &environment)
{
    QList<Requirement> result;
    for (Requirement requirement : requirements) {
        if (!Demand(requirement).applies(extras.isEmpty() ? QStringList{QString()} : extras, environment))
            continue;
        requirement.marker = Marker();
        result.append(requirement);
    }
    return result;
}

Environment environmentOf(const ResolveOptions &options)
{
    if (options.environment)
        return *options.environment;
    return options.surroundings ? options.surroundings() : Environment();
}

/// In the order of their keys, so that nothing depends on the order of files.
QList<ProjectName> rootsOf(const Environment &plugins, const World &world)
{
    QStringList projects = plugins.projects();
    projects.sort();
    QList<ProjectName> roots;
    for (const QString &project : std::as_const(projects)) {
        const auto name = ProjectName::parse(plugins.distributions(project).constFirst()->identity().projectName);
        if (name && world.has(project))
            roots.append(*name);
    }
    return roots;
}

QList<Requirement> asRequirements(const QList<ProjectName> &names)
{
    QList<Requirement> requirements;
    for (const ProjectName &name : names) {
        Requirement requirement;
        requirement.name = name;
        requirements.append(requirement);
    }
    return requirements;
}

} // namespace

ResolvedDistributions resolveOptimally(
    const WorkingSet &set, const QList<Requirement> &requirements, const ResolveOptions &options)
{
    World world(set, options.installer);
    world.addActive(options.isReplacingConflicting ? World::ActiveOnes::MayGo : World::ActiveOnes::Stay);
    world.add(environmentOf(options));
    const QList<Requirement> asked = applying(requirements, options.extras, set.markerEnvironment());
    for (;;) {
        Explanation why;
        const auto resolution = Resolver(world.input()).resolve(asked, &why);
        if (resolution)
            return world.distributions(*resolution);
        if (!world.install(asked))
            return world.installerFailure().value_or(world.failureOf(why));
    }
}

FoundPlugins findPluginsOptimally(const WorkingSet &set, const Environment &plugins, const FindPluginsOptions &options)
{
    World world(set, options.installer);
    world.addActive(World::ActiveOnes::Stay);
    if (options.policy == PluginPolicy::NoDowngrade)
        world.addNewest(plugins);
    else
        world.add(plugins);
    world.add(options.environment.value_or(Environment()));
    const QList<ProjectName> roots = rootsOf(plugins, world);
    Resolution resolution = Resolver(world.input()).resolvePlugins(PluginRequest::all(roots));
    while (!resolution.leftOut.isEmpty() && world.install(asRequirements(roots)))
        resolution = Resolver(world.input()).resolvePlugins(PluginRequest::all(roots));
    FoundPlugins found{world.distributions(resolution), world.unreadable()};
    QStringList projects = plugins.projects();
    projects.sort();
    for (const QString &project : std::as_const(projects)) {
        const auto leftOut = resolution.leftOut.constFind(ProjectName::normalize(project));
        if (leftOut == resolution.leftOut.cend())
            continue;
        found.failed.append({plugins.distributions(project).constFirst(), world.failureOf(*leftOut)});
    }
    return found;
}

} // namespace Axle::Internal
