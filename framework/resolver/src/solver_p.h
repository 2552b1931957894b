#pragma once

#include "problem_p.h"

#include <optional>
#include <vector>

namespace Axle::Internal {

class Solver;

/// What a choice depends on beyond the nogoods of the problem.
class ChoicePolicy
{
public:
    /// A nogood that a solution breaks and that the problem does not have yet.
    struct Objection
    {
        std::vector<Term> terms; ///< those that do not hold yet admit Absent
        int fact = -1;
    };

    virtual ~ChoicePolicy() = default;
    /// The value to try first, of the variable's domain.
    virtual int bestValue(const Solver &solver, int variable) const = 0;
    /// May add sets to the problem.
    virtual std::optional<Objection> objectTo(Solver &solver) const = 0;
};

struct SolveResult
{
    enum class Outcome { Solved, Unsolvable, OutOfBudget };
    Outcome outcome = Outcome::OutOfBudget;
    std::vector<int> values; ///< by variable; Absent: not needed
    std::vector<int> core;   ///< goals that cannot be together, sorted
    std::vector<int> facts;  ///< those that the proof of it rests on, sorted
    int conflicts = 0;       ///< that it took
};

/// Finds values for a problem: conflict-driven search over domains that are bit sets.
///
/// The domain of a variable is the set of values that are still possible. A nogood all but one of whose terms hold
/// takes the last one's set from its variable's domain. A conflict is resolved backwards, along what took values away,
/// into a new nogood: sets of the variable resolved upon are united, those of others intersected (first unique
/// implication point); the search goes back to where the new one has an effect. A variable that cannot be absent is
/// decided upon in the order of numbers, each with its best value, so a solution is the best one in lexicographic
/// order. Where that takes many conflicts, variables that conflicts are about come first, until it is known that there
/// is a solution.
///
/// What was learned stays for later calls. Work is counted in conflicts, never in time.
class Solver
{
public:
    /// Whether `facts` of results are wanted.
    enum class Proofs { Drop, Keep };
    /// `policy` may be null: then smaller values are better. It is borrowed.
    Solver(Problem problem, const ChoicePolicy *policy, Proofs proofs = Proofs::Drop);

    /// Values such that no variable of `goals` is absent. Gives up after `conflicts`.
    SolveResult solve(const std::vector<int> &goals, int conflicts);
    /// Values to try first from now on, by variable: near a known solution another one is found sooner, but it is not
    /// the best. Empty: none.
    void setHints(const std::vector<int> &values) { m_hints = values; }

    Problem &problem() { return m_problem; }
    const Problem &problem() const { return m_problem; }
    const Word *domain(int variable) const { return m_domains.data() + m_offsets[index(variable)]; }
    bool holds(const Term &term) const
    {
        return isSubset(domain(term.variable), m_problem.at(term.set), m_problem.wordsOf(term.variable));
    }
    /// The value that is left, or Absent where the variable may be absent. Only where the search has come to an end.
    int value(int variable) const { return firstOf(domain(variable), m_problem.wordsOf(variable)); }

private:
    /// One narrowing of one variable's domain.
    struct Step
    {
        int variable = -1;
        int previous = -1; ///< the variable's step before, or -1
        int level = 0;
        int cause = 0;            ///< a nogood, or one of the below
        std::uint32_t before = 0; ///< the domain before it, in m_saved
    };
    static constexpr int NoCause = -1;
    static constexpr int Decision = -2;
    static constexpr int Goal = -3;
    static constexpr int GoalLevel = 1; ///< 0: what holds whatever is asked for; 2 and more: decisions
    struct Binary
    {
        Word begin = 0; ///< the first word of `own`, which is seldom more
        SetRef own = 0;
        int other = -1;
        SetRef others = 0;
        int nogood = -1;
    };
    struct Watch
    {
        Word begin = 0; ///< the first word of the variable's own set
        Term blocker;   ///< another term; while it is false, nothing is to be done
        int nogood = -1;
    };
    enum class Order { Given, Activity };

