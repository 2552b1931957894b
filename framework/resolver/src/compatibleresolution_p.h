#pragma once

#include "demand_p.h"

#include <axle/resolver/workingset.h>

#include <QtCore/QSet>

#include <deque>

namespace Axle::Internal {

/// One resolution as pkg_resources does it: requirements are met one after another, the last asked first, those of what
/// is chosen behind all others; a choice is final.
///
/// That an active distribution is listed once for each requirement that finds it, and a pre-release is as good as any
/// other version, is part of what it answers.
class CompatibleResolution
{
public:
    CompatibleResolution(const WorkingSet &set, const ResolveOptions &options);

    ResolvedDistributions run(const QList<Requirement> &requirements);

private:
    using Choice = ResolvedDistributions; // of one or, where there is none, of nothing

    void enqueue(const QList<Requirement> &requirements, const Demand *requirer);
    Choice choose(Demand &demand);
    /// `isAlone`: with neither what is active nor what is available, but by the installer.
    Choice bestMatch(Demand &demand, bool isAlone);
    Choice install(const Demand &demand) const;
    const Environment &environment();

    const WorkingSet &m_set;
    const ResolveOptions &m_options;
    std::deque<Demand> m_queue;
    QSet<Demand> m_processed;
    QHash<QString, DistributionPtr> m_best; // by key; without what was active already
    QHash<Demand, QStringList> m_requiredBy;
    QHash<Demand, QStringList> m_extrasOfRequirer;
    QList<DistributionPtr> m_chosen;
    std::optional<Environment> m_surroundings;
};

/// `find` of the set, which writes down in `demand` how the set calls the project.
ResolvedDistributions findActive(const WorkingSet &set, Demand &demand);

/// find_plugins: one plugin after another, each on top of those before.
FoundPlugins findPluginsCompatibly(
    const WorkingSet &set, const Environment &plugins, const FindPluginsOptions &options);

} // namespace Axle::Internal
