#include "universe_p.h"

#include <QtCore/QSet>

#include <algorithm>

namespace Axle::Internal {

namespace {

QBitArray only(qsizetype size, qsizetype position)
{
    QBitArray bits(size);
    bits.setBit(position);
    return bits;
}

} // namespace

Universe::Universe(const ResolverInput &input)
    : m_input(input)
{
    addCandidates();
    expandPending();
}

void Universe::addCandidates()
{
    // Numbers follow names, so that nothing depends on the order in which the candidates came.
    QList<const Distribution *> sorted;
    for (const Distribution &distribution : m_input.candidates)
        sorted.append(&distribution);
    std::stable_sort(
        sorted.begin(), sorted.end(), [](const Distribution *a, const Distribution *b) { return a->name < b->name; });
    for (const Distribution *distribution : std::as_const(sorted)) {
        const int number = projectNumber(distribution->name);
        m_projects[index(number)].candidates.push_back(distribution);
    }
    for (Project &project : m_projects)
        sortCandidates(project);
}

void Universe::sortCandidates(Project &project) const
{
    const QSet<QString> kept(m_input.preferred.cbegin(), m_input.preferred.cend());
    std::sort(project.candidates.begin(), project.candidates.end(), [&](const Distribution *a, const Distribution *b) {
        if (const bool keepA = kept.contains(a->location); keepA != kept.contains(b->location))
            return keepA;
        if (a->version != b->version)
            return a->version > b->version;
        if (a->tagRank != b->tagRank)
            return a->tagRank < b->tagRank;
        return a->location < b->location;
    });
    const auto count = static_cast<qsizetype>(project.candidates.size());
    project.usable = QBitArray(count);
    project.prereleases = QBitArray(count);
    project.preferred = QBitArray(count);
    for (qsizetype i = 0; i < count; ++i) {
        const Distribution &distribution = *project.candidates[static_cast<size_t>(i)];
        const bool isPrerelease = distribution.version.isPrerelease();
        const bool isRefused = isPrerelease && m_input.prereleases == Prereleases::Refuse;
        project.usable.setBit(
            i, !isRefused && distribution.requiresPython.contains(m_input.pythonVersion, Prereleases::Allow));
        project.prereleases.setBit(i, isPrerelease);
        project.preferred.setBit(i, kept.contains(distribution.location));
    }
}

int Universe::projectNumber(const ProjectName &name)
{
    const auto known = m_projectNumbers.constFind(name.normalized());
    if (known != m_projectNumbers.cend())
        return *known;
    const auto number = static_cast<int>(m_projects.size());
    Project project;
    project.name = name.normalized();
    project.variable = static_cast<int>(m_variables.size());
    m_projects.push_back(project);
    m_variables.push_back({number, {}, {}});
    m_projectNumbers.insert(name.normalized(), number);
    return number;
}

int Universe::extraVariable(int project, const QString &extra)
{
    const auto known = m_projects[index(project)].extras.constFind(extra);
    if (known != m_projects[index(project)].extras.cend())
        return *known;
    const auto number = static_cast<int>(m_variables.size());
    m_projects[index(project)].extras.insert(extra, number);
    m_variables.push_back({project, extra, {}});
    return number;
}

void Universe::expandPending()
{
    // Expanding a variable may add others, which the loop comes to.
    for (; m_expanded < m_variables.size(); ++m_expanded)
        expand(static_cast<int>(m_expanded));
}

void Universe::expand(int variable)
{
    const int projectNumber = m_variables[index(variable)].project;
    const QString extra = m_variables[index(variable)].extra;
    const auto candidates = m_projects[index(projectNumber)].candidates;
    const int base = m_projects[index(projectNumber)].variable;
    const auto count = static_cast<qsizetype>(candidates.size());
    std::vector<std::vector<Dependency>> dependencies(candidates.size());
    for (size_t i = 0; i < candidates.size(); ++i) {
        const QBitArray same = only(count, static_cast<qsizetype>(i));
        if (variable != base) {
            dependencies[i].push_back({base, same, nullptr, true});
            m_variables[index(base)].dependencies[i].push_back({variable, same, nullptr, false});
        }
        for (const Requirement &requirement : candidates[i]->requiresDist) {
            if (applies(requirement, extra))
                append(requirement, dependencies[i]);
        }
    }
    m_variables[index(variable)].dependencies = std::move(dependencies);
}

bool Universe::applies(const Requirement &requirement, const QString &extra) const
{
    const bool always = requirement.marker.evaluate(m_input.environment);
    // What holds without the extra already is asked for by the project itself.
    return extra.isEmpty() ? always : !always && requirement.marker.evaluate(m_input.environment, {extra});
}

void Universe::append(const Requirement &requirement, std::vector<Dependency> &dependencies)
{
    const int project = projectNumber(requirement.name);
    QBitArray allowed = matching(project, requirement.specifiers);
    const auto &candidates = m_projects[index(project)].candidates;
    for (const QString &extra : requirement.extras) {
        for (qsizetype i = 0; i < allowed.size(); ++i)
            allowed.setBit(
                i, allowed.testBit(i) && provides(*candidates[static_cast<size_t>(i)], extra, m_input.environment));
    }
    // The project comes before its extras, so that it is known by the requirement that asks for it.
    dependencies.push_back({m_projects[index(project)].variable, allowed, &requirement, true});
    for (const QString &extra : requirement.extras) {
        const int variable = extraVariable(project, extra);
        dependencies.push_back({variable, QBitArray(allowed.size(), true), &requirement, true});
    }
}

bool Universe::provides(const Distribution &distribution, const QString &extra, const MarkerEnvironment &environment)
{
    if (distribution.providesExtra.contains(extra))
        return true;
    // Old metadata names extras in markers alone.
    return std::any_of(distribution.requiresDist.cbegin(), distribution.requiresDist.cend(), [&](const Requirement &r) {
        return !r.marker.evaluate(environment) && r.marker.evaluate(environment, {extra});
    });
}

QBitArray Universe::matching(int project, const SpecifierSet &specifiers)
{
    const std::pair<int, QString> key(project, specifiers.toString());
    const auto known = m_matching.constFind(key);
    if (known != m_matching.cend())
        return *known;
    const auto &candidates = m_projects[index(project)].candidates;
    QBitArray matching(static_cast<qsizetype>(candidates.size()));
    for (size_t i = 0; i < candidates.size(); ++i)
        matching.setBit(static_cast<qsizetype>(i), specifiers.contains(candidates[i]->version, Prereleases::Allow));
    m_matching.insert(key, matching);
    return matching;
}

const std::vector<int> &Universe::requirersOf(int variable) const
{
    if (m_requirers.size() != m_variables.size()) {
        m_requirers.assign(m_variables.size(), {});
        for (size_t i = 0; i < m_variables.size(); ++i) {
            for (const auto &dependencies : m_variables[i].dependencies) {
                for (const Dependency &dependency : dependencies) {
                    auto &requirers = m_requirers[index(dependency.variable)];
                    const auto requirer = static_cast<int>(i);
                    if (dependency.isRequired && (requirers.empty() || requirers.back() != requirer))
                        requirers.push_back(requirer);
                }
            }
        }
    }
    return m_requirers[index(variable)];
}

std::vector<Dependency> Universe::require(const Requirement &requirement)
{
    std::vector<Dependency> dependencies;
    if (!requirement.marker.evaluate(m_input.environment))
        return dependencies;
    m_asked.push_back(requirement);
    append(m_asked.back(), dependencies);
    expandPending();
    return dependencies;
}

} // namespace Axle::Internal
