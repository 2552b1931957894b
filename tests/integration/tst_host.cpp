#include <support/testhost.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>

#include <csignal>

using namespace Axle;
using namespace Axle::Test;

/// The program axle-host: its stream of events, its exit codes, its end.
class TestHostProgram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void printsOneObjectALine();
    void printsText();
    void exitCodes_data();
    void exitCodes();
    void usage_data();
    void usage();
    void complainsAboutTheFolder();
    void onlyWhatIsNamed();
    void unloadsWhenTold();
    void runsCodeAndModules_data();
    void runsCodeAndModules();
    void keepsPluginsOutOfTheStream();
    void usesTheFoldersGiven();
    void watchesUntilItIsInterrupted_data();
    void watchesUntilItIsInterrupted();
    void endsAlthoughAPluginDoesNot();
    void endsAlthoughTheCodeDoesNot();

private:
    void startHost(const QStringList &arguments);
    int runHost(const QStringList &arguments);
    void readEvents();
    bool waitForEvent(const QString &name, const QString &id = {});
    QStringList eventNames(const QString &id) const;
    QJsonObject event(const QString &name, const QString &id = {}) const;
    QString errorCode(const QString &name, const QString &id = {}) const
    {
        return event(name, id)["error"].toObject()["code"].toString();
    }
    QString folder() const { return m_root->filePath(QStringLiteral("plugins")); }

    std::unique_ptr<QTemporaryDir> m_root;
    std::unique_ptr<QProcess> m_process;
    QList<QJsonObject> m_events;
    QStringList m_badLines;
};

void TestHostProgram::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_root = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(folder()));
    m_events.clear();
    m_badLines.clear();
}

void TestHostProgram::cleanup()
{
    if (m_process && m_process->state() != QProcess::NotRunning) {
        m_process->kill();
        m_process->waitForFinished();
    }
    m_process.reset();
}

void TestHostProgram::startHost(const QStringList &arguments)
{
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("AXLE_STORE", m_root->filePath("store"));
    environment.insert("XDG_DATA_HOME", m_root->filePath("share"));
    m_process->setProcessEnvironment(environment);
    m_process->start(QStringLiteral(AXLE_HOST_PROGRAM), arguments);
    QVERIFY(m_process->waitForStarted());
}

int TestHostProgram::runHost(const QStringList &arguments)
{
    startHost(arguments);
    m_process->waitForFinished(60000);
    if (arguments.contains("--json"))
        readEvents();
    return m_process->exitStatus() == QProcess::NormalExit ? m_process->exitCode() : -1;
}

void TestHostProgram::readEvents()
{
    while (m_process->canReadLine()) {
        const QByteArray line = m_process->readLine();
        const QJsonDocument document = QJsonDocument::fromJson(line);
        if (document.isObject())
            m_events += document.object();
        else
            m_badLines += QString::fromUtf8(line);
    }
}

bool TestHostProgram::waitForEvent(const QString &name, const QString &id)
{
    return QTest::qWaitFor(
        [&] {
            readEvents();
            return !event(name, id).isEmpty();
        },
        20000);
}

QJsonObject TestHostProgram::event(const QString &name, const QString &id) const
{
    for (const QJsonObject &event : m_events) {
        if (event["event"] == name && event["id"].toString() == id)
            return event;
    }
    return {};
}

QStringList TestHostProgram::eventNames(const QString &id) const
{
    QStringList names;
    for (const QJsonObject &event : m_events) {
        if (event["id"] == id)
            names += event["event"].toString();
    }
    return names;
}

void TestHostProgram::printsOneObjectALine()
{
    pluginWheel(
        "palette", "context.contribute('filters', 'sepia', lambda: 1, title='Sepia'); context.log.info('hello')")
        .requires_("paint")
        .write(folder());
    libraryWheel("paint").write(folder());
    pluginWheel("broken", "1 / 0").write(folder());
    pluginWheel("lonely").requires_("nobody").write(folder());
    QCOMPARE(runHost({folder(), "--json", "--unload"}), 1);
    QCOMPARE(m_badLines, QStringList());
    qint64 last = 0;
    for (const QJsonObject &event : std::as_const(m_events)) {
        QVERIFY(event["event"].isString());
        QVERIFY(event["ms"].toInteger(-1) >= last);
        last = event["ms"].toInteger();
    }
    QCOMPARE(eventNames("palette"),
        (QStringList{"stateChanged", "pluginAboutToLoad", "stateChanged", "wheelMounted", "contributionAdded",
            "pluginLogged", "stateChanged", "pluginLoaded", "pluginAboutToUnload", "contributionRemoved",
            "stateChanged", "stateChanged", "wheelUnmounted", "pluginUnloaded"}));
    QCOMPARE(event("pluginAboutToLoad", "palette")["reason"], "startup");
    QCOMPARE(event("stateChanged", "palette")["from"], "discovered");
    QCOMPARE(event("stateChanged", "palette")["to"], "resolved");
    QCOMPARE(event("pluginLoaded", "palette")["contributions"], 1);
    QCOMPARE(event("contributionAdded", "palette")["contribution"], "sepia");
    QCOMPARE(event("contributionAdded", "palette")["properties"].toObject()["title"], "Sepia");
    QCOMPARE(event("pluginLogged", "palette")["message"], "hello");
    QCOMPARE(event("wheelMounted", "paint")["version"], "1.0");
    QCOMPARE(event("pluginUnloaded", "palette")["modules"].toArray(), QJsonArray{"palette"});
    QCOMPARE(event("scanFinished")["added"].toArray(), (QJsonArray{"broken", "lonely", "paint", "palette"}));
    const QJsonObject failure = event("pluginLoadFailed", "broken")["error"].toObject();
    QCOMPARE(failure["code"], "plugin-activate-failed");
    QVERIFY(failure["details"].toString().contains("ZeroDivisionError"));
    QCOMPARE(errorCode("stateChanged", "lonely"), "resolve-missing");
    QVERIFY(!event("idle").isEmpty());
    QVERIFY(!event("aboutToShutdown").isEmpty());
}

