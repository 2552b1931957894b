// axle resolve and axle graph: plans for a host, as text, JSON and DOT.
#include "support/golden.h"
#include "support/program.h"
#include "support/wheelbuilder.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle::Test;

class TestCliPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_folder = m_temporary->filePath(QStringLiteral("plugins"));
        QVERIFY(QDir().mkdir(m_folder));
    }

    void resolveText()
    {
        writeFolder();
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("--fixed"), hostFile()});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.err, QByteArray());
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/resolve-host.txt"), placeless(run.out));
    }

    void resolveJson()
    {
        writeFolder();
        const Run run = axle(
            {QStringLiteral("resolve"), m_folder, QStringLiteral("--fixed"), hostFile(), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/resolve-host.json"), placeless(run.out));
    }

    void everyoneLeftOutHasTheSameKeys()
    {
        writeFolder();
        const Run run = axle(
            {QStringLiteral("resolve"), m_folder, QStringLiteral("--fixed"), hostFile(), QStringLiteral("--json")});
        const QJsonArray leftOut = run.json()[QStringLiteral("left_out")].toArray();
        QVERIFY(leftOut.size() > 3);
        for (const QJsonValue each : leftOut) {
            for (const char *key : {"id", "code", "text"})
                QVERIFY(!each[QLatin1StringView(key)].toString().isEmpty());
            QVERIFY(each[QStringLiteral("remedies")].isArray());
        }
    }

    void linesFitOnAScreen()
    {
        writeFolder();
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("--fixed"), hostFile()});
        for (const QByteArray &line : run.out.split('\n'))
            QVERIFY2(line.size() <= 100, line.constData());
    }

    void requirementsBesideAHost()
    {
        WheelBuilder("lib", "2.0").requires_("numpy>=2").write(m_folder);
        WheelBuilder("lib", "1.0").requires_("numpy").write(m_folder);
        const Run run = axle({QStringLiteral("resolve"), m_folder, QStringLiteral("lib"), QStringLiteral("--fixed"),
            hostFile(), QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        const QJsonArray plan = run.json()[QStringLiteral("plan")].toArray();
        QCOMPARE(plan.size(), 1);
        QCOMPARE(plan[0][QStringLiteral("version")].toString(), QStringLiteral("1.0"));
        QCOMPARE(
            axle({QStringLiteral("resolve"), m_folder, QStringLiteral("lib>=2"), QStringLiteral("--fixed"), hostFile()})
                .exitCode,
            1);
    }

    void aPythonAsTheHost()
    {
        WheelBuilder("lib", "1.0").requires_("numpy").write(m_folder);
        const QString site =
            m_temporary->filePath(QStringLiteral("env/lib/python3.11/site-packages/numpy-1.dist-info"));
        QVERIFY(QDir().mkpath(site) && QDir().mkpath(m_temporary->filePath(QStringLiteral("env/bin"))));
        writeFile(site, QStringLiteral("METADATA"), "Metadata-Version: 2.1\nName: numpy\nVersion: 1\n");
        const QString python =
            writeFile(m_temporary->filePath(QStringLiteral("env/bin")), QStringLiteral("python3"), "");
        const QStringList arguments{QStringLiteral("resolve"), m_folder, QStringLiteral("lib")};
        QCOMPARE(axle(arguments).exitCode, 1);
        QCOMPARE(axle(arguments + QStringList{QStringLiteral("--python"), python}).exitCode, 0);
    }

    void hostsThatCannotBeRead_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("code");
        QTest::newRow("a line that says nothing")
            << QStringList{QStringLiteral("--fixed"), QStringLiteral("bad.txt")} << QStringLiteral("fixed-invalid");
        QTest::newRow("no such list") << QStringList{QStringLiteral("--fixed"), QStringLiteral("none.txt")}
                                      << QStringLiteral("file-not-found");
        QTest::newRow("no such Python") << QStringList{QStringLiteral("--python"), QStringLiteral("./python3")}
                                        << QStringLiteral("python-not-found");
    }
    void hostsThatCannotBeRead()
    {
        QFETCH(QStringList, options);
        QFETCH(QString, code);
        writeFile(m_temporary->path(), QStringLiteral("bad.txt"), "numpy>=1\n");
        const QStringList arguments = QStringList{QStringLiteral("resolve"), m_folder} + options;
        const Run json = axle(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(json.exitCode, 3);
        QCOMPARE(json.json()[QStringLiteral("error")][QStringLiteral("code")].toString(), code);
        const Run text = axle(arguments);
        QCOMPARE(text.exitCode, 3);
        QCOMPARE(text.out, QByteArray());
        QVERIFY(text.err.startsWith("error: "));
    }

    void graphDot()
    {
        writeFolder();
        const Run run =
            axle({QStringLiteral("graph"), m_folder, QStringLiteral("--dot"), QStringLiteral("--fixed"), hostFile()});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(axle({QStringLiteral("graph"), m_folder, QStringLiteral("--fixed"), hostFile()}).out, run.out);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/graph.dot"), run.out);
    }

    void graphJson()
    {
        writeFolder();
        const Run run =
            axle({QStringLiteral("graph"), m_folder, QStringLiteral("--json"), QStringLiteral("--fixed"), hostFile()});
        QCOMPARE(run.exitCode, 0);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/graph.json"), run.out);
    }

    void graphOfNothing()
    {
        const Run run = axle({QStringLiteral("graph"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[QStringLiteral("nodes")].toArray(), QJsonArray());
        QCOMPARE(
            axle({QStringLiteral("graph"), m_folder, QStringLiteral("--json"), QStringLiteral("--dot")}).exitCode, 2);
    }

    void graphvizReadsIt()
    {
        const QString dot = QStandardPaths::findExecutable(QStringLiteral("dot"));
        if (dot.isEmpty())
            QSKIP("graphviz is not installed");
        writeFolder();
        // As odd as a requirement can be.
        writePlugin("odd", {QStringLiteral("quoted===1\"2\\")});
        const QString text = writeFile(m_temporary->path(), QStringLiteral("graph.dot"),
            axle({QStringLiteral("graph"), m_folder, QStringLiteral("--fixed"), hostFile()}).out);
        const Run run = runProgram(dot, {QStringLiteral("-Tplain"), text});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.err, QByteArray());
        QCOMPARE(run.out.count("\nnode "), 10);
        QCOMPARE(run.out.count("\nedge "), 7);
        QVERIFY2(run.out.contains("\nedge odd quoted "), run.out.constData());
    }

private:
    Run axle(const QStringList &arguments) const
    {
        return runProgram(QStringLiteral(AXLE_PROGRAM), arguments, m_temporary->path());
    }
    QByteArray placeless(QByteArray text) const { return text.replace(m_temporary->path().toUtf8(), "..."); }
    QString hostFile() const
    {
        return writeFile(m_temporary->path(), QStringLiteral("host.txt"), "# the host\nnumpy==1.26.4\nqt-py==6.4\n");
    }

    void writePlugin(const char *name, const QStringList &requirements) const
    {
        WheelBuilder builder(name);
        builder.entryPoint("axle.plugins", "plugin", "plugin:Plugin");
        for (const QString &requirement : requirements)
            builder.requires_(requirement);
        builder.write(m_folder);
    }
    /// One that is loaded, one that contradicts it, one that the host contradicts, one that needs a broken file.
    void writeFolder() const
    {
        WheelBuilder("geo-core", "3.1")
            .metadata("Provides-Extra", QStringLiteral("fast"))
            .requires_("geo-fast; extra == 'fast'")
            .write(m_folder);
        WheelBuilder("geo-core", "2.4").write(m_folder);
        WheelBuilder("geo-fast", "1.0").write(m_folder);
        writePlugin("heat-map",
            {QStringLiteral("geo-core[fast]>=3"), QStringLiteral("numpy>=1.20; python_version >= '3'"),
                QStringLiteral("nowhere; sys_platform == 'win32'")});
        writePlugin("route-kit", {QStringLiteral("geo-core<3")});
        writePlugin("stats-pack", {QStringLiteral("numpy>=2")});
        writePlugin("tile-cache", {QStringLiteral("broken-lib>=1"), QStringLiteral("qt-py")});
        writeFile(m_folder, QStringLiteral("broken_lib-1.5-py3-none-any.whl"), QByteArray(100, 'x'));
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestCliPlan)
#include "tst_cli_plan.moc"
