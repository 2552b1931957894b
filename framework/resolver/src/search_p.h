#pragma once

#include "universe_p.h"

#include <memory>
#include <vector>

namespace Axle::Internal {

/// Something that is to be satisfied as a whole: a requirement that was asked for, or a plugin.
struct Root
{
    const Requirement *requirement = nullptr;
    std::vector<Dependency> dependencies;
};

/// The reasons of a conflict, as numbers of levels: first the roots, then the decisions. Sorted, each once.
using Levels = std::vector<int>;

/// A candidate and the requirement that it has; `variable` -1: the requirement was asked for from outside.
struct Needer
{
    int variable = -1;
    int candidate = -1;
    const Requirement *requirement = nullptr;
};

/// Who needs something, and, up to what was asked for, who needs them.
using NeederChain = std::vector<Needer>;

struct Exhaustion;

/// Why one choice cannot be made.
struct Failure
{
    enum class Kind {
        Wipeout,    ///< no candidate of `variable` fits all of `needers`
        Clash,      ///< `needers` do not admit the candidate of `variable` that is chosen already
        Prerelease, ///< the chosen candidate of `variable` is a pre-release that nothing calls for
        Exhausted,  ///< each candidate of `variable` failed for a reason of its own
    };
    Kind kind = Kind::Wipeout;
    int variable = -1;  ///< -1: the budget is spent
    int candidate = -1; ///< of Clash and Prerelease
    std::vector<NeederChain> needers;
    std::shared_ptr<const Exhaustion> exhaustion;
    Levels reasons;
    bool isLasting = true; ///< nothing that other roots could ask for would change it
};

/// The failures of all candidates of a variable, in the order in which they were tried.
struct Exhaustion
{
    std::vector<std::shared_ptr<const Failure>> failures;
};

struct SearchResult
{
    enum class Outcome { Solved, Unsolvable, OutOfBudget };
    Outcome outcome = Outcome::Solved;
    std::vector<int> choices;             ///< candidate by variable, -1: not needed
    std::vector<int> core;                ///< positions of roots that cannot be together
    std::shared_ptr<const Failure> proof; ///< why not
};

/// One depth-first search with conflict-directed back-jumping (Prosser 1993) and forward checking.
///
/// Complete: it fails only where there is no solution. Each level knows the levels that its failures depend on; when
/// its candidates run out, the search goes back to the latest of these and passes over what lies between. A candidate
/// whose failure depends on nothing else is not tried again, also not by later runs. `conflicts` is counted down by
/// every failure; the search gives up when none is left.
class Search
{
public:
    Search(const Universe &universe, int *conflicts);

    SearchResult run(const std::vector<const Root *> &roots);
    /// Later runs try these choices of a former result first: found sooner, but not the newest. Empty: newest first.
    void setFavourites(const std::vector<int> &choices) { m_favourites = choices; }

private:
    struct Demand
    {
        const Dependency *dependency = nullptr;
        Needer needer;
        int level = -1;
    };
    struct State
    {
        std::vector<Demand> demands;
        QBitArray domain;
        QHash<int, std::shared_ptr<const Failure>> impossible; ///< candidates that fail whatever else is chosen
        int choice = -1;
        int level = -1;
        int required = 0; ///< how many demands require it
        int failures = 0; ///< how often all its candidates failed in this run
        bool isRoot = false;
        bool isSettled = false; ///< at most one candidate is left
    };
    struct Level
    {
        int variable = -1;
        std::vector<int> order;
        size_t next = 0;
        size_t trail = 0; ///< length of the trail before the choice
        Levels reasons;
        Exhaustion exhaustion;
    };
    using FailurePointer = std::shared_ptr<const Failure>;

    FailurePointer postRoots(const std::vector<const Root *> &roots);
    FailurePointer post(const Dependency &dependency, const Needer &needer, int level);
    FailurePointer choose(int candidate);
    FailurePointer settle();
    FailurePointer backJump();

    int nextVariable() const;
    void open(int variable);
    void goBackTo(int level);
    void reject(const FailurePointer &failure);
    void undoChoice(const Level &level);
    void undo(size_t trail);
    int levelNumber() const { return m_rootCount + static_cast<int>(m_levels.size()) - 1; }

    std::vector<int> orderOf(int variable) const;
    bool callsForPrerelease(int variable) const;
    QBitArray finalsOf(int variable) const;

    FailurePointer wipeout(int variable) const;
    FailurePointer clash(int variable, const Demand &demand) const;
    FailurePointer unjustifiedPrerelease() const;
    bool couldCall(int requirer, int variable) const;
    Levels levelsThatCallNot(int variable) const;
    std::vector<const Demand *> decisiveDemands(int variable) const;
    std::vector<const Demand *> wipingDemands(int variable) const;
    void blame(Failure &failure, const std::vector<const Demand *> &demands) const;
    NeederChain chainOf(const Needer &needer) const;
    SearchResult solved();
    SearchResult failed(const FailurePointer &failure);
    void clear();

    State &state(int variable) { return m_states[Universe::index(variable)]; }
    const State &state(int variable) const { return m_states[Universe::index(variable)]; }

    const Universe &m_universe;
    int *m_conflicts;
    int m_rootCount = 0;
    std::vector<State> m_states; // by variable; between two runs as in the beginning, but for what is impossible
    std::vector<Level> m_levels;
    std::vector<std::pair<int, QBitArray>> m_trail; // variable, and its domain before the demand
    std::vector<int> m_favourites;                  // candidate by variable
    std::vector<int> m_required;                    // variables, in the order in which they came to be required
};

} // namespace Axle::Internal
