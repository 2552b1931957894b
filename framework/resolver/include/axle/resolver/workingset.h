#pragma once

#include <axle/resolver/environment.h>
#include <axle/resolver/resolutionfailure.h>

#include <QtCore/QSet>

#include <functional>

namespace Axle {

/// How distributions are chosen.
enum class ResolveMode {
    /// Every combination is considered: what can be met is met, as many plugins as possible are found; pre-releases as
    /// PEP 440 says, names as PEP 503 says, the result in the order of dependencies.
    Optimal,
    /// As pkg_resources chooses: the newest version that the first requirement admits is final, pre-releases are as good
    /// as others, the result in the order in which requirements were looked at.
    Compatible,
};

/// Gets what nothing available meets, or null. Called by the thread that resolves, at most once for a requirement.
using Installer = std::function<Result<DistributionPtr>(const Requirement &)>;

/// How requirements are to be met.
struct AXLE_EXPORT ResolveOptions
{
    /// What there is besides what is active; nothing: what `surroundings` finds.
    std::optional<Environment> environment;
    /// Finds what lies on the entries. Called at most once, and only where it is needed.
    std::function<Environment()> surroundings;
    Installer installer;
    /// An active distribution that does not fit may give way, to one of `environment` or of the installer.
    bool isReplacingConflicting = false;
    /// What `extra` is, besides nothing, in the markers of the requirements themselves.
    QStringList extras;
    ResolveMode mode = ResolveMode::Optimal;
};

/// What becomes of a plugin whose newest version cannot be had.
enum class PluginPolicy {
    Fallback,         ///< its older versions are tried
    NoDowngrade,      ///< it is left out: an older version might not understand the data of the newer
    AllGoodOrNothing, ///< as Fallback, but one plugin left out leaves all out: the host stays with what was good
};

struct AXLE_EXPORT FindPluginsOptions
{
    /// Where libraries come from, besides the plugins' own environment and what is active.
    std::optional<Environment> environment;
    Installer installer;
    PluginPolicy policy = PluginPolicy::Fallback;
    ResolveMode mode = ResolveMode::Optimal;
};

/// A version of a plugin that could not be had.
struct AXLE_EXPORT FailedPlugin
{
    DistributionPtr distribution;
    ResolutionFailure failure;
};

/// What `WorkingSet::findPlugins` found.
struct AXLE_EXPORT FoundPlugins
{
    /// The plugins and all that they need, what is active too: to be added by `WorkingSet::add`. By
    /// DistributionIdentity's order where the mode is Compatible, else dependencies first.
    QList<DistributionPtr> distributions;
    /// Every attempt that failed, in their order; an older version of the same plugin may have been found. Where the mode
    /// is Optimal, the newest version of each plugin that is left out.
    QList<FailedPlugin> failed;
};

/// An entry point and whose it is.
struct AXLE_EXPORT ProvidedEntryPoint
{
    EntryPoint entryPoint;
    DistributionPtr distribution;
};

/// What is active: at most one distribution of a project, on a search path (pkg_resources' WorkingSet).
///
/// Bookkeeping and choice only: nothing is imported or mounted here; who does that subscribes. A distribution that is
/// bad is a failure among the others, never the end of a call. Not thread-safe; copies are independent, without the
/// subscriptions.
class AXLE_EXPORT WorkingSet
{
public:
    /// `environment`: what markers are judged in. `normalizePath` tells which locations are one place; without it those
    /// that are written alike.
    explicit WorkingSet(
        const MarkerEnvironment &environment, const std::function<QString(const QString &)> &normalizePath = {});
    WorkingSet(const WorkingSet &other);
    WorkingSet &operator=(const WorkingSet &) = delete;
    ~WorkingSet();

    const MarkerEnvironment &markerEnvironment() const { return m_environment; }

    // What is there
    QStringList entries() const { return m_entries; }
    /// In the order of the entries; within one, in that of adding.
    QList<DistributionPtr> distributions() const;
    bool contains(const DistributionIdentity &identity) const;
    /// Of a project, by its key or its name as PEP 503 compares them; null where none is active.
    DistributionPtr active(const QString &name) const;
    /// By the key alone, as it is written.
    DistributionPtr activeByKey(const QString &key) const { return m_byKey.value(key); }
    /// The active distribution that meets the requirement; none where its project is not active; a failure of the kind
    /// VersionConflict where another version is.
    ResolvedDistributions find(const Requirement &requirement) const;
    /// Those of the group in the order of the distributions; of one name, where it is given. What has unreadable entry
    /// points has none here, and is told to `failed`.
    QList<ProvidedEntryPoint> iterEntryPoints(
        const QString &group, const QString &name = {}, QList<FailedPlugin> *failed = nullptr) const;

    // What changes it
    /// As the last one, also where it is there already: search paths may have an entry twice.
    void appendEntry(const QString &entry) { m_entries.append(entry); }
    enum class Active { Keep, Replace }; ///< what happens to the active distribution of the same project
    /// Puts `entry`, or its location, on the entries as PathInsertion says, and makes it the active one of its project;
    /// false where another is and stays.
    bool add(const DistributionPtr &distribution, Active active = Active::Keep, const QString &entry = {});
    /// The same for what was found on an entry: the entries stay as they are.
    bool addFound(const QString &entry, const DistributionPtr &distribution, Active active = Active::Keep);
    /// What `add` put on the entries for it goes with it, unless another active distribution is there. False where it
    /// was not active.
    bool remove(const DistributionIdentity &identity);

    enum class Change { Added, Removed };
    enum class Existing { Tell, Skip };
    using Callback = std::function<void(Change, const DistributionPtr &)>;
    /// Called after each change, in the thread that makes it; it may change the set itself. What is replaced is told as
    /// removed first. `Tell`: what is active already is told now, as added. The number unsubscribes.
    int subscribe(const Callback &callback, Existing existing = Existing::Tell);
    /// False where there is no such subscription.
    bool unsubscribe(int subscription);

    // What chooses
    /// All that meets the requirements, with what they need in turn; what is active and needed is in it.
    ResolvedDistributions resolve(const QList<Requirement> &requirements, const ResolveOptions &options = {}) const;
    /// `resolve`, and what it gives is added.
    ResolvedDistributions require(const QList<Requirement> &requirements, const ResolveOptions &options = {});
    /// The plugins that can be had, each project of `plugins` being one. Nothing is added.
    FoundPlugins findPlugins(const Environment &plugins, const FindPluginsOptions &options = {}) const;

private:
    struct Subscription
    {
        int number;
        Callback callback;
    };

    void tell(Change change, const DistributionPtr &distribution);

    MarkerEnvironment m_environment;
    std::function<QString(const QString &)> m_normalizePath;
    QStringList m_entries;
    QSet<QString> m_insertedEntries;         // by add
    QHash<QString, QStringList> m_keys;      // by entry, in the order of adding
    QHash<QString, DistributionPtr> m_byKey; // the active ones
    QHash<QString, QString> m_keyByName;     // PEP 503 name to key
    QList<Subscription> m_subscriptions;
    int m_lastSubscription = 0;
};

} // namespace Axle
