// What has to be done so that a plan is mounted: rows of what is mounted and planned, and the laws.
#include "scenario.h"

#include <axle/resolver/plandifference.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

QList<Distribution> distributions(const QStringList &texts)
{
    QList<Distribution> result;
    for (const QString &text : texts)
        result.append(distribution(text));
    return result;
}

QList<PlanEntry> planOf(const QStringList &texts)
{
    QList<PlanEntry> plan;
    for (const QString &text : texts)
        plan.append({distribution(text), false, {}});
    return plan;
}

QStringList textsOf(const QList<Distribution> &list)
{
    QStringList texts;
    for (const Distribution &each : list)
        texts.append(each.toString());
    return texts;
}

QList<Distribution> randomSet(QRandomGenerator &random)
{
    QList<Distribution> set;
    for (const char16_t name : {u'a', u'b', u'c', u'd'}) {
        if (const quint32 version = random.bounded(3U); version > 0)
            set.append(distribution(QStringLiteral("%1 %2").arg(QChar(name)).arg(version)));
    }
    return set;
}

} // namespace

class TestPlanDifference : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void texts_data()
    {
        QTest::addColumn<QStringList>("mounted");
        QTest::addColumn<QStringList>("planned");
        QTest::addColumn<QString>("text");
        const QStringList both{QStringLiteral("lib 1"), QStringLiteral("plugin 1")};
        QTest::newRow("nothing at all") << QStringList() << QStringList() << QString();
        QTest::newRow("the same") << both << both << QString();
        QTest::newRow("everything is new")
            << QStringList() << both << QStringLiteral("mount 'lib 1'\nmount 'plugin 1'\n");
        QTest::newRow("dependants go first")
            << both << QStringList() << QStringLiteral("unmount 'plugin 1'\nunmount 'lib 1'\n");
        QTest::newRow("a newer version") << both << QStringList{QStringLiteral("lib 2"), QStringLiteral("plugin 1")}
                                         << QStringLiteral("replace 'lib 1' by 'lib 2'\n");
        QTest::newRow("an older version")
            << QStringList{QStringLiteral("lib 2")} << QStringList{QStringLiteral("lib 1")}
            << QStringLiteral("replace 'lib 2' by 'lib 1'\n");
        QTest::newRow("all kinds") << both << QStringList{QStringLiteral("core 1"), QStringLiteral("lib 2")}
                                   << QStringLiteral(
                                          "unmount 'plugin 1'\nreplace 'lib 1' by 'lib 2'\nmount 'core 1'\n");
    }
    void texts()
    {
        QFETCH(QStringList, mounted);
        QFETCH(QStringList, planned);
        QFETCH(QString, text);
        const PlanDifference difference = PlanDifference::between(distributions(mounted), planOf(planned));
        QCOMPARE(difference.toText(), text);
        QCOMPARE(difference.isEmpty(), text.isEmpty());
        QCOMPARE(PlanDifference::between(planOf(mounted), planOf(planned)).toText(), text);
    }

    void anotherFileOfTheSameVersionIsAnUpgrade()
    {
        Distribution rebuilt = distribution(QStringLiteral("lib 1"));
        rebuilt.location = QStringLiteral("/plugins/lib-1-2-py3-none-any.whl");
        const PlanDifference difference =
            PlanDifference::between({distribution(QStringLiteral("lib 1"))}, {{rebuilt, true, {}}});
        QCOMPARE(difference.upgrade.size(), 1);
        QCOMPARE(difference.upgrade.first().to.location, rebuilt.location);
        QVERIFY(difference.keep.isEmpty());
    }

    void json()
    {
        const PlanDifference difference = PlanDifference::between(
            distributions({QStringLiteral("old 1"), QStringLiteral("lib 1"), QStringLiteral("same 1")}),
            planOf({QStringLiteral("lib 2"), QStringLiteral("new 1"), QStringLiteral("same 1")}));
        const QByteArray expected = R"({
            "unmount": [{"name": "old", "version": "1", "file": "old-1-py3-none-any.whl"}],
            "upgrade": [{"name": "lib", "version": "2", "file": "lib-2-py3-none-any.whl",
                         "from": {"name": "lib", "version": "1", "file": "lib-1-py3-none-any.whl"}}],
            "mount": [{"name": "new", "version": "1", "file": "new-1-py3-none-any.whl"}],
            "keep": [{"name": "same", "version": "1", "file": "same-1-py3-none-any.whl"}]})";
        QCOMPARE(difference.toJson(), QJsonDocument::fromJson(expected).object());
    }

    void everythingIsInOneListAndLeadsToThePlan()
    {
        QRandomGenerator random(3);
        for (int round = 0; round < 500; ++round) {
            const QList<Distribution> mounted = randomSet(random);
            const QList<Distribution> planned = randomSet(random);
            QList<PlanEntry> plan;
            for (const Distribution &each : planned)
                plan.append({each, false, {}});
            const PlanDifference difference = PlanDifference::between(mounted, plan);
            QList<Distribution> before = difference.unmount + difference.keep;
            QList<Distribution> after = difference.mount + difference.keep;
            for (const PlanDifference::Upgrade &each : difference.upgrade) {
                QCOMPARE(each.from.name, each.to.name);
                before.append(each.from);
                after.append(each.to);
            }
            const auto sorted = [](const QList<Distribution> &list) {
                QStringList texts = textsOf(list);
                texts.sort();
                return texts;
            };
            QCOMPARE(sorted(before), sorted(mounted));
            QCOMPARE(sorted(after), sorted(planned));
        }
    }
};

QTEST_GUILESS_MAIN(TestPlanDifference)
#include "tst_plandifference.moc"
