#pragma once

#include "explainer_p.h"
#include "pluginselection_p.h"

namespace Axle::Internal {

/// Finds out what would help somebody who cannot have something, by solving again with each change.
class Remedies
{
public:
    /// `asked` and `priorities` are by goal; without priorities they are requirements, all or nothing. Borrows all but
    /// the priorities.
    Remedies(const Universe &universe, const ReleasePolicy &policy, const QList<Requirement> &asked,
        const QList<PluginPriority> &priorities = {});

    /// For a plugin that was left out.
    void addForPlugin(Explanation &explanation, const Explainer &explainer, PluginSelection &selection, int goal,
        const std::vector<int> &opponents) const;
    /// What is to be had: one goal, what it is called, and what can then be said of it.
    struct Subject
    {
        int goal = -1;
        QString name;
        QString predicate;
    };
    /// For something that cannot be had beside plugins.
    void addForWish(Explanation &explanation, const Explainer &explainer, PluginSelection &selection,
        const Subject &wish, const std::vector<int> &opponents) const;
    /// For requirements that have no solution.
    void addForRequirements(Explanation &explanation, const Explainer &explainer) const;

private:
    std::vector<int> addInsteadOfOthers(Explanation &explanation, const Subject &subject, PluginSelection &selection,
        const std::vector<int> &opponents) const;
    void addPrefer(Explanation &explanation, int goal, const std::vector<int> &dropped) const;
    void addChangesOfInput(
        Explanation &explanation, const Explainer &explainer, const std::vector<int> &wanted, bool arePlugins) const;
    void addWheel(
        Explanation &explanation, const Explainer::Lack &lack, const std::vector<int> &wanted, bool arePlugins) const;
    void addIsolation(Explanation &explanation, int goal) const;
    bool areMetByWheel(
        int project, const Version &version, const QStringList &extras, const std::vector<int> &wanted) const;
    bool areMet(const Universe &universe, Solver &solver, const std::vector<int> &wanted) const;
    bool areMetBy(const ResolverInput &input, const std::vector<int> &wanted) const;
    bool isSolvableAlone(const ResolverInput &input, int goal) const;
    QString nameOf(int goal) const { return m_asked[goal].name.toString(); }
    QStringList namesOf(const std::vector<int> &goals) const;
    QStringList quotedNamesOf(const std::vector<int> &goals) const;

    const Universe &m_universe;
    const ReleasePolicy &m_policy;
    QList<PluginPriority> m_priorities; ///< by goal; empty: all or nothing
    const QList<Requirement> &m_asked;
};

} // namespace Axle::Internal