void TestHostProgram::printsText()
{
    pluginWheel("palette").write(folder());
    pluginWheel("broken", "1 / 0").write(folder());
    QCOMPARE(runHost({folder()}), 1);
    const QString output = QString::fromUtf8(m_process->readAllStandardOutput());
    QVERIFY2(output.contains(QRegularExpression(" ms  pluginLoaded palette  activate_ms=\\d+  contributions=0")),
        qPrintable(output));
    QVERIFY(output.contains("pluginLoadFailed broken  [plugin-activate-failed]"));
    QVERIFY(output.contains("ZeroDivisionError"));
    QVERIFY(!output.contains("pluginUnloaded"));
}

void TestHostProgram::exitCodes_data()
{
    QTest::addColumn<QStringList>("plugins");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("expected");
    const QStringList none;
    QTest::addRow("nothing there") << none << none << 0;
    QTest::addRow("all loaded") << QStringList{"good", "fine"} << none << 0;
    QTest::addRow("one failed") << QStringList{"good", "bad"} << none << 1;
    QTest::addRow("the failing one is not enabled") << QStringList{"good", "bad"} << QStringList{"--only", "good"} << 0;
    QTest::addRow("a file that is no wheel") << QStringList{"good", "junk"} << none << 1;
    QTest::addRow("unresolvable") << QStringList{"good", "lonely"} << none << 1;
    QTest::addRow("no such plugin") << QStringList{"good"} << QStringList{"--only", "nobody"} << 1;
    QTest::addRow("needs a disabled one") << QStringList{"good", "needy"} << QStringList{"--only", "needy"} << 1;
}

void TestHostProgram::exitCodes()
{
    QFETCH(QStringList, plugins);
    QFETCH(QStringList, arguments);
    QFETCH(int, expected);
    for (const QString &name : std::as_const(plugins)) {
        if (name == u"junk")
            writeFile(folder(), "junk-1.0-py3-none-any.whl", "junk");
        else if (name == u"lonely")
            pluginWheel(name).requires_("nobody").write(folder());
        else if (name == u"needy")
            pluginWheel(name).requires_("good").write(folder());
        else
            pluginWheel(name, name == u"bad" ? "1 / 0" : "pass").write(folder());
    }
    QCOMPARE(runHost(QStringList{folder(), "--json"} + arguments), expected);
}

void TestHostProgram::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("expected");
    QTest::addRow("no folder") << QStringList() << 2;
    QTest::addRow("unknown option") << QStringList{".", "--frobnicate"} << 2;
    QTest::addRow("module and code") << QStringList{".", "-c", "pass", "--module", "this"} << 2;
    QTest::addRow("help") << QStringList{"--help"} << 0;
    QTest::addRow("version") << QStringList{"--version"} << 0;
}

void TestHostProgram::usage()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, expected);
    QCOMPARE(runHost(arguments), expected);
    QVERIFY(!(m_process->readAllStandardOutput() + m_process->readAllStandardError()).isEmpty());
}

void TestHostProgram::complainsAboutTheFolder()
{
    const QString file = writeFile(m_root->path(), "file", "");
    QCOMPARE(runHost({m_root->filePath("missing")}), 3);
    QVERIFY(m_process->readAllStandardError().contains("does not exist"));
    QCOMPARE(runHost({file}), 3);
    QVERIFY(m_process->readAllStandardError().contains("is not a folder"));
}

void TestHostProgram::onlyWhatIsNamed()
{
    for (const char *name : {"one", "two", "three"})
        pluginWheel(name).write(folder());
    QCOMPARE(runHost({"--only", "one", folder(), "--json", "--only", "three"}), 0);
    QVERIFY(eventNames("one").contains("pluginLoaded"));
    QVERIFY(eventNames("three").contains("pluginLoaded"));
    QVERIFY(!eventNames("two").contains("pluginAboutToLoad"));
    QCOMPARE(event("dispositionChanged", "two")["disposition"], "disabled-by-user");
}

