#include "universe_p.h"

#include <algorithm>

namespace Axle::Internal {

/// Candidates of one variable that have the same requirement.
struct Universe::Group
{
    const Requirement *requirement = nullptr;
    int project = -1; ///< that is required
    SetRef who = 0;
    std::vector<Term> excluded; ///< who cannot be together with any of these
};

Universe::Universe(const ResolverInput &input, const QList<Requirement> &asked)
    : m_input(input)
    , m_pinned(input.pinned.cbegin(), input.pinned.cend())
    , m_preferred(input.preferred.cbegin(), input.preferred.cend())
{
    m_candidates.reserve(Universe::index(static_cast<int>(input.candidates.size() + input.fixed.size())));
    m_lastCandidates.reserve(input.candidates.size());
    for (const Distribution &distribution : input.candidates)
        addCandidate(distribution);
    for (const Distribution &distribution : input.fixed) {
        addCandidate(distribution);
        m_fixed.insert(&distribution);
    }
    addFact({Fact::Kind::Unneeded});
    // Projects that are asked for come before what they need, so that they are decided upon first.
    for (const Requirement &requirement : asked) {
        if (requirement.marker.evaluate(input.environment))
            projectNumber(requirement.name);
    }
    for (const Requirement &requirement : asked)
        ask(requirement);
    // What the host brings is there, whether anybody asks for it or not, and so are its modules.
    for (const Distribution &distribution : input.fixed) {
        if (!distribution.topLevels.isEmpty())
            projectNumber(distribution.name);
    }
    // Expanding a variable may add others, which the loop comes to.
    for (int variable = 0; variable < m_problem.variableCount(); ++variable) {
        if (!isGoal(variable))
            expand(variable);
    }
}

/// Candidates of one project are a chain, so that no list has to grow for each.
void Universe::addCandidate(const Distribution &distribution)
{
    const auto number = static_cast<int>(m_candidates.size());
    int previous = -1;
    if (const auto last = m_lastCandidates.find(distribution.name.normalized()); last != m_lastCandidates.end())
        previous = std::exchange(*last, number);
    else
        m_lastCandidates.insert(distribution.name.normalized(), number);
    m_candidates.push_back({&distribution, previous});
}

const Project *Universe::find(const QString &normalizedName) const
{
    const auto number = m_projectNumbers.constFind(normalizedName);
    return number == m_projectNumbers.cend() ? nullptr : &m_projects[index(*number)];
}

/// Being asked for is like a candidate that has the requirement.
void Universe::ask(const Requirement &requirement)
{
    if (!requirement.marker.evaluate(m_input.environment)) {
        m_goals.push_back(-1);
        return;
    }
    const int variable = m_problem.addVariable(2);
    m_variables.push_back({-1, {}, &requirement, {}});
    m_goals.push_back(variable);
    std::vector<Group> groups;
    append(variable, valueOf(0), requirement, groups);
    addGroups(variable, groups);
}

int Universe::projectNumber(const ProjectName &name)
{
    const QString normalized = name.normalized();
    if (const auto known = m_projectNumbers.constFind(normalized); known != m_projectNumbers.cend())
        return *known;
    const auto number = static_cast<int>(m_projects.size());
    m_projectNumbers.insert(normalized, number);
    Project &project = m_projects.emplace_back();
    project.name = normalized;
    for (int each = m_lastCandidates.value(normalized, -1); each >= 0; each = m_candidates[index(each)].previous)
        project.candidates.push_back(m_candidates[index(each)].distribution);
    sortCandidates(project);
    project.variable = m_problem.addVariable(project.valueCount());
    m_variables.push_back({number, {}, nullptr, {}});
    addProjectFacts(number);
    return number;
}

void Universe::sortCandidates(Project &project) const
{
    const auto isKept = [this](const Distribution *each) {
        return m_pinned.contains(each->location) || m_preferred.contains(each->location);
    };
    const bool areSomeKept = !m_pinned.isEmpty() || !m_preferred.isEmpty();
    std::sort(project.candidates.begin(), project.candidates.end(), [&](const Distribution *a, const Distribution *b) {
        if (areSomeKept && isKept(a) != isKept(b))
            return isKept(a);
        if (a->isYanked != b->isYanked)
            return b->isYanked;
        if (a->version != b->version)
            return a->version > b->version;
        if (a->tagRank != b->tagRank)
            return a->tagRank < b->tagRank;
        return a->location < b->location;
    });
}

/// What is known of the candidates before anybody asks for one.
void Universe::addProjectFacts(int number)
{
    Project &project = m_projects[index(number)];
    project.prereleases.values = m_problem.addSet(project.variable);
    project.yanked.values = m_problem.addSet(project.variable);
    project.usable = m_problem.addSet(project.variable);
    int pinned = -1;
    for (int i = 0; i < static_cast<int>(project.candidates.size()); ++i) {
        const Distribution *candidate = project.candidates[index(i)];
        if (m_fixed.contains(candidate))
            project.fixed = i;
        if (m_pinned.contains(candidate->location))
            pinned = i;
        const bool isThere = m_fixed.contains(candidate) || m_pinned.contains(candidate->location);
        if (!isThere && candidate->version.isPrerelease())
            insert(m_problem.at(project.prereleases.values), valueOf(i));
        if (!isThere && candidate->isYanked)
            insert(m_problem.at(project.yanked.values), valueOf(i));
        addUnusable(project, i);
    }
    if (m_input.prereleases == Prereleases::ByRule && !isEmpty(project.variable, project.prereleases.values))
        project.prereleases.fact = addFact({Fact::Kind::Prerelease, project.variable});
    if (!isEmpty(project.variable, project.yanked.values))
        project.yanked.fact = addFact({Fact::Kind::Yanked, project.variable});
    if (project.fixed >= 0)
        limitTo(project, project.fixed, Fact::Kind::Host);
    else if (pinned >= 0)
        limitTo(project, pinned, Fact::Kind::Mounted);
    project.pinned = project.fixed < 0 && pinned >= 0;
}

bool Universe::isEmpty(int variable, SetRef set) const
{
    return firstOf(m_problem.at(set), m_problem.wordsOf(variable)) < 0;
}

void Universe::addUnusable(const Project &project, int candidate)
{
    const Distribution &distribution = *project.candidates[index(candidate)];
    if (candidate == project.fixed) {
        insert(m_problem.at(project.usable), valueOf(candidate));
        return;
    }
    Fact fact{Fact::Kind::Unusable, project.variable, -1, candidate};
    if (!distribution.requiresPython.isEmpty()
        && !distribution.requiresPython.contains(m_input.pythonVersion, Prereleases::Allow))
        fact.kind = Fact::Kind::Python;
    else if (m_input.prereleases == Prereleases::Refuse && distribution.version.isPrerelease())
        fact.kind = Fact::Kind::Refused;
    else if (distribution.unusable.isNull()) {
        insert(m_problem.at(project.usable), valueOf(candidate));
        return;
    }
    addNogood({{project.variable, only(project.variable, valueOf(candidate))}}, addFact(fact));
}

/// Whatever else there is of the project is out of the question; what the host brings is always there.
void Universe::limitTo(const Project &project, int candidate, Fact::Kind kind)
{
    const SetRef others = m_problem.addComplement(project.variable, only(project.variable, valueOf(candidate)));
    if (kind == Fact::Kind::Mounted)
        remove(m_problem.at(others), Absent);
    addNogood({{project.variable, others}}, addFact({kind, project.variable, -1, candidate}));
}

SetRef Universe::only(int variable, int value)
{
    const SetRef set = m_problem.addSet(variable);
    insert(m_problem.at(set), value);
    return set;
}

int Universe::extraVariable(int number, const QString &extra)
{
    Project &project = m_projects[index(number)];
    if (const auto known = project.extras.constFind(extra); known != project.extras.cend())
        return *known;
    const int variable = m_problem.addVariable(project.valueCount());
    project.extras.insert(extra, variable);
    m_variables.push_back({number, extra, nullptr, {}});
    return variable;
}

/// Adds what the candidates of the variable need. References into m_projects do not outlive a new project.
void Universe::expand(int variable)
{
    const int number = m_variables[index(variable)].project;
    const std::vector<const Distribution *> candidates = m_projects[index(number)].candidates;
    const QString extra = m_variables[index(variable)].extra;
    const int base = m_projects[index(number)].variable;
    const int fixed = m_projects[index(number)].fixed;
    std::vector<Group> groups;
    for (int i = 0; i < static_cast<int>(candidates.size()); ++i) {
        if (variable != base)
            tie(variable, base, i);
        else if (i == fixed)
            continue; // the host has seen to what its own distributions need
        for (const Requirement &requirement : candidates[index(i)]->requiresDist) {
            if (applies(requirement, extra))
                append(variable, valueOf(i), requirement, groups);
        }
    }
    addGroups(variable, groups);
    if (variable == base)
        expandModules(m_projects[index(number)]);
}

/// A project and its extras are of one version.
void Universe::tie(int extra, int base, int candidate)
{
    const SetRef same = only(extra, valueOf(candidate));
    addNogood({{extra, same}, {base, m_problem.addComplement(base, same)}},
        addFact({Fact::Kind::SameVersion, extra, base, candidate}));
}

void Universe::addGroups(int variable, const std::vector<Group> &groups)
{
    for (const Group &group : groups) {
        Project &project = m_projects[index(group.project)];
        const int fact = addFact({Fact::Kind::Requirement, variable, project.variable, -1, group.requirement, {},
            group.who, group.excluded.front().set});
        project.requirements.push_back(fact);
        if (m_variables[index(variable)].project != group.project)
            project.othersRequirements.push_back(fact);
        m_variables[index(variable)].needs.push_back(fact);
        for (const Term &excluded : group.excluded) {
            if (excluded.variable != variable) {
                addNogood({{variable, group.who}, excluded}, fact);
            } else {
                // A version that needs another one of its own project.
                const SetRef both = m_problem.addCopy(variable, excluded.set);
                intersect(m_problem.at(both), m_problem.at(group.who), m_problem.wordsOf(variable));
                addNogood({{variable, both}}, fact);
            }
        }
    }
}

/// Two projects that bring the same top-level module cannot be imported beside each other.
void Universe::expandModules(const Project &project)
{
    QMap<QString, SetRef> own;
    for (int i = 0; i < static_cast<int>(project.candidates.size()); ++i) {
        for (const QString &module : project.candidates[index(i)]->topLevels) {
            if (!own.contains(module))
                own.insert(module, m_problem.addSet(project.variable));
            insert(m_problem.at(own[module]), valueOf(i));
        }
    }
    for (auto each = own.cbegin(); each != own.cend(); ++each) {
        std::vector<Term> &owners = m_modules[each.key()];
        for (const Term &other : owners) {
            const Fact fact{Fact::Kind::SharedModule, project.variable, other.variable, -1, nullptr, each.key()};
            addNogood({{project.variable, *each}, other}, addFact(fact));
        }
        owners.push_back({project.variable, *each});
    }
}

bool Universe::applies(const Requirement &requirement, const QString &extra) const
{
    if (requirement.marker.isEmpty())
        return extra.isEmpty();
    const bool always = requirement.marker.evaluate(m_input.environment);
    // What holds without the extra already is asked for by the project itself.
    return extra.isEmpty() ? always : !always && requirement.marker.evaluate(m_input.environment, {extra});
}

/// Notes that the value has the requirement, together with others of the variable that have the same.
void Universe::append(int variable, int value, const Requirement &requirement, std::vector<Group> &groups)
{
    const int project = projectNumber(requirement.name);
    auto same = std::find_if(groups.begin(), groups.end(), [&](const Group &group) {
        return group.project == project && group.requirement->specifiers == requirement.specifiers
            && group.requirement->extras == requirement.extras;
    });
    if (same == groups.end())
        same = groups.insert(same, newGroup(variable, project, requirement));
    insert(m_problem.at(same->who), value);
}

Universe::Group Universe::newGroup(int variable, int project, const Requirement &requirement)
{
    Group group{&requirement, project, m_problem.addSet(variable), {}};
    // The project comes before its extras, so that it is known by the requirement that asks for it.
    group.excluded.push_back(
        {m_projects[index(project)].variable, forbiddenBy(m_projects[index(project)], requirement)});
    for (const QString &extra : requirement.extras) {
        const int needed = extraVariable(project, extra);
        group.excluded.push_back({needed, only(needed, Absent)});
    }
    return group;
}

SetRef Universe::forbiddenBy(const Project &project, const Requirement &requirement)
{
    const SetRef forbidden = only(project.variable, Absent);
    for (int i = 0; i < static_cast<int>(project.candidates.size()); ++i) {
        const Distribution &candidate = *project.candidates[index(i)];
        const bool isAllowed = requirement.specifiers.contains(candidate.version, Prereleases::Allow)
            && std::all_of(requirement.extras.cbegin(), requirement.extras.cend(),
                [&](const QString &extra) { return provides(candidate, extra, m_input.environment); });
        if (!isAllowed)
            insert(m_problem.at(forbidden), valueOf(i));
    }
    return forbidden;
}

bool Universe::provides(const Distribution &distribution, const QString &extra, const MarkerEnvironment &environment)
{
    if (distribution.providesExtra.contains(extra))
        return true;
    // Old metadata names extras in markers alone.
    return std::any_of(distribution.requiresDist.cbegin(), distribution.requiresDist.cend(), [&](const Requirement &r) {
        return !r.marker.isEmpty() && !r.marker.evaluate(environment) && r.marker.evaluate(environment, {extra});
    });
}

int Universe::addFact(const Fact &fact)
{
    m_facts.push_back(fact);
    return static_cast<int>(m_facts.size()) - 1;
}

void Universe::addNogood(std::initializer_list<Term> terms, int fact)
{
    if (m_facts[index(fact)].nogood < 0)
        m_facts[index(fact)].nogood = m_problem.nogoodCount();
    m_problem.addNogood(terms, fact);
}

} // namespace Axle::Internal
