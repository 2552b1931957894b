// The solver alone, on random problems, against trying everything.
#include "solver_p.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <algorithm>
#include <numeric>

using namespace Axle::Internal;

namespace {

constexpr int Plenty = 100'000;

bool chance(QRandomGenerator &random, int percent)
{
    return random.bounded(100) < percent;
}

std::size_t at(int number)
{
    return static_cast<std::size_t>(number);
}

/// A set of values, a quarter of them, that may have Absent.
SetRef drawSet(QRandomGenerator &random, Problem &problem, int variable, bool hasAbsent)
{
    const SetRef set = problem.addSet(variable);
    if (hasAbsent)
        insert(problem.at(set), Absent);
    for (int value = valueOf(0); value < problem.valueCountOf(variable); ++value) {
        if (chance(random, hasAbsent ? 50 : 35))
            insert(problem.at(set), value);
    }
    return set;
}

/// At most one term of a nogood has Absent, as with requirements: who has it cannot be without what it needs.
Problem drawProblem(QRandomGenerator &random, int variableCount, int valueCount, int nogoodCount)
{
    Problem problem;
    for (int i = 0; i < variableCount; ++i)
        problem.addVariable(2 + random.bounded(valueCount - 1));
    for (int fact = 0; fact < nogoodCount; ++fact) {
        std::vector<int> variables(at(variableCount));
        std::iota(variables.begin(), variables.end(), 0);
        std::shuffle(variables.begin(), variables.end(), random);
        variables.resize(at(1 + std::min(random.bounded(4), variableCount - 1)));
        // One alone only takes values away: without anything asked for, nothing has to be there.
        const bool hasAbsent = variables.size() > 1 && chance(random, 50);
        std::vector<Term> terms;
        for (const int variable : variables)
            terms.push_back({variable, drawSet(random, problem, variable, hasAbsent && terms.empty())});
        std::shuffle(terms.begin(), terms.end(), random);
        problem.addNogood(terms, fact);
    }
    return problem;
}

bool isBroken(const Problem &problem, int nogood, const std::vector<int> &values)
{
    const auto terms = problem.terms(nogood);
    return std::all_of(terms.begin(), terms.end(),
        [&](const Term &term) { return contains(problem.at(term.set), values[at(term.variable)]); });
}

bool isAnyBroken(const Problem &problem, const std::vector<bool> &facts, const std::vector<int> &values)
{
    for (int nogood = 0; nogood < problem.nogoodCount(); ++nogood) {
        if (facts[at(problem.nogood(nogood).fact)] && isBroken(problem, nogood, values))
            return true;
    }
    return false;
}

/// The first solution in the order of variables and values, found by trying all; empty: there is none.
std::vector<int> firstSolution(const Problem &problem, const std::vector<int> &goals, const std::vector<bool> &facts)
{
    std::vector<int> values(at(problem.variableCount()), Absent);
    std::vector<int> first(values);
    for (const int goal : goals)
        first[at(goal)] = valueOf(0);
    values = first;
    for (;;) {
        if (!isAnyBroken(problem, facts, values))
            return values;
        int variable = problem.variableCount() - 1;
        while (variable >= 0 && ++values[at(variable)] == problem.valueCountOf(variable)) {
            values[at(variable)] = first[at(variable)];
            --variable;
        }
        if (variable < 0)
            return {};
    }
}

std::vector<bool> allFacts(const Problem &problem)
{
    return std::vector<bool>(at(problem.nogoodCount()), true);
}

std::vector<int> drawGoals(QRandomGenerator &random, const Problem &problem)
{
    std::vector<int> goals;
    for (int variable = 0; variable < problem.variableCount(); ++variable) {
        if (chance(random, 50))
            goals.push_back(variable);
    }
    return goals;
}

std::vector<int> everyVariable(const Problem &problem)
{
    std::vector<int> goals(at(problem.variableCount()));
    std::iota(goals.begin(), goals.end(), 0);
    return goals;
}

/// More guests than places, and no two in one: the variables' values are the places.
Problem pigeons(int guests, int places)
{
    Problem problem;
    for (int i = 0; i < guests; ++i)
        problem.addVariable(valueOf(places));
    for (int place = 0; place < places; ++place) {
        for (int a = 0; a < guests; ++a) {
            for (int b = 0; b < a; ++b) {
                const SetRef own = problem.addSet(a);
                insert(problem.at(own), valueOf(place));
                const SetRef others = problem.addSet(b);
                insert(problem.at(others), valueOf(place));
                problem.addNogood({{a, own}, {b, others}}, 0);
            }
        }
    }
    return problem;
}

} // namespace

class TestSolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void problems_data()
    {
        QTest::addColumn<int>("variables");
        QTest::addColumn<int>("values");
        QTest::addColumn<int>("nogoods");
        QTest::addColumn<int>("rounds");
        QTest::newRow("few variables") << 4 << 4 << 10 << 3000;
        QTest::newRow("more variables") << 7 << 3 << 20 << 1000;
        QTest::newRow("crowded") << 5 << 4 << 40 << 2000;
        QTest::newRow("sets of several words") << 2 << 200 << 8 << 300;
        QTest::newRow("words that are full") << 3 << 65 << 12 << 20;
    }

    void agreesWithTryingEverything_data() { problems_data(); }
    void agreesWithTryingEverything()
    {
        QFETCH(int, variables);
        QFETCH(int, values);
        QFETCH(int, nogoods);
        QFETCH(int, rounds);
        QRandomGenerator random(5);
        int solvable = 0;
        for (int round = 0; round < rounds; ++round) {
            const Problem problem = drawProblem(random, variables, values, nogoods);
            const std::vector<int> goals = drawGoals(random, problem);
            const SolveResult result = Solver(problem, nullptr, Solver::Proofs::Keep).solve(goals, Plenty);
            const auto facts = allFacts(problem);
            const bool isSolvable = !firstSolution(problem, goals, facts).empty();
            QCOMPARE(result.outcome == SolveResult::Outcome::Solved, isSolvable);
            if (isSolvable) {
                ++solvable;
                QVERIFY(!isAnyBroken(problem, facts, result.values));
                QVERIFY(std::none_of(
                    goals.cbegin(), goals.cend(), [&](int goal) { return result.values[at(goal)] == Absent; }));
                continue;
            }
            QCOMPARE(result.outcome, SolveResult::Outcome::Unsolvable);
            QVERIFY(std::includes(goals.cbegin(), goals.cend(), result.core.cbegin(), result.core.cend()));
            std::vector<bool> ofProof(facts.size());
            for (const int fact : result.facts)
                ofProof[at(fact)] = true;
            QVERIFY(firstSolution(problem, result.core, ofProof).empty());
        }
        QVERIFY2(solvable > 0 && solvable < rounds, "the problems are too easy or too hard to show anything");
    }

    /// Where everything is wanted, the answer is the first there is.
    void theFirstSolution_data() { problems_data(); }
    void theFirstSolution()
    {
        QFETCH(int, variables);
        QFETCH(int, values);
        QFETCH(int, nogoods);
        QFETCH(int, rounds);
        QRandomGenerator random(6);
        int solvable = 0;
        for (int round = 0; round < rounds; ++round) {
            const Problem problem = drawProblem(random, variables, values, nogoods / 2);
            const std::vector<int> goals = everyVariable(problem);
            const std::vector<int> expected = firstSolution(problem, goals, allFacts(problem));
            solvable += expected.empty() ? 0 : 1;
            QCOMPARE(Solver(problem, nullptr).solve(goals, Plenty).values, expected);
        }
        QVERIFY(solvable > 0);
    }

    void whatWasLearnedStaysTrue_data() { problems_data(); }
    void whatWasLearnedStaysTrue()
    {
        QFETCH(int, variables);
        QFETCH(int, values);
        QFETCH(int, nogoods);
        QFETCH(int, rounds);
        QRandomGenerator random(7);
        for (int round = 0; round < rounds / 10 + 1; ++round) {
            const Problem problem = drawProblem(random, variables, values, nogoods);
            const auto facts = allFacts(problem);
            Solver solver(problem, nullptr, Solver::Proofs::Keep);
            for (int call = 0; call < 12; ++call) {
                const std::vector<int> goals = drawGoals(random, problem);
                solver.setHints(call % 3 == 2 ? firstSolution(problem, {}, facts) : std::vector<int>());
                const SolveResult result = solver.solve(goals, Plenty);
                const bool isSolvable = !firstSolution(problem, goals, facts).empty();
                QCOMPARE(result.outcome == SolveResult::Outcome::Solved, isSolvable);
                if (isSolvable) {
                    QVERIFY(!isAnyBroken(problem, facts, result.values));
                    continue;
                }
                std::vector<bool> ofProof(facts.size());
                for (const int fact : result.facts)
                    ofProof[at(fact)] = true;
                QVERIFY(firstSolution(problem, result.core, ofProof).empty());
            }
        }
    }

    void twoSolversAnswerAlike()
    {
        QRandomGenerator random(8);
        for (int round = 0; round < 200; ++round) {
            const Problem problem = drawProblem(random, 12, 4, 40);
            Solver one(problem, nullptr, Solver::Proofs::Keep);
            Solver other(problem, nullptr, Solver::Proofs::Keep);
            for (int call = 0; call < 4; ++call) {
                const std::vector<int> goals = drawGoals(random, problem);
                const SolveResult a = one.solve(goals, Plenty);
                const SolveResult b = other.solve(goals, Plenty);
                QCOMPARE(a.outcome, b.outcome);
                QCOMPARE(a.values, b.values);
                QCOMPARE(a.core, b.core);
                QCOMPARE(a.facts, b.facts);
                QCOMPARE(a.conflicts, b.conflicts);
            }
        }
    }

    void hintsAreFollowedWhereTheyCan()
    {
        Problem problem;
        problem.addVariable(5);
        problem.addVariable(5);
        const SetRef three = problem.addSet(0);
        insert(problem.at(three), 3);
        const SetRef four = problem.addSet(1);
        insert(problem.at(four), 4);
        problem.addNogood({{0, three}, {1, four}}, 0);
        Solver solver(problem, nullptr);
        QCOMPARE(solver.solve({0, 1}, Plenty).values, (std::vector<int>{1, 1}));
        solver.setHints({3, 4});
        QCOMPARE(solver.solve({0, 1}, Plenty).values, (std::vector<int>{3, 1}));
        solver.setHints({});
        QCOMPARE(solver.solve({0, 1}, Plenty).values, (std::vector<int>{1, 1}));
    }

    void theBudgetEnds()
    {
        const Problem problem = pigeons(10, 9);
        const std::vector<int> goals = everyVariable(problem);
        Solver solver(problem, nullptr);
        const SolveResult spent = solver.solve(goals, 50);
        QCOMPARE(spent.outcome, SolveResult::Outcome::OutOfBudget);
        QVERIFY(spent.conflicts >= 50 && spent.conflicts <= 52);
        QCOMPARE(solver.solve(goals, Plenty).outcome, SolveResult::Outcome::Unsolvable);
        const std::vector<int> fewer(goals.cbegin(), goals.cend() - 1);
        const SolveResult solved = solver.solve(fewer, Plenty);
        QCOMPARE(solved.outcome, SolveResult::Outcome::Solved);
        QVERIFY(!isAnyBroken(problem, {true}, solved.values));
    }

    void manyGoals()
    {
        constexpr int Count = 20'000;
        Problem problem;
        for (int i = 0; i < Count; ++i)
            problem.addVariable(3);
        // Each has the other value than the one before it.
        for (int i = 1; i < Count; ++i) {
            for (const int value : {1, 2}) {
                const SetRef own = problem.addSet(i);
                insert(problem.at(own), value);
                const SetRef before = problem.addSet(i - 1);
                insert(problem.at(before), value);
                problem.addNogood({{i - 1, before}, {i, own}}, i);
            }
        }
        const SolveResult result = Solver(problem, nullptr).solve(everyVariable(problem), Plenty);
        QCOMPARE(result.outcome, SolveResult::Outcome::Solved);
        QCOMPARE(result.conflicts, 0);
        for (int i = 0; i < Count; ++i)
            QCOMPARE(result.values[at(i)], 1 + i % 2);
    }
};

QTEST_GUILESS_MAIN(TestSolver)
#include "tst_solver.moc"
