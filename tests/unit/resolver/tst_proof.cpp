// Proofs on thousands of random universes, against trying everything: they hold, and each fact of them is needed.
#include "proof_p.h"

#include "smallworld.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace Axle;
using namespace Axle::Internal;
using namespace Axle::Test;

namespace {

constexpr int Plenty = 20'000;

bool isStructural(const Universe &universe, int fact)
{
    const Fact::Kind kind = universe.fact(fact).kind;
    return kind == Fact::Kind::SameVersion || kind == Fact::Kind::Unneeded;
}

/// Values such that no goal is absent and no nogood of a chosen fact is broken: looked for by trying all of them.
class Trial
{
public:
    Trial(const Problem &problem, const std::vector<int> &goals)
        : m_problem(problem)
        , m_goals(goals)
        , m_values(static_cast<std::size_t>(problem.variableCount()), Unset)
        , m_nogoods(m_values.size())
    {
    }

    void add(int nogood)
    {
        int last = -1;
        for (const Term &term : m_problem.terms(nogood))
            last = std::max(last, term.variable);
        m_nogoods[static_cast<std::size_t>(last)].push_back(nogood);
    }

    bool succeeds(int variable = 0)
    {
        if (variable == m_problem.variableCount())
            return true;
        const bool isGoal = std::find(m_goals.cbegin(), m_goals.cend(), variable) != m_goals.cend();
        int &value = m_values[static_cast<std::size_t>(variable)];
        for (value = isGoal ? valueOf(0) : Absent; value < m_problem.valueCountOf(variable); ++value) {
            if (!isBroken(variable) && succeeds(variable + 1))
                return true;
        }
        value = Unset;
        return false;
    }

private:
    static constexpr int Unset = -1;

    /// All terms of a nogood are decided once its last variable is.
    bool isBroken(int variable) const
    {
        const std::vector<int> &nogoods = m_nogoods[static_cast<std::size_t>(variable)];
        return std::any_of(nogoods.cbegin(), nogoods.cend(), [this](int nogood) {
            const auto terms = m_problem.terms(nogood);
            return std::all_of(terms.begin(), terms.end(), [this](const Term &term) {
                return contains(m_problem.at(term.set), m_values[static_cast<std::size_t>(term.variable)]);
            });
        });
    }

    const Problem &m_problem;
    const std::vector<int> &m_goals;
    std::vector<int> m_values;
    std::vector<std::vector<int>> m_nogoods; ///< by the last of their variables
};

/// One universe, what of it cannot be met together, and why.
class Case
{
public:
    explicit Case(quint32 seed)
        : m_random(seed)
        , m_world(SmallWorld::draw(m_random))
        , m_input(m_world.input(m_random))
        , m_asked(askedOf(m_world))
        , m_universe(m_input, m_asked)
        , m_policy(m_universe)
        , m_solver(m_universe.problem(), &m_policy, Solver::Proofs::Keep)
    {
        // What the policy objects to is known to the solver only after this.
        if (m_solver.solve(m_universe.goals(), Plenty).outcome == SolveResult::Outcome::Unsolvable)
            m_proof = Prover(m_universe, m_policy).prove(m_universe.goals());
    }

    const std::optional<Proof> &proof() const { return m_proof; }
    QString toString() const { return m_world.toString(); }

    /// Whether the goals of the proof can be met where only its facts hold, `without` left out.
    bool canBeMet(int without = NoFact) const
    {
        Trial trial(m_solver.problem(), m_proof->goals);
        for (int i = 0; i < m_solver.problem().nogoodCount(); ++i) {
            const int fact = m_solver.problem().nogood(i).fact;
            if (fact == NoFact || fact == without)
                continue;
            if (isStructural(m_universe, fact)
                || std::binary_search(m_proof->facts.cbegin(), m_proof->facts.cend(), fact))
                trial.add(i);
        }
        return trial.succeeds();
    }

private:
    static QList<Requirement> askedOf(const SmallWorld &world)
    {
        QList<Requirement> asked;
        for (const PluginRequest &root : world.roots()) {
            Requirement requirement;
            requirement.name = root.name;
            asked.append(requirement);
        }
        return asked;
    }

    QRandomGenerator m_random;
    SmallWorld m_world;
    ResolverInput m_input;
    QList<Requirement> m_asked;
    Universe m_universe;
    ReleasePolicy m_policy;
    Solver m_solver;
    std::optional<Proof> m_proof;
};

QString checkHolds(const Case &each)
{
    return each.canBeMet() ? QStringLiteral("the goals can be met in spite of the facts") : QString();
}

QString checkNeeded(const Case &each)
{
    for (const int fact : each.proof()->facts) {
        if (!each.canBeMet(fact))
            return QStringLiteral("fact %1 is not needed").arg(fact);
    }
    return {};
}

} // namespace

class TestProof : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void law_data()
    {
        using Check = QString (*)(const Case &);
        QTest::addColumn<Check>("check");
        QTest::newRow("the facts exclude the goals") << Check(checkHolds);
        QTest::newRow("each fact is needed") << Check(checkNeeded);
    }
    void law()
    {
        using Check = QString (*)(const Case &);
        QFETCH(Check, check);
        int proofs = 0;
        int failures = 0;
        for (int seed = 0; seed < universeCount(); ++seed) {
            const Case each(static_cast<quint32>(seed));
            if (!each.proof())
                continue;
            ++proofs;
            const QString broken = check(each);
            if (broken.isEmpty())
                continue;
            ++failures;
            if (failures < 4)
                qInfo("universe %d: %s\n%s", seed, qPrintable(broken), qPrintable(each.toString()));
        }
        QCOMPARE(failures, 0);
        QVERIFY(proofs > universeCount() / 10);
    }
};

QTEST_GUILESS_MAIN(TestProof)
#include "tst_proof.moc"
