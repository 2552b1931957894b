#pragma once

#include <axle/packaging/marker.h>
#include <axle/resolver/distribution.h>

#include <QtCore/QHash>

namespace Axle {

/// Everything that a resolution may choose from, and the world it is for.
struct AXLE_EXPORT ResolverInput
{
    QList<Distribution> candidates;
    MarkerEnvironment environment;
    Version pythonVersion;
    /// Locations that must be kept where possible (what is mounted now): preferred over newer versions.
    QStringList preferred;
    Prereleases prereleases = Prereleases::ByRule;
};

/// One distribution of a plan.
struct AXLE_EXPORT PlanEntry
{
    Distribution distribution;
    bool isRoot = false;      ///< asked for, not only needed
    QStringList dependencies; ///< normalised names of what it needs in this plan, sorted
};

/// What is to be active together: dependencies first, ties by normalised name; and what had to be left out, and why.
struct AXLE_EXPORT Resolution
{
    QList<PlanEntry> plan;
    QHash<QString, Error> leftOut; ///< by the normalised name of the root

    const PlanEntry *find(const QString &normalizedName) const;
};

/// Chooses one version of each project needed. Complete: backtracks over all choices, newest first. Deterministic
/// under any order of the candidates. Pure: no files, no clock. The work is bounded by a count of conflicts.
///
/// Codes: `resolve-missing` (no such project), `resolve-no-version` (no version fits), `resolve-conflict` (two
/// requirers disagree), `resolve-python` (Requires-Python), `resolve-extra` (no such extra), `resolve-budget`.
class AXLE_EXPORT Resolver
{
public:
    explicit Resolver(const ResolverInput &input);

    /// All of `requirements` together, or the reason why not.
    Result<Resolution> resolve(const QList<Requirement> &requirements) const;
    /// As many of the roots as can live together (each a project name; the newest fitting version of each, older ones
    /// where that is the way); a bad root never costs another. Where some have to go, those with a preferred location
    /// stay, then as many as can, then the earlier of `roots`. Roots left out are explained in `leftOut`.
    Resolution resolvePlugins(const QList<ProjectName> &roots) const;

private:
    ResolverInput m_input;
};

} // namespace Axle
