#include <support/golden.h>
#include <support/testhost.h>

#include <QtCore/QFile>

#include <algorithm>
#include <functional>

using namespace Axle;
using namespace Axle::Test;

/// Whole signal logs of a manager, one golden file a case, and what must hold in all of them.
class TestManagerSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void log_data();
    void log();
    void equalFoldersLoadInEqualOrder();

private:
    Interpreter m_interpreter;
};

namespace {

using Scenario = std::function<void(TestHost &)>;

constexpr auto Contribute = "context.contribute('filters', 'sepia', lambda: 'brown', title='Sepia')";

void plain(TestHost &host)
{
    pluginWheel("palette",
        "context.contribute('filters', 'sepia', lambda: 'brown'); context.contribute('menu', 'about', lambda: None)")
        .write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("palette", false));
    QVERIFY(host.setEnabled("palette", true));
}

void dependencyChain(TestHost &host)
{
    pluginWheel("top", "import middle, base").requires_("middle").write(host.folder());
    pluginWheel("middle", "import base").requires_("base").write(host.folder());
    libraryWheel("base").write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("middle", false));
    QVERIFY(host.setEnabled("middle", true));
}

void diamond(TestHost &host)
{
    libraryWheel("bottom").write(host.folder());
    libraryWheel("left").requires_("bottom").write(host.folder());
    libraryWheel("right").requires_("bottom").write(host.folder());
    pluginWheel("top", "import left, right, bottom").requires_("right").requires_("left").write(host.folder());
    QVERIFY(host.start());
}

void failingImport(TestHost &host)
{
    libraryWheel("crutch").write(host.folder());
    pluginWheel("broken")
        .file("broken/__init__.py", "import crutch\nimport there_is_no_such_module\n")
        .requires_("crutch")
        .write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().plugin("broken").error.code().name(), QLatin1StringView("plugin-import-failed"));
}

void failingActivate(TestHost &host)
{
    libraryWheel("crutch").write(host.folder());
    pluginWheel("broken", QByteArray(Contribute) + "; raise RuntimeError('not today')")
        .requires_("crutch")
        .write(host.folder());
    pluginWheel("follower").requires_("broken").write(host.folder());
    pluginWheel("trailer").requires_("follower").write(host.folder());
    QVERIFY(host.start());
    const Error error = host.manager().plugin("trailer").error;
    QCOMPARE(error.code().name(), QLatin1StringView("dependency-failed"));
    QCOMPARE(error.message(), "'trailer 1.0' needs 'follower', which needs 'broken', which failed");
    QCOMPARE(error.causes().value(0).code().name(), QLatin1StringView("plugin-activate-failed"));
}

void systemExit(TestHost &host)
{
    pluginWheel("quitter", "raise SystemExit(3)").write(host.folder());
    QVERIFY(host.start());
}

void failingDeactivate(TestHost &host)
{
    WheelBuilder("clinging")
        .file("clinging.py",
            "class Plugin:\n    def activate(self, context): pass\n    def deactivate(self, context): 1 / 0\n")
        .entryPoint("axle.plugins", "clinging", "clinging:Plugin")
        .write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("clinging", false));
    QVERIFY(host.setEnabled("clinging", true));
}

void missingDependency(TestHost &host)
{
    pluginWheel("lonely").requires_("nobody>=2").write(host.folder());
    QVERIFY(host.start());
    libraryWheel("nobody", "2.1").write(host.folder());
    QVERIFY(host.rescan());
}

void conflictingDependency(TestHost &host)
{
    libraryWheel("shared", "1.0").write(host.folder());
    libraryWheel("shared", "2.0").write(host.folder());
    pluginWheel("modern").requires_("shared>=2").write(host.folder());
    pluginWheel("olden").requires_("shared<2").write(host.folder());
    QVERIFY(host.start());
}

/// Two plugins that cannot live together, and one that can with either.
void writeRivals(TestHost &host)
{
    libraryWheel("shared", "1.0").write(host.folder());
    libraryWheel("shared", "2.0").write(host.folder());
    pluginWheel("modern").requires_("shared>=2").write(host.folder());
    pluginWheel("olden").requires_("shared<2").write(host.folder());
    pluginWheel("witness", "import shared").requires_("shared").write(host.folder());
}

