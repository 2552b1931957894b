#include "solver_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

/// Conflicts after which the other order of variables is tried, for twice as many.
constexpr int Patience = 300;
/// Conflicts after which what they were about is decided upon anew.
constexpr int RestartInterval = 100;

} // namespace

Solver::Solver(Problem problem, const ChoicePolicy *policy, Proofs proofs)
    : m_problem(std::move(problem))
    , m_policy(policy)
    , m_proofs(proofs)
    , m_givenCount(m_problem.nogoodCount())
{
    const auto count = index(m_problem.variableCount());
    m_offsets.reserve(count);
    int words = 1;
    for (int variable = 0; variable < m_problem.variableCount(); ++variable) {
        m_offsets.push_back(static_cast<std::uint32_t>(m_domains.size()));
        m_domains.resize(m_domains.size() + index(m_problem.wordsOf(variable)));
        fill(mutableDomain(variable), m_problem.valueCountOf(variable));
        words = std::max(words, m_problem.wordsOf(variable));
    }
    m_onlyAbsent = m_problem.addWideSet(words);
    insert(m_problem.at(m_onlyAbsent), Absent);
    m_others.resize(index(words));
    m_lastStep.assign(count, NoCause);
    m_binaries.resize(count);
    m_watches.resize(count);
    m_isQueued.assign(count, false);
    m_activities.assign(count, 0);
    m_resolvent.resize(m_domains.size());
    m_resolventSteps.assign(count, NoCause);
    m_last.assign(count, Absent);
    for (int nogood = 0; nogood < m_givenCount; ++nogood) {
        // A term that holds from the beginning never comes to hold, so another one is watched where there is one.
        const auto terms = m_problem.terms(nogood);
        std::stable_partition(terms.begin(), terms.end(), [this](const Term &term) { return !holds(term); });
    }
    reserveBinaries();
    for (int nogood = 0; nogood < m_givenCount; ++nogood)
        attach(nogood);
    // What holds from the beginning. No goal yet: that all is absent, or fixed, is always possible.
    for (int nogood = 0; nogood < m_givenCount; ++nogood) {
        const auto terms = m_problem.terms(nogood);
        if (std::all_of(terms.begin() + 1, terms.end(), [this](const Term &term) { return holds(term); }))
            prune(terms[0], nogood);
        else if (terms.size() == 2 && holds(terms[0]))
            prune(terms[1], nogood);
    }
    propagate();
}

/// For those that are given, so that no list grows while they are attached.
void Solver::reserveBinaries()
{
    std::vector<std::uint32_t> counts(m_binaries.size());
    for (int nogood = 0; nogood < m_givenCount; ++nogood) {
        const auto terms = m_problem.terms(nogood);
        if (terms.size() != 2)
            continue;
        ++counts[index(terms[0].variable)];
        ++counts[index(terms[1].variable)];
    }
    for (std::size_t variable = 0; variable < counts.size(); ++variable)
        m_binaries[variable].reserve(counts[variable]);
}

/// Lets the nogood take part in propagation; those of one term do their work at once, elsewhere.
void Solver::attach(int nogood)
{
    const auto terms = m_problem.terms(nogood);
    if (terms.size() == 2) {
        const auto [a, b] = std::pair(terms[0], terms[1]);
        m_binaries[index(a.variable)].push_back({*m_problem.at(a.set), a.set, b.variable, b.set, nogood});
        m_binaries[index(b.variable)].push_back({*m_problem.at(b.set), b.set, a.variable, a.set, nogood});
    } else if (terms.size() > 2) {
        m_watches[index(terms[0].variable)].push_back(watch(nogood, terms[0], terms[1]));
        m_watches[index(terms[1].variable)].push_back(watch(nogood, terms[1], terms[0]));
    }
}

SolveResult Solver::solve(const std::vector<int> &goals, int conflicts)
{
    m_goals = goals;
    m_conflicts = 0;
    SolveResult result = searchBothWays(conflicts);
    result.conflicts = m_conflicts;
    return result;
}

SolveResult Solver::searchBothWays(int conflicts)
{
    int limit = Patience;
    for (Order order = Order::Given;; limit *= 2) {
        const SolveResult result = search(order, std::min(limit, conflicts - m_conflicts));
        const bool isSolved = result.outcome == SolveResult::Outcome::Solved;
        if (isSolved && order == Order::Activity && m_hints.empty()) {
            // What was learned may be enough to find the best solution now.
            const SolveResult best = search(Order::Given, Patience);
            return best.outcome == SolveResult::Outcome::Solved ? best : result;
        }
        if (result.outcome != SolveResult::Outcome::OutOfBudget || m_conflicts >= conflicts)
            return result;
        order = order == Order::Given ? Order::Activity : Order::Given;
    }
}

