#include "scenario.h"

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

class TestDistribution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void textIsNameAsWrittenAndVersion()
    {
        QCOMPARE(distribution(QStringLiteral("Geo_Tools 2.1")).toString(), QStringLiteral("Geo_Tools 2.1"));
        QCOMPARE(distribution(QStringLiteral("a 1.0-RC.1")).toString(), QStringLiteral("a 1.0rc1"));
    }

    void whereItIsIsWhatItIs()
    {
        const Distribution one = distribution(QStringLiteral("a 1"));
        Distribution same = distribution(QStringLiteral("a 1"), {QStringLiteral("b")});
        QVERIFY(one == same);
        same.location = QStringLiteral("/elsewhere/a-1-py3-none-any.whl");
        QVERIFY(one != same);
    }
};

QTEST_GUILESS_MAIN(TestDistribution)
#include "tst_distribution.moc"
