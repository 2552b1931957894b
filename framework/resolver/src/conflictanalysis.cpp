// How a Solver learns from a conflict, and proves that goals cannot be together.
#include "solver_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr double ActivityGrowth = 1.05;
constexpr double LargestActivity = 1e100;

} // namespace

/// Resolves the conflict, goes back and takes away what cannot be; false when the goals cannot be met.
bool Solver::learnFrom(int conflict)
{
    m_core.clear();
    begin(conflict);
    for (;;) {
        const int variable = latest();
        if (variable < 0 || levelOf(variable) <= GoalLevel) {
            proveCore();
            return false;
        }
        if (isAlone(variable)) {
            addLearned(variable);
            m_increment *= ActivityGrowth;
            return true;
        }
        resolveUpon(variable);
    }
}

void Solver::begin(int nogood)
{
    m_used.clear();
    use(nogood);
    for (const Term &term : m_problem.terms(nogood))
        meet(term);
}

void Solver::use(int nogood)
{
    if (m_proofs == Proofs::Keep)
        m_used.push_back(nogood);
}

/// Another term that has to hold: both sets have to hold, where the variable has one.
void Solver::meet(const Term &term)
{
    const Word *set = m_problem.at(term.set);
    Word *own = resolvent(term.variable);
    const int words = m_problem.wordsOf(term.variable);
    const bool isOpen = m_resolventSteps[index(term.variable)] != NoCause;
    for (int i = 0; i < words; ++i)
        own[i] = isOpen ? own[i] & set[i] : set[i];
    if (!isOpen)
        m_open.push_back(term.variable);
    bump(term.variable);
    updateStep(term.variable);
}

/// Replaces what the latest step of the variable did by the reasons for it.
void Solver::resolveUpon(int variable)
{
    const int cause = m_steps[index(m_resolventSteps[index(variable)])].cause;
    if (cause == Goal) {
        m_core.push_back(variable);
        insert(resolvent(variable), Absent);
    } else {
        use(cause);
        for (const Term &term : m_problem.terms(cause)) {
            if (term.variable == variable)
                unite(resolvent(variable), m_problem.at(term.set), m_problem.wordsOf(variable));
            else
                meet(term);
        }
    }
    updateStep(variable);
}

/// The step of `variable` that brought its domain into `set`; NoCause: it was so from the beginning.
int Solver::stepInto(int variable, const Word *set) const
{
    int step = m_lastStep[index(variable)];
    while (step != NoCause && isSubset(m_saved.data() + m_steps[index(step)].before, set, m_problem.wordsOf(variable)))
        step = m_steps[index(step)].previous;
    return step;
}

/// Finds out since when the variable's term holds. What always held is left out.
void Solver::updateStep(int variable)
{
    const int step = stepInto(variable, resolvent(variable));
    m_resolventSteps[index(variable)] = step;
    if (step != NoCause && m_steps[index(step)].level > 0)
        return;
    if (m_proofs == Proofs::Keep)
        noteInitial(variable);
    m_resolventSteps[index(variable)] = NoCause;
    std::erase(m_open, variable);
}

/// Notes what took the variable's domain into its set before there was any goal.
void Solver::noteInitial(int variable)
{
    struct Open
    {
        int variable;
        std::vector<Word> set;
    };
    m_isNoted.resize(m_steps.size());
    std::vector<Open> open{{variable, {resolvent(variable), resolvent(variable) + m_problem.wordsOf(variable)}}};
    std::vector<int> noted;
    while (!open.empty()) {
        Open each = std::move(open.back());
        open.pop_back();
        int step = stepInto(each.variable, each.set.data());
        for (; step != NoCause; step = stepInto(each.variable, each.set.data())) {
            const int cause = m_steps[index(step)].cause;
            for (const Term &term : m_problem.terms(cause)) {
                const Word *set = m_problem.at(term.set);
                const int words = m_problem.wordsOf(term.variable);
                if (term.variable == each.variable)
                    unite(each.set.data(), set, words);
                else if (!m_isNoted[index(step)])
                    open.push_back({term.variable, {set, set + words}});
            }
            if (m_isNoted[index(step)])
                continue;
            m_isNoted[index(step)] = true;
            noted.push_back(step);
            use(cause);
        }
    }
    for (const int step : noted)
        m_isNoted[index(step)] = false;
}

/// The open variable whose term came to hold last, or -1.
int Solver::latest() const
{
    const auto last = std::max_element(m_open.cbegin(), m_open.cend(),
        [this](int a, int b) { return m_resolventSteps[index(a)] < m_resolventSteps[index(b)]; });
    return last == m_open.cend() ? -1 : *last;
}

int Solver::levelOf(int openVariable) const
{
    return m_steps[index(m_resolventSteps[index(openVariable)])].level;
}

bool Solver::isAlone(int variable) const
{
    return std::none_of(m_open.cbegin(), m_open.cend(),
        [&](int other) { return other != variable && levelOf(other) == levelOf(variable); });
}

/// Makes a nogood of what is open, and goes back to where all but the variable's term hold.
void Solver::addLearned(int variable)
{
    std::sort(m_open.begin(), m_open.end(),
        [this](int a, int b) { return m_resolventSteps[index(a)] > m_resolventSteps[index(b)]; });
    Q_ASSERT(m_open.front() == variable);
    const int back = m_open.size() > 1 ? levelOf(m_open[1]) : 0;
    std::vector<Term> terms;
    for (const int each : m_open) {
        const SetRef set = m_problem.addSet(each);
        std::copy_n(resolvent(each), m_problem.wordsOf(each), m_problem.at(set));
        terms.push_back({each, set});
        m_resolventSteps[index(each)] = NoCause;
    }
    m_open.clear();
    undoTo(back);
    prune(terms.front(), add(terms, NoFact));
}

int Solver::add(const std::vector<Term> &terms, int fact)
{
    const int nogood = m_problem.nogoodCount();
    m_problem.addNogood(terms, fact);
    m_antecedents.push_back(fact == NoFact ? m_used : std::vector<int>());
    attach(nogood);
    return nogood;
}

/// Resolves until only goals are left.
void Solver::proveCore()
{
    for (int variable = latest(); variable >= 0; variable = latest())
        resolveUpon(variable);
}

std::vector<int> Solver::factsOfProof() const
{
    std::vector<int> facts;
    std::vector<bool> isSeen(index(m_problem.nogoodCount()));
    std::vector<int> open = m_used;
    while (!open.empty()) {
        const int nogood = open.back();
        open.pop_back();
        if (isSeen[index(nogood)])
            continue;
        isSeen[index(nogood)] = true;
        if (const int fact = m_problem.nogood(nogood).fact; fact != NoFact) {
            facts.push_back(fact);
        } else {
            const auto &antecedents = m_antecedents[index(nogood - m_givenCount)];
            open.insert(open.end(), antecedents.cbegin(), antecedents.cend());
        }
    }
    std::sort(facts.begin(), facts.end());
    facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
    return facts;
}

void Solver::bump(int variable)
{
    double &activity = m_activities[index(variable)];
    activity += m_increment;
    m_isOrderStale = m_isOrderStale || m_order == Order::Activity;
    if (activity < LargestActivity)
        return;
    for (double &each : m_activities)
        each /= LargestActivity;
    m_increment /= LargestActivity;
}

} // namespace Axle::Internal