void preferred(TestHost &host)
{
    writeRivals(host);
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("olden"), PluginState::Unresolved);
    // What the explanation offers is what the host can do.
    const QList<Remedy> remedies = host.manager().explanation("olden").remedies;
    const auto prefer = std::find_if(
        remedies.cbegin(), remedies.cend(), [](const Remedy &remedy) { return remedy.kind == Remedy::Kind::Prefer; });
    QVERIFY(prefer != remedies.cend());
    QCOMPARE(prefer->projects, QStringList{"modern"});
    QVERIFY(host.setPreferred("olden", true));
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
    QCOMPARE(host.manager().state("modern"), PluginState::Unresolved);
    QVERIFY(host.manager().explanation("olden").code.isEmpty());
    // Nothing moves back by itself: it is running.
    QVERIFY(host.setPreferred("olden", false));
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
}

void preferredBeforeItIsThere(TestHost &host)
{
    host.manager().setPreferred("olden", true);
    writeRivals(host);
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
}

void enabledByTheUser(TestHost &host)
{
    host.manager().setEnabled("olden", true);
    writeRivals(host);
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
    QCOMPARE(host.manager().state("modern"), PluginState::Unresolved);
}

void runningStays(TestHost &host)
{
    libraryWheel("shared", "1.0").write(host.folder());
    libraryWheel("shared", "2.0").write(host.folder());
    pluginWheel("olden").requires_("shared<2").write(host.folder());
    QVERIFY(host.start());
    // Earlier by its name, and two of them: but they come later.
    pluginWheel("modern").requires_("shared>=2").write(host.folder());
    pluginWheel("newest").requires_("shared>=2").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
    QVERIFY(host.setEnabled("modern", true)); // nor when the user asks for it: that is not to prefer it
    QCOMPARE(host.manager().state("olden"), PluginState::Active);
}

void wrongTag(TestHost &host)
{
    pluginWheel("elsewhere").tag("cp39-cp39-win_amd64").write(host.folder());
    libraryWheel("foreign").tag("cp39-cp39-win_amd64").write(host.folder());
    pluginWheel("hopeful").requires_("foreign").write(host.folder());
    QVERIFY(host.start());
    const Error error = host.manager().plugin("hopeful").error;
    const Error foreign = host.manager().plugin("foreign").error;
    QCOMPARE(
        error.message(), "'hopeful' is not loaded: it needs 'foreign', which cannot be used: " + foreign.message());
}

void notAZip(TestHost &host)
{
    writeFile(host.folder(), "letter-1.0-py3-none-any.whl", "Dear reader, I am no archive.\n");
    writeFile(host.folder(), "notes.whl", "Nor am I.\n");
    QVERIFY(host.start());
    QVERIFY(QFile::remove(host.path("letter-1.0-py3-none-any.whl")));
    QVERIFY(host.rescan());
}

void truncated(TestHost &host)
{
    const QString path = pluginWheel("torn").write(host.folder());
    truncateFile(path, QFile(path).size() - 30);
    QVERIFY(host.start());
}

void recordMismatch(TestHost &host)
{
    pluginWheel("forged").replaced("forged/__init__.py", "class Plugin: pass  # other bytes\n").write(host.folder());
    libraryWheel("tampered").replaced("tampered.py", "VERSION = 'evil'\n").write(host.folder());
    pluginWheel("trusting").requires_("tampered").write(host.folder());
    QVERIFY(host.start());
    const Error error = host.manager().plugin("trusting").error;
    const Error tampered = host.manager().plugin("tampered").error;
    QCOMPARE(
        error.message(), "'trusting' is not loaded: it needs 'tampered', which cannot be used: " + tampered.message());
}

void deletedWhileMounted(TestHost &host)
{
    const QString path = pluginWheel("ghost", "context.contribute('filters', 'late', self.late)")
                             .file("ghost/__init__.py",
                                 "class Plugin:\n"
                                 "    def activate(self, context):\n"
                                 "        context.contribute('filters', 'late', self.late)\n"
                                 "    def late(self):\n"
                                 "        import ghost.more\n"
                                 "        return ghost.more.ANSWER\n")
                             .file("ghost/more.py", "ANSWER = 42\n")
                             .write(host.folder());
    QVERIFY(host.start());
    QVERIFY(QFile::remove(path));
    const Contribution late = host.manager().extensionPoint("filters")->find("late");
    auto answer = late.call({});
    QVERIFY(QTest::qWaitFor([&] { return answer.isFinished(); }));
    QCOMPARE(answer.result().value(), QVariant(42));
    QVERIFY(host.rescan());
    QVERIFY(late.isNull());
}

