// axle lock and axle sync: a folder and a lock make the same set everywhere.
#include "codes.h"
#include "lockfile.h"
#include "support/golden.h"
#include "support/program.h"
#include "support/wheelbuilder.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestCliLock : public QObject
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
        m_lock = m_temporary->filePath(QStringLiteral("pylock.toml"));
    }

    void textOfALock()
    {
        LockFile lock;
        lock.wheels = {wheel("Map-View", "1.2", "map_view-1.2-py3-none-any.whl", {QStringLiteral("geo-tools")}),
            wheel("geo-tools", "2.1", "geo_tools-2.1-py3-none-any.whl", {})};
        lock.wheels[0].requiresPython = QStringLiteral(">=3.8");
        AXLE_COMPARE_GOLDEN(QStringLiteral("cli/pylock.toml"), lock.toText());
    }

    void readingGivesWhatWasWritten_data()
    {
        QTest::addColumn<LockFile>("lock");
        QTest::newRow("empty") << LockFile();
        QTest::newRow("one") << LockFile{{wheel("a", "1", "a-1-py3-none-any.whl", {})}};
        LockFile lock{
            {wheel("a", "1!2.0rc1+x.y", "a-1!2.0rc1+x.y-py3-none-any.whl", {QStringLiteral("b"), QStringLiteral("c")}),
                wheel("b", "1", "b-1-2-py2.py3-none-any.whl", {})}};
        lock.wheels[0].path = QStringLiteral("../quoted \"x\"\\ and\ttab \u00e9/a.whl");
        lock.wheels[1].requiresPython = QStringLiteral("!=3.9.*,>=3.8");
        lock.wheels[1].content.size = 3'000'000'000;
        QTest::newRow("everything") << lock;
    }
    void readingGivesWhatWasWritten()
    {
        QFETCH(LockFile, lock);
        const auto read = LockFile::parse(lock.toText(), m_lock);
        QVERIFY2(read, qPrintable(read ? QString() : read.error().toString()));
        QVERIFY(*read == lock);
        QCOMPARE(read->toText(), lock.toText());
    }

    void orderMakesNoDifference()
    {
        const LockedWheel a = wheel("a", "1", "a-1-py3-none-any.whl", {});
        const LockedWheel b = wheel("b", "1", "b-1-py3-none-any.whl", {});
        QCOMPARE((LockFile{{a, b}}.toText()), (LockFile{{b, a}}.toText()));
    }

    /// Of other tools: a link instead of a path, no name, no size, keys that mean nothing to Axle.
    void locksOfOthers()
    {
        const QByteArray hash(64, 'A');
        const auto lock =
            LockFile::parse("lock-version = '1.1'\ncreated-by = 'x'\n[[packages]]\nname = 'A.b'\n"
                            "version = '1.0'\nwheels = [{ url = 'https://e.org/a_b-1.0-py3-none-any.whl', "
                            "hashes = { md5 = 'x', sha256 = '"
                    + hash + "' } }]\n[tool.x]\ny = 1\n",
                m_lock);
        QVERIFY2(lock, qPrintable(lock ? QString() : lock.error().toString()));
        QCOMPARE(lock->wheels.first().fileName, QStringLiteral("a_b-1.0-py3-none-any.whl"));
        QCOMPARE(lock->wheels.first().content, (FileContent{-1, hash.toLower()}));
    }

    void locksThatAreNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const QByteArray head = "lock-version = '1.0'\ncreated-by = 'x'\n";
        const QByteArray file =
            "wheels = [{ name = 'a-1-py3-none-any.whl', hashes = { sha256 = '" + QByteArray(64, 'a') + "' } }]\n";
        const auto row = [&](const char *name, const QByteArray &text, int line, const char *what) {
            QTest::newRow(name) << text
                                << QStringLiteral("line %1 of 'LOCK': %2").arg(line).arg(QLatin1StringView(what));
        };
        const QByteArray package = head + "[[packages]]\nname = 'a'\nversion = '1'\n";
        row("empty", "", 1, "lock-version is '', expected 1.0");
        row("a later format", "lock-version = '2.0'\npackages = []\n", 1, "lock-version is '2.0', expected 1.0");
        row("no packages", head, 1, "there are no packages, expected a list of them");
        row("a package that is none", head + "packages = ['a']\n", 3, "a package is no table, expected [[packages]]");
        row("no name", head + "[[packages]]\nversion = '1'\n", 3, "a package has no valid name, expected one");
        row("no version", head + "[[packages]]\nname = 'a'\n", 3, "'a' has no valid version, expected one");
        row("a condition", package + "marker = \"os_name == 'nt'\"\n" + file, 3,
            "'a' is there on a condition, expected packages that are always there");
        row("no wheel", package, 3, "'a' is not one wheel, expected exactly one");
        row("two wheels", package + "wheels = [{}, {}]\n", 3, "'a' is not one wheel, expected exactly one");
        row("no file name", package + "wheels = [{ path = 'x/' }]\n", 6, "'' is no wheel's file name, expected one");
        row("a way out of the folder", package + "wheels = [{ name = 'a-1-py3-none-any/../x.whl' }]\n", 6,
            "'a-1-py3-none-any/../x.whl' is no wheel's file name, expected one");
        row("another wheel", package + "wheels = [{ name = 'a-2-py3-none-any.whl' }]\n", 6,
            "the wheel is 'a-2-py3-none-any.whl', expected one of 'a' 1");
        row("no hash", package + "wheels = [{ name = 'a-1-py3-none-any.whl' }]\n", 6,
            "'a-1-py3-none-any.whl' has no SHA-256, expected 64 digits");
        row("a short hash", package + "wheels = [{ name = 'a-1-py3-none-any.whl', hashes = { sha256 = 'abcd' } }]\n", 6,
            "'a-1-py3-none-any.whl' has no SHA-256, expected 64 digits");
        row("a project twice", package + file + "[[packages]]\nname = 'A'\nversion = '1'\n" + file, 7,
            "'a' is there twice, expected once");
    }
    void locksThatAreNone()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        const auto lock = LockFile::parse(text, QStringLiteral("LOCK"));
        QVERIFY(!lock);
        QCOMPARE(QString(lock.error().code().name()), QStringLiteral("lock-invalid"));
        QCOMPARE(lock.error().message(), message);
    }

    void whatIsNoToml()
    {
        const auto lock = LockFile::parse("lock-version = '1.0'\npackages = [\n  {", QStringLiteral("LOCK"));
        QVERIFY(!lock);
        QCOMPARE(QString(lock.error().code().name()), QStringLiteral("lock-invalid"));
        QVERIFY2(lock.error().message().startsWith(QStringLiteral("line 3 of 'LOCK': ")),
            qPrintable(lock.error().message()));
        QCOMPARE(lock.error().expected(), QStringLiteral("TOML"));
    }

    void hashesAreThoseOfTheFile()
    {
        // Longer than what is read at once, and not a multiple of it.
        const QByteArray bytes = QByteArray(3'000'001, 'x');
        const auto content = FileContent::of(writeFile(m_folder, QStringLiteral("x"), bytes));
        QVERIFY(content);
        QCOMPARE(content->size, bytes.size());
        QCOMPARE(content->sha256, QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    }

    void lockAndSync()
    {
        writeFolder();
        const Run printed = axle({QStringLiteral("lock"), m_folder});
        QCOMPARE(printed.exitCode, 0);
        lockFolder();
        const auto lock = LockFile::parse(contentOf(m_lock), m_lock);
        QVERIFY(lock);
        QCOMPARE(lock->wheels.size(), 2);
        const LockedWheel &first = lock->wheels.first();
        QCOMPARE(first.fileName, QStringLiteral("geo_tools-2.1-py3-none-any.whl"));
        // As the format says: seen from the lock file; on standard output, from the folder.
        QCOMPARE(first.path, QStringLiteral("plugins/geo_tools-2.1-py3-none-any.whl"));
        QVERIFY(printed.out.contains("path = \"geo_tools-2.1-py3-none-any.whl\""));
        QVERIFY(*FileContent::of(m_folder + u'/' + first.fileName) == first.content);
        QCOMPARE(lock->wheels.last().dependencies, QStringList{QStringLiteral("geo-tools")});
        const Run run = sync();
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.out, QByteArray("as locked: 2 wheels\n"));
    }

    void whereNothingCanBeWritten()
    {
        writeFolder();
        const Run run = axle({QStringLiteral("lock"), m_folder, QStringLiteral("-o"),
            m_temporary->filePath(QStringLiteral("none/pylock.toml"))});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.err.startsWith("error: cannot write '"), run.err.constData());
    }

    void everyDifference()
    {
        writeFolder();
        lockFolder();
        writeFile(m_folder, QStringLiteral("geo_tools-2.1-py3-none-any.whl"), "x");
        QVERIFY(QFile::remove(m_folder + QStringLiteral("/map_view-1.2-py3-none-any.whl")));
        WheelBuilder("other").write(m_folder);
        const Run run = sync({QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(run.json()[QStringLiteral("same")].toBool(true), false);
        QCOMPARE(differences(run),
            (QStringList{QStringLiteral("changed geo_tools-2.1-py3-none-any.whl"),
                QStringLiteral("missing map_view-1.2-py3-none-any.whl"),
                QStringLiteral("extra other-1.0-py3-none-any.whl")}));
        QVERIFY(run.json()[QStringLiteral("differences")][0][QStringLiteral("text")].toString().startsWith(
            QStringLiteral("it has 1 bytes, sha256 2d711642")));
        const Run text = sync();
        QCOMPARE(text.exitCode, 1);
        QVERIFY2(text.out.contains("missing  map_view-1.2-py3-none-any.whl   it is not in the folder\n"),
            text.out.constData());
    }

    void aNewerFileDoesNotReplaceALockedOne()
    {
        writeFolder();
        lockFolder();
        WheelBuilder("geo-tools", "2.2").write(m_folder);
        const Run run = sync({QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(differences(run), QStringList{QStringLiteral("extra geo_tools-2.2-py3-none-any.whl")});
    }

    /// The files are the same, but another host makes another set of them.
    void anotherHost()
    {
        WheelBuilder("geo-tools", "2.1").write(m_folder);
        writePlugin("a", "1.0", {QStringLiteral("geo-tools")});
        writePlugin("b", "1.0", {QStringLiteral("numpy")});
        const QString host = writeFile(m_temporary->path(), QStringLiteral("host.txt"), "numpy==1\n");
        lockFolder({QStringLiteral("--fixed"), host});
        QCOMPARE(sync({QStringLiteral("--fixed"), host}).exitCode, 0);
        const Run run = sync({QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(differences(run), QStringList{QStringLiteral("left-out b-1.0-py3-none-any.whl")});
        writeFile(m_temporary->path(), QStringLiteral("host.txt"), "numpy==1\ngeo-tools==2.1\n");
        const Run unneeded = sync({QStringLiteral("--json"), QStringLiteral("--fixed"), host});
        QCOMPARE(differences(unneeded), QStringList{QStringLiteral("left-out geo_tools-2.1-py3-none-any.whl")});
    }

    /// Locked by a tool that chose otherwise than can be.
    void aLockThatDoesNotResolve()
    {
        WheelBuilder("geo-tools", "2.1").write(m_folder);
        WheelBuilder("geo-tools", "1.0").write(m_folder);
        writePlugin("a", "1.0", {QStringLiteral("geo-tools>=2")});
        lockFolder();
        auto lock = LockFile::parse(contentOf(m_lock), m_lock);
        QVERIFY(lock && lock->wheels.size() == 2);
        const QString other = QStringLiteral("geo_tools-1.0-py3-none-any.whl");
        lock->wheels[1] = wheel("geo-tools", "1.0", "geo_tools-1.0-py3-none-any.whl", {});
        lock->wheels[1].content = *FileContent::of(m_folder + u'/' + other);
        writeFile(m_temporary->path(), QStringLiteral("pylock.toml"), lock->toText());
        QCOMPARE(differences(sync({QStringLiteral("--json")})),
            (QStringList{QStringLiteral("replaced ") + other, QStringLiteral("extra geo_tools-2.1-py3-none-any.whl")}));
    }

    void missingWheelsAreCopied()
    {
        writeFolder();
        lockFolder();
        const QString origin = m_folder;
        m_folder = m_temporary->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QDir().mkdir(m_folder));
        QCOMPARE(sync().exitCode, 1);
        const Run run = sync({QStringLiteral("--from"), origin, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 0);
        QCOMPARE(run.json()[QStringLiteral("copied")].toArray().size(), 2);
        QCOMPARE(run.json()[QStringLiteral("same")].toBool(), true);
        QCOMPARE(contentOf(m_folder + QStringLiteral("/geo_tools-2.1-py3-none-any.whl")),
            contentOf(origin + QStringLiteral("/geo_tools-2.1-py3-none-any.whl")));
        QCOMPARE(sync({QStringLiteral("--from"), origin}).out, QByteArray("as locked: 2 wheels\n"));
    }

    void otherBytesAreNotCopied()
    {
        writeFolder();
        lockFolder();
        const QString origin = m_folder;
        writeFile(origin, QStringLiteral("geo_tools-2.1-py3-none-any.whl"), "tampered");
        QVERIFY(QFile::remove(origin + QStringLiteral("/map_view-1.2-py3-none-any.whl")));
        m_folder = m_temporary->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QDir().mkdir(m_folder));
        const Run run = sync({QStringLiteral("--from"), origin, QStringLiteral("--json")});
        QCOMPARE(run.exitCode, 1);
        QCOMPARE(differences(run),
            (QStringList{QStringLiteral("missing geo_tools-2.1-py3-none-any.whl"),
                QStringLiteral("missing map_view-1.2-py3-none-any.whl")}));
        QCOMPARE(QDir(m_folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
    }

    /// A file that is there is the user's: it is reported, never replaced.
    void changedWheelsStay()
    {
        writeFolder();
        lockFolder();
        const QString origin = m_folder;
        m_folder = m_temporary->filePath(QStringLiteral("elsewhere"));
        QVERIFY(QDir().mkdir(m_folder));
        const QString mine = writeFile(m_folder, QStringLiteral("geo_tools-2.1-py3-none-any.whl"), "mine");
        QCOMPARE(sync({QStringLiteral("--from"), origin}).exitCode, 1);
        QCOMPARE(contentOf(mine), QByteArray("mine"));
    }

    void syncThatCannotBe_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QString>("code");
        QTest::newRow("no lock") << QStringList{QStringLiteral("plugins"), QStringLiteral("none.toml")} << 3
                                 << QStringLiteral("file-not-found");
        QTest::newRow("no TOML") << QStringList{QStringLiteral("plugins"), QStringLiteral("bad.toml")} << 3
                                 << QStringLiteral("lock-invalid");
        QTest::newRow("no folder") << QStringList{QStringLiteral("none"), QStringLiteral("pylock.toml")} << 3
                                   << QStringLiteral("folder-unreadable");
        QTest::newRow("no folder to copy to") << QStringList{QStringLiteral("none"), QStringLiteral("pylock.toml"),
            QStringLiteral("--from"), QStringLiteral("plugins")}
                                              << 3 << QStringLiteral("file-not-written");
        QTest::newRow("no second argument") << QStringList{QStringLiteral("plugins")} << 2 << QString();
    }
    void syncThatCannotBe()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, exitCode);
        QFETCH(QString, code);
        writeFolder();
        lockFolder();
        writeFile(m_temporary->path(), QStringLiteral("bad.toml"), "= 1");
        const Run run = axle(QStringList{QStringLiteral("sync"), QStringLiteral("--json")} + arguments);
        QCOMPARE(run.exitCode, exitCode);
        QCOMPARE(run.json()[QStringLiteral("error")][QStringLiteral("code")].toString(), code);
    }

private:
    Run axle(const QStringList &arguments) const
    {
        return runProgram(QStringLiteral(AXLE_PROGRAM), arguments, m_temporary->path());
    }
    Run sync(const QStringList &options = {}) const
    {
        return axle(QStringList{QStringLiteral("sync"), m_folder, m_lock} + options);
    }
    void lockFolder(const QStringList &options = {}) const
    {
        const Run run = axle(QStringList{QStringLiteral("lock"), m_folder, QStringLiteral("-o"), m_lock} + options);
        QVERIFY2(run.exitCode == 0 && run.out.isEmpty(), run.err.constData());
    }
    /// "kind file" of each.
    static QStringList differences(const Run &run)
    {
        QStringList list;
        for (const QJsonValue each : run.json()[QStringLiteral("differences")].toArray())
            list.append(each[QStringLiteral("kind")].toString() + u' ' + each[QStringLiteral("file")].toString());
        return list;
    }

    static LockedWheel wheel(
        const char *name, const char *version, const char *fileName, const QStringList &dependencies)
    {
        const QString file = QString::fromLatin1(fileName);
        return {*ProjectName::parse(QString::fromLatin1(name)), *Version::parse(QString::fromLatin1(version)), {},
            dependencies, file, file, {120, QCryptographicHash::hash(fileName, QCryptographicHash::Sha256).toHex()}};
    }
    void writePlugin(const char *name, const char *version, const QStringList &requirements) const
    {
        WheelBuilder builder(name, version);
        builder.entryPoint("axle.plugins", "plugin", "plugin:Plugin");
        for (const QString &requirement : requirements)
            builder.requires_(requirement);
        builder.write(m_folder);
    }
    void writeFolder() const
    {
        WheelBuilder("geo-tools", "2.1").write(m_folder);
        writePlugin("map-view", "1.2", {QStringLiteral("geo-tools>=2")});
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_folder;
    QString m_lock;
};

QTEST_GUILESS_MAIN(TestCliLock)
#include "tst_cli_lock.moc"
