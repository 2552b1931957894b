#include <support/testhost.h>

#include <axle/manager/codes.h>
#include <axle/store/codes.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QFile>
#include <QtCore/QTimer>
#include <QtTest/QSignalSpy>

#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

class TestPluginManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void startsNoPythonForDisabledPlugins(); // first: nothing has started Python yet
    void makesFoldersAndScansThoseThatComeLater();
    void listsPluginsAndLibraries();
    void answersForUnknownIds();
    void remembersWhatIsWantedOfUnknownIds();
    void callsReturnAtOnce();
    void callsInSlotsAreQueued();
    void nestedEventLoopsStartNothing();
    void saysWhatIsBeingDone();
    void neverBlocksItsThread();
    void tellsPluginsAboutTheirHost();
    void logsUnderThePluginsName();
    void reportsWhatItCannotRead();
    void failsPluginsWithoutAStore();
    void explainsWheelsForAnotherPython();
    void tellsHowFarAScanIs();
    void rescanBeginsAnew();
    void shutdownWaitsForNoScan();

    void shutdownUnloadsAndSilences();
    void shutdownInASlotIsQueued();
    void shutdownWaitsForNoPlan_data();
    void shutdownWaitsForNoPlan();
    void shutdownGivesUpOnWhatDoesNotReturn();
    void shutdownBeforeStart();

    void installs();
    void refusesToInstall_data();
    void refusesToInstall();
    void installNeedsAFolder();

private:
    Interpreter m_interpreter;
};

namespace {

QStringList ids(const QList<Plugin> &plugins)
{
    QStringList result;
    for (const Plugin &plugin : plugins)
        result += plugin.id;
    return result;
}

/// As many as take several times longer to read than passes between two signals of progress.
constexpr int ManyWheels = 30'000;

/// Files that take a while to read; none of them has the name that is in it.
void linkMany(const QString &folder, int count)
{
    QTemporaryDir elsewhere;
    const QByteArray wheel = QFile::encodeName(libraryWheel("a").write(elsewhere.path()));
    for (int i = 0; i < count; ++i) {
        const QByteArray name = "/b" + QByteArray::number(i) + "-1.0-py3-none-any.whl";
        if (::link(wheel.constData(), (QFile::encodeName(folder) + name).constData()) != 0)
            qFatal("cannot link %s", name.constData());
    }
}

Result<void> waitFor(QFuture<Result<void>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10000))
        return Error(ErrorCode("too-late"), QStringLiteral("no answer"));
    return future.result();
}

} // namespace

void TestPluginManager::startsNoPythonForDisabledPlugins()
{
    PluginManagerOptions options = TestHost::quiet();
    options.enabledByDefault = [](const QString &) { return false; };
    TestHost host(m_interpreter, options);
    pluginWheel("palette").requires_("paint").write(host.folder());
    libraryWheel("paint").write(host.folder());
    writeFile(host.folder(), "junk.whl", "junk");
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("palette"), PluginState::Resolved);
    QCOMPARE(host.manager().plugin("palette").disposition, Disposition::DisabledByUser);
    host.shutdown();
    QVERIFY(!m_interpreter.isRunning());
}

void TestPluginManager::makesFoldersAndScansThoseThatComeLater()
{
    TestHost host(m_interpreter);
    const QString made = host.path("later");
    host.manager().addFolder(host.folder()); // a second time
    QVERIFY(host.start());
    host.manager().addFolder(made);
    QCOMPARE(host.manager().folders(), (QStringList{host.folder(), made}));
    QVERIFY(host.waitUntilIdle());
    QVERIFY(QFileInfo(made).isDir());
    QCOMPARE(QFile::permissions(made) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    pluginWheel("palette").write(made);
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("palette"), PluginState::Active);
}