void rewrittenWhileMounted(TestHost &host)
{
    pluginWheel("changing", Contribute).write(host.folder());
    QVERIFY(host.start());
    const QString elsewhere = host.folder() + QStringLiteral("/../new");
    QVERIFY(QDir().mkpath(elsewhere));
    const QString path =
        pluginWheel("changing", "context.contribute('filters', 'cyan', lambda: 'blue')").write(elsewhere);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    writeFile(host.folder(), "changing-1.0-py3-none-any.whl", file.readAll());
    QVERIFY(host.rescan());
    QVERIFY(!host.manager().extensionPoint("filters")->find("cyan").isNull());
    writeFile(host.folder(), "changing-1.0-py3-none-any.whl", "no wheel any more");
    QVERIFY(host.rescan());
}

void removedLibrary(TestHost &host)
{
    const QString path = libraryWheel("ground").write(host.folder());
    pluginWheel("tower", "import ground").requires_("ground").write(host.folder());
    QVERIFY(host.start());
    QVERIFY(QFile::remove(path));
    QVERIFY(host.rescan());
    libraryWheel("ground", "1.1").write(host.folder());
    QVERIFY(host.rescan());
}

void disabledPlugin(TestHost &host)
{
    pluginWheel("asleep").write(host.folder());
    pluginWheel("dreamer").requires_("asleep").write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("asleep", true));
    QVERIFY(host.setEnabled("asleep", false));
}

void twoPluginsInOneWheel(TestHost &host)
{
    WheelBuilder("twins")
        .file("twins.py",
            "class First:\n    def activate(self, context): pass\n"
            "class Second:\n    def activate(self, context):\n        context.contribute('menu', 'second', lambda: "
            "2)\n")
        .entryPoint("axle.plugins", "first", "twins:First")
        .entryPoint("axle.plugins", "second", "twins:Second")
        .write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("twins", false));
    QVERIFY(host.setEnabled("twins", true));
}

void oneOfTwoPluginsFails(TestHost &host)
{
    WheelBuilder("twins")
        .file("twins.py",
            "class First:\n    def activate(self, context): raise ValueError('no')\n"
            "class Second:\n    def activate(self, context): pass\n")
        .entryPoint("axle.plugins", "first", "twins:First")
        .entryPoint("axle.plugins", "second", "twins:Second")
        .write(host.folder());
    QVERIFY(host.start());
    QVERIFY(host.setEnabled("twins:second", false));
}

void twoVersions(TestHost &host)
{
    pluginWheel("growing", "pass", "1.0").write(host.folder());
    pluginWheel("witness").requires_("growing").write(host.folder());
    QVERIFY(host.start());
    const QString newer = pluginWheel("growing", "pass", "2.0").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().plugin("growing").version, "2.0");
    QVERIFY(QFile::remove(newer));
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().plugin("growing").version, "1.0");
}

void brokenUpdate(TestHost &host)
{
    pluginWheel("growing", "pass", "1.0").write(host.folder());
    QVERIFY(host.start());
    pluginWheel("growing", "pass", "2.0")
        .replaced("growing/__init__.py", "class Plugin: 'forged'\n")
        .write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().plugin("growing").version, "1.0");
}

void untrustedFolder(TestHost &host)
{
    pluginWheel("stranger").write(host.folder());
    constexpr auto own = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    QVERIFY(QFile::setPermissions(host.folder(), own | QFile::WriteOther));
    QVERIFY(host.start());
    QCOMPARE(host.manager().plugin("stranger").error.code().name(), QLatin1StringView("folder-untrusted"));
    QVERIFY(QFile::setPermissions(host.folder(), own));
    QVERIFY(host.rescan());
}

void retried(TestHost &host)
{
    pluginWheel("shy",
        "marker = context.data_dir / 'seen'\n"
        "        if not marker.exists():\n"
        "            marker.touch()\n"
        "            raise RuntimeError('first time')")
        .write(host.folder());
    QVERIFY(host.start());
    pluginWheel("friend").requires_("shy").write(host.folder());
    QVERIFY(host.rescan());
    QVERIFY(host.retry("friend"));
}

