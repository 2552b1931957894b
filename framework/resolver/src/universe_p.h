#pragma once

#include <axle/resolver/resolver.h>

#include <QtCore/QBitArray>
#include <QtCore/QHash>

#include <deque>
#include <vector>

namespace Axle::Internal {

/// What the choice of a candidate asks of another variable: to be one of `allowed`.
struct Dependency
{
    int variable = -1;
    QBitArray allowed;                        ///< over the candidates of the variable's project
    const Requirement *requirement = nullptr; ///< nothing: a project and its extras must be of one version
    bool isRequired = true;                   ///< false: limits the variable without asking for it
};

/// Something that one candidate is chosen for: a project, or a project with one extra, whose choice must be the same.
struct Variable
{
    int project = -1;
    QString extra;                                     ///< empty: the project itself
    std::vector<std::vector<Dependency>> dependencies; ///< by candidate
};

/// One project and its candidates, the most wanted first.
struct Project
{
    QString name; ///< normalised
    std::vector<const Distribution *> candidates;
    QBitArray usable;      ///< those that this Python may load
    QBitArray prereleases; ///< those that are pre-releases
    QBitArray preferred;   ///< those that should be kept
    int variable = -1;
    QHash<QString, int> extras; ///< extra to variable
};

/// The closed world of one resolution: every candidate, and what each choice entails, evaluated once.
///
/// Grows with the requirements that are asked for (`require`), then stays as it is while a Search runs: searches keep
/// pointers into it. Its order depends on names, versions and locations only, never on the order of the input.
class Universe
{
public:
    explicit Universe(const ResolverInput &input);
    Q_DISABLE_COPY_MOVE(Universe)

    /// What `requirement` entails when it is asked for from outside; empty where its marker is false.
    std::vector<Dependency> require(const Requirement &requirement);

    const ResolverInput &input() const { return m_input; }
    const std::vector<Variable> &variables() const { return m_variables; }
    const Project &projectOf(int variable) const { return m_projects[index(m_variables[index(variable)].project)]; }
    const Distribution &candidate(int variable, int number) const
    {
        return *projectOf(variable).candidates[index(number)];
    }
    bool isExtra(int variable) const { return !m_variables[index(variable)].extra.isEmpty(); }
    /// The variables of which some candidate requires `variable`.
    const std::vector<int> &requirersOf(int variable) const;
    /// Whether the candidate knows the extra.
    static bool provides(const Distribution &distribution, const QString &extra, const MarkerEnvironment &environment);
    /// Candidates of the variable's project that the specifiers admit, usable or not.
    QBitArray matching(int project, const SpecifierSet &specifiers);

    static size_t index(int number) { return static_cast<size_t>(number); }

private:
    int projectNumber(const ProjectName &name);
    int extraVariable(int project, const QString &extra);
    void addCandidates();
    void sortCandidates(Project &project) const;
    void expandPending();
    void expand(int variable);
    void append(const Requirement &requirement, std::vector<Dependency> &dependencies);
    bool applies(const Requirement &requirement, const QString &extra) const;

    const ResolverInput &m_input;
    std::vector<Project> m_projects;
    std::vector<Variable> m_variables;
    std::deque<Requirement> m_asked; // addresses must stay
    QHash<QString, int> m_projectNumbers;
    QHash<std::pair<int, QString>, QBitArray> m_matching;
    mutable std::vector<std::vector<int>> m_requirers; // by variable; made when first asked for
    size_t m_expanded = 0;
};

} // namespace Axle::Internal