void TestPluginManager::listsPluginsAndLibraries()
{
    TestHost host(m_interpreter);
    pluginWheel("zebra").requires_("paint").metadata("Summary", "Stripes").write(host.folder());
    pluginWheel("ant").write(host.folder());
    libraryWheel("paint", "1.5").write(host.folder());
    libraryWheel("glue").write(host.folder());
    writeFile(host.folder(), "junk.whl", "junk");
    QVERIFY(host.start());
    QCOMPARE(ids(host.manager().plugins()), (QStringList{"ant", "junk.whl", "zebra"}));
    QCOMPARE(ids(host.manager().libraries()), (QStringList{"glue", "paint"}));

    const Plugin zebra = host.manager().plugin("zebra");
    QCOMPARE(zebra.name, "zebra");
    QCOMPARE(zebra.version, "1.0");
    QCOMPARE(zebra.summary, "Stripes");
    QCOMPARE(zebra.filePath, host.path("zebra-1.0-py3-none-any.whl"));
    QCOMPARE(zebra.dependencies, QStringList{"paint"});
    QVERIFY(!zebra.isLibrary);
    const Plugin paint = host.manager().plugin("paint");
    QVERIFY(paint.isLibrary);
    QCOMPARE(paint.state, PluginState::Mounted);
    // Nobody needs it, so nobody looked at it.
    QCOMPARE(host.manager().state("glue"), PluginState::Discovered);
    const Plugin junk = host.manager().plugin("junk.whl");
    QCOMPARE(junk.state, PluginState::Invalid);
    QVERIFY(junk.version.isEmpty());
    QVERIFY(!junk.error.isNull());
}

void TestPluginManager::answersForUnknownIds()
{
    TestHost host(m_interpreter);
    QVERIFY(host.start());
    QVERIFY(host.manager().plugin("nobody").id.isEmpty());
    QVERIFY(host.manager().plugin("no:body").id.isEmpty());
    QCOMPARE(host.manager().state("nobody"), PluginState::Removed);
    host.log().clear();
    QVERIFY(host.retry("nobody"));
    QCOMPARE(host.log().lines(), QStringList{"idle"});
}

void TestPluginManager::remembersWhatIsWantedOfUnknownIds()
{
    TestHost host(m_interpreter);
    host.manager().setEnabled("palette", false);
    QVERIFY(host.start());
    pluginWheel("palette").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("palette"), PluginState::Resolved);
    QVERIFY(!host.manager().plugin("palette").isEnabled);
}

void TestPluginManager::callsReturnAtOnce()
{
    TestHost host(m_interpreter);
    pluginWheel("palette").write(host.folder());
    QVERIFY(host.manager().isIdle());
    host.manager().start();
    QVERIFY(!host.manager().isIdle());
    QVERIFY(host.log().lines().isEmpty());
    QVERIFY(host.waitUntilIdle());
    host.log().clear();
    host.manager().setEnabled("palette", false);
    QVERIFY(!host.manager().plugin("palette").isEnabled); // what is wanted, at once
    QCOMPARE(host.manager().state("palette"), PluginState::Active);
    host.manager().setEnabled("palette", true);
    QVERIFY(host.log().lines().isEmpty());
    QVERIFY(host.waitUntilIdle());
    QCOMPARE(host.log().count("pluginUnloaded"), 1); // one after the other
    QCOMPARE(host.log().count("pluginLoaded"), 1);
}

void TestPluginManager::callsInSlotsAreQueued()
{
    TestHost host(m_interpreter);
    pluginWheel("palette").write(host.folder());
    connect(
        &host.manager(), &PluginManager::pluginAboutToLoad, this,
        [&](const QString &id) {
            host.manager().setEnabled(id, false);
            QCOMPARE(host.manager().state(id), PluginState::Resolved);
        },
        Qt::SingleShotConnection);
    QVERIFY(host.start());
    QCOMPARE(host.log().count("pluginLoaded"), 1);
    QCOMPARE(host.log().count("pluginUnloaded"), 1);
    QCOMPARE(host.log().count("idle"), 1);
    QCOMPARE(orderViolations(host.log().events()), QStringList());
    QCOMPARE(host.manager().state("palette"), PluginState::Resolved);
}

