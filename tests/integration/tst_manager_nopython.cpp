#include <support/testhost.h>

using namespace Axle;
using namespace Axle::Test;

/// Python that cannot start: every plugin says so, and the host goes on.
class TestManagerNoPython : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyPluginFailsWithTheReason();
};

void TestManagerNoPython::everyPluginFailsWithTheReason()
{
    Interpreter interpreter(InterpreterOptions{QStringLiteral("/nonexistent")});
    TestHost host(interpreter);
    pluginWheel("alone").write(host.folder());
    pluginWheel("supported").requires_("paint").write(host.folder());
    libraryWheel("paint").write(host.folder());
    QVERIFY(host.start());
    // Its own wheel could not be mounted after it was announced; a library below it comes before any announcement.
    QCOMPARE(host.log().count("pluginLoadFailed", "alone"), 1);
    QCOMPARE(host.manager().plugin("alone").error.code().name(), QLatin1StringView("python-start-failed"));
    QCOMPARE(host.manager().state("paint"), PluginState::Failed);
    QCOMPARE(host.log().count("pluginAboutToLoad", "supported"), 0);
    QCOMPARE(host.manager().state("supported"), PluginState::Failed);
    const Error error = host.manager().plugin("supported").error;
    QCOMPARE(error.code().name(), QLatin1StringView("dependency-failed"));
    QCOMPARE(error.causes().value(0).code().name(), QLatin1StringView("python-start-failed"));
    host.shutdown();
    QCOMPARE(orderViolations(host.log().events()), QStringList());
}

QTEST_GUILESS_MAIN(TestManagerNoPython)
#include "tst_manager_nopython.moc"
