#pragma once

#include "namenumbers_p.h"
#include "problem_p.h"

#include <axle/resolver/resolver.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <optional>
#include <ranges>
#include <span>
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

/// Numbers of facts that follow one another.
using FactRange = std::ranges::iota_view<int, int>;

/// What one value is chosen for: a project, or a project with one extra, whose choice must be the same; or whether
/// something is asked for (its one candidate) or not.
struct Variable
{
    int project = -1;
    QString extra; ///< empty: the project itself
    const Requirement *asked = nullptr;
    FactRange needs = {}; ///< what it requires
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
    std::span<const Distribution *> candidates;
    int variable = -1;
    int fixed = -1;                    ///< the candidate that the host brings
    bool pinned = false;               ///< one candidate is mounted: no other counts
    QHash<QString, int> extras;        ///< extra to variable
    std::span<const int> requirements; ///< facts: who requires it
    SetRef usable = 0;                 ///< values; not Absent
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
    const Project *find(const ProjectName &name) const;
    /// Whether the candidate knows the extra.
    static bool provides(const Distribution &distribution, const QString &extra, const MarkerEnvironment &environment);
    static size_t index(int number) { return static_cast<size_t>(number); }

private:
    /// Candidates of one variable that have the same requirement.
    struct Group
    {
        const Requirement *requirement = nullptr;
        size_t hash = 0;  ///< of its specifiers
        int project = -1; ///< that is required
        SetRef who = 0;
        SetRef forbidden = 0;
    };
    /// What is known of a requirement and its copies: the wheels of a folder share what they have in common.
    struct Understood
    {
        const Requirement *requirement = nullptr;
        bool isInForce = false; ///< whatever extra is asked for
        size_t hash = 0;        ///< of its specifiers
        int project = -1;       ///< that is required; -1: nobody has asked for it yet
        SetRef forbidden = 0;
    };
    static constexpr size_t UnderstoodCount = 1024;

    /// Which values of a project bring a top-level module.
    struct Module
    {
        int variable = -1;
        std::optional<SetRef> whole;
        std::optional<SetRef> part; ///< of a package that others may have parts of
    };
    /// What a name stands for: some of m_candidates, and the project once it is reached, else -1.
    struct Named
    {
        int firstCandidate = 0;
        int candidateCount = 0;
        int project = -1;
    };

    void collectCandidates();
    int projectNumber(const ProjectName &name);
    int addProject(const ProjectName &name, const Named &named);
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
    void excludeModules(const Module &a, const Module &b, const QString &name);
    Understood &understood(const Requirement &requirement);
    void append(int variable, int value, const Requirement &requirement);
    void addGroups(int variable);
    void exclude(const Term &who, const Term &excluded, int fact);
    void linkRequirements();
    bool applies(const Requirement &requirement, const QSet<QString> &extras);
    bool isPinned(const Distribution &distribution) const;
    bool isForThisPython(const SpecifierSet &requiresPython);
    SetRef forbiddenBy(const Project &project, const Requirement &requirement);
    SetRef only(int variable, int value);
    int addFact(const Fact &fact);
    void addNogood(std::initializer_list<Term> terms, int fact);

    const ResolverInput &m_input;
    NameNumbers m_names;
    std::vector<Named> m_named;                     ///< by number of name
    std::vector<const Distribution *> m_candidates; ///< those of one name together
    std::vector<Understood> m_understood = std::vector<Understood>(UnderstoodCount);
    std::vector<Group> m_groups;  ///< of the variable that is being expanded
    std::vector<int> m_requirers; ///< facts: those that require one project together
    QSet<const Distribution *> m_fixed;
    QSet<QString> m_pinned;
    QSet<QString> m_preferred;
    const SpecifierSet *m_requiresPython = nullptr; ///< judged last: most are copies of one
    bool m_isForThisPython = true;
    Problem m_problem;
    std::vector<Project> m_projects;
    std::vector<Variable> m_variables;
    std::vector<Fact> m_facts;
    std::vector<int> m_goals;
    QHash<QString, std::vector<Module>> m_modules; ///< who brings a top-level module, by its name
};

} // namespace Axle::Internal
