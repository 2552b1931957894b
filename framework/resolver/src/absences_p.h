#pragma once

#include "pluginsolution_p.h"

#include <axle/resolver/advisor.h>

namespace Axle::Internal {

/// What plugins come to, and why something else is not part of that.
class Absences
{
public:
    /// Solves.
    Absences(const ResolverInput &input, const QList<PluginRequest> &roots);

    const ResolverInput &input() const { return m_input; }
    const QList<PluginRequest> &roots() const { return m_roots; }
    const PluginSolution &solution() const { return m_solution; }
    const QList<PlanEntry> &plan() const { return m_resolution.plan; }
    const PlanEntry *planned(const ProjectName &name) const { return m_resolution.find(name.normalized()); }
    /// What there is of the project once the plan is carried out; or null.
    const Distribution *loaded(const ProjectName &name) const;
    bool isFixed(const ProjectName &name) const;

    /// The plugin of this name, where it was left out; or -1.
    int leftOutGoal(const ProjectName &name) const;
    Explanation explain(int leftOutGoal) { return m_solution.explain(leftOutGoal, Explain::Everything); }
    /// Why what is wished for, and called `name`, is not there beside all that is loaded: headed by the cause alone.
    Absence absenceOf(const Requirement &wish, const QString &name) const;
    /// Why no newer version than the one that is loaded; neighbours with the same explanation together.
    QList<Absence> newerThan(const Distribution &chosen) const;

private:
    PluginGoals beside(const Requirement &wish) const;
    void dropFutile(Explanation &explanation, const Requirement &wish) const;
    bool helps(const Remedy &remedy, const Requirement &wish) const;
    Explanation unneeded(const Requirement &wish, const PlanDifference &change) const;
    Explanation notPreferred(
        const Distribution &chosen, const Distribution &wished, const PlanDifference &change) const;
    Explanation reserved(ErrorCode code, Reason::Kind kind, const Distribution &wished, const QString &predicate) const;
    QStringList leftOutThatNeed(const ProjectName &name) const;
    std::vector<const Fact *> requirementsOn(const ProjectName &name) const;
    QList<Reason> reasonsAgainst(const Distribution &wished) const;
    bool arePrereleasesCalledFor(const ProjectName &name) const;
    QList<Distribution> newerVersions(const Distribution &chosen) const;

    const ResolverInput m_input;
    const QList<PluginRequest> m_roots;
    PluginSolution m_solution;
    const Resolution m_resolution;
};

} // namespace Axle::Internal
