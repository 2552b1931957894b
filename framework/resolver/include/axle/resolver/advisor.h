#pragma once

#include <axle/resolver/plandifference.h>

#include <memory>
#include <optional>

namespace Axle {

/// Why something is not part of a plan, and what the plan would be with it.
///
/// Codes: those of Explanation; `resolve-unneeded` where it could be loaded, but nothing calls for it.
struct AXLE_EXPORT Absence
{
    QStringList versions; ///< of the project, newest first, that this is about; empty: whatever was asked for
    Explanation explanation;
    PlanDifference difference; ///< where it could be loaded: what else would then be otherwise; else empty

    /// What the explanation says, and `"versions"`, `"difference"` (without `"keep"`), as far as there are any.
    QJsonObject toJson() const;
    /// What the explanation says, and what would be otherwise.
    QString toText() const;
};

/// Why a project is part of a plan, in this version.
struct AXLE_EXPORT Presence
{
    Distribution distribution;
    bool isRoot = false;  ///< it is one of the plugins that are wanted
    bool isFixed = false; ///< the program itself brings it
    /// From a plugin to the project, one requirement after the other: the shortest chains first, ties by name.
    QList<QList<Reason>> chains;
    bool areAllChains = true; ///< false: there are more than the hundred that are listed
    QList<Absence> newer;     ///< why no newer version that is there was chosen, newest first

    /// `{"name", "version", "file", "wanted", "host", "chains", "all_chains", "newer"}`
    QJsonObject toJson() const;
    /// Several lines: what is loaded, who needs it, and why no newer version.
    QString toText() const;
};

/// What could become of a plugins folder, and of what is wanted of it.
struct AXLE_EXPORT WorldChange
{
    QList<Distribution> added;
    QStringList removed; ///< locations of candidates
    QList<PluginRequest> enabled;
    QList<ProjectName> disabled;
};

/// What a change would lead to.
struct AXLE_EXPORT Outlook
{
    PlanDifference difference; ///< from the plan without the change to that with it
    QStringList gained;        ///< plugins that would be loaded, and are not now: normalised names, sorted
    QStringList lost;          ///< the other way round
    /// Of plugins that are wanted then: those that would be left out, and are not now, by normalised name.
    QMap<QString, Explanation> leftOut;

    /// `{"difference", "gained", "lost", "left_out"}`
    QJsonObject toJson() const;
    QString toText() const;
};

/// Answers questions about the plan of a set of plugins. Pure, complete and deterministic as Resolver is.
///
/// Law: of a project by its name, exactly one of why() and whyNot() has something to say.
class AXLE_EXPORT Advisor
{
public:
    /// Makes the plan.
    Advisor(const ResolverInput &input, const QList<PluginRequest> &roots);
    ~Advisor();
    Q_DISABLE_COPY_MOVE(Advisor)

    const QList<PlanEntry> &plan() const;

    /// Nothing: it is not loaded, and whyNot() says why.
    std::optional<Presence> why(const ProjectName &project) const;
    /// Why no distribution that meets the requirement is loaded; its marker is passed over. Nothing: one is.
    std::optional<Absence> whyNot(const Requirement &requirement) const;
    Outlook whatIf(const WorldChange &change) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Axle
