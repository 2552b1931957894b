// What a resolution says as JSON.
#include "scenario.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

class TestResolution : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void thePlanIsInOrderOfActivation()
    {
        const ResolverInput input = inputOf({distribution(QStringLiteral("Plug_In 1.0"), {QStringLiteral("lib")}),
            distribution(QStringLiteral("lib 1"))});
        const QByteArray expected = R"({"left_out": [], "optimal": true, "plan": [
            {"name": "lib", "version": "1", "file": "lib-1-py3-none-any.whl", "plugin": false, "needs": []},
            {"name": "Plug_In", "version": "1.0", "file": "plug_in-1.0-py3-none-any.whl", "plugin": true,
             "needs": ["lib"]}]})";
        const Resolution resolution = Resolver(input).resolvePlugins(requests({QStringLiteral("plug-in")}));
        QCOMPARE(resolution.toJson(), QJsonDocument::fromJson(expected).object());
    }

    void absencesHaveTheirIdsAndExplanations()
    {
        const Resolution resolution =
            Resolver(inputOf({})).resolvePlugins(requests({QStringLiteral("Zeta"), QStringLiteral("alpha")}));
        const QJsonArray leftOut = resolution.toJson()[QStringLiteral("left_out")].toArray();
        QCOMPARE(leftOut.size(), 2);
        QCOMPARE(leftOut[0].toObject()[QStringLiteral("id")].toString(), QStringLiteral("alpha"));
        QJsonObject zeta = leftOut[1].toObject();
        QCOMPARE(zeta.take(QStringLiteral("id")).toString(), QStringLiteral("zeta"));
        QCOMPARE(zeta, resolution.leftOut[QStringLiteral("zeta")].toJson());
    }

    void aSpentBudgetShows()
    {
        Resolution resolution;
        resolution.isOptimal = false;
        QCOMPARE(resolution.toJson()[QStringLiteral("optimal")], QJsonValue(false));
    }

    void plugin_data()
    {
        QTest::addColumn<bool>("isRoot");
        QTest::addColumn<QString>("entryPointGroup");
        QTest::addColumn<QString>("asked");
        QTest::addColumn<bool>("isPlugin");
        QTest::newRow("a root, no group asked") << true << QString() << QString() << true;
        QTest::newRow("needed, no group asked") << false << QStringLiteral("demo.plugins") << QString() << false;
        QTest::newRow("needed, of the group")
            << false << QStringLiteral("demo.plugins") << QStringLiteral("demo.plugins") << true;
        QTest::newRow("a root, of another group")
            << true << QStringLiteral("console_scripts") << QStringLiteral("demo.plugins") << false;
    }
    void plugin()
    {
        QFETCH(bool, isRoot);
        QFETCH(QString, entryPointGroup);
        QFETCH(QString, asked);
        QFETCH(bool, isPlugin);
        PlanEntry entry{distribution(QStringLiteral("demo 1")), isRoot, {}};
        entry.distribution.entryPoints.append(
            {entryPointGroup, QStringLiteral("main"), QStringLiteral("demo"), {}, {}});
        QCOMPARE(entry.isPlugin(asked), isPlugin);
        QCOMPARE(entry.toJson(asked)[QStringLiteral("plugin")], QJsonValue(isPlugin));
    }
};

QTEST_GUILESS_MAIN(TestResolution)
#include "tst_resolution.moc"
