#include "remedies_p.h"

#include "wording_p.h"

#include <algorithm>
#include <numeric>

namespace Axle::Internal {

namespace {

constexpr int ConflictsOfOne = 2'000;
constexpr int MaximumTries = 4; ///< of versions of a wheel that is not there

QString thenLoaded(qsizetype count, qsizetype all)
{
    if (all == 1)
        return QStringLiteral(": then it is loaded");
    return count == all ? QStringLiteral(": then all %1 plugins are loaded").arg(all)
                        : QStringLiteral(": then %1 of %2 plugins are loaded").arg(count).arg(all);
}

/// Versions that all the requirements admit: near those that they name, and near those that there are. Whether a
/// pre-release would count depends on too much to promise one.
QList<Version> versionsFor(
    const std::vector<const Requirement *> &requirements, const Project &project, Prereleases prereleases)
{
    QList<Version> versions;
    const auto add = [&](const QString &text) {
        const auto version = Version::parse(text);
        const auto admits = [&](const Requirement *each) {
            return each->specifiers.contains(*version, Prereleases::Allow);
        };
        if (version && (prereleases == Prereleases::Allow || !version->isPrerelease()) && !versions.contains(*version)
            && std::all_of(requirements.begin(), requirements.end(), admits))
            versions.append(*version);
    };
    for (const Requirement *requirement : requirements) {
        const QList<Specifier> specifiers = requirement->specifiers.specifiers();
        for (const Specifier &specifier : specifiers) {
            for (const QString &suffix : {QString(), QStringLiteral(".1"), QStringLiteral(".dev0")})
                add(specifier.version + suffix);
        }
    }
    for (const Distribution *candidate : project.candidates)
        add(candidate->version.publicVersion());
    add(QStringLiteral("1"));
    return versions;
}

/// The extras that the requirements ask for, sorted.
QStringList extrasOf(const std::vector<const Requirement *> &requirements)
{
    QStringList extras;
    for (const Requirement *requirement : requirements)
        extras += requirement->extras;
    extras.removeDuplicates();
    extras.sort();
    return extras;
}

/// What one wheel that meets all the requirements meets: `geo-core <3,>=2`.
QString textOf(const std::vector<const Requirement *> &requirements, const QStringList &extras)
{
    QStringList clauses;
    for (const Requirement *requirement : requirements) {
        const QStringList own = requirement->specifiers.toString().split(u',', Qt::SkipEmptyParts);
        for (const QString &clause : own) {
            if (!clauses.contains(clause))
                clauses.append(clause);
        }
    }
    clauses.sort();
    QString text = requirements.front()->name.toString();
    if (!extras.isEmpty())
        text += u'[' + extras.join(u',') + u']';
    return clauses.isEmpty() ? text : text + u' ' + clauses.join(u',');
}

/// What is selected, and the goal.
std::vector<int> with(int goal, const PluginSelection &selection)
{
    std::vector<int> wanted = selection.selected();
    wanted.insert(std::upper_bound(wanted.begin(), wanted.end(), goal), goal);
    return wanted;
}

} // namespace

Remedies::Remedies(const Universe &universe, const ReleasePolicy &policy, const QList<Requirement> &asked,
    const QList<PluginPriority> &priorities)
    : m_universe(universe)
    , m_policy(policy)
    , m_priorities(priorities)
    , m_asked(asked)
{
}

QStringList Remedies::namesOf(const std::vector<int> &goals) const
{
    QStringList names;
    for (const int goal : goals)
        names.append(m_asked[goal].name.normalized());
    return names;
}

/// Whether what is wanted is met: all of it together, or, of plugins, in the selection that would be made.
bool Remedies::areMet(const Universe &universe, Solver &solver, const std::vector<int> &wanted) const
{
    if (!m_priorities.isEmpty()) {
        PluginSelection selection(universe, solver, m_priorities);
        selection.run();
        return std::includes(
            selection.selected().cbegin(), selection.selected().cend(), wanted.cbegin(), wanted.cend());
    }
    std::vector<int> goals;
    for (const int goal : wanted) {
        if (const int variable = universe.goals()[Universe::index(goal)]; variable >= 0)
            goals.push_back(variable);
    }
    return solver.solve(goals, ConflictsOfOne).outcome == SolveResult::Outcome::Solved;
}

bool Remedies::areMetBy(const ResolverInput &input, const std::vector<int> &wanted) const
{
    const Universe universe(input, m_asked);
    const ReleasePolicy policy(universe);
    Solver solver(universe.problem(), &policy);
    return areMet(universe, solver, wanted);
}

bool Remedies::isSolvableAlone(const ResolverInput &input, int goal) const
{
    const QList<Requirement> asked{m_asked[goal]};
    const Universe universe(input, asked);
    const ReleasePolicy policy(universe);
    return Solver(universe.problem(), &policy).solve({universe.goals().front()}, ConflictsOfOne).outcome
        == SolveResult::Outcome::Solved;
}

/// Whether all that is wanted is met if there is one more wheel of the project, which needs nothing and has the
/// extras. It is a variable of its own, so that no other universe has to be made.
bool Remedies::areMetByWheel(
    int project, const Version &version, const QStringList &extras, const std::vector<int> &wanted) const
{
    Problem problem = m_universe.problem();
    const int wheel = problem.addVariable(2);
    const SetRef absent = problem.addSet(wheel);
    insert(problem.at(absent), Absent);
    const SetRef present = problem.addComplement(wheel, absent);
    for (const int fact : m_universe.projectOf(project).requirements) {
        const int first = m_universe.fact(fact).nogood;
        const Requirement &requirement = *m_universe.fact(fact).requirement;
        const bool isMet = requirement.specifiers.contains(version, Prereleases::Allow)
            && std::all_of(requirement.extras.cbegin(), requirement.extras.cend(),
                [&](const QString &extra) { return extras.contains(extra); });
        if (!isMet)
            problem.addNogood({{m_universe.fact(fact).variable, m_universe.fact(fact).who}, {wheel, present}}, NoFact);
        for (int each = first; isMet && each < m_universe.problem().nogoodCount() && problem.nogood(each).fact == fact;
             ++each)
            problem.extend(each, {wheel, absent});
    }
    const SetRef other = problem.addSet(project);
    insert(problem.at(other), Absent);
    problem.addNogood({{wheel, present}, {project, problem.addComplement(project, other)}}, NoFact);
    Solver solver(std::move(problem), &m_policy);
    return areMet(m_universe, solver, wanted);
}

void Remedies::addForPlugin(Explanation &explanation, const Explainer &explainer, PluginSelection &selection, int goal,
    const std::vector<int> &opponents) const
{
    const Subject plugin{goal, nameOf(goal), QStringLiteral("is loaded")};
    const std::vector<int> dropped = addInsteadOfOthers(explanation, plugin, selection, opponents);
    if (!dropped.empty())
        addPrefer(explanation, goal, dropped);
    addChangesOfInput(explanation, explainer, with(goal, selection), true);
    if (m_universe.input().capabilities.isolation)
        addIsolation(explanation, goal);
    const Project *project = m_universe.find(m_asked[goal].name);
    if (project && project->candidates.size() > 1)
        explanation.tried.append(QStringLiteral("any other version of '%1' that is there").arg(nameOf(goal)));
}

void Remedies::addForWish(Explanation &explanation, const Explainer &explainer, PluginSelection &selection,
    const Subject &wish, const std::vector<int> &opponents) const
{
    addInsteadOfOthers(explanation, wish, selection, opponents);
    addChangesOfInput(explanation, explainer, with(wish.goal, selection), false);
}

void Remedies::addForRequirements(Explanation &explanation, const Explainer &explainer) const
{
    std::vector<int> all(Universe::index(static_cast<int>(m_asked.size())));
    std::iota(all.begin(), all.end(), 0);
    addChangesOfInput(explanation, explainer, all, false);
}

QStringList Remedies::quotedNamesOf(const std::vector<int> &goals) const
{
    QStringList names;
    for (const int goal : goals)
        names.append(u'\'' + nameOf(goal) + u'\'');
    return names;
}

/// What becomes of the others if the subject is had at any cost. Gives who is dropped then.
std::vector<int> Remedies::addInsteadOfOthers(Explanation &explanation, const Subject &subject,
    PluginSelection &selection, const std::vector<int> &opponents) const
{
    const auto chosen = opponents.empty() ? std::nullopt : selection.selectedWith(subject.goal);
    if (!chosen)
        return {};
    std::vector<int> dropped;
    std::set_difference(selection.selected().cbegin(), selection.selected().cend(), chosen->cbegin(), chosen->cend(),
        std::back_inserter(dropped));
    if (dropped.empty())
        return {};
    const bool isOne = dropped.size() == 1;
    Reason kept;
    kept.kind = Reason::Kind::Kept;
    kept.project = nameOf(dropped.front());
    kept.text = QStringLiteral("%1 %2 kept: with '%3' instead, %4 would not be loaded")
                    .arg(Wording::enumerate(Wording::shortened(quotedNamesOf(dropped))),
                        isOne ? QStringLiteral("was") : QStringLiteral("were"), subject.name,
                        isOne ? QStringLiteral("it") : QStringLiteral("they"));
    explanation.reasons.append(kept);
    // One of the opponents where that is enough, else all that stand in the way.
    const auto isEnough = [&](int other) { return selection.fitsWithout(subject.goal, other); };
    const auto one = std::find_if(opponents.crbegin(), opponents.crend(), isEnough);
    const std::vector<int> disabled = one == opponents.crend() ? dropped : std::vector<int>{*one};
    explanation.remedies.append({Remedy::Kind::Disable, namesOf(disabled), {},
        QStringLiteral("disable %1: then '%2' %3")
            .arg(Wording::enumerate(quotedNamesOf(disabled)), subject.name, subject.predicate)});
    return dropped;
}

void Remedies::addPrefer(Explanation &explanation, int goal, const std::vector<int> &dropped) const
{
    explanation.remedies.append({Remedy::Kind::Prefer, namesOf(dropped), {},
        QStringLiteral("prefer '%1': it is loaded, and %2 %3 not")
            .arg(nameOf(goal), Wording::enumerate(Wording::shortened(quotedNamesOf(dropped))),
                dropped.size() == 1 ? QStringLiteral("is") : QStringLiteral("are"))});
}

/// Changes of what there is to choose from, after which all that is `wanted` can be had.
void Remedies::addChangesOfInput(
    Explanation &explanation, const Explainer &explainer, const std::vector<int> &wanted, bool arePlugins) const
{
    const ResolverInput &input = m_universe.input();
    if (const auto lack = explainer.lack())
        addWheel(explanation, *lack, wanted, arePlugins);
    const auto has = [&](Reason::Kind kind) {
        return std::any_of(explanation.reasons.cbegin(), explanation.reasons.cend(),
            [=](const Reason &reason) { return reason.kind == kind; });
    };
    if (has(Reason::Kind::Prerelease)) {
        ResolverInput changed = input;
        changed.prereleases = Prereleases::Allow;
        if (areMetBy(changed, wanted))
            explanation.remedies.append({Remedy::Kind::AllowPrereleases, {}, {}, QStringLiteral("allow pre-releases")});
        else
            explanation.tried.append(QStringLiteral("allowing pre-releases"));
    }
    if (has(Reason::Kind::Mounted)) {
        ResolverInput changed = input;
        changed.pinned.clear();
        if (!areMetBy(changed, wanted))
            explanation.tried.append(QStringLiteral("a restart"));
        else if (input.capabilities.remount)
            explanation.remedies.append({Remedy::Kind::Remount, {}, {},
                QStringLiteral("mount other versions of what is mounted now: then all of it is loaded")});
        else
            explanation.remedies.append(
                {Remedy::Kind::Restart, {}, {}, QStringLiteral("restart: the plan at start-up has both")});
    }
}

void Remedies::addWheel(
    Explanation &explanation, const Explainer::Lack &lack, const std::vector<int> &wanted, bool arePlugins) const
{
    const QList<Version> versions =
        versionsFor(lack.requirements, m_universe.projectOf(lack.variable), m_universe.input().prereleases)
            .mid(0, MaximumTries);
    if (versions.isEmpty())
        return;
    // With the extras that are missing; where that is not enough, with those that others ask for as well.
    QStringList extras = extrasOf(lack.requirements);
    const auto helps = [&](const Version &version) { return areMetByWheel(lack.variable, version, extras, wanted); };
    bool isHelpful = std::any_of(versions.cbegin(), versions.cend(), helps);
    if (!isHelpful) {
        extras = m_universe.projectOf(lack.variable).extras.keys();
        extras.sort();
        isHelpful = !extras.isEmpty() && std::any_of(versions.cbegin(), versions.cend(), helps);
    }
    if (!isHelpful) {
        const QString text = textOf(lack.requirements, extrasOf(lack.requirements));
        explanation.tried.append(QStringLiteral("a wheel of '%1' alone").arg(text));
        return;
    }
    const QString text = textOf(lack.requirements, extras);
    const QString release = QStringLiteral("%1.%2")
                                .arg(m_universe.input().pythonVersion.release().value(0))
                                .arg(m_universe.input().pythonVersion.release().value(1));
    QString sentence = QStringLiteral("add a wheel of '%1' for Python %2").arg(text, release);
    if (arePlugins)
        sentence += thenLoaded(static_cast<qsizetype>(wanted.size()), m_asked.size());
    explanation.remedies.append({Remedy::Kind::Add, {m_universe.projectOf(lack.variable).name}, text, sentence});
}

void Remedies::addIsolation(Explanation &explanation, int goal) const
{
    ResolverInput changed = m_universe.input();
    changed.fixed.clear();
    changed.pinned.clear();
    if (isSolvableAlone(changed, goal)) {
        explanation.remedies.append({Remedy::Kind::Isolate, {m_asked[goal].name.normalized()}, {},
            QStringLiteral("run '%1' in a process of its own").arg(nameOf(goal))});
    } else {
        explanation.tried.append(QStringLiteral("a process of its own"));
    }
}

} // namespace Axle::Internal
