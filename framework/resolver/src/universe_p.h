#pragma once

#include "problem_p.h"

#include <axle/resolver/resolver.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <vector>

namespace Axle::Internal {

/// Why something is not possible. Facts are what explanations are made of.
struct Fact
{
    enum class Kind {
        SameVersion,  ///< a project and its extras are of one version; of no interest to a reader
        Unneeded,     ///< nobody needs `variable`; of no interest either
        Requirement,  ///< versions of `variable` have `requirement`, on `target`
        Python,       ///< `candidate` of `variable` is for another Python
        Prerelease,   ///< a pre-release of `variable` needs a requirement that names one
        Refused,      ///< `candidate` of `variable` is a pre-release, and these are refused
        Yanked,       ///< a yanked version of `variable` needs a requirement that pins it
        Unusable,     ///< `candidate` of `variable` cannot be loaded, as its distribution says
        Host,         ///< the program itself brings `candidate` of `variable`
        Mounted,      ///< `candidate` of `variable` is mounted and stays
        SharedModule, ///< `variable` and `target` bring the module `module`
    };
    Kind kind = Kind::SameVersion;
    int variable = -1;
    int target = -1;
    int candidate = -1;
    const Requirement *requirement = nullptr;
    QString module = {};
    SetRef who = 0;       ///< of Requirement: the values of `variable` that have it
    SetRef forbidden = 0; ///< of Requirement: the values of `target` that do not meet it
    int nogood = -1;      ///< the first one of it
};

/// What one value is chosen for: a project, or a project with one extra, whose choice must be the same; or whether
/// something is asked for (its one candidate) or not.
struct Variable
{
    int project = -1;
    QString extra; ///< empty: the project itself
    const Requirement *asked = nullptr;
    std::vector<int> needs = {}; ///< facts: what it requires
};

/// Candidates that count only where a requirement calls for them.
struct Reserved
{
    SetRef values = 0;
    int fact = NoFact; ///< NoFact: there are none
};

/// One project and its candidates, the most wanted first.
struct Project
{
    QString name; ///< normalised
    std::vector<const Distribution *> candidates;
    int variable = -1;
    int fixed = -1;                      ///< the candidate that the host brings
    bool pinned = false;                 ///< one candidate is mounted: no other counts
    QHash<QString, int> extras;          ///< extra to variable
    std::vector<int> requirements;       ///< facts: who requires it
    std::vector<int> othersRequirements; ///< those of other projects, and what was asked for: they call for releases
    SetRef usable = 0;                   ///< values; not Absent
    Reserved prereleases;
    Reserved yanked;

    int valueCount() const { return static_cast<int>(candidates.size()) + 1; }
};

/// The closed world of one resolution: every candidate that what is asked for can lead to, and what each choice
/// excludes.
///
/// Projects are numbered in the order in which they are reached from what is asked for, so nothing depends on the order
/// of the input's candidates.
class Universe
{
public:
    /// Borrows both.
    Universe(const ResolverInput &input, const QList<Requirement> &asked);
    Q_DISABLE_COPY_MOVE(Universe)

    /// By requirement asked for: the variable of being asked for, or -1 where its marker is false.
    const std::vector<int> &goals() const { return m_goals; }
    const ResolverInput &input() const { return m_input; }
    const Problem &problem() const { return m_problem; }
    const std::vector<Fact> &facts() const { return m_facts; }
    int unneededFact() const { return 0; }
    const Fact &fact(int number) const { return m_facts[index(number)]; }
    const Variable &variable(int number) const { return m_variables[index(number)]; }
    bool isGoal(int variable) const { return this->variable(variable).asked != nullptr; }
    bool isExtra(int variable) const { return !this->variable(variable).extra.isEmpty(); }
    /// Of a variable that is no goal.
    const Project &projectOf(int variable) const { return m_projects[index(this->variable(variable).project)]; }
    const Distribution &candidate(int variable, int number) const
    {
        return *projectOf(variable).candidates[index(number)];
    }
    const std::vector<Project> &projects() const { return m_projects; }
    /// Null: nothing that was asked for leads to it.
    const Project *find(const QString &normalizedName) const;
    /// Whether the candidate knows the extra.
    static bool provides(const Distribution &distribution, const QString &extra, const MarkerEnvironment &environment);
    static size_t index(int number) { return static_cast<size_t>(number); }

private:
    struct Group;

    void addCandidate(const Distribution &distribution);
    int projectNumber(const ProjectName &name);
    void sortCandidates(Project &project) const;
    void addProjectFacts(int number);
    void addUnusable(const Project &project, int candidate);
    void limitTo(const Project &project, int candidate, Fact::Kind kind);
    bool isEmpty(int variable, SetRef set) const;
    int extraVariable(int project, const QString &extra);
    void ask(const Requirement &requirement);
    void expand(int variable);
    void tie(int extra, int base, int candidate);
    void expandModules(const Project &project);
    void append(int variable, int value, const Requirement &requirement, std::vector<Group> &groups);
    Group newGroup(int variable, int project, const Requirement &requirement);
    void addGroups(int variable, const std::vector<Group> &groups);
    bool applies(const Requirement &requirement, const QString &extra) const;
    SetRef forbiddenBy(const Project &project, const Requirement &requirement);
    SetRef only(int variable, int value);
    int addFact(const Fact &fact);
    void addNogood(std::initializer_list<Term> terms, int fact);

    const ResolverInput &m_input;
    struct Candidate
    {
        const Distribution *distribution = nullptr;
        int previous = -1; ///< of the same project
    };
    std::vector<Candidate> m_candidates;
    QHash<QString, int> m_lastCandidates; ///< by normalised name
    QSet<const Distribution *> m_fixed;
    QSet<QString> m_pinned;
    QSet<QString> m_preferred;
    Problem m_problem;
    std::vector<Project> m_projects;
    std::vector<Variable> m_variables;
    std::vector<Fact> m_facts;
    std::vector<int> m_goals;
    QHash<QString, int> m_projectNumbers;
    QHash<QString, std::vector<Term>> m_modules; ///< who brings a top-level module
};

} // namespace Axle::Internal
