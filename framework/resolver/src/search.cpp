#include "search_p.h"

#include <algorithm>
#include <iterator>

namespace Axle::Internal {

namespace {

void merge(Levels &into, const Levels &levels)
{
    Levels united;
    united.reserve(into.size() + levels.size());
    std::set_union(into.cbegin(), into.cend(), levels.cbegin(), levels.cend(), std::back_inserter(united));
    into.swap(united);
}

} // namespace

Search::Search(const Universe &universe, int *conflicts)
    : m_universe(universe)
    , m_conflicts(conflicts)
    , m_states(universe.variables().size())
{
    for (size_t i = 0; i < m_states.size(); ++i) {
        m_states[i].domain = universe.projectOf(static_cast<int>(i)).usable;
        m_states[i].isSettled = m_states[i].domain.count(true) < 2;
    }
}

SearchResult Search::run(const std::vector<const Root *> &roots)
{
    m_rootCount = static_cast<int>(roots.size());
    FailurePointer failure = postRoots(roots);
    while (!failure) {
        const int variable = nextVariable();
        if (variable >= 0) {
            open(variable);
        } else {
            const FailurePointer unjustified = unjustifiedPrerelease();
            if (!unjustified)
                return solved();
            goBackTo(unjustified->reasons.back());
            reject(unjustified);
        }
        failure = settle();
    }
    return failed(failure);
}

Search::FailurePointer Search::postRoots(const std::vector<const Root *> &roots)
{
    for (size_t i = 0; i < roots.size(); ++i) {
        for (const Dependency &dependency : roots[i]->dependencies) {
            state(dependency.variable).isRoot = true;
            if (auto failure = post(dependency, {-1, -1, roots[i]->requirement}, static_cast<int>(i)))
                return failure;
        }
    }
    return nullptr;
}

/// Adds a demand to its variable and looks ahead: whether a candidate is left, and the chosen one is among them.
Search::FailurePointer Search::post(const Dependency &dependency, const Needer &needer, int level)
{
    State &target = state(dependency.variable);
    m_trail.emplace_back(dependency.variable, target.domain);
    target.demands.push_back({&dependency, needer, level});
    target.domain &= dependency.allowed;
    if (dependency.isRequired && target.required++ == 0)
        m_required.push_back(dependency.variable);
    const auto left = target.domain.count(true);
    target.isSettled = left < 2;
    if (target.required > 0 && left == 0)
        return wipeout(dependency.variable);
    if (target.choice >= 0 && !target.domain.testBit(target.choice))
        return clash(dependency.variable, target.demands.back());
    return nullptr;
}

/// Variables that leave no choice come first, then what was asked for, in its order. Of the others those that failed
/// most, since what is hard to satisfy is best settled early; then those that were required first.
int Search::nextVariable() const
{
    int best = -1;
    for (const int variable : m_required) {
        const State &each = state(variable);
        if (each.choice >= 0)
            continue;
        if (each.isSettled)
            return variable;
        if (best < 0 || (!state(best).isRoot && each.failures > state(best).failures))
            best = variable;
    }
    return best;
}

void Search::open(int variable)
{
    Level level;
    level.variable = variable;
    level.order = orderOf(variable);
    level.trail = m_trail.size();
    for (const int candidate : level.order) {
        if (const auto failure = state(variable).impossible.value(candidate))
            level.exhaustion.failures.push_back(failure);
    }
    std::erase_if(level.order, [&](int candidate) { return state(variable).impossible.contains(candidate); });
    m_levels.push_back(std::move(level));
    Levels &reasons = m_levels.back().reasons;
    for (const Demand *demand : decisiveDemands(variable))
        merge(reasons, {demand->level});
}

/// Pre-releases come last unless a requirement names one: whether they are called for shows only in the end.
std::vector<int> Search::orderOf(int variable) const
{
    const QBitArray &domain = state(variable).domain;
    const QBitArray &prereleases = m_universe.projectOf(variable).prereleases;
    const bool isCalledFor = m_universe.input().prereleases == Prereleases::Allow || callsForPrerelease(variable);
    std::vector<int> order;
    for (int i = 0; i < domain.size(); ++i) {
        if (domain.testBit(i))
            order.push_back(i);
    }
    if (!isCalledFor)
        std::stable_partition(order.begin(), order.end(), [&](int i) { return !prereleases.testBit(i); });
    if (!m_favourites.empty()) {
        const int favourite = m_favourites[Universe::index(variable)];
        std::stable_partition(order.begin(), order.end(), [=](int i) { return i == favourite; });
    }
    return order;
}

Search::FailurePointer Search::choose(int candidate)
{
    const int variable = m_levels.back().variable;
    const int level = levelNumber();
    state(variable).choice = candidate;
    state(variable).level = level;
    const auto &dependencies = m_universe.variables()[Universe::index(variable)].dependencies;
    for (const Dependency &dependency : dependencies[Universe::index(candidate)]) {
        if (auto failure = post(dependency, {variable, candidate, dependency.requirement}, level))
            return failure;
    }
    return nullptr;
}

/// Gives the latest level its next candidate that works, going back where there is none; a failure says that nothing is
/// left to try.
Search::FailurePointer Search::settle()
{
    while (*m_conflicts > 0) {
        Level &level = m_levels.back();
        if (level.next == level.order.size()) {
            if (auto failure = backJump())
                return failure;
            continue;
        }
        const auto failure = choose(level.order[level.next++]);
        if (!failure)
            return nullptr;
        undoChoice(level);
        reject(failure);
    }
    return std::make_shared<Failure>();
}

/// Leaves the exhausted last level for the latest one that it depends on, whose choice is rejected.
Search::FailurePointer Search::backJump()
{
    Level &level = m_levels.back();
    const auto failure = std::make_shared<Failure>();
    failure->kind = Failure::Kind::Exhausted;
    failure->variable = level.variable;
    for (const Demand *demand : decisiveDemands(level.variable))
        failure->needers.push_back(chainOf(demand->needer));
    failure->reasons = level.reasons;
    ++state(level.variable).failures;
    failure->isLasting = std::all_of(level.exhaustion.failures.cbegin(), level.exhaustion.failures.cend(),
        [](const FailurePointer &each) { return each->isLasting; });
    failure->exhaustion = std::make_shared<Exhaustion>(std::move(level.exhaustion));
    m_levels.pop_back();
    if (failure->reasons.empty() || failure->reasons.back() < m_rootCount)
        return failure;
    goBackTo(failure->reasons.back());
    reject(failure);
    return nullptr;
}

/// Takes back the choice of `level` and all later ones.
void Search::goBackTo(int level)
{
    while (levelNumber() > level) {
        undoChoice(m_levels.back());
        m_levels.pop_back();
    }
    undoChoice(m_levels.back());
}

void Search::reject(const FailurePointer &failure)
{
    --*m_conflicts;
    Level &level = m_levels.back();
    if (failure->isLasting && failure->reasons == Levels{levelNumber()})
        state(level.variable).impossible.insert(level.order[level.next - 1], failure);
    merge(level.reasons, failure->reasons);
    std::erase(level.reasons, levelNumber());
    level.exhaustion.failures.push_back(failure);
}

void Search::undoChoice(const Level &level)
{
    undo(level.trail);
    state(level.variable).choice = -1;
    state(level.variable).level = -1;
}

void Search::undo(size_t trail)
{
    while (m_trail.size() > trail) {
        auto &[variable, domain] = m_trail.back();
        State &target = state(variable);
        target.domain = std::move(domain);
        target.isSettled = target.domain.count(true) < 2;
        if (target.demands.back().dependency->isRequired && --target.required == 0)
            m_required.pop_back();
        target.demands.pop_back();
        m_trail.pop_back();
    }
}

SearchResult Search::solved()
{
    SearchResult result;
    result.choices.reserve(m_states.size());
    for (const State &each : m_states)
        result.choices.push_back(each.choice);
    clear();
    return result;
}

SearchResult Search::failed(const FailurePointer &failure)
{
    clear();
    SearchResult result;
    result.proof = failure;
    result.core = failure->reasons;
    const bool isProven = failure->variable >= 0;
    result.outcome = isProven ? SearchResult::Outcome::Unsolvable : SearchResult::Outcome::OutOfBudget;
    return result;
}

/// Takes everything back, so that the search can run again.
void Search::clear()
{
    while (!m_levels.empty()) {
        undoChoice(m_levels.back());
        m_levels.pop_back();
    }
    undo(0);
    for (State &each : m_states) {
        each.failures = 0;
        each.isRoot = false;
    }
}

} // namespace Axle::Internal
