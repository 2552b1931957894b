#include <axle/resolver/advisor.h>

#include "pluginsolution_p.h"
#include "requirementchains_p.h"
#include "requirementreason_p.h"
#include "wording_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

#include <algorithm>

namespace Axle {

using namespace Internal;

namespace {

QString quoted(const QString &text)
{
    return u'\'' + text + u'\'';
}

const PlanEntry *find(const QList<PlanEntry> &plan, const ProjectName &name)
{
    const auto found = std::find_if(
        plan.cbegin(), plan.cend(), [&](const PlanEntry &entry) { return entry.distribution.name == name; });
    return found == plan.cend() ? nullptr : &*found;
}

/// This version, and no other one of `candidates`.
Requirement exactly(const Distribution &distribution, const QList<Distribution> &candidates)
{
    const QString version = distribution.version.toString();
    Requirement requirement;
    requirement.name = distribution.name;
    requirement.specifiers = SpecifierSet::parse(QStringLiteral("==") + version).value();
    const bool isAmbiguous = std::any_of(candidates.cbegin(), candidates.cend(), [&](const Distribution &each) {
        return each.name == distribution.name && each.version != distribution.version
            && requirement.specifiers.contains(each.version, Prereleases::Allow);
    });
    if (isAmbiguous) // local versions of it
        requirement.specifiers = SpecifierSet::parse(QStringLiteral("===") + version).value();
    return requirement;
}

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

class Advisor::Private
{
public:
    Private(const ResolverInput &resolverInput, const QList<PluginRequest> &pluginRequests)
        : input(resolverInput)
        , roots(pluginRequests)
        , solution(input, PluginGoals::of(roots))
        , plan(solution.plan())
    {
    }

    const Distribution *loaded(const ProjectName &name) const;
    bool isFixed(const ProjectName &name) const;
    int leftOutGoal(const ProjectName &name) const;
    Absence absenceOf(const Requirement &wish, const QString &name) const;
    QList<Absence> newerThan(const Distribution &chosen) const;

