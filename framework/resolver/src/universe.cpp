#include "universe_p.h"

#include <algorithm>
#include <numeric>

namespace Axle::Internal {

Universe::Universe(const ResolverInput &input, const QList<Requirement> &asked)
    : m_input(input)
    , m_pinned(input.pinned.cbegin(), input.pinned.cend())
    , m_preferred(input.preferred.cbegin(), input.preferred.cend())
{
    collectCandidates();
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
        if (!distribution.topLevels.isEmpty() || !distribution.namespaces.isEmpty())
            projectNumber(distribution.name);
    }
    // Expanding a variable may add others, which the loop comes to.
    for (int variable = 0; variable < m_problem.variableCount(); ++variable) {
        if (!isGoal(variable))
            expand(variable);
    }
    linkRequirements();
}

/// Brings those of each name together.
void Universe::collectCandidates()
{
    std::vector<std::pair<int, const Distribution *>> candidates; // with the numbers of their names
    candidates.reserve(static_cast<size_t>(m_input.candidates.size() + m_input.fixed.size()));
    for (const Distribution &distribution : m_input.candidates)
        candidates.emplace_back(m_names.add(distribution.name), &distribution);
    for (const Distribution &distribution : m_input.fixed) {
        candidates.emplace_back(m_names.add(distribution.name), &distribution);
        m_fixed.insert(&distribution);
    }
    m_named.resize(index(m_names.count()));
    for (const auto &[name, distribution] : candidates)
        ++m_named[index(name)].candidateCount;
    int first = 0;
    for (Named &named : m_named)
        named.firstCandidate = std::exchange(first, first + std::exchange(named.candidateCount, 0));
    // About as many are to come.
    m_projects.reserve(m_named.size());
    m_variables.reserve(m_named.size());
    m_facts.reserve(candidates.size());
    m_candidates.resize(candidates.size());
    for (const auto &[name, distribution] : candidates) {
        Named &named = m_named[index(name)];
        m_candidates[index(named.firstCandidate + named.candidateCount++)] = distribution;
    }
}

const Project *Universe::find(const ProjectName &name) const
{
    const int number = m_names.find(name);
    const int project = number < 0 ? -1 : m_named[index(number)].project;
    return project < 0 ? nullptr : &m_projects[index(project)];
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
    append(variable, valueOf(0), requirement);
    addGroups(variable);
}

int Universe::projectNumber(const ProjectName &name)
{
    const int number = m_names.add(name);
    if (number == std::ssize(m_named))
        m_named.emplace_back();
    Named &named = m_named[index(number)];
    if (named.project < 0)
        named.project = addProject(name, named);
    return named.project;
}