/// A dialog in a slot: the step waits for it, and nothing else begins meanwhile.
void TestPluginManager::nestedEventLoopsStartNothing()
{
    TestHost host(m_interpreter);
    pluginWheel("one").write(host.folder());
    pluginWheel("two").write(host.folder());
    QStringList within;
    connect(
        &host.manager(), &PluginManager::pluginAboutToLoad, this,
        [&] {
            host.manager().setEnabled("two", false);
            const qsizetype before = host.log().events().size();
            QEventLoop loop;
            QTimer::singleShot(100, &loop, &QEventLoop::quit);
            loop.exec();
            within = host.log().lines().mid(before);
        },
        Qt::SingleShotConnection);
    QVERIFY(host.start());
    QCOMPARE(within, QStringList());
    QCOMPARE(host.manager().state("one"), PluginState::Active);
    QCOMPARE(host.manager().state("two"), PluginState::Resolved);
    QCOMPARE(orderViolations(host.log().events()), QStringList());
}

void TestPluginManager::saysWhatIsBeingDone()
{
    TestHost host(m_interpreter);
    PluginManager &manager = host.manager();
    pluginWheel("palette", "context.contribute('filters', 'sepia', lambda: 1)").write(host.folder());
    QStringList seen;
    const auto note = [&](const char *signal) {
        return
            [&, signal] { seen += QStringLiteral("%1 %2").arg(signal).arg(int(manager.plugin("palette").operation)); };
    };
    connect(&manager, &PluginManager::pluginAboutToLoad, this, note("aboutToLoad"));
    connect(&manager, &PluginManager::contributionAdded, this, note("added"));
    connect(&manager, &PluginManager::pluginLoaded, this, note("loaded"));
    connect(&manager, &PluginManager::contributionRemoved, this, note("removed"));
    connect(&manager, &PluginManager::pluginUnloaded, this, note("unloaded"));
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("palette", false));
    QCOMPARE(seen,
        (QStringList{"aboutToLoad 0", QStringLiteral("added %1").arg(int(Operation::Activating)), "loaded 0",
            QStringLiteral("removed %1").arg(int(Operation::Deactivating)), "unloaded 0"}));
}

void TestPluginManager::neverBlocksItsThread()
{
    TestHost host(m_interpreter);
    // Holds the GIL for half a second.
    pluginWheel("busy", "sum(range(10**9)) if False else __import__('re').match('(a+)+$', 'a' * 24 + 'b')")
        .write(host.folder());
    QElapsedTimer sinceTick;
    qint64 longest = 0;
    QTimer ticker;
    connect(&ticker, &QTimer::timeout, this, [&] {
        longest = qMax(longest, sinceTick.restart());
        host.manager().plugins();
    });
    ticker.start(5);
    sinceTick.start();
    QElapsedTimer clock;
    clock.start();
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("busy"), PluginState::Active);
    QVERIFY2(clock.elapsed() > 400, qPrintable(QString::number(clock.elapsed())));
    QVERIFY2(
        longest < clock.elapsed() / 2, qPrintable(QStringLiteral("%1 of %2 ms").arg(longest).arg(clock.elapsed())));
}

void TestPluginManager::tellsPluginsAboutTheirHost()
{
    PluginManagerOptions options = TestHost::quiet();
    options.host = {{"name", "darkroom"}, {"version", "7"}};
    TestHost host(m_interpreter, options);
    pluginWheel("curious",
        "context.log.info(f'{context.id} {context.reason} {context.host[\"name\"]} {context.data_dir.name}')")
        .write(host.folder());
    const QSignalSpy logged(&host.manager(), &PluginManager::pluginLogged);
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("curious", false));
    QVERIFY(host.setEnabled("curious", true));
    QCOMPARE(logged.size(), 2);
    QCOMPARE(logged.at(0).at(2).toString(), "curious startup darkroom curious");
    QCOMPARE(logged.at(1).at(2).toString(), "curious enabled darkroom curious");
}

void TestPluginManager::logsUnderThePluginsName()
{
    TestHost host(m_interpreter);
    pluginWheel("talker", "context.log.warning('beware of %s', 'dogs'); context.log.error('bitten')")
        .write(host.folder());
    QTest::ignoreMessage(QtWarningMsg, "beware of dogs");
    QTest::ignoreMessage(QtCriticalMsg, "bitten");
    static QStringList categories;
    static QtMessageHandler previous = nullptr;
    previous = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &context, const QString &text) {
        categories += QString::fromUtf8(context.category);
        previous(type, context, text);
    });
    QVERIFY(host.start());
    qInstallMessageHandler(previous);
    QCOMPARE(categories.count(QStringLiteral("axle.plugin.talker")), 2);
}

