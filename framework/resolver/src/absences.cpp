#include "absences_p.h"

#include "requirementreason_p.h"
#include "wording_p.h"

#include <axle/resolver/codes.h>

#include <algorithm>

namespace Axle::Internal {

namespace {

QString quoted(const QString &text)
{
    return u'\'' + text + u'\'';
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

} // namespace

Absences::Absences(const ResolverInput &input, const QList<PluginRequest> &roots)
    : m_input(input)
    , m_roots(roots)
    , m_solution(m_input, PluginGoals::of(roots))
    , m_resolution{m_solution.plan(), {}, m_solution.isOptimal()}
{
}

bool Absences::isFixed(const ProjectName &name) const
{
    return std::any_of(
        m_input.fixed.cbegin(), m_input.fixed.cend(), [&](const Distribution &each) { return each.name == name; });
}

const Distribution *Absences::loaded(const ProjectName &name) const
{
    const auto fixed = std::find_if(
        m_input.fixed.cbegin(), m_input.fixed.cend(), [&](const Distribution &each) { return each.name == name; });
    if (fixed != m_input.fixed.cend())
        return &*fixed;
    const PlanEntry *entry = planned(name);
    return entry ? &entry->distribution : nullptr;
}

int Absences::leftOutGoal(const ProjectName &name) const
{
    const QList<Requirement> &asked = m_solution.goals().asked;
    for (int goal = 0; goal < asked.size(); ++goal) {
        if (asked[goal].name == name)
            return m_solution.isLeftOut(goal) ? goal : -1;
    }
    return -1;
}

/// All that is loaded, and the wish, which is the last and costs nothing of that.
PluginGoals Absences::beside(const Requirement &wish) const
{
    PluginGoals goals;
    for (int goal = 0; goal < m_solution.goals().asked.size(); ++goal) {
        if (!m_solution.isLeftOut(goal))
            goals.asked.append(m_solution.goals().asked[goal]);
    }
    goals.priorities.fill(PluginPriority::Mounted, goals.asked.size());
    goals.asked.append(wish);
    goals.priorities.append(PluginPriority::Default);
    return goals;
}

Absence Absences::absenceOf(const Requirement &wish, const QString &name) const
{
    PluginSolution with(m_input, beside(wish));
    const auto goal = static_cast<int>(with.goals().asked.size()) - 1;
    if (with.isLeftOut(goal)) {
        Explanation explanation = with.explainWish(goal, name);
        dropFutile(explanation, wish);
        return {{}, explanation, {}};
    }
    const PlanDifference change = PlanDifference::between(m_resolution.plan, with.plan());
    return {{}, unneeded(wish, change), change};
}

/// What does not help goes over to what was tried.
void Absences::dropFutile(Explanation &explanation, const Requirement &wish) const
{
    explanation.remedies.removeIf([&](const Remedy &remedy) {
        if (helps(remedy, wish))
            return false;
        if (remedy.kind == Remedy::Kind::AllowPrereleases)
            explanation.tried.append(QStringLiteral("allowing pre-releases"));
        else if (remedy.kind == Remedy::Kind::Disable)
            explanation.tried.append(
                QStringLiteral("disabling '%1'").arg(remedy.projects.join(QStringLiteral("', '"))));
        else
            explanation.tried.append(QStringLiteral("a restart"));
        return true;
    });
}

/// Whether the wish could be had beside what would be loaded then. That is another plan: what is disabled makes room for
/// plugins that are left out now, and these may stand in the way as well.
bool Absences::helps(const Remedy &remedy, const Requirement &wish) const
{
    ResolverInput changed = m_input;
    QList<PluginRequest> others = m_roots;
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
    const Absences then(changed, others);
    const PluginSolution with(changed, then.beside(wish));
    return !with.isLeftOut(static_cast<int>(with.goals().asked.size()) - 1);
}

/// Why the plan does without something that it could have.
Explanation Absences::unneeded(const Requirement &wish, const PlanDifference &change) const
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
QStringList Absences::leftOutThatNeed(const ProjectName &name) const
{
    const Universe &universe = m_solution.universe();
    const Project *project = universe.find(name);
    QStringList names;
    for (const int goal : m_solution.leftOut()) {
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
            names.append(quoted(m_solution.goals().asked[goal].name.toString()));
    }
    return names;
}

/// Why one version was chosen rather than another one that could be.
Explanation Absences::notPreferred(
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
    const bool isHeld = m_input.preferred.contains(chosen.location) && !m_input.preferred.contains(wished.location);
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
std::vector<const Fact *> Absences::requirementsOn(const ProjectName &name) const
{
    const Universe &universe = m_solution.universe();
    const std::vector<bool> isNeeded = neededVariables(universe, m_solution.values());
    std::vector<const Fact *> facts;
    const Project *project = universe.find(name);
    for (const int number : project ? project->requirements : std::span<const int>()) {
        const Fact &fact = universe.fact(number);
        if (isNeeded[Universe::index(fact.variable)] && !universe.isGoal(fact.variable)
            && contains(universe.problem().at(fact.who), m_solution.values()[Universe::index(fact.variable)]))
            facts.push_back(&fact);
    }
    return facts;
}

/// What is loaded, and needs another version.
QList<Reason> Absences::reasonsAgainst(const Distribution &wished) const
{
    QList<Reason> reasons;
    for (const Fact *fact : requirementsOn(wished.name)) {
        if (!fact->requirement->specifiers.contains(wished.version, Prereleases::Allow))
            reasons.append(requirementReason(
                m_solution.universe(), *fact, {m_solution.values()[Universe::index(fact->variable)]}));
    }
    return reasons;
}

bool Absences::arePrereleasesCalledFor(const ProjectName &name) const
{
    const std::vector<const Fact *> facts = requirementsOn(name);
    return m_input.prereleases == Prereleases::Allow || std::any_of(facts.cbegin(), facts.cend(), [](const Fact *fact) {
        return fact->requirement->specifiers.namesPrerelease();
    });
}

/// A release that counts only where it is called for.
Explanation Absences::reserved(
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
    ResolverInput allowing = m_input;
    allowing.prereleases = Prereleases::Allow;
    const Resolution then = Resolver(allowing).resolvePlugins(m_roots, Explain::Nothing);
    const PlanEntry *entry = then.find(wished.name.normalized());
    if (entry && entry->distribution == wished)
        explanation.remedies.append({Remedy::Kind::AllowPrereleases, {}, {}, QStringLiteral("allow pre-releases")});
    else
        explanation.tried.append(QStringLiteral("allowing pre-releases"));
    return explanation;
}

/// One distribution of each newer version, the newest first.
QList<Distribution> Absences::newerVersions(const Distribution &chosen) const
{
    QList<Distribution> newer;
    for (const Distribution &candidate : m_input.candidates) {
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

QList<Absence> Absences::newerThan(const Distribution &chosen) const
{
    QList<Absence> absences;
    for (const Distribution &each : newerVersions(chosen)) {
        Absence absence = absenceOf(exactly(each, m_input.candidates), each.toString());
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

} // namespace Axle::Internal
