#include "enumeration.h"

#include <algorithm>
#include <array>

namespace Axle::Test {

Enumeration::Enumeration(const SmallWorld &world)
    : m_world(world)
{
}

/// What is there in any case, or what was chosen; NotNeeded: not yet anything.
int Enumeration::chosen(const Choice &choice, int project) const
{
    const int fixed = m_world.projects[project].fixed;
    return fixed >= 0 ? fixed : choice[static_cast<std::size_t>(project)];
}

bool Enumeration::isChoosable(int project, int place) const
{
    const SmallProject &own = m_world.projects[project];
    const bool isAnyPinned =
        std::any_of(own.versions.cbegin(), own.versions.cend(), [](const SmallVersion &each) { return each.isPinned; });
    const SmallVersion &each = own.versions[place];
    const bool isRefused = m_world.prereleases == Prereleases::Refuse && SmallRelease::all()[each.release].isPrerelease;
    return !each.isUnusable && !each.isForOtherPython && !isRefused && (!isAnyPinned || each.isPinned);
}

bool Enumeration::meets(const SmallVersion &version, const SmallNeed &need) const
{
    return (need.what().accepts >> version.release & 1U) != 0 && (!need.asksForExtra || version.providesExtra);
}

/// Every requirement that holds because of what is chosen so far.
Enumeration::Forces Enumeration::forcesOn(const QList<SmallNeed> &asked, const Choice &choice) const
{
    Forces forces;
    const auto count = choice.size();
    forces.isNeeded.assign(count, false);
    forces.isExtraNeeded.assign(count, false);
    for (bool hasGrown = true; hasGrown;) {
        hasGrown = false;
        forces.needs.clear();
        for (const SmallNeed &need : asked)
            forces.needs.push_back({-1, need});
        for (int project = 0; project < static_cast<int>(count); ++project) {
            const auto index = static_cast<std::size_t>(project);
            const int place = chosen(choice, project);
            if (!forces.isNeeded[index] || place == NotNeeded)
                continue;
            for (const SmallNeed &need : version(project, place).needs) {
                const bool isOfHost = m_world.projects[project].fixed >= 0 && need.when == SmallNeed::When::Always;
                const bool isForExtra = need.when == SmallNeed::When::WithExtra;
                if (need.when != SmallNeed::When::Never && !isOfHost && (!isForExtra || forces.isExtraNeeded[index]))
                    forces.needs.push_back({project, need});
            }
        }
        for (const Force &force : forces.needs) {
            const auto target = static_cast<std::size_t>(force.need.project);
            hasGrown =
                hasGrown || !forces.isNeeded[target] || (force.need.asksForExtra && !forces.isExtraNeeded[target]);
            forces.isNeeded[target] = true;
            forces.isExtraNeeded[target] = forces.isExtraNeeded[target] || force.need.asksForExtra;
        }
    }
    return forces;
}

/// What no further choice can make right again.
QString Enumeration::violation(const Choice &choice, const Forces &forces) const
{
    for (const Force &force : forces.needs) {
        const int place = chosen(choice, force.need.project);
        if (place != NotNeeded && !meets(version(force.need.project, place), force.need))
            return QStringLiteral("'%1' does not meet '%2'")
                .arg(m_world.location(force.need.project, place), force.need.what().text);
    }
    std::array<int, 2> owners{-1, -1};
    for (int project = 0; project < m_world.projects.size(); ++project) {
        const int place = chosen(choice, project);
        if (place == NotNeeded || version(project, place).module < 0)
            continue;
        int &owner = owners[static_cast<std::size_t>(version(project, place).module)];
        if (owner >= 0)
            return QStringLiteral("'%1' and '%2' bring one module")
                .arg(m_world.projects[owner].name, m_world.projects[project].name);
        owner = project;
    }
    return {};
}

/// Pre-releases and yanked releases that nobody calls for, when everything is chosen.
QString Enumeration::uncalledFor(const Choice &choice, const Forces &forces) const
{
    for (int project = 0; project < m_world.projects.size(); ++project) {
        const int place = choice[static_cast<std::size_t>(project)];
        if (place == NotNeeded || version(project, place).isPinned)
            continue;
        std::vector<SmallNeed> calls;
        for (const Force &force : forces.needs) {
            if (force.need.project == project && force.needer != project)
                calls.push_back(force.need);
        }
        const auto names = [](const SmallNeed &need) { return need.what().namesPrerelease; };
        const auto pins = [](const SmallNeed &need) { return need.what().pins; };
        if (version(project, place).isYanked && std::none_of(calls.cbegin(), calls.cend(), pins))
            return QStringLiteral("nothing pins the yanked '%1'").arg(m_world.location(project, place));
        const bool isPrerelease = SmallRelease::all()[version(project, place).release].isPrerelease;
        if (!isPrerelease || m_world.prereleases == Prereleases::Allow
            || std::any_of(calls.cbegin(), calls.cend(), names))
            continue;
        for (int other = 0; other < m_world.projects[project].versions.size(); ++other) {
            const SmallVersion &final = version(project, other);
            const bool isFitting =
                std::all_of(calls.cbegin(), calls.cend(), [&](const SmallNeed &need) { return meets(final, need); });
            if (!SmallRelease::all()[final.release].isPrerelease && isChoosable(project, other) && isFitting)
                return QStringLiteral("nothing calls for the pre-release '%1'").arg(m_world.location(project, place));
        }
    }
    return {};
}

bool Enumeration::search(const QList<SmallNeed> &asked, Choice &choice, const Choice &given)
{
    const Forces forces = forcesOn(asked, choice);
    if (!violation(choice, forces).isEmpty())
        return false;
    for (int project = 0; project < m_world.projects.size(); ++project) {
        const auto index = static_cast<std::size_t>(project);
        if (!forces.isNeeded[index] || chosen(choice, project) != NotNeeded)
            continue;
        for (int place = 0; place < m_world.projects[project].versions.size(); ++place) {
            if (!isChoosable(project, place) || (given[index] != Free && given[index] != place))
                continue;
            choice[index] = place;
            if (search(asked, choice, given))
                return true;
        }
        choice[index] = NotNeeded;
        return false;
    }
    return uncalledFor(choice, forces).isEmpty();
}

bool Enumeration::isSolvable(const QList<SmallNeed> &asked, const Choice &given)
{
    Choice choice(m_world.projects.size(), NotNeeded);
    return search(asked, choice, given);
}

QList<SmallNeed> Enumeration::asked(unsigned plugins) const
{
    QList<SmallNeed> needs;
    for (int i = 0; i < m_world.pluginCount(); ++i) {
        if ((plugins >> i & 1U) != 0)
            needs.append(SmallNeed{i});
    }
    return needs;
}

std::optional<unsigned> Enumeration::bestSet(unsigned with)
{
    // By class, the highest first: how many; then which, the earlier the better.
    using Merit = std::array<unsigned, 5>;
    std::vector<std::pair<Merit, unsigned>> sets;
    const int count = m_world.pluginCount();
    for (unsigned set = 0; set < 1U << count; ++set) {
        Merit merit{};
        for (int i = 0; i < count; ++i) {
            if ((set >> i & 1U) == 0)
                continue;
            merit[3 - static_cast<std::size_t>(m_world.priorities[i])] += 1;
            merit[4] |= 1U << (count - 1 - i);
        }
        if ((set & with) == with)
            sets.emplace_back(merit, set);
    }
    std::sort(sets.begin(), sets.end(), std::greater<>());
    const auto best =
        std::find_if(sets.cbegin(), sets.cend(), [this](const auto &each) { return isSolvable(asked(each.second)); });
    return best == sets.cend() ? std::nullopt : std::optional(best->second);
}

QList<int> Enumeration::inOrder(int project) const
{
    QList<int> places;
    for (int place = 0; place < m_world.projects[project].versions.size(); ++place)
        places.append(place);
    const auto rank = [&](int place) {
        const SmallVersion &each = version(project, place);
        return std::tuple(!each.isPinned && !each.isPreferred, each.isYanked, -each.release, each.tagRank);
    };
    std::sort(places.begin(), places.end(), [&](int a, int b) { return rank(a) < rank(b); });
    return places;
}

QString Enumeration::brokenRule(const QList<SmallNeed> &asked, const Choice &choice) const
{
    const Forces forces = forcesOn(asked, choice);
    for (int project = 0; project < m_world.projects.size(); ++project) {
        const auto index = static_cast<std::size_t>(project);
        const QString name = m_world.projects[project].name;
        if (forces.isNeeded[index] && chosen(choice, project) == NotNeeded)
            return QStringLiteral("'%1' is needed and not there").arg(name);
        if (choice[index] == NotNeeded)
            continue;
        if (!forces.isNeeded[index])
            return QStringLiteral("'%1' is not needed").arg(name);
        if (!isChoosable(project, choice[index]))
            return QStringLiteral("'%1' cannot be chosen").arg(m_world.location(project, choice[index]));
    }
    const QString broken = violation(choice, forces);
    return broken.isEmpty() ? uncalledFor(choice, forces) : broken;
}

} // namespace Axle::Test