void TestHostProgram::unloadsWhenTold()
{
    pluginWheel("palette").write(folder());
    QCOMPARE(runHost({folder(), "--json"}), 0);
    QVERIFY(!eventNames("palette").contains("pluginUnloaded"));
    m_events.clear();
    QCOMPARE(runHost({folder(), "--json", "--unload"}), 0);
    QCOMPARE(event("pluginUnloaded", "palette")["reason"], "shutdown");
}

void TestHostProgram::runsCodeAndModules_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("expected");
    QTest::addColumn<QByteArray>("output");
    QTest::addRow("code") << QStringList{"-c", "import palette; print(__name__, palette.__name__)"} << 0
                          << QByteArray("__main__ palette\n");
    QTest::addRow("module") << QStringList{"--module", "palette.tool"} << 0 << QByteArray("tool __main__\n");
    QTest::addRow("code that raises") << QStringList{"-c", "raise ValueError('no')"} << 1 << QByteArray();
    QTest::addRow("module that is not there") << QStringList{"--module", "nobody"} << 1 << QByteArray();
}

void TestHostProgram::runsCodeAndModules()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, expected);
    QFETCH(QByteArray, output);
    pluginWheel("palette").file("palette/tool.py", "print('tool', __name__)\n").write(folder());
    QCOMPARE(runHost(QStringList{folder(), "--json"} + arguments), expected);
    QCOMPARE(m_badLines, QStringList());
    QCOMPARE(errorCode("runFailed"), QString(expected == 0 ? "" : "python-run-failed"));
    QVERIFY(m_process->readAllStandardError().contains(output));
}

void TestHostProgram::keepsPluginsOutOfTheStream()
{
    pluginWheel("chatty", "import os; print('printed'); os.write(1, b'written\\n'); os.system('echo echoed')")
        .write(folder());
    QCOMPARE(runHost({folder(), "--json"}), 0);
    QCOMPARE(m_badLines, QStringList());
    const QByteArray error = m_process->readAllStandardError();
    for (const char *text : {"printed", "written", "echoed"})
        QVERIFY2(error.contains(text), text);
}

void TestHostProgram::usesTheFoldersGiven()
{
    pluginWheel("keeper", "(context.data_dir / 'kept').touch()").write(folder());
    const QString store = m_root->filePath("another-store");
    const QString data = m_root->filePath("another-data");
    QCOMPARE(runHost({folder(), "--json", "--store", store, "--data", data}), 0);
    QVERIFY(QFileInfo::exists(data + "/keeper/kept"));
    QVERIFY(QFileInfo(store).isDir());
}

void TestHostProgram::watchesUntilItIsInterrupted_data()
{
    QTest::addColumn<int>("signal");
    QTest::addRow("SIGINT") << SIGINT;
    QTest::addRow("SIGTERM") << SIGTERM;
}

void TestHostProgram::watchesUntilItIsInterrupted()
{
    QFETCH(int, signal);
    startHost({folder(), "--json", "--watch"});
    QVERIFY(waitForEvent("idle"));
    pluginWheel("palette").write(folder());
    QVERIFY(waitForEvent("pluginLoaded", "palette"));
    QElapsedTimer clock;
    clock.start();
    QCOMPARE(::kill(static_cast<pid_t>(m_process->processId()), signal), 0);
    QVERIFY(m_process->waitForFinished(10000));
    QVERIFY2(clock.elapsed() < 3000, qPrintable(QString::number(clock.elapsed())));
    readEvents();
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 0);
    QCOMPARE(event("pluginUnloaded", "palette")["reason"], "shutdown");
}

void TestHostProgram::endsAlthoughAPluginDoesNot()
{
    pluginWheel("endless", "import time\n        while True: time.sleep(1)").write(folder());
    startHost({folder(), "--json"});
    QVERIFY(waitForEvent("wheelMounted", "endless"));
    QCOMPARE(::kill(static_cast<pid_t>(m_process->processId()), SIGINT), 0);
    QVERIFY(m_process->waitForFinished(10000));
    readEvents();
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 1);
    QCOMPARE(errorCode("pluginLoadFailed", "endless"), "python-unresponsive");
}

void TestHostProgram::endsAlthoughTheCodeDoesNot()
{
    pluginWheel("palette").write(folder());
    startHost({folder(), "--json", "-c", "while True: pass"});
    QVERIFY(waitForEvent("idle"));
    QTest::qWait(100);
    QCOMPARE(::kill(static_cast<pid_t>(m_process->processId()), SIGTERM), 0);
    QVERIFY(m_process->waitForFinished(10000));
    readEvents();
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(errorCode("pluginUnloaded", "palette"), "python-unresponsive");
}

QTEST_GUILESS_MAIN(TestHostProgram)
#include "tst_host.moc"
