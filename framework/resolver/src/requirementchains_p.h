#pragma once

#include "universe_p.h"

#include <axle/resolver/explanation.h>

namespace Axle::Internal {

/// How the plugins of a solution lead to a project, along requirements that are in force.
class RequirementChains
{
public:
    static constexpr int MaximumChains = 100;

    /// Those that lead to `project`. Borrows all.
    RequirementChains(const Universe &universe, const std::vector<int> &values, const Project &project);

    /// The shortest first, of these the ones with the earlier names; each begins with a plugin, and what the last one
    /// needs is the project. At most MaximumChains.
    QList<QList<Reason>> find();
    /// Whether find() found all that there are.
    bool areAll() const { return m_areAll; }

private:
    /// A chain as far as it is known.
    struct Beginning
    {
        std::size_t length = 0; ///< that the whole chain has at least
        QStringList names;      ///< of who has the requirements
        std::vector<int> facts; ///< the requirements
        int variable = -1;      ///< that it has come to
        bool isWhole = false;
    };
    static bool comesLater(const Beginning &a, const Beginning &b);

    bool isTarget(const Fact &requirement) const { return requirement.target == m_project.variable; }
    std::vector<int> inForce(int variable) const;
    std::vector<int> reachedBy(const Fact &requirement) const;
    void measure();
    void start();
    void extend(const Beginning &beginning);
    void push(Beginning beginning);
    QList<Reason> reasonsOf(const std::vector<int> &facts) const;

    const Universe &m_universe;
    const std::vector<int> &m_values;
    const Project &m_project;
    std::vector<bool> m_isNeeded;  ///< by variable
    std::vector<int> m_distances;  ///< by variable: requirements up to the project; -1: does not lead there
    std::vector<Beginning> m_open; ///< a heap, the best one on top
    bool m_areAll = true;
};

} // namespace Axle::Internal