    static std::size_t index(int number) { return static_cast<std::size_t>(number); }
    Word *mutableDomain(int variable) { return m_domains.data() + m_offsets[index(variable)]; }
    Word *resolvent(int variable) { return m_resolvent.data() + m_offsets[index(variable)]; }
    int level() const { return static_cast<int>(m_levels.size()); }

    bool isFalse(const Term &term) const
    {
        return areDisjoint(domain(term.variable), m_problem.at(term.set), m_problem.wordsOf(term.variable));
    }
    void reserveBinaries();
    void attach(int nogood);
    Watch watch(int nogood, const Term &own, const Term &blocker) const
    {
        return {*m_problem.at(own.set), blocker, nogood};
    }
    SolveResult search(Order order, int conflicts);
    SolveResult searchBothWays(int conflicts);
    SolveResult solved() const;
    SolveResult unsolvable();
    bool postGoals();
    int propagate();
    int propagateBinaries(int variable);
    int propagateWatches(int variable);
    bool moveWatch(int nogood);
    bool prune(const Term &term, int cause);
    void narrow(int variable, const Word *excluded, int cause);
    void assign(int variable, int value);
    int nextVariable(Order order);
    int bestValue(int variable) const;
    int objection();
    void undoTo(int level);
    void undoStep();
    void enqueue(int variable);

    bool learnFrom(int conflict);
    void begin(int nogood);
    void use(int nogood);
    void meet(const Term &term);
    void resolveUpon(int variable);
    int stepInto(int variable, const Word *set) const;
    void updateStep(int variable);
    void noteInitial(int variable);
    int latest() const;
    int levelOf(int openVariable) const;
    bool isAlone(int variable) const;
    void addLearned(int variable);
    int add(const std::vector<Term> &terms, int fact);
    void proveCore();
    std::vector<int> factsOfProof() const;
    void bump(int variable);

    Problem m_problem;
    const ChoicePolicy *m_policy;
    Proofs m_proofs;
    int m_givenCount;                     ///< nogoods with larger numbers came later
    SetRef m_onlyAbsent;                  ///< for any variable
    std::vector<std::uint32_t> m_offsets; ///< by variable: where its domain begins
    std::vector<Word> m_domains;
    std::vector<Word> m_saved;
    std::vector<Word> m_others; ///< while a variable is assigned: what its value is not; wide enough for any
    std::vector<Step> m_steps;
    std::vector<int> m_lastStep; ///< by variable
    std::vector<std::vector<Binary>> m_binaries;
    std::vector<std::vector<Watch>> m_watches;
    std::vector<std::size_t> m_levels; ///< from level 1 on: how many steps there were before
    std::size_t m_head = 0;            ///< the first step not yet propagated
    std::vector<int> m_goals;
    int m_conflicts = 0; ///< of the present call
    std::vector<int> m_hints;

    std::vector<int> m_queue; ///< a heap of variables that may have to be decided upon
    std::vector<bool> m_isQueued;
    std::vector<double> m_activities;
    double m_increment = 1;
    Order m_order = Order::Given;
    bool m_isOrderStale = false;
    std::vector<int> m_last; ///< by variable: its value in the solution before, or when it was decided upon last

    // A conflict while it is resolved: for some variables a set, and the step that brought the domain into it.
    std::vector<int> m_open;
    std::vector<Word> m_resolvent;               ///< by variable, as m_domains
    std::vector<int> m_resolventSteps;           ///< by variable; NoCause: it has no set
    std::vector<int> m_used;                     ///< nogoods that it was made of
    std::vector<bool> m_isNoted;                 ///< by step
    std::vector<std::vector<int>> m_antecedents; ///< by nogood that came later: what it was made of
    std::vector<int> m_core;
};

} // namespace Axle::Internal
