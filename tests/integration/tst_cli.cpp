// The program axle as people and scripts call it.
#include "support/golden.h"
#include "support/program.h"
#include "support/wheelbuilder.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle::Test;

namespace {

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue item : value.toArray())
        list.append(item.toString());
    return list;
}

/// "name version" of each entry.
QStringList planTexts(const QJsonObject &document)
{
    QStringList texts;
    for (const QJsonValue entry : document[QStringLiteral("plan")].toArray())
        texts.append(entry[QStringLiteral("name")].toString() + u' ' + entry[QStringLiteral("version")].toString());
    return texts;
}

} // namespace

class TestCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        // A name of its own, so that it can stand in golden files.
        m_folder = m_temporary->filePath(QStringLiteral("plugins"));
        QVERIFY(QDir().mkdir(m_folder));
    }

    void inspectJson()
    {
        writePlugin();
        const Run run = axle({QStringLiteral("inspect"), pluginFile(), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.err, QByteArray());
        const QJsonObject wheel = run.json();
        QCOMPARE(wheel[QStringLiteral("name")].toString(), QStringLiteral("Map-View"));
        QCOMPARE(wheel[QStringLiteral("version")].toString(), QStringLiteral("1.2"));
        QCOMPARE(wheel[QStringLiteral("summary")].toString(), QStringLiteral("Shows maps"));
        QCOMPARE(wheel[QStringLiteral("requires_python")].toString(), QStringLiteral(">=3.8"));
        QCOMPARE(strings(wheel[QStringLiteral("requires_dist")]),
            (QStringList{QStringLiteral("geo-tools>=2"), QStringLiteral("plot-kit; extra == \"plot\"")}));
        QCOMPARE(strings(wheel[QStringLiteral("provides_extra")]), QStringList{QStringLiteral("plot")});
        QCOMPARE(strings(wheel[QStringLiteral("tags")]), QStringList{QStringLiteral("py3-none-any")});
        QCOMPARE(strings(wheel[QStringLiteral("plugins")]),
            (QStringList{QStringLiteral("map-view"), QStringLiteral("map-view:second")}));
        QCOMPARE(
            wheel[QStringLiteral("entry_points")][QStringLiteral("axle.plugins")][QStringLiteral("map")].toString(),
            QStringLiteral("map_view:Plugin"));
        QCOMPARE(wheel[QStringLiteral("compatible")].toBool(), true);
        QVERIFY(wheel[QStringLiteral("size")].toInt() > 100);
        QVERIFY(wheel[QStringLiteral("members")].toInt() >= 4);
    }

    void inspectText()
    {
        writePlugin();
        const Run run = axle({QStringLiteral("inspect"), pluginFile()});
        QCOMPARE(run.exitCode, 0);
        QByteArray text = run.out;
        const qsizetype size = text.indexOf("size ");
        text.replace(size, text.indexOf('\n', size) - size, "size          …");
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/inspect.txt"), text);
    }

    void inspectWhatDoesNotLoadHere()
    {
        const QString path = WheelBuilder("a").tag("cp39-cp39-win_amd64").write(m_folder);
        const Run run = axle({QStringLiteral("inspect"), QStringLiteral("--json"), path});
        // Another Python is no fault of the wheel: it can be looked at.
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[QStringLiteral("compatible")].toBool(true), false);
        QCOMPARE(run.json()[QStringLiteral("error")][QStringLiteral("code")].toString(),
            QStringLiteral("wheel-incompatible"));
        QVERIFY(axle({QStringLiteral("inspect"), path}).out.contains("no: "));
    }

    void unreadableWheels_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("inspectExit");
        QTest::addColumn<int>("verifyExit");
        QTest::newRow("missing") << QStringLiteral("nowhere.whl") << QStringLiteral("file-not-found") << 3 << 3;
        QTest::newRow("a folder") << QStringLiteral("folder-1.0-py3-none-any.whl") << QStringLiteral("file-not-regular")
                                  << 3 << 3;
        QTest::newRow("a bad name") << QStringLiteral("bad.whl") << QStringLiteral("wheel-filename") << 3 << 1;
        QTest::newRow("no zip") << QStringLiteral("a-1.0-py3-none-any.whl") << QStringLiteral("zip-no-end-record") << 3
                                << 1;
    }
    void unreadableWheels()
    {
        QFETCH(QString, name);
        QFETCH(QString, code);
        QFETCH(int, inspectExit);
        QFETCH(int, verifyExit);
        QVERIFY(QDir(m_folder).mkdir(QStringLiteral("folder-1.0-py3-none-any.whl")));
        writeFile(m_folder, QStringLiteral("bad.whl"), "x");
        writeFile(m_folder, QStringLiteral("a-1.0-py3-none-any.whl"), QByteArray(100, 'x'));
        const QString path = m_folder + u'/' + name;
        const Run inspected = axle({QStringLiteral("inspect"), path, QStringLiteral("--json")});
        QCOMPARE(inspected.exitCode, inspectExit);
        QCOMPARE(inspected.json()[QStringLiteral("error")][QStringLiteral("code")].toString(), code);
        const Run verified = axle({QStringLiteral("verify"), path, QStringLiteral("--json")});
        QCOMPARE(verified.exitCode, verifyExit);
        const QJsonValue file = verified.json()[QStringLiteral("files")][0];
        QCOMPARE(file[QStringLiteral("ok")].toBool(true), false);
        const QJsonValue error = verifyExit == 3 ? file[QStringLiteral("error")] : file[QStringLiteral("findings")][0];
        QCOMPARE(error[QStringLiteral("code")].toString(), code);
        const Run text = axle({QStringLiteral("inspect"), path});
        QCOMPARE(text.exitCode, inspectExit);
        QCOMPARE(text.out, QByteArray());
        QVERIFY2(text.err.startsWith("error: "), text.err.constData());
    }

    void verifyGood()
    {
        writePlugin();
        const Run run = axle({QStringLiteral("verify"), pluginFile(), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        const QJsonValue file = run.json()[QStringLiteral("files")][0];
        QCOMPARE(file[QStringLiteral("ok")].toBool(), true);
        QCOMPARE(file[QStringLiteral("findings")].toArray().size(), 0);
        QVERIFY(axle({QStringLiteral("verify"), pluginFile()}).out.contains("each file is as RECORD says"));
    }

    void verifyTampered()
    {
        const QString path = WheelBuilder("a").file("a.py", "good = 1").replaced("a.py", "evil = 1").write(m_folder);
        const Run run = axle({QStringLiteral("verify"), path, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        const QJsonValue finding = run.json()[QStringLiteral("files")][0][QStringLiteral("findings")][0];
        QCOMPARE(finding[QStringLiteral("code")].toString(), QStringLiteral("record-hash-mismatch"));
        QCOMPARE(finding[QStringLiteral("severity")].toString(), QStringLiteral("fatal"));
        QCOMPARE(finding[QStringLiteral("member")].toString(), QStringLiteral("a.py"));
        QVERIFY(finding[QStringLiteral("found")].toString().startsWith(QStringLiteral("the hash is sha256=")));
        QVERIFY(finding[QStringLiteral("expected")].toString().startsWith(QStringLiteral("sha256=")));
        const Run text = axle({QStringLiteral("verify"), path});
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(text.out.contains("record-hash-mismatch") && text.out.contains("a.py"), text.out.constData());
    }

    /// Several wheels, several findings, in the words that users read.
    void verifyText()
    {
        writeFile(m_folder, QStringLiteral("z-1.0-py3-none-any.whl"), "x");
        const QString wrong = WheelBuilder("b")
                                  .file("json.py", "")
                                  .file("b-1.0.data/scripts/b", "#!python\n")
                                  .removed("b-1.0.data/scripts/b")
                                  .smuggled("b/evil.py", "x")
                                  .write(m_folder);
        const Run run = axle({QStringLiteral("verify"), WheelBuilder("a").write(m_folder), wrong,
            m_folder + QStringLiteral("/z-1.0-py3-none-any.whl")});
        QCOMPARE(run.exitCode, 1);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/verify.txt"), run.out);
    }

    void verifyWarnsAndPasses()
    {
        const QString path = WheelBuilder("a").file("a.pth", "import a\n").write(m_folder);
        const Run run = axle({QStringLiteral("verify"), path});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.contains("usable, with warnings"));
        const Run refused =
            axle({QStringLiteral("verify"), path, WheelBuilder("b").file("json.py", "").write(m_folder)});
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(axle({QStringLiteral("verify"), path, QStringLiteral("/nowhere.whl")}).exitCode, 3);
        QCOMPARE(axle({QStringLiteral("verify")}).exitCode, 2);
    }

    void scanJson()
    {
        writeFolder();
        const Run run = axle({QStringLiteral("scan"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QStringList states;
        for (const QJsonValue file : run.json()[QStringLiteral("files")].toArray())
            states.append(file[QStringLiteral("id")].toString() + u' ' + file[QStringLiteral("state")].toString());
        QCOMPARE(states,
            (QStringList{QStringLiteral("broken invalid"), QStringLiteral("future incompatible"),
                QStringLiteral("geo-tools library"), QStringLiteral("map-view plugin"),
                QStringLiteral("windows incompatible")}));
        const QJsonValue broken = run.json()[QStringLiteral("files")][0];
        QCOMPARE(
            broken[QStringLiteral("error")][QStringLiteral("code")].toString(), QStringLiteral("zip-no-end-record"));
        QCOMPARE(run.json()[QStringLiteral("files")][3][QStringLiteral("plugins")].toArray().size(), 2);
    }

    void scanText()
    {
        writeFolder();
        const Run run = axle({QStringLiteral("scan"), m_folder});
        QCOMPARE(run.exitCode, 0);
        const QList<QByteArray> lines = run.out.split('\n');
        QCOMPARE(lines.size(), 6);
        QCOMPARE(lines[3], QByteArray("plugin        map-view   1.2  Shows maps"));
        QVERIFY(lines[0].startsWith("invalid       broken     1.0  "));
    }

    void scanOfAnEmptyFolder()
    {
        const Run run = axle({QStringLiteral("scan"), m_folder});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, QByteArray("no wheels in '") + m_folder.toUtf8() + "'\n");
        QCOMPARE(axle({QStringLiteral("scan"), m_folder, QStringLiteral("--json")})
                     .json()[QStringLiteral("files")]
                     .toArray(),
            QJsonArray());
    }

    void foldersThatCannotBeRead_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("scan") << QStringList{QStringLiteral("scan"), QStringLiteral("nowhere")};
        QTest::newRow("resolve") << QStringList{QStringLiteral("resolve"), QStringLiteral("nowhere")};
        QTest::newRow("resolve a requirement")
            << QStringList{QStringLiteral("resolve"), QStringLiteral("nowhere"), QStringLiteral("a")};
        QTest::newRow("graph") << QStringList{QStringLiteral("graph"), QStringLiteral("nowhere")};
    }
    void foldersThatCannotBeRead()
    {
        QFETCH(QStringList, arguments);
        const Run text = axle(arguments);
        QCOMPARE(text.exitCode, 3);
        QCOMPARE(text.out, QByteArray());
        QCOMPARE(text.err, QByteArray("error: there is no folder 'nowhere'\nhint: create it, or check the path\n"));
        const Run json = axle(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 3);
        QCOMPARE(json.err, QByteArray());
        QCOMPARE(json.json()[QStringLiteral("error")][QStringLiteral("code")].toString(),
            QStringLiteral("folder-unreadable"));
    }

    void resolveAllPlugins()
    {
        writeFolder();
        WheelBuilder("lonely")
            .entryPoint("axle.plugins", "lonely", "lonely:Plugin")
            .requires_("nowhere")
            .write(m_folder);
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(planTexts(run.json()), (QStringList{QStringLiteral("geo-tools 2.1"), QStringLiteral("Map-View 1.2")}));
        const QJsonValue first = run.json()[QStringLiteral("plan")][0];
        QCOMPARE(first[QStringLiteral("file")].toString(), QStringLiteral("geo_tools-2.1-py3-none-any.whl"));
        QCOMPARE(first[QStringLiteral("plugin")].toBool(true), false);
        const QJsonValue second = run.json()[QStringLiteral("plan")][1];
        QCOMPARE(second[QStringLiteral("plugin")].toBool(), true);
        QCOMPARE(strings(second[QStringLiteral("needs")]), QStringList{QStringLiteral("geo-tools")});
        QStringList leftOut;
        for (const QJsonValue each : run.json()[QStringLiteral("left_out")].toArray()) {
            leftOut.append(each[QStringLiteral("id")].toString() + u' ' + each[QStringLiteral("code")].toString());
            QVERIFY(!each[QStringLiteral("text")].toString().isEmpty());
        }
        QCOMPARE(leftOut,
            (QStringList{QStringLiteral("broken zip-no-end-record"), QStringLiteral("future resolve-python"),
                QStringLiteral("lonely resolve-missing"), QStringLiteral("windows wheel-incompatible")}));
    }

    void resolveText()
    {
        WheelBuilder("geo-core", "3.1").write(m_folder);
        WheelBuilder("geo-core", "2.4").write(m_folder);
        writeGeoPlugin("heat-map", "geo-core>=3");
        writeGeoPlugin("route-kit", "geo-core<3");
        const Run run = axle({QStringLiteral("resolve"), m_folder});
        QCOMPARE(run.exitCode, 0);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/resolve.txt"), run.out);
    }

    void aFileThatHasABetterOneBesideItIsNotLeftOut()
    {
        writePlugin();
        WheelBuilder("geo-tools", "2.1").write(m_folder);
        WheelBuilder("geo-tools", "2.2").tag("cp39-cp39-win_amd64").write(m_folder);
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.json()[QStringLiteral("plan")].toArray().size(), 2);
        QCOMPARE(run.json()[QStringLiteral("left_out")].toArray().size(), 0);
    }

    void resolveRequirements()
    {
        WheelBuilder("lib", "2.0").write(m_folder);
        WheelBuilder("lib", "1.0").write(m_folder);
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("lib<2"),
            QStringLiteral("nothing; sys_platform == 'win32'"), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(planTexts(run.json()), QStringList{QStringLiteral("lib 1.0")});
    }

    void resolveWithoutSolution()
    {
        WheelBuilder("lib", "1.0").write(m_folder);
        const Run json =
            axle({QStringLiteral("resolve"), m_folder, QStringLiteral("lib>=2"), QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 1);
        QCOMPARE(json.json()[QStringLiteral("error")][QStringLiteral("code")].toString(),
            QStringLiteral("resolve-no-version"));
        QVERIFY(json.json()[QStringLiteral("plan")].isArray() && json.json()[QStringLiteral("left_out")].isArray());
        const Run text = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("lib>=2")});
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(
            text.err.startsWith("error: 'lib >=2' cannot be had: there is no such version\n"), text.err.constData());
    }

    void badRequirement()
    {
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("numpy >=")});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains("\n    numpy >=\n"), run.err.constData());
        const Run json =
            axle({QStringLiteral("resolve"), m_folder, QStringLiteral("numpy >="), QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 2);
        QCOMPARE(json.json()[QStringLiteral("error")][QStringLiteral("code")].toString(),
            QStringLiteral("requirement-invalid"));
    }

    void usage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("nothing") << QStringList() << 2 << QByteArray("--help");
        QTest::newRow("no wheel") << QStringList{QStringLiteral("inspect")} << 2 << QByteArray("WHEEL");
        QTest::newRow("unknown option") << QStringList{QStringLiteral("scan"), QStringLiteral("x"),
            QStringLiteral("--frob")} << 2
                                        << QByteArray("--frob");
        QTest::newRow("unknown command") << QStringList{QStringLiteral("frobnicate")} << 2
                                         << QByteArray("there is no command 'frobnicate'");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << 0 << QByteArray("resolve");
        QTest::newRow("help of a command")
            << QStringList{QStringLiteral("scan"), QStringLiteral("--help")} << 0 << QByteArray("FOLDER");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << 0
                                 << QByteArray("axle " AXLE_VERSION "\n");
    }
    void usage()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, words);
        const Run run = axle(arguments);
        QCOMPARE(run.exitCode, exitCode);
        const QByteArray text = exitCode == 0 ? run.out : run.err;
        QVERIFY2(text.contains(words), text.constData());
    }

    void noPythonIsLoaded_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("scan") << QStringList{QStringLiteral("scan"), QStringLiteral("FOLDER")};
        QTest::newRow("resolve") << QStringList{QStringLiteral("resolve"), QStringLiteral("FOLDER")};
        QTest::newRow("resolve beside a Python") << QStringList{QStringLiteral("resolve"), QStringLiteral("FOLDER"),
            QStringLiteral("--python"), QStringLiteral("/usr/bin/python3")};
        QTest::newRow("why") << QStringList{
            QStringLiteral("why"), QStringLiteral("map-view"), QStringLiteral("FOLDER")};
        QTest::newRow("graph") << QStringList{QStringLiteral("graph"), QStringLiteral("FOLDER")};
        QTest::newRow("lock") << QStringList{QStringLiteral("lock"), QStringLiteral("FOLDER")};
        QTest::newRow("inspect") << QStringList{QStringLiteral("inspect"), QStringLiteral("WHEEL")};
        QTest::newRow("verify") << QStringList{QStringLiteral("verify"), QStringLiteral("WHEEL")};
    }
    void noPythonIsLoaded()
    {
        QFETCH(QStringList, arguments);
        writeFolder();
        arguments.replaceInStrings(QStringLiteral("FOLDER"), m_folder);
        arguments.replaceInStrings(QStringLiteral("WHEEL"), pluginFile());
        // The dynamic linker tells of every library that it maps, at start-up and later.
        const Run run = runProgram(program(), arguments, {}, {QStringLiteral("LD_DEBUG"), QStringLiteral("files")});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.err.contains("libQt6Core"));
        QVERIFY(!run.err.contains("libpython"));
        const Run other = runProgram(program(), {QStringLiteral("run"), m_folder, QStringLiteral("--help")}, {},
            {QStringLiteral("LD_DEBUG"), QStringLiteral("files")});
        QVERIFY2(other.err.contains("libpython"), "the test would not notice a Python library");
    }

    void runBecomesTheHostBesideIt()
    {
        const QString bin = m_temporary->filePath(QStringLiteral("bin dir"));
        QVERIFY(QDir().mkdir(bin));
        const QString copy = bin + QStringLiteral("/axle");
        QVERIFY(QFile::copy(program(), copy));
        const QString host = writeFile(bin, QStringLiteral("axle-host"), "#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 7\n");
        QVERIFY(QFile::setPermissions(host, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const Run run = runProgram(copy,
            {QStringLiteral("run"), QStringLiteral("my plugins"), QStringLiteral("--only"), QStringLiteral("a"),
                QStringLiteral("--json"), QStringLiteral("-c"), QStringLiteral("print('x')"),
                QStringLiteral("--help")});
        QCOMPARE(run.out, QByteArray("<my plugins><--only><a><--json><-c><print('x')><--help>"));
        QCOMPARE(run.exitCode, 7);
    }

    void runWithoutAHost()
    {
        const QString copy = m_temporary->filePath(QStringLiteral("axle"));
        QVERIFY(QFile::copy(program(), copy));
        const Run run = runProgram(copy, {QStringLiteral("run"), m_folder});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.err.contains("axle-host': No such file or directory\nhint: "), run.err.constData());
    }

private:
    static QString program() { return QStringLiteral(AXLE_PROGRAM); }
    Run axle(const QStringList &arguments) const { return runProgram(program(), arguments, m_temporary->path()); }

    QString pluginFile() const { return m_folder + QStringLiteral("/map_view-1.2-py3-none-any.whl"); }
    void writePlugin() const
    {
        const QString path = WheelBuilder("Map-View", "1.2")
                                 .file("map_view.py", "class Plugin: pass")
                                 .metadata("Summary", QStringLiteral("Shows maps"))
                                 .metadata("Provides-Extra", QStringLiteral("plot"))
                                 .requiresPython(">=3.8")
                                 .requires_("geo-tools>=2")
                                 .requires_("plot-kit; extra == \"plot\"")
                                 .entryPoint("axle.plugins", "map", "map_view:Plugin")
                                 .entryPoint("axle.plugins", "second", "map_view:Second")
                                 .write(m_folder);
        QCOMPARE(path, pluginFile());
    }
    /// One file of each kind.
    void writeFolder() const
    {
        writePlugin();
        WheelBuilder("geo-tools", "2.1").write(m_folder);
        WheelBuilder("windows").tag("cp39-cp39-win_amd64").write(m_folder);
        WheelBuilder("future")
            .requiresPython(">=4")
            .entryPoint("axle.plugins", "future", "future:Plugin")
            .write(m_folder);
        writeFile(m_folder, QStringLiteral("broken-1.0-py3-none-any.whl"), QByteArray(100, 'x'));
    }
    void writeGeoPlugin(const char *name, const char *requirement) const
    {
        WheelBuilder(name).entryPoint("axle.plugins", "plugin", "plugin:Plugin").requires_(requirement).write(m_folder);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