int Universe::addProject(const ProjectName &name, const Named &named)
{
    const auto number = static_cast<int>(m_projects.size());
    Project &project = m_projects.emplace_back();
    project.name = name.normalized();
    project.candidates = std::span(m_candidates).subspan(index(named.firstCandidate), index(named.candidateCount));
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
        if (const auto order = a->version <=> b->version; order != 0)
            return order > 0;
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
        if (isPinned(*candidate))
            pinned = i;
        const bool isThere = m_fixed.contains(candidate) || pinned == i;
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

/// Mostly nothing is, and a set hashes what it is asked for even where it has nothing.
bool Universe::isPinned(const Distribution &distribution) const
{
    return !m_pinned.isEmpty() && m_pinned.contains(distribution.location);
}

bool Universe::isForThisPython(const SpecifierSet &requiresPython)
{
    if (!m_requiresPython || !m_requiresPython->isCopyOf(requiresPython)) {
        m_requiresPython = &requiresPython;
        m_isForThisPython = requiresPython.contains(m_input.pythonVersion, Prereleases::Allow);
    }
    return m_isForThisPython;
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
    if (!isForThisPython(distribution.requiresPython))
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
    const std::span<const Distribution *> candidates = m_projects[index(number)].candidates;
    const QString extra = m_variables[index(variable)].extra;
    const QSet<QString> extras = extra.isEmpty() ? QSet<QString>() : QSet<QString>{extra};
    const int base = m_projects[index(number)].variable;
    const int fixed = m_projects[index(number)].fixed;
    for (int i = 0; i < static_cast<int>(candidates.size()); ++i) {
        if (variable != base)
            tie(variable, base, i);
        else if (i == fixed)
            continue; // the host has seen to what its own distributions need
        for (const Requirement &requirement : candidates[index(i)]->requiresDist) {
            if (applies(requirement, extras))
                append(variable, valueOf(i), requirement);
        }
    }
    addGroups(variable);
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

/// Makes facts of the groups.
void Universe::addGroups(int variable)
{
    const auto first = static_cast<int>(m_facts.size());
    m_variables[index(variable)].needs = FactRange(first, first + static_cast<int>(m_groups.size()));
    for (const Group &group : m_groups) {
        const int required = m_projects[index(group.project)].variable;
        const Term who{variable, group.who};
        const int fact = addFact(
            {Fact::Kind::Requirement, variable, required, -1, group.requirement, {}, group.who, group.forbidden});
        // The project comes before its extras, so that it is known by the requirement that asks for it.
        exclude(who, {required, group.forbidden}, fact);
        for (const QString &extra : group.requirement->extras) {
            const int needed = extraVariable(group.project, extra);
            exclude(who, {needed, only(needed, Absent)}, fact);
        }
    }
    m_groups.clear();
}

void Universe::exclude(const Term &who, const Term &excluded, int fact)
{
    if (excluded.variable != who.variable) {
        addNogood({who, excluded}, fact);
        return;
    }
    // A version that needs another one of its own project.
    const SetRef both = m_problem.addCopy(who.variable, excluded.set);
    intersect(m_problem.at(both), m_problem.at(who.set), m_problem.wordsOf(who.variable));
    addNogood({{who.variable, both}}, fact);
}

/// Tells each project who requires it.
void Universe::linkRequirements()
{
    const auto isRequirement = [](const Fact &fact) { return fact.kind == Fact::Kind::Requirement; };
    std::vector<size_t> ends(m_projects.size() + 1); // by project, moved on by each of its facts
    for (const Fact &fact : m_facts | std::views::filter(isRequirement))
        ++ends[index(m_variables[index(fact.target)].project) + 1];
    std::partial_sum(ends.cbegin(), ends.cend(), ends.begin());
    m_requirers.resize(ends.back());
    for (size_t i = 0; i < m_projects.size(); ++i)
        m_projects[i].requirements = std::span(m_requirers).subspan(ends[i], ends[i + 1] - ends[i]);
    for (int fact = 0; fact < static_cast<int>(m_facts.size()); ++fact) {
        if (isRequirement(m_facts[index(fact)]))
            m_requirers[ends[index(m_variables[index(m_facts[index(fact)].target)].project)]++] = fact;
    }
}

/// Two projects that bring the same top-level module cannot be imported beside each other.
void Universe::expandModules(const Project &project)
{
    QMap<QString, Module> own;
    for (int i = 0; i < static_cast<int>(project.candidates.size()); ++i) {
        const auto add = [&](const QString &name, std::optional<SetRef> Module::*bringing) {
            std::optional<SetRef> &values = own[name].*bringing;
            if (!values)
                values = m_problem.addSet(project.variable);
            insert(m_problem.at(*values), valueOf(i));
        };
        for (const QString &name : project.candidates[index(i)]->topLevels)
            add(name, &Module::whole);
        for (const QString &name : project.candidates[index(i)]->namespaces)
            add(name, &Module::part);
    }
    for (auto each = own.begin(); each != own.end(); ++each) {
        each->variable = project.variable;
        std::vector<Module> &others = m_modules[each.key()];
        for (const Module &other : others)
            excludeModules(*each, other, each.key());
        others.push_back(*each);
    }
}

/// Parts of a package can be beside each other, but nothing beside the whole.
void Universe::excludeModules(const Module &a, const Module &b, const QString &name)
{
    const std::pair<std::optional<SetRef>, std::optional<SetRef>> excluded[] = {
        {a.whole, b.whole}, {a.whole, b.part}, {a.part, b.whole}};
    for (const auto &[of, other] : excluded) {
        if (!of || !other)
            continue;
        const Fact fact{Fact::Kind::SharedModule, a.variable, b.variable, -1, nullptr, name};
        addNogood({{a.variable, *of}, {b.variable, *other}}, addFact(fact));
    }
}

/// Each is kept in the one place that follows from its identity, until another one comes.
Universe::Understood &Universe::understood(const Requirement &requirement)
{
    Understood &place = m_understood[qHash(requirement.name.identity()) % UnderstoodCount];
    if (!place.requirement || !place.requirement->isCopyOf(requirement))
        place = {&requirement, requirement.marker.evaluate(m_input.environment), qHash(requirement.specifiers)};
    return place;
}

bool Universe::applies(const Requirement &requirement, const QSet<QString> &extras)
{
    if (requirement.marker.isEmpty())
        return extras.isEmpty();
    const bool always = understood(requirement).isInForce;
    // What holds without the extra already is asked for by the project itself.
    return extras.isEmpty() ? always : !always && requirement.marker.evaluate(m_input.environment, extras);
}

/// Notes that the value has the requirement, together with others of the variable that have the same.
void Universe::append(int variable, int value, const Requirement &requirement)
{
    Understood &known = understood(requirement);
    if (known.project < 0) {
        known.project = projectNumber(requirement.name);
        known.forbidden = forbiddenBy(m_projects[index(known.project)], requirement);
    }
    auto same = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &group) {
        return group.hash == known.hash && group.project == known.project
            && group.requirement->specifiers == requirement.specifiers
            && group.requirement->extras == requirement.extras;
    });
    if (same == m_groups.end()) {
        same = m_groups.insert(
            same, {&requirement, known.hash, known.project, m_problem.addSet(variable), known.forbidden});
        for (const QString &extra : requirement.extras)
            extraVariable(known.project, extra);
    }
    insert(m_problem.at(same->who), value);
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