PluginManagerOptions options(const char *scenario)
{
    PluginManagerOptions result = TestHost::quiet();
    if (qstrcmp(scenario, "disabled-plugin") == 0)
        result.enabledByDefault = [](const QString &id) { return id != u"asleep"; };
    return result;
}

} // namespace

void TestManagerSignals::log_data()
{
    QTest::addColumn<Scenario>("scenario");
    QTest::addRow("plain") << Scenario(plain);
    QTest::addRow("dependency-chain") << Scenario(dependencyChain);
    QTest::addRow("diamond") << Scenario(diamond);
    QTest::addRow("failing-import") << Scenario(failingImport);
    QTest::addRow("failing-activate") << Scenario(failingActivate);
    QTest::addRow("system-exit") << Scenario(systemExit);
    QTest::addRow("failing-deactivate") << Scenario(failingDeactivate);
    QTest::addRow("missing-dependency") << Scenario(missingDependency);
    QTest::addRow("conflicting-dependency") << Scenario(conflictingDependency);
    QTest::addRow("preferred") << Scenario(preferred);
    QTest::addRow("preferred-before-it-is-there") << Scenario(preferredBeforeItIsThere);
    QTest::addRow("enabled-by-the-user") << Scenario(enabledByTheUser);
    QTest::addRow("running-stays") << Scenario(runningStays);
    QTest::addRow("wrong-tag") << Scenario(wrongTag);
    QTest::addRow("not-a-zip") << Scenario(notAZip);
    QTest::addRow("truncated") << Scenario(truncated);
    QTest::addRow("record-mismatch") << Scenario(recordMismatch);
    QTest::addRow("deleted-while-mounted") << Scenario(deletedWhileMounted);
    QTest::addRow("rewritten-while-mounted") << Scenario(rewrittenWhileMounted);
    QTest::addRow("removed-library") << Scenario(removedLibrary);
    QTest::addRow("disabled-plugin") << Scenario(disabledPlugin);
    QTest::addRow("two-plugins-in-one-wheel") << Scenario(twoPluginsInOneWheel);
    QTest::addRow("one-of-two-plugins-fails") << Scenario(oneOfTwoPluginsFails);
    QTest::addRow("two-versions") << Scenario(twoVersions);
    QTest::addRow("broken-update") << Scenario(brokenUpdate);
    QTest::addRow("untrusted-folder") << Scenario(untrustedFolder);
    QTest::addRow("retried") << Scenario(retried);
}

void TestManagerSignals::log()
{
    QFETCH(Scenario, scenario);
    TestHost host(m_interpreter, options(QTest::currentDataTag()));
    // Whatever happens to the others, this one stays.
    pluginWheel("bystander").write(host.folder());
    scenario(host);
    if (QTest::currentTestFailed())
        return;
    const PluginState bystander = host.manager().state("bystander");
    host.shutdown();

    QCOMPARE(bystander, PluginState::Active);
    QCOMPARE(host.log().count("pluginAboutToUnload", "bystander"), 1);
    QCOMPARE(orderViolations(host.log().events()), QStringList());
    QCOMPARE(host.log().unreadableStates(), QStringList());
    AXLE_COMPARE_GOLDEN(QStringLiteral("signals/%1.txt").arg(QTest::currentDataTag()), host.log().text());
}

/// G10: the order in which files came into the folder makes no difference.
void TestManagerSignals::equalFoldersLoadInEqualOrder()
{
    QList<WheelBuilder> wheels;
    for (const char *name : {"apricot", "quince", "medlar", "cherry"}) {
        wheels += pluginWheel(name, Contribute).requires_("orchard");
        wheels += pluginWheel(name + QStringLiteral("-jam")).requires_(name);
    }
    wheels += libraryWheel("orchard");
    QByteArray first;
    for (int round = 0; round < 3; ++round) {
        TestHost host(m_interpreter);
        std::rotate(wheels.begin(), wheels.begin() + 4, wheels.end());
        for (const WheelBuilder &wheel : std::as_const(wheels))
            wheel.write(host.folder());
        QVERIFY(host.start());
        host.shutdown();
        QCOMPARE(host.log().count("pluginLoaded"), 8);
        QCOMPARE(orderViolations(host.log().events()), QStringList());
        if (first.isEmpty())
            first = host.log().text();
        QCOMPARE(host.log().text(), first);
    }
}

QTEST_GUILESS_MAIN(TestManagerSignals)
#include "tst_manager_signals.moc"
