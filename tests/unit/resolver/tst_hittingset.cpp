#include "hittingset_p.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using Axle::Internal::minimumHittingSet;
using Sets = std::vector<std::vector<int>>;

namespace {

constexpr int ElementCount = 8;

bool hitsAll(unsigned chosen, const Sets &sets)
{
    return std::all_of(sets.cbegin(), sets.cend(), [=](const std::vector<int> &set) {
        return std::any_of(set.cbegin(), set.cend(), [=](int element) { return chosen & (1U << element); });
    });
}

qint64 costOf(unsigned chosen, const std::vector<qint64> &costs)
{
    qint64 cost = 0;
    for (unsigned i = 0; i < ElementCount; ++i)
        cost += chosen & (1U << i) ? costs[i] : 0;
    return cost;
}

} // namespace

class TestHittingSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nothingToHit() { QVERIFY(minimumHittingSet({}, {}).empty()); }

    void whatIsInMostSets()
    {
        const std::vector<qint64> equal(4, 1);
        QCOMPARE(minimumHittingSet({{0, 1}, {0, 2}, {0, 3}}, equal), std::vector<int>{0});
    }

    void theLaterOfEquals()
    {
        const std::vector<qint64> equal(4, 1);
        QCOMPARE(minimumHittingSet({{0, 3}}, equal), std::vector<int>{3});
        QCOMPARE(minimumHittingSet({{0, 1}, {2, 3}}, equal), (std::vector<int>{1, 3}));
    }

    void costsComeBeforeNumbers()
    {
        QCOMPARE(minimumHittingSet({{0, 1}, {0, 2}}, {5, 1, 1}), (std::vector<int>{1, 2}));
        QCOMPARE(minimumHittingSet({{0, 1}, {0, 2}}, {1, 5, 5}), std::vector<int>{0});
    }

    void asCheapAsTryingEverythingFinds()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 300; ++round) {
            Sets sets;
            std::vector<qint64> costs;
            for (int i = 0; i < ElementCount; ++i)
                costs.push_back(1 + random.bounded(3));
            for (int i = random.bounded(7); i >= 0; --i) {
                std::vector<int> set;
                for (int element = 0; element < ElementCount; ++element) {
                    if (random.bounded(3) == 0)
                        set.push_back(element);
                }
                if (!set.empty())
                    sets.push_back(set);
            }
            qint64 cheapest = std::numeric_limits<qint64>::max();
            for (unsigned chosen = 0; chosen < (1U << ElementCount); ++chosen) {
                if (hitsAll(chosen, sets))
                    cheapest = std::min(cheapest, costOf(chosen, costs));
            }
            unsigned found = 0;
            for (const int element : minimumHittingSet(sets, costs))
                found |= 1U << element;
            QVERIFY(hitsAll(found, sets));
            QCOMPARE(costOf(found, costs), cheapest);
        }
    }

    void endsWhereBranchingWouldNot()
    {
        // 60 triangles in a chain: far too many combinations to try.
        Sets sets;
        for (int i = 0; i < 60; ++i)
            sets.push_back({i, i + 1, i + 2});
        const std::vector<int> found = minimumHittingSet(sets, std::vector<qint64>(62, 1));
        for (const auto &set : sets) {
            QVERIFY(std::any_of(set.cbegin(), set.cend(),
                [&](int element) { return std::binary_search(found.cbegin(), found.cend(), element); }));
        }
    }
};

QTEST_GUILESS_MAIN(TestHittingSet)
#include "tst_hittingset.moc"