void TestPluginManager::reportsWhatItCannotRead()
{
    TestHost host(m_interpreter);
    host.manager().addFolder("/proc/self/no-such-place/plugins");
    const QSignalSpy scanned(&host.manager(), &PluginManager::scanFinished);
    QVERIFY(host.start());
    const ScanReport report = scanned.at(0).at(0).value<ScanReport>();
    QCOMPARE(report.ignored.size(), 1);
    QCOMPARE(report.ignored.at(0).code().name(), QLatin1StringView("folder-unreadable"));
}

void TestPluginManager::failsPluginsWithoutAStore()
{
    const QTemporaryDir root;
    const QString notAFolder = writeFile(root.path(), "store", "a file");
    const QString plugins = root.filePath("plugins");
    QVERIFY(QDir().mkpath(plugins));
    PluginManagerOptions options = TestHost::quiet();
    options.storeFolder = notAFolder;
    PluginManager manager(m_interpreter, options);
    SignalLog log(manager);
    manager.addFolder(plugins);
    pluginWheel("palette").write(plugins);
    manager.start();
    QVERIFY(QTest::qWaitFor([&] { return manager.isIdle(); }));
    QCOMPARE(manager.state("palette"), PluginState::Failed);
    QCOMPARE(manager.plugin("palette").error.code(), Codes::StoreUnusable);
    QCOMPARE(log.count("pluginAboutToLoad"), 0);
    QVERIFY(QFile::remove(notAFolder));
    manager.retry("palette");
    QVERIFY(QTest::qWaitFor([&] { return manager.isIdle(); }));
    QCOMPARE(manager.state("palette"), PluginState::Active);
}

void TestPluginManager::explainsWheelsForAnotherPython()
{
    TestHost host(m_interpreter);
    pluginWheel("top").requires_("base>=2").write(host.folder());
    libraryWheel("base", "1.0").write(host.folder());
    libraryWheel("base", "2.0").requiresPython(">=3.99").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("top"), PluginState::Unresolved);
    const QString why = host.manager().plugin("top").error.toString();
    QVERIFY2(why.contains("3.99"), qPrintable(why));
    QCOMPARE(host.manager().libraries().size(), 1);
    QCOMPARE(host.manager().libraries().first().version, "1.0");
}

void TestPluginManager::tellsHowFarAScanIs()
{
    TestHost host(m_interpreter);
    linkMany(host.folder(), ManyWheels);
    QSignalSpy progress(&host.manager(), &PluginManager::scanProgress);
    QSignalSpy finished(&host.manager(), &PluginManager::scanFinished);
    host.manager().start();
    QVERIFY(QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000));
    QVERIFY(!progress.isEmpty());
    int before = 0;
    for (const QList<QVariant> &signal : std::as_const(progress)) {
        QCOMPARE(signal.at(0).toString(), host.folder());
        QVERIFY(signal.at(1).toInt() >= before && signal.at(1).toInt() <= ManyWheels);
        before = signal.at(1).toInt();
        QCOMPARE(signal.at(2).toInt(), ManyWheels);
    }
    QVERIFY(before > 0);
}

