#include <axle/resolver/advisor.h>

#include "absences_p.h"
#include "requirementchains_p.h"
#include "wording_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

#include <algorithm>

namespace Axle {

using namespace Internal;

namespace {

/// The plugins that are loaded, sorted.
QStringList namesOfLoaded(const PluginSolution &solution)
{
    QStringList names;
    for (int goal = 0; goal < solution.goals().asked.size(); ++goal) {
        if (!solution.isLeftOut(goal))
            names.append(solution.goals().asked[goal].name.normalized());
    }
    names.sort();
    return names;
}

QStringList difference(const QStringList &all, const QStringList &without)
{
    QStringList rest;
    std::set_difference(all.cbegin(), all.cend(), without.cbegin(), without.cend(), std::back_inserter(rest));
    return rest;
}

} // namespace

class Advisor::Private : public Absences
{
public:
    using Absences::Absences;
};

Advisor::Advisor(const ResolverInput &input, const QList<PluginRequest> &roots)
    : d(std::make_unique<Private>(input, roots))
{
}

Advisor::~Advisor() = default;

const QList<PlanEntry> &Advisor::plan() const
{
    return d->plan();
}

std::optional<Presence> Advisor::why(const ProjectName &name) const
{
    const Distribution *distribution = d->loaded(name);
    if (!distribution)
        return std::nullopt;
    Presence presence;
    presence.distribution = *distribution;
    presence.isFixed = d->isFixed(name);
    const PlanEntry *entry = d->planned(name);
    presence.isRoot = entry && entry->isRoot;
    if (const Project *project = d->solution().universe().find(name)) {
        RequirementChains chains(d->solution().universe(), d->solution().values(), *project);
        presence.chains = chains.find();
        presence.areAllChains = chains.areAll();
    }
    presence.newer = d->newerThan(*distribution);
    return presence;
}

std::optional<Absence> Advisor::whyNot(const Requirement &requirement) const
{
    Requirement wish = requirement;
    wish.marker = {};
    const Distribution *there = d->loaded(wish.name);
    const bool isThere = there && wish.specifiers.contains(there->version, Prereleases::Allow);
    if (isThere && wish.extras.isEmpty())
        return std::nullopt;
    const int goal = d->leftOutGoal(wish.name);
    if (goal >= 0 && wish.specifiers.isEmpty() && wish.extras.isEmpty())
        return Absence{{}, d->explain(goal), {}};
    const QString name = Wording::needText(wish);
    Absence absence = d->absenceOf(wish, name);
    // All that its extras need is loaded already.
    if (isThere && absence.explanation.code == Codes::ResolveUnneeded && absence.difference.isEmpty())
        return std::nullopt;
    absence.explanation.headline = QStringLiteral("'%1' is not loaded: ").arg(name) + absence.explanation.headline;
    return absence;
}

Outlook Advisor::whatIf(const WorldChange &change) const
{
    ResolverInput input = d->input();
    const QSet<QString> removed(change.removed.cbegin(), change.removed.cend());
    input.candidates.removeIf([&](const Distribution &each) { return removed.contains(each.location); });
    input.candidates += change.added;
    QList<PluginRequest> roots = d->roots();
    roots.removeIf([&](const PluginRequest &root) {
        return change.disabled.contains(root.name)
            || std::any_of(change.enabled.cbegin(), change.enabled.cend(),
                [&](const PluginRequest &enabled) { return enabled.name == root.name; });
    });
    roots += change.enabled;
    PluginSolution with(input, PluginGoals::of(roots));
    Outlook outlook;
    outlook.difference = PlanDifference::between(d->plan(), with.plan());
    const QStringList before = namesOfLoaded(d->solution());
    const QStringList after = namesOfLoaded(with);
    outlook.gained = difference(after, before);
    outlook.lost = difference(before, after);
    for (const int goal : with.leftOut()) {
        if (const ProjectName &name = with.goals().asked[goal].name; d->leftOutGoal(name) < 0)
            outlook.leftOut.insert(name.normalized(), with.explain(goal, Explain::Everything));
    }
    return outlook;
}

} // namespace Axle
