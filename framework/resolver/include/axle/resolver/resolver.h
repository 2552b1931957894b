#pragma once

#include <axle/packaging/marker.h>
#include <axle/resolver/explanation.h>

#include <QtCore/QMap>

#include <memory>

namespace Axle {

/// What a host can do about a plugin that does not fit: remedies are offered only where it can carry them out.
struct AXLE_EXPORT HostCapabilities
{
    bool isolation = false; ///< run a plugin in a process of its own
    bool remount = false;   ///< mount other versions of what is mounted, while it runs
};

/// Everything that a resolution may choose from, and the world it is for.
struct AXLE_EXPORT ResolverInput
{
    QList<Distribution> candidates;
    /// What the program itself brings: always there, never replaced, not part of plans. What it needs is its own affair.
    QList<Distribution> fixed;
    MarkerEnvironment environment;
    Version pythonVersion;
    /// Locations of candidates that are mounted and stay: their projects have no other version.
    QStringList pinned;
    /// Locations of candidates to be taken rather than newer ones, where that is possible: a lock file, a former plan.
    QStringList preferred;
    Prereleases prereleases = Prereleases::ByRule;
    HostCapabilities capabilities;
    /// How much work a resolution may be, in conflicts: the same on every machine. Real folders need up to some hundred.
    int conflicts = 20'000;
};

/// How much a plugin is wanted. No number of plugins makes up for one of a higher priority.
enum class PluginPriority {
    Default, ///< enabled because nobody said otherwise
    Enabled, ///< the user enabled it
    Mounted, ///< it is running
    Pinned,  ///< the user wants it rather than others, running or not
};

/// One plugin that is wanted: a root of a resolution, which may have to do without it.
struct AXLE_EXPORT PluginRequest
{
    ProjectName name;
    PluginPriority priority = PluginPriority::Default;

    static QList<PluginRequest> all(const QList<ProjectName> &names, PluginPriority priority = PluginPriority::Default);
    friend bool operator==(const PluginRequest &, const PluginRequest &) = default;
};

/// One distribution of a plan.
struct AXLE_EXPORT PlanEntry
{
    Distribution distribution;
    bool isRoot = false;      ///< asked for, not only needed
    QStringList dependencies; ///< normalised names of what it needs in this plan, sorted

    /// A plugin is what has an entry point of the group, or a root where no group is given.
    bool isPlugin(QStringView entryPointGroup = {}) const;
    /// `{"name", "version", "file", "plugin", "needs"}`.
    QJsonObject toJson(QStringView entryPointGroup = {}) const;
};

/// What is to be active together: dependencies first, ties by normalised name; and what had to be left out, and why.
struct AXLE_EXPORT Resolution
{
    QList<PlanEntry> plan;
    QMap<QString, Explanation> leftOut; ///< by the normalised name of the root
    /// False: the budget was spent, so more plugins than these may be able to live together.
    bool isOptimal = true;

    const PlanEntry *find(const QString &normalizedName) const;
    /// `{"plan", "left_out", "optimal"}`: the plan in the order of activation, and for each root that was left out its
    /// `"id"` and what its explanation says, sorted by id.
    QJsonObject toJson(QStringView entryPointGroup = {}) const;
};

/// Whether absences are explained, with remedies that were tried, or only named.
enum class Explain {
    Everything,
    Reasons, ///< no remedies
    Nothing, ///< explanations are empty
};

/// Chooses one version of each project needed. Complete: a failure is proved. Deterministic under any order of the
/// candidates. Pure: no files, no clock, no threads.
///
/// Codes: see Explanation; `resolve-budget` where the budget was spent.
class AXLE_EXPORT Resolver
{
public:
    explicit Resolver(const ResolverInput &input);

    /// All of `requirements` together, or the reason why not; to `why`, as data.
    Result<Resolution> resolve(const QList<Requirement> &requirements, Explanation *why = nullptr) const;
    /// As many plugins of the highest priority as can live together, then as many of the next, and so on; among equal
    /// sets the one with the earlier of `roots`. Of each the newest version that the others' allow, the earlier roots
    /// first, then what they need. A bad root never costs another.
    Resolution resolvePlugins(const QList<PluginRequest> &roots, Explain explain = Explain::Everything) const;

private:
    ResolverInput m_input;
};

} // namespace Axle
