// axle why and axle why-not: what they say of a folder, as text and as JSON.
#include "support/golden.h"
#include "support/program.h"
#include "support/wheelbuilder.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle::Test;

class TestCliWhy : public QObject
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
        writeFolder();
    }

    void text_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<int>("exitCode");
        const auto row = [](const char *name, const char *command, const char *subject, int exitCode) {
            QTest::newRow(name) << QString::fromUtf8(command) << QString::fromUtf8(subject) << exitCode;
        };
        row("why-library", "why", "geo-core", 0);
        row("why-plugin", "why", "Heat_Map:second", 0);
        row("why-host", "why", "numpy", 0);
        row("why-left-out", "why", "route-kit", 1);
        row("why-not-left-out", "why-not", "route-kit", 0);
        row("why-not-version", "why-not", "geo-core<3", 0);
        row("why-not-host", "why-not", "numpy>=2", 0);
        row("why-not-broken", "why-not", "broken-lib", 0);
        row("why-not-unneeded", "why-not", "spare", 0);
        row("why-not-loaded", "why-not", "geo-fast", 1);
    }
    void text()
    {
        QFETCH(QString, command);
        QFETCH(QString, subject);
        QFETCH(int, exitCode);
        const Run run = axle({command, subject, m_folder, QStringLiteral("--fixed"), hostFile()});
        QCOMPARE(run.exitCode, exitCode);
        QCOMPARE(run.err, QByteArray());
        for (const QByteArray &line : run.out.split('\n'))
            QVERIFY2(line.size() <= 100, line.constData());
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/%1.txt").arg(QString::fromUtf8(QTest::currentDataTag())), run.out);
    }

    void whyAsJson()
    {
        const Run run = axle({QStringLiteral("why"), QStringLiteral("geo-core"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/why-library.json"), placeless(run.out));
    }

    void whyNotAsJson()
    {
        const Run run = axle({QStringLiteral("why-not"), QStringLiteral("spare"), m_folder, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/why-not-unneeded.json"), placeless(run.out));
    }

    void bothCommandsGiveTheSameAnswer_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<bool>("isLoaded");
        QTest::newRow("what is loaded") << QStringLiteral("geo-core") << true;
        QTest::newRow("what is left out") << QStringLiteral("route-kit") << false;
        QTest::newRow("what is not there") << QStringLiteral("ghost") << false;
    }
    void bothCommandsGiveTheSameAnswer()
    {
        QFETCH(QString, subject);
        QFETCH(bool, isLoaded);
        const Run why = axle({QStringLiteral("why"), subject, m_folder, QStringLiteral("--json")});
        const Run whyNot = axle({QStringLiteral("why-not"), subject, m_folder, QStringLiteral("--json")});
        QCOMPARE(why.out, whyNot.out);
        QCOMPARE(why.json()[QStringLiteral("loaded")].toBool(), isLoaded);
        QCOMPARE(why.exitCode, isLoaded ? 0 : 1);
        QCOMPARE(whyNot.exitCode, isLoaded ? 1 : 0);
    }

    void preReleasesWhereTheyAreAllowed()
    {
        const QStringList question{
            QStringLiteral("why"), QStringLiteral("geo-core"), m_folder, QStringLiteral("--json")};
        QCOMPARE(axle(question).json()[QStringLiteral("version")].toString(), QStringLiteral("3.1"));
        QCOMPARE(axle(question + QStringList{QStringLiteral("--pre")}).json()[QStringLiteral("version")].toString(),
            QStringLiteral("4.0rc1"));
    }

    void whatCannotBeAnswered_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *name, const QStringList &arguments, int exitCode, const char *code) {
            QTest::newRow(name) << arguments << exitCode << QString::fromUtf8(code);
        };
        row("no project name", {QStringLiteral("why"), QStringLiteral("a!b"), QStringLiteral("plugins")}, 2,
            "name-invalid");
        row("no requirement", {QStringLiteral("why-not"), QStringLiteral("a>>1"), QStringLiteral("plugins")}, 2,
            "requirement-invalid");
        row("no folder", {QStringLiteral("why"), QStringLiteral("a"), QStringLiteral("nowhere")}, 3,
            "folder-unreadable");
        row("no host",
            {QStringLiteral("why-not"), QStringLiteral("a"), QStringLiteral("plugins"), QStringLiteral("--fixed"),
                QStringLiteral("none.txt")},
            3, "file-not-found");
    }
    void whatCannotBeAnswered()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, code);
        const Run text = axle(arguments);
        QCOMPARE(text.exitCode, exitCode);
        QCOMPARE(text.out, QByteArray());
        QVERIFY(text.err.startsWith("error: "));
        const Run json = axle(arguments + QStringList{QStringLiteral("--json")});
        QCOMPARE(json.exitCode, exitCode);
        QCOMPARE(json.json()[QStringLiteral("error")][QStringLiteral("code")].toString(), code);
    }

private:
    Run axle(const QStringList &arguments) const
    {
        return runProgram(QStringLiteral(AXLE_PROGRAM), arguments, m_temporary->path());
    }
    QByteArray placeless(QByteArray text) const { return text.replace(m_temporary->path().toUtf8(), "..."); }
    QString hostFile() const { return writeFile(m_temporary->path(), QStringLiteral("host.txt"), "numpy==1.26.4\n"); }

    /// A library that two plugins need, one of them through another, and that a third one needs in another version.
    void writeFolder() const
    {
        const auto geoCore = [](const char *version) {
            WheelBuilder builder("geo-core", version);
            return builder.metadata("Provides-Extra", QStringLiteral("fast")).requires_("geo-fast; extra == 'fast'");
        };
        for (const char *version : {"2.4", "3.1", "4.0rc1"})
            geoCore(version).write(m_folder);
        geoCore("3.2").requires_("nowhere>=1").write(m_folder);
        WheelBuilder("geo-fast").write(m_folder);
        WheelBuilder("map-kit", "2.0").requires_("geo-core").write(m_folder);
        WheelBuilder("spare").requires_("geo-core").write(m_folder);
        WheelBuilder("numpy", "2.1").write(m_folder);
        writePlugin("heat-map", "geo-core[fast]>=3");
        writePlugin("tile-cache", "map-kit");
        writePlugin("route-kit", "geo-core<3");
        writePlugin("stats-pack", "numpy");
        writeFile(m_folder, QStringLiteral("broken_lib-1.5-py3-none-any.whl"), QByteArray(100, 'x'));
    }
    void writePlugin(const char *name, const char *requirement) const
    {
        WheelBuilder(name).entryPoint("axle.plugins", "plugin", "plugin:Plugin").requires_(requirement).write(m_folder);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
};

QTEST_GUILESS_MAIN(TestCliWhy)
#include "tst_cli_why.moc"