SolveResult Solver::search(Order order, int conflicts)
{
    m_order = order;
    m_isOrderStale = true;
    undoTo(0);
    for (;;) {
        if (level() < GoalLevel && !postGoals())
            return unsolvable();
        int conflict = propagate();
        if (conflict == NoCause) {
            const int variable = nextVariable(order);
            if (variable >= 0) {
                assign(variable, bestValue(variable));
                continue;
            }
            conflict = objection();
        }
        if (conflict == NoCause)
            return solved();
        ++m_conflicts;
        if (conflicts-- == 0) {
            undoTo(0);
            return {};
        }
        if (!learnFrom(conflict))
            return unsolvable();
        if (order == Order::Activity && m_conflicts % RestartInterval == 0)
            undoTo(std::min(level(), GoalLevel));
    }
}

SolveResult Solver::solved() const
{
    SolveResult result;
    result.outcome = SolveResult::Outcome::Solved;
    result.values.reserve(m_offsets.size());
    for (int variable = 0; variable < m_problem.variableCount(); ++variable)
        result.values.push_back(value(variable));
    return result;
}

SolveResult Solver::unsolvable()
{
    SolveResult result;
    result.outcome = SolveResult::Outcome::Unsolvable;
    result.core = m_core;
    result.facts = factsOfProof();
    std::sort(result.core.begin(), result.core.end());
    undoTo(0);
    return result;
}

/// All goals are one level: going back over them takes as long as going back over one decision.
bool Solver::postGoals()
{
    m_levels.push_back(m_steps.size());
    for (const int goal : m_goals) {
        if (prune({goal, m_onlyAbsent}, Goal))
            continue;
        m_core.assign(1, goal);
        m_used.clear();
        meet({goal, m_onlyAbsent});
        proveCore();
        return false;
    }
    return true;
}

int Solver::propagate()
{
    while (m_head < m_steps.size()) {
        const auto step = static_cast<int>(m_head++);
        const int variable = m_steps[index(step)].variable;
        if (m_lastStep[index(variable)] != step)
            continue; // a later step of the variable comes
        if (const int conflict = propagateBinaries(variable); conflict != NoCause)
            return conflict;
        if (const int conflict = propagateWatches(variable); conflict != NoCause)
            return conflict;
    }
    return NoCause;
}

int Solver::propagateBinaries(int variable)
{
    const int words = m_problem.wordsOf(variable);
    const Word begin = *domain(variable);
    for (const Binary &each : m_binaries[index(variable)]) {
        if ((begin & ~each.begin) != 0 || (words > 1 && !isSubset(domain(variable), m_problem.at(each.own), words)))
            continue;
        if (!prune({each.other, each.others}, each.nogood))
            return each.nogood;
    }
    return NoCause;
}

int Solver::propagateWatches(int variable)
{
    std::vector<Watch> &watches = m_watches[index(variable)];
    const Word begin = *domain(variable);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < watches.size(); ++i) {
        const Watch each = watches[i];
        if ((begin & ~each.begin) != 0 || isFalse(each.blocker)) {
            watches[kept++] = each;
            continue;
        }
        const auto terms = m_problem.terms(each.nogood);
        if (terms[0].variable == variable)
            std::swap(terms[0], terms[1]);
        // terms[1] is the variable's, terms[0] the other one that is watched.
        if (holds(terms[1]) && moveWatch(each.nogood))
            continue;
        watches[kept++] = watch(each.nogood, terms[1], terms[0]);
        if (holds(terms[1]) && !prune(terms[0], each.nogood)) {
            kept = static_cast<std::size_t>(std::copy(watches.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                                watches.end(), watches.begin() + static_cast<std::ptrdiff_t>(kept))
                - watches.begin());
            watches.resize(kept);
            return each.nogood;
        }
    }
    watches.resize(kept);
    return NoCause;
}

/// Watches another term, which does not hold, instead of the second one; false when there is none.
bool Solver::moveWatch(int nogood)
{
    const auto terms = m_problem.terms(nogood);
    for (std::size_t i = 2; i < terms.size(); ++i) {
        if (holds(terms[i]))
            continue;
        std::swap(terms[1], terms[i]);
        m_watches[index(terms[1].variable)].push_back(watch(nogood, terms[1], terms[0]));
        return true;
    }
    return false;
}

