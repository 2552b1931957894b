#include <support/signallog.h>

#include <QtTest/QtTest>

using namespace Axle::Test;

/// The order checker can fail: each row breaks one rule.
class TestSignalLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void orderViolations_data();
    void orderViolations();
};

namespace {

using Events = QList<SignalEvent>;

SignalEvent came(const char *signal, const char *id, const QStringList &dependencies = {})
{
    return {signal, id, {}, dependencies};
}

Events loaded(const char *id, const QStringList &dependencies = {})
{
    return {came("pluginAboutToLoad", id, dependencies), came("pluginLoaded", id, dependencies)};
}

Events unloaded(const char *id)
{
    return {came("pluginAboutToUnload", id), came("pluginUnloaded", id)};
}

} // namespace

void TestSignalLog::orderViolations_data()
{
    QTest::addColumn<Events>("events");
    QTest::addColumn<QStringList>("expected");

    const QStringList none;
    QTest::addRow("nothing") << Events() << none;
    QTest::addRow("a dependency first and last")
        << loaded("b") + loaded("a", {"b"}) + unloaded("a") + unloaded("b") << none;
    QTest::addRow("a library first and last") << Events{came("wheelMounted", "lib")} + loaded("a", {"lib"})
            + unloaded("a") + Events{came("wheelUnmounted", "lib")}
                                              << none;
    QTest::addRow("G1: loaded before its dependency")
        << loaded("a", {"b"}) + loaded("b") << QStringList{"'pluginAboutToLoad a' came before 'b' was there"};
    QTest::addRow("G2: dependency unloaded first") << loaded("b") + loaded("a", {"b"}) + unloaded("b")
                                                   << QStringList{"'pluginAboutToUnload b' came while 'a' needed it"};
    QTest::addRow("library unmounted below a plugin") << Events{came("wheelMounted", "lib")} + loaded("a", {"lib"})
            + Events{came("wheelUnmounted", "lib")} << QStringList{"'wheelUnmounted lib' came while 'a' needed it"};
    QTest::addRow("G3: never loaded") << Events{came("pluginAboutToLoad", "a")} << QStringList{"'a' was left half-way"};
    QTest::addRow("G3: loaded twice") << loaded("a") + Events{came("pluginLoaded", "a")}
                                      << QStringList{"'pluginLoaded a' came in another phase"};
    QTest::addRow("G3: failed without a start")
        << Events{came("pluginLoadFailed", "a")} << QStringList{"'pluginLoadFailed a' came in another phase"};
    QTest::addRow("G3: unloading within loading")
        << Events{came("pluginAboutToLoad", "a"), came("pluginAboutToUnload", "a"), came("pluginUnloaded", "a")}
        << QStringList{"'pluginAboutToUnload a' came in another phase"};
    QTest::addRow("contribution left behind") << Events{came("pluginAboutToLoad", "a"), came("contributionAdded", "a"),
                                                     came("pluginLoaded", "a")}
            + unloaded("a") << QStringList{"'pluginUnloaded a' left contributions behind"};
}

void TestSignalLog::orderViolations()
{
    QFETCH(Events, events);
    QFETCH(QStringList, expected);
    QCOMPARE(Axle::Test::orderViolations(events), expected);
}

QTEST_GUILESS_MAIN(TestSignalLog)
#include "tst_signallog.moc"
