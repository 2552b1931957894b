#pragma once

#include "smallworld.h"

#include <optional>
#include <vector>

namespace Axle::Test {

/// A resolver that tries everything: the rules of docs read a second time, with nothing of Axle's resolver in it.
class Enumeration
{
public:
    /// By project: the place of the version that is chosen, or NotNeeded.
    using Choice = std::vector<int>;
    static constexpr int NotNeeded = -1;

    /// Borrows the world.
    explicit Enumeration(const SmallWorld &world);

    /// Versions that projects must have, by project; Free: whichever.
    static constexpr int Free = -2;
    Choice free() const { return Choice(m_world.projects.size(), Free); }
    bool isSolvable(const QList<SmallNeed> &asked, const Choice &given);
    bool isSolvable(const QList<SmallNeed> &asked) { return isSolvable(asked, free()); }
    /// The best set of plugins, a bit for each; of those that have all of `with`, if there is any.
    std::optional<unsigned> bestSet(unsigned with = 0);
    /// What a set of plugins asks for.
    QList<SmallNeed> asked(unsigned plugins) const;
    /// The places of the project's versions, the most wanted first.
    QList<int> inOrder(int project) const;
    /// What is wrong with a choice that was made for `asked`; empty: nothing.
    QString brokenRule(const QList<SmallNeed> &asked, const Choice &choice) const;

private:
    struct Force
    {
        int needer = -1; ///< a project; -1: it was asked for
        SmallNeed need;
    };
    struct Forces
    {
        std::vector<Force> needs;
        std::vector<bool> isNeeded;
        std::vector<bool> isExtraNeeded;
    };

    bool search(const QList<SmallNeed> &asked, Choice &choice, const Choice &given);
    Forces forcesOn(const QList<SmallNeed> &asked, const Choice &choice) const;
    int chosen(const Choice &choice, int project) const;
    const SmallVersion &version(int project, int place) const { return m_world.projects[project].versions[place]; }
    bool isChoosable(int project, int place) const;
    bool meets(const SmallVersion &version, const SmallNeed &need) const;
    QString violation(const Choice &choice, const Forces &forces) const;
    QString uncalledFor(const Choice &choice, const Forces &forces) const;

    const SmallWorld &m_world;
};

} // namespace Axle::Test
