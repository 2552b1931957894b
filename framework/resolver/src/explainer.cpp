#include "explainer_p.h"

#include "requirementreason_p.h"
#include "wording_p.h"

#include <axle/resolver/codes.h>

#include <algorithm>
#include <deque>

namespace Axle::Internal {

Explainer::Explainer(const Universe &universe, const Proof &proof, Goals goals, int subject)
    : m_universe(universe)
    , m_proof(proof)
    , m_goals(goals)
    , m_subject(subject)
{
    order();
}

/// Breadth first along requirements, beginning with the subject, then the other goals.
void Explainer::order()
{
    std::deque<int> open{m_subject};
    for (const int goal : m_proof.goals) {
        if (goal != m_subject)
            open.push_back(goal);
    }
    std::vector<int> rest = m_proof.facts;
    std::vector<bool> isSeen(Universe::index(m_universe.problem().variableCount()));
    while (!open.empty()) {
        const int variable = open.front();
        open.pop_front();
        if (isSeen[Universe::index(variable)])
            continue;
        isSeen[Universe::index(variable)] = true;
        for (const Fact *fact : takeFactsOf(variable, rest)) {
            m_ordered.push_back(fact);
            if (fact->kind == Fact::Kind::Requirement) {
                open.push_front(fact->target);
                for (const QString &extra : fact->requirement->extras)
                    open.push_front(m_universe.projectOf(fact->target).extras.value(extra));
            }
        }
    }
    for (const int number : rest)
        m_ordered.push_back(&m_universe.fact(number));
}

/// Those about the most wanted candidates first.
std::vector<const Fact *> Explainer::takeFactsOf(int variable, std::vector<int> &rest) const
{
    std::vector<const Fact *> facts;
    std::erase_if(rest, [&](int number) {
        const bool isTaken = m_universe.fact(number).variable == variable;
        if (isTaken)
            facts.push_back(&m_universe.fact(number));
        return isTaken;
    });
    const auto comesFirst = [this](const Fact *a, const Fact *b) { return valuesOf(*a) < valuesOf(*b); };
    std::stable_sort(facts.begin(), facts.end(), comesFirst);
    return facts;
}

Explanation Explainer::explain()
{
    m_explanation = {};
    m_explanation.code = code();
    m_explanation.headline = headline();
    for (const Fact *fact : m_ordered)
        addFact(*fact);
    return m_explanation;
}

void Explainer::addFact(const Fact &fact)
{
    using Kind = Fact::Kind;
    if (fact.kind == Kind::Requirement) {
        addRequirement(fact);
        return;
    }
    const QString name = nameOf(fact.variable);
    Reason reason;
    switch (fact.kind) {
    case Kind::Python: {
        reason = reasonOf(Reason::Kind::Python, fact.variable, {valueOf(fact.candidate)});
        const Distribution &candidate = m_universe.candidate(fact.variable, fact.candidate);
        reason.requirement = candidate.requiresPython.toString();
        reason.text = QStringLiteral("'%1' is for Python '%2', and this is Python %3")
                          .arg(candidate.toString(), reason.requirement, m_universe.input().pythonVersion.toString());
        break;
    }
    case Kind::Prerelease:
        reason = reasonOf(Reason::Kind::Prerelease, fact.variable, valuesOf(fact));
        reason.text = Wording::versionsAre(
            name, reason.versions, QStringLiteral("no final release, and no requirement names a pre-release"));
        break;
    case Kind::Refused:
        reason = reasonOf(Reason::Kind::Prerelease, fact.variable, {valueOf(fact.candidate)});
        reason.text = Wording::versionsAre(
            name, reason.versions, QStringLiteral("no final release, and pre-releases are refused"));
        break;
    case Kind::Yanked:
        reason = reasonOf(Reason::Kind::Yanked, fact.variable, valuesOf(fact));
        reason.text = Wording::versionsAre(name, reason.versions, QStringLiteral("yanked, and no requirement pins it"));
        break;
    case Kind::Unusable: {
        reason = reasonOf(Reason::Kind::Unusable, fact.variable, {valueOf(fact.candidate)});
        const Distribution &candidate = m_universe.candidate(fact.variable, fact.candidate);
        reason.detail = candidate.unusable.message();
        reason.text = QStringLiteral("'%1' cannot be used: %2").arg(candidate.toString(), reason.detail);
        break;
    }
    case Kind::Host:
        addHost(fact.variable, fact.candidate);
        return;
    case Kind::Mounted:
        reason = reasonOf(Reason::Kind::Mounted, fact.variable, {valueOf(fact.candidate)});
        reason.text = QStringLiteral("'%1' is mounted already")
                          .arg(m_universe.candidate(fact.variable, fact.candidate).toString());
        break;
    case Kind::SharedModule:
        reason = reasonOf(Reason::Kind::SharedModule, fact.variable, valuesOf(fact));
        reason.other = nameOf(fact.target);
        reason.detail = fact.module;
        reason.text = QStringLiteral("'%1' and '%2' both bring the module '%3'").arg(name, reason.other, fact.module);
        break;
    case Kind::SameVersion:
    case Kind::Unneeded:
    case Kind::Requirement:
        return;
    }
    m_explanation.reasons.append(reason);
}

void Explainer::addHost(int variable, int candidate)
{
    Reason reason = reasonOf(Reason::Kind::Host, variable, {valueOf(candidate)});
    reason.text = QStringLiteral("'%1' is part of this program and cannot be replaced")
                      .arg(m_universe.candidate(variable, candidate).toString());
    const auto isSame = [&](const Reason &other) { return other.kind == reason.kind && other.files == reason.files; };
    if (std::none_of(m_explanation.reasons.cbegin(), m_explanation.reasons.cend(), isSame))
        m_explanation.reasons.append(reason);
}

/// The project whose version the program itself decides, where that stands in the way; or null.
const Project *Explainer::host() const
{
    if (const Fact *fact = find(Fact::Kind::Host))
        return &m_universe.projectOf(fact->variable);
    const Fact *requirement = lacking();
    const Project *project = requirement ? &m_universe.projectOf(requirement->target) : nullptr;
    return project && project->fixed >= 0 ? project : nullptr;
}

void Explainer::addRequirement(const Fact &fact)
{
    if (m_universe.isGoal(fact.variable)) {
        if (m_goals == Goals::Requirements) {
            Reason reason;
            reason.requirement = requirementText(fact);
            reason.text = QStringLiteral("'%1' was asked for").arg(reason.requirement);
            m_explanation.reasons.append(reason);
        }
    } else {
        m_explanation.reasons.append(requirementReason(m_universe, fact, valuesOf(fact)));
    }
    if (cannotBeMet(fact))
        addAvailability(fact.target);
}

/// What there is of a project, where that is not enough.
void Explainer::addAvailability(int variable)
{
    if (const int fixed = m_universe.projectOf(variable).fixed; fixed >= 0) {
        addHost(variable, fixed);
        return;
    }
    std::vector<int> all;
    for (int value = valueOf(0); value < m_universe.projectOf(variable).valueCount(); ++value)
        all.push_back(value);
    Reason reason = reasonOf(Reason::Kind::Available, variable, all);
    const QString name = nameOf(variable);
    reason.project = name;
    reason.text = all.empty() ? QStringLiteral("there is no wheel of '%1'").arg(name)
                              : Wording::thereAreOnly(name, reason.versions);
    const auto isSame = [&](const Reason &other) { return other.kind == reason.kind && other.project == name; };
    if (std::none_of(m_explanation.reasons.cbegin(), m_explanation.reasons.cend(), isSame))
        m_explanation.reasons.append(reason);
}

Reason Explainer::reasonOf(Reason::Kind kind, int variable, const std::vector<int> &values) const
{
    Reason reason = candidatesReason(kind, m_universe, variable, values);
    reason.project = nameOf(variable);
    return reason;
}

const Fact *Explainer::find(Fact::Kind kind) const
{
    const auto found =
        std::find_if(m_ordered.cbegin(), m_ordered.cend(), [=](const Fact *fact) { return fact->kind == kind; });
    return found == m_ordered.cend() ? nullptr : *found;
}

std::vector<const Fact *> Explainer::requirementsOn(int variable) const
{
    std::vector<const Fact *> facts;
    std::copy_if(m_ordered.cbegin(), m_ordered.cend(), std::back_inserter(facts),
        [=](const Fact *fact) { return fact->kind == Fact::Kind::Requirement && fact->target == variable; });
    return facts;
}

/// The values that the fact is about.
std::vector<int> Explainer::valuesOf(const Fact &fact) const
{
    const Problem &problem = m_universe.problem();
    SetRef set = 0;
    if (fact.kind == Fact::Kind::Prerelease)
        set = m_universe.projectOf(fact.variable).prereleases.values;
    else if (fact.kind == Fact::Kind::Yanked)
        set = m_universe.projectOf(fact.variable).yanked.values;
    else if (fact.kind == Fact::Kind::Requirement)
        set = fact.who;
    else
        set = problem.terms(fact.nogood)[0].set;
    std::vector<int> values;
    for (int value = valueOf(0); value < problem.valueCountOf(fact.variable); ++value) {
        if (contains(problem.at(set), value))
            values.push_back(value);
    }
    return values;
}

bool Explainer::isMet(const Fact &requirement, int value) const
{
    return !contains(m_universe.problem().at(requirement.forbidden), value);
}

/// Whether nothing that there is meets the requirement, the rest of the proof apart.
bool Explainer::cannotBeMet(const Fact &requirement) const
{
    for (int value = valueOf(0); value < m_universe.projectOf(requirement.target).valueCount(); ++value) {
        if (isMet(requirement, value))
            return false;
    }
    return true;
}

/// The first requirement that nothing meets.
const Fact *Explainer::lacking() const
{
    const auto found = std::find_if(m_ordered.cbegin(), m_ordered.cend(),
        [this](const Fact *fact) { return fact->kind == Fact::Kind::Requirement && cannotBeMet(*fact); });
    return found == m_ordered.cend() ? nullptr : *found;
}

/// A requirement on the project about which several disagree.
const Fact *Explainer::pivot() const
{
    const auto found = std::find_if(m_ordered.crbegin(), m_ordered.crend(), [this](const Fact *fact) {
        return fact->kind == Fact::Kind::Requirement && requirementsOn(fact->target).size() > 1;
    });
    return found == m_ordered.crend() ? nullptr : *found;
}

ErrorCode Explainer::code() const
{
    using Kind = Fact::Kind;
    if (host())
        return Codes::ResolveHost;
    if (find(Kind::Mounted))
        return Codes::ResolveMounted;
    if (m_proof.goals.size() > 1)
        return find(Kind::SharedModule) ? Codes::ResolveModule : Codes::ResolveConflict;
    if (const Fact *requirement = lacking()) {
        const Project &project = m_universe.projectOf(requirement->target);
        if (project.candidates.empty())
            return Codes::ResolveMissing;
        const bool isForExtra =
            std::any_of(project.candidates.begin(), project.candidates.end(), [&](const Distribution *each) {
                return requirement->requirement->specifiers.contains(each->version, Prereleases::Allow);
            });
        return isForExtra ? Codes::ResolveExtra : Codes::ResolveNoVersion;
    }
    if (find(Kind::Python))
        return Codes::ResolvePython;
    if (find(Kind::Unusable))
        return Codes::ResolveUnusable;
    if (find(Kind::Prerelease) || find(Kind::Refused))
        return Codes::ResolvePrerelease;
    if (find(Kind::Yanked))
        return Codes::ResolveNoVersion;
    return find(Kind::SharedModule) ? Codes::ResolveModule : Codes::ResolveConflict;
}

QString Explainer::nameOf(int variable) const
{
    if (m_universe.isGoal(variable))
        return m_universe.variable(variable).asked->name.toString();
    const Project &project = m_universe.projectOf(variable);
    if (!project.candidates.empty())
        return project.candidates.front()->name.toString();
    const auto requirers = requirementsOn(variable);
    return requirers.empty() ? project.name : requirers.front()->requirement->name.toString();
}

QString Explainer::subjectName() const
{
    return nameOf(m_universe.fact(m_universe.variable(m_subject).needs.front()).target);
}

QString Explainer::requirementText(const Fact &fact) const
{
    return Wording::needText(*fact.requirement);
}

QStringList Explainer::opponents() const
{
    QStringList names;
    for (const int goal : m_proof.goals) {
        if (goal != m_subject)
            names.append(u'\'' + nameOf(goal) + u'\'');
    }
    return Wording::shortened(names);
}

QString Explainer::headline() const
{
    if (m_goals == Goals::Wish)
        return cause();
    if (m_goals == Goals::Requirements && m_ordered.size() == m_proof.goals.size() && m_ordered.size() > 1)
        return contradiction();
    const QString subject = m_goals == Goals::Plugins
        ? QStringLiteral("'%1' is not loaded").arg(subjectName())
        : QStringLiteral("'%1' cannot be had").arg(Wording::needText(*m_universe.variable(m_subject).asked));
    const bool isForNow = find(Fact::Kind::Mounted) && !host();
    return subject + (isForNow ? QStringLiteral(" now: ") : QStringLiteral(": ")) + cause();
}

QString Explainer::cause() const
{
    using Kind = Fact::Kind;
    if (const Project *project = host()) {
        const QString there = m_universe.candidate(project->variable, project->fixed).toString();
        return QStringLiteral("the program itself brings '%1'").arg(there) + andWhoDisagrees(project->variable);
    }
    if (const Fact *mounted = find(Kind::Mounted)) {
        const QString there = m_universe.candidate(mounted->variable, mounted->candidate).toString();
        return QStringLiteral("'%1' is mounted already").arg(there) + andWhoDisagrees(mounted->variable);
    }
    if (m_proof.goals.size() > 1)
        return conflictPhrase();
    if (const Fact *requirement = lacking())
        return obstacle(*requirement);
    for (const Kind kind : {Kind::Python, Kind::Unusable, Kind::Prerelease, Kind::Refused, Kind::Yanked}) {
        if (const Fact *fact = find(kind)) {
            const auto requirers = requirementsOn(fact->variable);
            if (!requirers.empty())
                return obstacle(*requirers.front());
        }
    }
    return conflictPhrase();
}

/// Who needs another version than what is there; nothing where that is the wish itself.
QString Explainer::andWhoDisagrees(int variable) const
{
    const auto requirers = requirementsOn(variable);
    if (!requirers.empty() && isWish(*requirers.front()))
        return {};
    return QStringLiteral(", and ") + (requirers.empty() ? conflictPhrase() : need(*requirers.front()));
}

bool Explainer::isWish(const Fact &requirement) const
{
    return m_goals == Goals::Wish && m_universe.isGoal(requirement.variable);
}

/// Whether the subject leads to who has the requirement.
bool Explainer::isOfSubject(const Fact &requirement) const
{
    const auto first = [&](int goal) { return m_universe.fact(m_universe.variable(goal).needs.front()).target; };
    // The subject's facts come before those of the other goals.
    for (const Fact *fact : m_ordered) {
        if (fact == &requirement)
            return true;
        const bool isOtherGoals = std::any_of(m_proof.goals.cbegin(), m_proof.goals.cend(),
            [&](int goal) { return goal != m_subject && (fact->variable == goal || fact->variable == first(goal)); });
        if (isOtherGoals)
            return false;
    }
    return false;
}

/// "it needs 'numpy >=2' through 'stats-x'".
QString Explainer::need(const Fact &requirement) const
{
    const QString text = requirementText(requirement);
    if (m_universe.isGoal(requirement.variable))
        return QStringLiteral("'%1' was asked for").arg(text);
    const QString who = nameOf(requirement.variable);
    if (who == subjectName())
        return QStringLiteral("it needs '%1'").arg(text);
    return isOfSubject(requirement) ? QStringLiteral("it needs '%1' through '%2'").arg(text, who)
                                    : QStringLiteral("'%1' needs '%2'").arg(who, text);
}

/// Why this one requirement, by itself, cannot be met.
QString Explainer::obstacle(const Fact &requirement) const
{
    const Project &project = m_universe.projectOf(requirement.target);
    const QString name = nameOf(requirement.target);
    const bool isSubject = m_universe.isGoal(requirement.variable);
    if (project.candidates.empty())
        return isSubject ? QStringLiteral("there is no wheel of it")
                         : need(requirement) + QStringLiteral(", and there is none");
    const SpecifierSet &specifiers = requirement.requirement->specifiers;
    QList<const Distribution *> matching;
    for (const Distribution *candidate : project.candidates) {
        if (specifiers.contains(candidate->version, Prereleases::Allow))
            matching.append(candidate);
    }
    if (matching.isEmpty()) {
        const QString comparison = Wording::comparison(specifiers, *project.candidates.front());
        return isSubject ? QStringLiteral("there is no such version")
                         : QStringLiteral("%1, %2 than there is").arg(need(requirement), comparison);
    }
    const QString which = isSubject ? QStringLiteral("it") : need(requirement) + QStringLiteral(", which");
    if (cannotBeMet(requirement))
        return QStringLiteral("%1 has no such extra")
            .arg(isSubject ? QStringLiteral("it") : need(requirement) + QStringLiteral(", but '%1'").arg(name));
    if (const Fact *python = find(Fact::Kind::Python); python && python->variable == requirement.target) {
        return QStringLiteral("%1 is for Python '%2', and this is Python %3")
            .arg(which, m_universe.candidate(python->variable, python->candidate).requiresPython.toString(),
                m_universe.input().pythonVersion.toString());
    }
    if (const Fact *unusable = find(Fact::Kind::Unusable); unusable && unusable->variable == requirement.target) {
        return QStringLiteral("%1 cannot be used: %2")
            .arg(which, m_universe.candidate(unusable->variable, unusable->candidate).unusable.message());
    }
    if (const Fact *yanked = find(Fact::Kind::Yanked); yanked && yanked->variable == requirement.target)
        return QStringLiteral("%1 was yanked").arg(which);
    return isSubject ? QStringLiteral("there are only pre-releases of it")
                     : QStringLiteral("%1, of which there are only pre-releases that fit").arg(need(requirement));
}

QString Explainer::conflictPhrase() const
{
    const QStringList others = opponents();
    if (const Fact *shared = find(Fact::Kind::SharedModule)) {
        return QStringLiteral("'%1' and '%2' both bring the module '%3', and one program can hold only one")
            .arg(nameOf(shared->variable), nameOf(shared->target), shared->module);
    }
    const Fact *disputed = pivot();
    if (others.isEmpty()) {
        return disputed ? QStringLiteral("what it needs does not agree about '%1'").arg(nameOf(disputed->target))
                        : QStringLiteral("what it needs does not go together");
    }
    if (!disputed)
        return QStringLiteral("it does not go together with %1").arg(Wording::enumerate(others));
    if (m_goals != Goals::Plugins) {
        QStringList sides;
        int last = -1;
        for (const Fact *side : requirementsOn(disputed->target)) {
            if (isWish(*side))
                continue;
            // Several versions of one project, each with a requirement of its own.
            if (side->variable == last)
                sides.last() += QStringLiteral(" or '%1'").arg(requirementText(*side));
            else
                sides.append(need(*side));
            last = side->variable;
        }
        return Wording::enumerate(Wording::shortened(sides));
    }
    return QStringLiteral("%1 need different versions of '%2', and one program can hold only one")
        .arg(Wording::enumerate(QStringList(QStringLiteral("it")) + others), nameOf(disputed->target));
}

/// Of requirements that were asked for together.
QString Explainer::contradiction() const
{
    QStringList needs;
    for (const Fact *fact : m_ordered)
        needs.append(u'\'' + requirementText(*fact) + u'\'');
    return QStringLiteral("%1 were asked for, and no version fits %2")
        .arg(Wording::enumerate(needs), needs.size() == 2 ? QStringLiteral("both") : QStringLiteral("all"));
}

std::optional<Explainer::Lack> Explainer::lack() const
{
    const Fact *requirement = lacking();
    for (const Fact::Kind kind : {Fact::Kind::Python, Fact::Kind::Unusable, Fact::Kind::Yanked}) {
        const Fact *fact = find(kind);
        if (!requirement && fact && !requirementsOn(fact->variable).empty())
            requirement = requirementsOn(fact->variable).front();
    }
    if (!requirement || m_universe.projectOf(requirement->target).pinned || host() || find(Fact::Kind::Mounted))
        return std::nullopt;
    Lack result{requirement->target, {}};
    for (const Fact *each : requirementsOn(requirement->target))
        result.requirements.push_back(each->requirement);
    return result;
}

} // namespace Axle::Internal
