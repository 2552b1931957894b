#include <axle/resolver/workingset.h>

#include "compatibleresolution_p.h"
#include "optimalresolution_p.h"

#include <axle/resolver/searchpath.h>

#include <algorithm>

namespace Axle {

WorkingSet::WorkingSet(
    const MarkerEnvironment &environment, const std::function<QString(const QString &)> &normalizePath)
    : m_environment(environment)
    , m_normalizePath(normalizePath)
{
}

WorkingSet::WorkingSet(const WorkingSet &other)
    : m_environment(other.m_environment)
    , m_normalizePath(other.m_normalizePath)
    , m_entries(other.m_entries)
    , m_insertedEntries(other.m_insertedEntries)
    , m_keys(other.m_keys)
    , m_byKey(other.m_byKey)
    , m_keyByName(other.m_keyByName)
{
}

WorkingSet::~WorkingSet() = default;

QList<DistributionPtr> WorkingSet::distributions() const
{
    QList<DistributionPtr> result;
    QSet<QString> seen;
    for (const QString &entry : m_entries) {
        for (const QString &key : m_keys.value(entry)) {
            if (seen.contains(key))
                continue;
            seen.insert(key);
            result.append(m_byKey.value(key));
        }
    }
    return result;
}

bool WorkingSet::contains(const DistributionIdentity &identity) const
{
    const DistributionPtr active = m_byKey.value(identity.key);
    return active && active->identity() == identity;
}

DistributionPtr WorkingSet::active(const QString &name) const
{
    const DistributionPtr byKey = m_byKey.value(name);
    return byKey ? byKey : m_byKey.value(m_keyByName.value(ProjectName::normalize(name)));
}

ResolvedDistributions WorkingSet::find(const Requirement &requirement) const
{
    Internal::Demand demand(requirement);
    return Internal::findActive(*this, demand);
}

QList<ProvidedEntryPoint> WorkingSet::iterEntryPoints(
    const QString &group, const QString &name, QList<FailedPlugin> *failed) const
{
    QList<ProvidedEntryPoint> result;
    for (const DistributionPtr &distribution : distributions()) {
        const auto entryPoints = distribution->entryPoints();
        if (!entryPoints && failed)
            failed->append({distribution, ResolutionFailure::metadata(distribution, {}, entryPoints.error())});
        for (const EntryPoint &each : entryPoints.value_or(QList<EntryPoint>())) {
            if (each.group == group && (name.isEmpty() || each.name == name))
                result.append({each, distribution});
        }
    }
    return result;
}

bool WorkingSet::add(const DistributionPtr &distribution, Active active, const QString &entry)
{
    const DistributionIdentity &identity = distribution->identity();
    PathInsertion insertion;
    insertion.location = entry.isEmpty() ? identity.location : entry;
    insertion.isAheadOfFolder = identity.precedence == DistributionIdentity::ArchivePrecedence;
    insertion.isReplacing = active == Active::Replace;
    insertion.normalize = m_normalizePath;
    if (!m_entries.contains(insertion.location))
        m_insertedEntries.insert(insertion.location);
    m_entries = insertion.applied(m_entries);
    return addFound(insertion.location, distribution, active);
}

bool WorkingSet::addFound(const QString &entry, const DistributionPtr &distribution, Active active)
{
    const DistributionIdentity &identity = distribution->identity();
    const DistributionPtr before = m_byKey.value(identity.key);
    if (before && active == Active::Keep)
        return false;
    m_byKey.insert(identity.key, distribution);
    m_keyByName.insert(ProjectName::normalize(identity.key), identity.key);
    for (const QString &each : {entry, identity.location}) {
        QStringList &keys = m_keys[each];
        if (!keys.contains(identity.key))
            keys.append(identity.key);
    }
    if (before)
        tell(Change::Removed, before);
    tell(Change::Added, distribution);
    return true;
}

bool WorkingSet::remove(const DistributionIdentity &identity)
{
    if (!contains(identity))
        return false;
    const DistributionPtr removed = m_byKey.take(identity.key);
    const QString name = ProjectName::normalize(identity.key);
    if (m_keyByName.value(name) == identity.key)
        m_keyByName.remove(name);
    for (auto keys = m_keys.begin(); keys != m_keys.end();) {
        const bool isEmptied = keys->removeAll(identity.key) > 0 && keys->isEmpty();
        if (isEmptied && m_insertedEntries.remove(keys.key()))
            m_entries.removeAll(keys.key());
        keys = isEmptied ? m_keys.erase(keys) : std::next(keys);
    }
    tell(Change::Removed, removed);
    return true;
}

int WorkingSet::subscribe(const Callback &callback, Existing existing)
{
    const int number = ++m_lastSubscription;
    m_subscriptions.append({number, callback});
    if (existing == Existing::Tell) {
        for (const DistributionPtr &distribution : distributions())
            callback(Change::Added, distribution);
    }
    return number;
}

bool WorkingSet::unsubscribe(int subscription)
{
    return m_subscriptions.removeIf([=](const Subscription &each) { return each.number == subscription; }) > 0;
}

void WorkingSet::tell(Change change, const DistributionPtr &distribution)
{
    const QList<Subscription> subscriptions = m_subscriptions; // a callback may change them
    for (const Subscription &each : subscriptions) {
        const bool isStillThere = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
            [&each](const Subscription &other) { return other.number == each.number; });
        if (isStillThere)
            each.callback(change, distribution);
    }
}

ResolvedDistributions WorkingSet::resolve(const QList<Requirement> &requirements, const ResolveOptions &options) const
{
    if (options.mode == ResolveMode::Compatible)
        return Internal::CompatibleResolution(*this, options).run(requirements);
    return Internal::resolveOptimally(*this, requirements, options);
}

ResolvedDistributions WorkingSet::require(const QList<Requirement> &requirements, const ResolveOptions &options)
{
    const ResolvedDistributions resolved = resolve(requirements, options);
    const Active active = options.isReplacingConflicting ? Active::Replace : Active::Keep;
    for (const DistributionPtr &distribution : *resolved) {
        if (!contains(distribution->identity()))
            add(distribution, active);
    }
    return resolved;
}

FoundPlugins WorkingSet::findPlugins(const Environment &plugins, const FindPluginsOptions &options) const
{
    FoundPlugins found = options.mode == ResolveMode::Compatible
        ? Internal::findPluginsCompatibly(*this, plugins, options)
        : Internal::findPluginsOptimally(*this, plugins, options);
    if (options.policy != PluginPolicy::AllGoodOrNothing)
        return found;
    const bool isAllGood =
        std::all_of(found.failed.cbegin(), found.failed.cend(), [&found](const FailedPlugin &plugin) {
            return std::any_of(found.distributions.cbegin(), found.distributions.cend(),
                [&plugin](const auto &each) { return each->identity().key == plugin.distribution->identity().key; });
        });
    if (!isAllGood)
        found.distributions.clear();
    return found;
}

} // namespace Axle