/// Makes the term false; false when it holds.
bool Solver::prune(const Term &term, int cause)
{
    const Word *excluded = m_problem.at(term.set);
    const int words = m_problem.wordsOf(term.variable);
    if (areDisjoint(domain(term.variable), excluded, words))
        return true;
    if (isSubset(domain(term.variable), excluded, words))
        return false;
    narrow(term.variable, excluded, cause);
    return true;
}

void Solver::narrow(int variable, const Word *excluded, int cause)
{
    const int words = m_problem.wordsOf(variable);
    Word *values = mutableDomain(variable);
    const auto before = static_cast<std::uint32_t>(m_saved.size());
    m_saved.insert(m_saved.end(), values, values + words);
    for (int i = 0; i < words; ++i)
        values[i] &= ~excluded[i];
    m_steps.push_back({variable, m_lastStep[index(variable)], level(), cause, before});
    m_lastStep[index(variable)] = static_cast<int>(m_steps.size()) - 1;
    enqueue(variable);
}

void Solver::assign(int variable, int value)
{
    m_levels.push_back(m_steps.size());
    fill(m_others.data(), m_problem.valueCountOf(variable));
    remove(m_others.data(), value);
    narrow(variable, m_others.data(), Decision);
    m_last[index(variable)] = value;
}

/// A heap, so that the next variable to decide upon is found without looking at all of them.
void Solver::enqueue(int variable)
{
    if (m_isQueued[index(variable)] || contains(domain(variable), Absent)
        || !hasSeveral(domain(variable), m_problem.wordsOf(variable)))
        return;
    m_isQueued[index(variable)] = true;
    m_queue.push_back(variable);
    m_isOrderStale = m_isOrderStale || m_order == Order::Activity;
    if (!m_isOrderStale)
        std::push_heap(m_queue.begin(), m_queue.end(), std::greater<>());
}

int Solver::nextVariable(Order order)
{
    const auto comesLater = [&](int a, int b) {
        if (order == Order::Activity && m_activities[index(a)] != m_activities[index(b)])
            return m_activities[index(a)] < m_activities[index(b)];
        return a > b;
    };
    if (m_isOrderStale)
        std::make_heap(m_queue.begin(), m_queue.end(), comesLater);
    m_isOrderStale = false;
    while (!m_queue.empty()) {
        std::pop_heap(m_queue.begin(), m_queue.end(), comesLater);
        const int variable = m_queue.back();
        m_queue.pop_back();
        m_isQueued[index(variable)] = false;
        if (!contains(domain(variable), Absent) && hasSeveral(domain(variable), m_problem.wordsOf(variable)))
            return variable;
    }
    return -1;
}

int Solver::bestValue(int variable) const
{
    if (!m_hints.empty() && contains(domain(variable), m_hints[index(variable)]))
        return m_hints[index(variable)];
    if (m_order == Order::Activity && contains(domain(variable), m_last[index(variable)]))
        return m_last[index(variable)];
    return m_policy ? m_policy->bestValue(*this, variable) : value(variable);
}

/// Asks the policy about the solution; where it objects, the answer is a nogood all of whose terms hold.
int Solver::objection()
{
    const auto objection = m_policy ? m_policy->objectTo(*this) : std::nullopt;
    if (!objection)
        return NoCause;
    for (const Term &term : objection->terms) {
        if (holds(term))
            continue;
        assign(term.variable, Absent);
        if (const int conflict = propagate(); conflict != NoCause)
            return conflict;
    }
    // The two that came to hold last are watched.
    std::vector<Term> terms = objection->terms;
    const auto step = [this](const Term &term) { return stepInto(term.variable, m_problem.at(term.set)); };
    std::sort(terms.begin(), terms.end(), [&](const Term &a, const Term &b) { return step(a) > step(b); });
    return add(terms, objection->fact);
}

void Solver::undoTo(int level)
{
    while (this->level() > level) {
        while (m_steps.size() > m_levels.back())
            undoStep();
        m_levels.pop_back();
    }
    m_head = std::min(m_head, m_steps.size());
}

void Solver::undoStep()
{
    const Step step = m_steps.back();
    m_steps.pop_back();
    const int words = m_problem.wordsOf(step.variable);
    std::copy_n(m_saved.data() + step.before, words, mutableDomain(step.variable));
    m_saved.resize(step.before);
    m_lastStep[index(step.variable)] = step.previous;
    enqueue(step.variable);
}

} // namespace Axle::Internal