void TestPluginManager::rescanBeginsAnew()
{
    TestHost host(m_interpreter);
    linkMany(host.folder(), ManyWheels);
    QSignalSpy finished(&host.manager(), &PluginManager::scanFinished);
    // In the slot, since the end of the scan may be told next.
    bool isLate = false;
    connect(&host.manager(), &PluginManager::scanProgress, this, [&] {
        if (std::exchange(isLate, true))
            return;
        libraryWheel("late").write(host.folder());
        host.manager().rescan();
    });
    host.manager().start();
    QVERIFY(QTest::qWaitFor([&] { return isLate; }, 60'000));
    QVERIFY(host.waitUntilIdle());
    disconnect(&host.manager(), nullptr, this, nullptr);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<ScanReport>().added.size(), ManyWheels + 1);
    QVERIFY(ids(host.manager().libraries()).contains("late"));
}

void TestPluginManager::shutdownWaitsForNoScan()
{
    TestHost host(m_interpreter);
    linkMany(host.folder(), ManyWheels);
    QSignalSpy progress(&host.manager(), &PluginManager::scanProgress);
    QSignalSpy finished(&host.manager(), &PluginManager::scanFinished);
    host.manager().start();
    QVERIFY(QTest::qWaitFor([&] { return !progress.isEmpty(); }, 60'000));
    const qsizetype heard = progress.size();
    host.shutdown();
    QCOMPARE(progress.size(), heard);
    QVERIFY(finished.isEmpty());
}

void TestPluginManager::shutdownUnloadsAndSilences()
{
    TestHost host(m_interpreter);
    pluginWheel("palette").requires_("paint").write(host.folder());
    libraryWheel("paint").write(host.folder());
    QVERIFY(host.start());
    host.log().clear();
    host.shutdown();
    QCOMPARE(host.log().lines(),
        (QStringList{"aboutToShutdown", "pluginAboutToUnload palette Shutdown",
            "stateChanged palette Active -> Mounted", "stateChanged palette Mounted -> Resolved",
            "wheelUnmounted palette 1.0", "pluginUnloaded palette Shutdown", "stateChanged paint Mounted -> Resolved",
            "wheelUnmounted paint 1.0"}));
    host.log().clear();
    host.manager().setEnabled("palette", false);
    host.manager().rescan();
    host.manager().retry("palette");
    host.shutdown();
    QTest::qWait(50);
    QCOMPARE(host.log().lines(), QStringList());
    QCOMPARE(host.manager().state("palette"), PluginState::Resolved); // can be asked still
}

void TestPluginManager::shutdownInASlotIsQueued()
{
    TestHost host(m_interpreter);
    pluginWheel("one").write(host.folder());
    pluginWheel("two").write(host.folder());
    connect(&host.manager(), &PluginManager::pluginAboutToLoad, this, [&] {
        host.shutdown();
        QCOMPARE(host.log().count("aboutToShutdown"), 0);
    });
    host.manager().start();
    QTRY_COMPARE(host.log().count("pluginUnloaded"), 1);
    QCOMPARE(host.log().count("pluginLoaded", "one"), 1);
    QCOMPARE(host.log().count("pluginAboutToLoad", "two"), 0);
    QCOMPARE(orderViolations(host.log().events()), QStringList());
}

void TestPluginManager::shutdownWaitsForNoPlan_data()
{
    QTest::addColumn<int>("turns");
    for (int turns = 0; turns < 12; ++turns)
        QTest::addRow("after %d turns of the event loop", turns) << turns;
}

/// Wherever an operation stands, shutdown ends it in order.
void TestPluginManager::shutdownWaitsForNoPlan()
{
    QFETCH(int, turns);
    TestHost host(m_interpreter);
    pluginWheel("palette").requires_("paint").write(host.folder());
    libraryWheel("paint").write(host.folder());
    host.manager().start();
    for (int i = 0; i < turns; ++i)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    host.shutdown();
    QCOMPARE(host.log().count("aboutToShutdown"), 1);
    QCOMPARE(host.log().count("pluginLoaded"), host.log().count("pluginUnloaded"));
    QCOMPARE(host.log().count("wheelMounted"), host.log().count("wheelUnmounted"));
    QCOMPARE(orderViolations(host.log().events()), QStringList());
}

void TestPluginManager::shutdownGivesUpOnWhatDoesNotReturn()
{
    PluginManagerOptions options = TestHost::quiet();
    options.shutdownTimeout = std::chrono::milliseconds(200);
    {
        TestHost host(m_interpreter, options);
        WheelBuilder("stuck")
            .file("stuck.py",
                "import time\n"
                "class Plugin:\n"
                "    def activate(self, context): context.contribute('sums', 'one', lambda: 1)\n"
                "    def deactivate(self, context): time.sleep(2)\n")
            .entryPoint("axle.plugins", "stuck", "stuck:Plugin")
            .requires_("behind")
            .write(host.folder());
        pluginWheel("behind").write(host.folder());
        QVERIFY(host.start());
        const QSignalSpy unloaded(&host.manager(), &PluginManager::pluginUnloaded);
        QElapsedTimer clock;
        clock.start();
        host.shutdown();
        QVERIFY2(clock.elapsed() < 1500, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(unloaded.size(), 2);
        for (const QList<QVariant> &arguments : unloaded) {
            const Error error = arguments.at(2).value<UnloadResult>().error;
            QCOMPARE(error.code(), Codes::PythonUnresponsive);
            QCOMPARE(error.code().name(), QLatin1StringView("python-unresponsive"));
        }
        QCOMPARE(orderViolations(host.log().events()), QStringList());
        QVERIFY(host.manager().extensionPoint("sums")->contributions().isEmpty());
    }
    // The Python thread comes back to the next one, when it comes back.
    TestHost next(m_interpreter);
    pluginWheel("patient").write(next.folder());
    QVERIFY(next.start());
    QCOMPARE(next.manager().state("patient"), PluginState::Active);
}

void TestPluginManager::shutdownBeforeStart()
{
    TestHost host(m_interpreter);
    host.shutdown();
    QCOMPARE(host.log().lines(), QStringList{"aboutToShutdown"});
    QVERIFY(host.start());
    QCOMPARE(host.log().lines(), QStringList{"aboutToShutdown"});
}

void TestPluginManager::installs()
{
    TestHost host(m_interpreter);
    const QTemporaryDir elsewhere;
    const QString path = pluginWheel("palette").write(elsewhere.path());
    QVERIFY(host.start());
    const Result<void> installed = waitFor(host.manager().install(path));
    QVERIFY2(installed, qPrintable(installed ? QString() : installed.error().toString()));
    QVERIFY(host.waitUntilIdle());
    QCOMPARE(host.manager().state("palette"), PluginState::Active);
    QCOMPARE(host.log().lines().filter("pluginAboutToLoad"), QStringList{"pluginAboutToLoad palette Installed"});
    QCOMPARE(QDir(host.folder()).entryList(QDir::Files | QDir::Hidden), QStringList{"palette-1.0-py3-none-any.whl"});
}

void TestPluginManager::refusesToInstall_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("code");
    QTest::addRow("not a wheel's name") << "letter.whl"
                                        << "wheel-filename";
    QTest::addRow("no zip") << "letter-1.0-py3-none-any.whl"
                            << "zip-no-end-record";
    QTest::addRow("for another Python") << "elsewhere-1.0-cp39-cp39-win_amd64.whl"
                                        << "wheel-incompatible";
    QTest::addRow("not there") << "nothing-1.0-py3-none-any.whl"
                               << "file-not-found";
    QTest::addRow("name taken by a folder") << "palette-1.0-py3-none-any.whl"
                                            << "install-failed";
}

void TestPluginManager::refusesToInstall()
{
    QFETCH(QString, fileName);
    QFETCH(QString, code);
    TestHost host(m_interpreter);
    const QTemporaryDir elsewhere;
    writeFile(elsewhere.path(), "letter.whl", "Dear reader");
    writeFile(elsewhere.path(), "letter-1.0-py3-none-any.whl", "Dear reader");
    pluginWheel("elsewhere").tag("cp39-cp39-win_amd64").write(elsewhere.path());
    pluginWheel("palette").write(elsewhere.path());
    QVERIFY(QDir(host.folder()).mkpath("palette-1.0-py3-none-any.whl"));
    QVERIFY(host.start());
    const Result<void> installed = waitFor(host.manager().install(elsewhere.filePath(fileName)));
    QVERIFY(!installed);
    QCOMPARE(QString(installed.error().code().name()), code);
    QCOMPARE(QDir(host.folder()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestPluginManager::installNeedsAFolder()
{
    PluginManager manager(m_interpreter, TestHost::quiet());
    const Result<void> installed = waitFor(manager.install("/some/where.whl"));
    QVERIFY(!installed);
    QCOMPARE(installed.error().code(), Codes::InstallFailed);
}

QTEST_GUILESS_MAIN(TestPluginManager)
#include "tst_pluginmanager.moc"