    const ResolverInput input;
    const QList<PluginRequest> roots;
    PluginSolution solution;
    const QList<PlanEntry> plan;

private:
    PluginGoals beside(const Requirement &wish) const;
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
};

bool Advisor::Private::isFixed(const ProjectName &name) const
{
    return std::any_of(
        input.fixed.cbegin(), input.fixed.cend(), [&](const Distribution &each) { return each.name == name; });
}

/// What there is of the project once the plan is carried out; or null.
const Distribution *Advisor::Private::loaded(const ProjectName &name) const
{
    const auto fixed = std::find_if(
        input.fixed.cbegin(), input.fixed.cend(), [&](const Distribution &each) { return each.name == name; });
    if (fixed != input.fixed.cend())
        return &*fixed;
    const PlanEntry *entry = find(plan, name);
    return entry ? &entry->distribution : nullptr;
}

/// The plugin of this name, where it was left out; or -1.
int Advisor::Private::leftOutGoal(const ProjectName &name) const
{
    const QList<Requirement> &asked = solution.goals().asked;
    for (int goal = 0; goal < asked.size(); ++goal) {
        if (asked[goal].name == name)
            return solution.isLeftOut(goal) ? goal : -1;
    }
    return -1;
}

/// All that is loaded, and the wish, which is the last and costs nothing of that.
PluginGoals Advisor::Private::beside(const Requirement &wish) const
{
    PluginGoals goals;
    for (int goal = 0; goal < solution.goals().asked.size(); ++goal) {
        if (!solution.isLeftOut(goal))
            goals.asked.append(solution.goals().asked[goal]);
    }
    goals.priorities.fill(PluginPriority::Mounted, goals.asked.size());
    goals.asked.append(wish);
    goals.priorities.append(PluginPriority::Default);
    return goals;
}

/// Why what is wished for is not there beside all that is loaded, headed by the cause alone.
Absence Advisor::Private::absenceOf(const Requirement &wish, const QString &name) const
{
    PluginSolution with(input, beside(wish));
    const auto goal = static_cast<int>(with.goals().asked.size()) - 1;
    if (with.isLeftOut(goal)) {
        Explanation explanation = with.explainWish(goal, name);
        explanation.remedies.removeIf([&](const Remedy &remedy) { return !helps(remedy, wish); });
        return {{}, explanation, {}};
    }
    const PlanDifference change = PlanDifference::between(plan, with.plan());
    return {{}, unneeded(wish, change), change};
}

/// Whether the wish could be had beside what would be loaded then. That is another plan: what is disabled makes room for
/// plugins that are left out now, and these may stand in the way as well.
bool Advisor::Private::helps(const Remedy &remedy, const Requirement &wish) const
{
    ResolverInput changed = input;
    QList<PluginRequest> others = roots;
    switch (remedy.kind) {
    case Remedy::Kind::Disable:
        others.removeIf([&](const PluginRequest &root) { return remedy.projects.contains(root.name.normalized()); });
        break;
    case Remedy::Kind::AllowPrereleases:
        changed.prereleases = Prereleases::Allow;
        break;
    case Remedy::Kind::Remount:
    case Remedy::Kind::Restart:
        changed.pinned.clear();
        break;
    default:
        return true; // takes nothing away, and was tried beside all that is loaded
    }
    const Private then(changed, others);
    const PluginSolution with(then.input, then.beside(wish));
    return !with.isLeftOut(static_cast<int>(with.goals().asked.size()) - 1);
}

/// Why the plan does without something that it could have.
Explanation Advisor::Private::unneeded(const Requirement &wish, const PlanDifference &change) const
{
    const auto own = std::find_if(change.upgrade.cbegin(), change.upgrade.cend(),
        [&](const PlanDifference::Upgrade &each) { return each.to.name == wish.name; });
    if (own != change.upgrade.cend())
        return notPreferred(own->from, own->to, change);
    const QStringList needers = leftOutThatNeed(wish.name);
    Explanation explanation;
    explanation.code = Codes::ResolveUnneeded;
    explanation.headline = needers.isEmpty() || loaded(wish.name)
        ? QStringLiteral("no plugin that is loaded needs it")
        : QStringLiteral("only %1 %2 it, and %3 left out")
              .arg(Wording::enumerate(Wording::shortened(needers)),
                  needers.size() == 1 ? QStringLiteral("needs") : QStringLiteral("need"),
                  needers.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"));
    return explanation;
}

/// Plugins that were left out, of which any version leads to the project.
QStringList Advisor::Private::leftOutThatNeed(const ProjectName &name) const
{
    const Universe &universe = solution.universe();
    const Project *project = universe.find(name);
    QStringList names;
    for (const int goal : solution.leftOut()) {
        std::vector<int> open{universe.goals()[Universe::index(goal)]};
        std::vector<bool> isSeen(Universe::index(universe.problem().variableCount()));
        while (!open.empty()) {
            const int variable = open.back();
            open.pop_back();
            if (isSeen[Universe::index(variable)])
                continue;
            isSeen[Universe::index(variable)] = true;
            for (const int fact : universe.variable(variable).needs) {
                open.push_back(universe.fact(fact).target);
                for (const QString &extra : universe.fact(fact).requirement->extras)
                    open.push_back(universe.projectOf(universe.fact(fact).target).extras.value(extra));
            }
        }
        if (project && isSeen[Universe::index(project->variable)])
            names.append(quoted(solution.goals().asked[goal].name.toString()));
    }
    return names;
}

/// Why one version was chosen rather than another one that could be.
Explanation Advisor::Private::notPreferred(
    const Distribution &chosen, const Distribution &wished, const PlanDifference &change) const
{
    if (wished.version.isPrerelease() && !chosen.version.isPrerelease() && !arePrereleasesCalledFor(wished.name))
        return reserved(Codes::ResolvePrerelease, Reason::Kind::Prerelease, wished,
            QStringLiteral("no final release, and no requirement names a pre-release"));
    if (wished.isYanked && !chosen.isYanked)
        return reserved(Codes::ResolveNoVersion, Reason::Kind::Yanked, wished,
            QStringLiteral("yanked, and no requirement pins it"));
    Explanation explanation;
    explanation.code = Codes::ResolveUnneeded;
    const bool isHeld = input.preferred.contains(chosen.location) && !input.preferred.contains(wished.location);
    const auto other = std::find_if(change.upgrade.cbegin(), change.upgrade.cend(),
        [&](const PlanDifference::Upgrade &each) { return each.to.name != wished.name; });
    if (isHeld)
        explanation.headline = QStringLiteral("a lock file or an earlier plan has '%1'").arg(chosen.toString());
    else if (wished.version < chosen.version)
        explanation.headline = QStringLiteral("'%1' is newer, and nothing rules it out").arg(chosen.toString());
    else if (other != change.upgrade.cend())
        explanation.headline = QStringLiteral("with it, '%1' would be loaded instead of '%2'")
                                   .arg(other->to.toString(), other->from.toString());
    else
        explanation.headline = QStringLiteral("nothing calls for it rather than '%1'").arg(chosen.toString());
    explanation.reasons = reasonsAgainst(wished);
    return explanation;
}

/// The requirements on a project that what is loaded has.
std::vector<const Fact *> Advisor::Private::requirementsOn(const ProjectName &name) const
{
    const Universe &universe = solution.universe();
    const std::vector<bool> isNeeded = neededVariables(universe, solution.values());
    std::vector<const Fact *> facts;
    const Project *project = universe.find(name);
    for (const int number : project ? project->requirements : std::span<const int>()) {
        const Fact &fact = universe.fact(number);
        if (isNeeded[Universe::index(fact.variable)] && !universe.isGoal(fact.variable)
            && contains(universe.problem().at(fact.who), solution.values()[Universe::index(fact.variable)]))
            facts.push_back(&fact);
    }
    return facts;
}

/// What is loaded, and needs another version.
QList<Reason> Advisor::Private::reasonsAgainst(const Distribution &wished) const
{
    QList<Reason> reasons;
    for (const Fact *fact : requirementsOn(wished.name)) {
        if (!fact->requirement->specifiers.contains(wished.version, Prereleases::Allow))
            reasons.append(
                requirementReason(solution.universe(), *fact, {solution.values()[Universe::index(fact->variable)]}));
    }
    return reasons;
}

bool Advisor::Private::arePrereleasesCalledFor(const ProjectName &name) const
{
    const std::vector<const Fact *> facts = requirementsOn(name);
    return input.prereleases == Prereleases::Allow || std::any_of(facts.cbegin(), facts.cend(), [](const Fact *fact) {
        return fact->requirement->specifiers.namesPrerelease();
    });
}

/// A release that counts only where it is called for.
Explanation Advisor::Private::reserved(
    ErrorCode code, Reason::Kind kind, const Distribution &wished, const QString &predicate) const
{
    Explanation explanation;
    explanation.code = code;
    explanation.headline = QStringLiteral("it is ") + predicate;
    Reason reason;
    reason.kind = kind;
    reason.project = wished.name.toString();
    reason.versions = {wished.version.toString()};
    reason.files = {wished.location};
    reason.text = Wording::versionsAre(reason.project, reason.versions, predicate);
    explanation.reasons.append(reason);
    if (kind != Reason::Kind::Prerelease)
        return explanation;
    ResolverInput allowing = input;
    allowing.prereleases = Prereleases::Allow;
    const QList<PlanEntry> then = Resolver(allowing).resolvePlugins(roots, Explain::Nothing).plan;
    const PlanEntry *entry = find(then, wished.name);
    if (entry && entry->distribution == wished)
        explanation.remedies.append({Remedy::Kind::AllowPrereleases, {}, {}, QStringLiteral("allow pre-releases")});
    else
        explanation.tried.append(QStringLiteral("allowing pre-releases"));
    return explanation;
}

/// One distribution of each newer version, the newest first.
QList<Distribution> Advisor::Private::newerVersions(const Distribution &chosen) const
{
    QList<Distribution> newer;
    for (const Distribution &candidate : input.candidates) {
        if (candidate.name == chosen.name && candidate.version > chosen.version)
            newer.append(candidate);
    }
    std::sort(newer.begin(), newer.end(), [](const Distribution &a, const Distribution &b) {
        return a.version == b.version ? a.location < b.location : a.version > b.version;
    });
    const auto isSameVersion = [](const Distribution &a, const Distribution &b) { return a.version == b.version; };
    newer.erase(std::unique(newer.begin(), newer.end(), isSameVersion), newer.end());
    return newer;
}

/// Neighbours with the same explanation are told of together.
QList<Absence> Advisor::Private::newerThan(const Distribution &chosen) const
{
    QList<Absence> absences;
    for (const Distribution &each : newerVersions(chosen)) {
        Absence absence = absenceOf(exactly(each, input.candidates), each.toString());
        absence.versions.append(each.version.toString());
        Absence *last = absences.isEmpty() ? nullptr : &absences.last();
        if (last && last->difference.isEmpty() && absence.difference.isEmpty()
            && last->explanation.toJson() == absence.explanation.toJson())
            last->versions += absence.versions;
        else
            absences.append(absence);
    }
    for (Absence &absence : absences) {
        absence.explanation.headline =
            Wording::versionsAre(chosen.name.toString(), absence.versions, QStringLiteral("not chosen: "))
            + absence.explanation.headline;
    }
    return absences;
}

Advisor::Advisor(const ResolverInput &input, const QList<PluginRequest> &roots)
    : d(std::make_unique<Private>(input, roots))
{
}

Advisor::~Advisor() = default;

const QList<PlanEntry> &Advisor::plan() const
{
    return d->plan;
}

std::optional<Presence> Advisor::why(const ProjectName &name) const
{
    const Distribution *distribution = d->loaded(name);
    if (!distribution)
        return std::nullopt;
    Presence presence;
    presence.distribution = *distribution;
    presence.isFixed = d->isFixed(name);
    const PlanEntry *entry = find(d->plan, name);
    presence.isRoot = entry && entry->isRoot;
    if (const Project *project = d->solution.universe().find(name)) {
        RequirementChains chains(d->solution.universe(), d->solution.values(), *project);
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
        return Absence{{}, d->solution.explain(goal, Explain::Everything), {}};
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
    ResolverInput input = d->input;
    const QSet<QString> removed(change.removed.cbegin(), change.removed.cend());
    input.candidates.removeIf([&](const Distribution &each) { return removed.contains(each.location); });
    input.candidates += change.added;
    QList<PluginRequest> roots = d->roots;
    roots.removeIf([&](const PluginRequest &root) {
        return change.disabled.contains(root.name)
            || std::any_of(change.enabled.cbegin(), change.enabled.cend(),
                [&](const PluginRequest &enabled) { return enabled.name == root.name; });
    });
    roots += change.enabled;
    PluginSolution with(input, PluginGoals::of(roots));
    Outlook outlook;
    outlook.difference = PlanDifference::between(d->plan, with.plan());
    const QStringList before = namesOfLoaded(d->solution);
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
