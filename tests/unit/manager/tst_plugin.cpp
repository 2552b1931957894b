#include <axle/manager/contribution.h>
#include <axle/manager/plugin.h>

#include <QtTest/QtTest>

using namespace Axle;

/// What signals carry is made of values, so that it goes through queued connections and QSignalSpy.
class TestPlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void defaultsSayNothing();
    void valuesTravelThroughVariants();
};

void TestPlugin::defaultsSayNothing()
{
    const Plugin plugin;
    QVERIFY(plugin.id.isEmpty());
    QCOMPARE(plugin.state, PluginState::Discovered);
    QCOMPARE(plugin.operation, Operation::None);
    QCOMPARE(plugin.disposition, Disposition::None);
    QVERIFY(plugin.error.isNull());
    QVERIFY(plugin.isEnabled);
    QVERIFY(!plugin.isLibrary);
    QVERIFY(!plugin.isResident);
    QVERIFY(UnloadResult().error.isNull());
    QCOMPARE(LoadReport().contributions, 0);
    QVERIFY(ScanReport().ignored.isEmpty());
}

void TestPlugin::valuesTravelThroughVariants()
{
    Plugin plugin;
    plugin.id = QStringLiteral("palette");
    plugin.error = Error(ErrorCode("plugin-import-failed"), QStringLiteral("no"));
    const Plugin plugin2 = QVariant::fromValue(plugin).value<Plugin>();
    QCOMPARE(plugin2.id, plugin.id);
    QCOMPARE(plugin2.error, plugin.error);

    DistributionInfo distribution;
    distribution.version = QStringLiteral("1.0");
    QCOMPARE(QVariant::fromValue(distribution).value<DistributionInfo>().version, "1.0");
    ContributionInfo contribution;
    contribution.properties = {{"title", "Sepia"}};
    QCOMPARE(QVariant::fromValue(contribution).value<ContributionInfo>().properties, contribution.properties);
    LoadReport report;
    report.activateMilliseconds = 7;
    QCOMPARE(QVariant::fromValue(report).value<LoadReport>().activateMilliseconds, 7);
    UnloadResult result;
    result.modules = QStringList{"palette"};
    QCOMPARE(QVariant::fromValue(result).value<UnloadResult>().modules, result.modules);
    ScanReport scan;
    scan.added = QStringList{"palette"};
    QCOMPARE(QVariant::fromValue(scan).value<ScanReport>().added, scan.added);
    QVERIFY(QVariant::fromValue(Contribution()).value<Contribution>().isNull());
}

QTEST_GUILESS_MAIN(TestPlugin)
#include "tst_plugin.moc"
