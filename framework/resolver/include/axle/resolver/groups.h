#pragma once

#include <axle/resolver/resolver.h>

namespace Axle {

/// Plugins that live together, apart from all others: in a process, or a realm, of their own.
struct AXLE_EXPORT World
{
    QList<ProjectName> plugins; ///< in the order in which they were fitted in
    QList<PlanEntry> plan;      ///< in the order of activation

    QJsonObject toJson() const; ///< `{"plugins", "plan"}`
};

/// Plugins that cannot live with the main set, fitted into as few worlds as a first fit finds.
///
/// Each, the most wanted first, is tried alone, then in the worlds that there are, whose plans stay as they are, then in
/// a new one. What another plugin of the main set needs is in the main set and never moved.
struct AXLE_EXPORT Groups
{
    /// What worlds are like.
    struct Options
    {
        QList<Distribution> fixed; ///< what each of them brings itself, as the host does for the main set
        int limit = 4;             ///< how many there may be
    };

    Resolution main; ///< of all; `leftOut` names those that were moved as well
    QList<World> worlds;
    QMap<QString, Explanation> leftOut; ///< those that live nowhere, by normalised name

    static Groups make(const ResolverInput &input, const QList<PluginRequest> &roots, const Options &options);

    /// `{"main", "worlds", "left_out"}`; `main` is as Resolution says it.
    QJsonObject toJson() const;
};

} // namespace Axle
