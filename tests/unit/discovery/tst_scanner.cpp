#include "scansupport.h"

#include <axle/discovery/distributions.h>
#include <axle/wheel/wheelarchive.h>

#include <QtCore/QThread>

using namespace Axle;
using namespace Axle::Test;

class TestScanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void aPlugin()
    {
        const QString path = WheelBuilder("Map_View", "1.2")
                                 .file("map_view.py", "class Plugin: pass")
                                 .requires_("geo-tools >=2")
                                 .entryPoint("axle.plugins", "map", "map_view:Plugin")
                                 .entryPoint("console_scripts", "map", "map_view:main")
                                 .write(m_folder->path());
        const DiscoveredFile file = Scanner(python311()).examine(path);
        QVERIFY2(file.isUsable(), qPrintable(file.error.toString()));
        QVERIFY(file.isCandidate() && !file.isIncompatible());
        QCOMPARE(file.id(), QStringLiteral("map-view"));
        QCOMPARE(file.plugins().size(), 1);
        QCOMPARE(file.plugins().first().module, QStringLiteral("map_view"));
        const Distribution distribution = file.toDistribution();
        QCOMPARE(distribution.location, path);
        QCOMPARE(distribution.version.toString(), QStringLiteral("1.2"));
        QCOMPARE(distribution.requiresDist.size(), 1);
        QCOMPARE(distribution.requirementLines.size(), 1);
        QVERIFY(distribution.requirementLines.first() > 3); // behind the three that every METADATA begins with
        QCOMPARE(distribution.entryPoints.size(), 2);
        QCOMPARE(distribution.tagRank, *file.tagRank);
    }

    void distributionsAreInTheOrderOfTheFiles()
    {
        QList<DiscoveredFile> files;
        QStringList expected;
        for (int i = 0; i < 200; ++i) {
            const QString path = WheelBuilder(QStringLiteral("demo-%1").arg(i), "1").write(m_folder->path());
            files.append(Scanner(python311()).examine(path));
            expected.append(path);
            files.append(
                Scanner(python311()).examine(m_folder->filePath(QStringLiteral("missing-1-py3-none-any.whl"))));
        }
        QStringList locations;
        for (const Distribution &distribution : toDistributions(files))
            locations.append(distribution.location);
        QCOMPARE(locations, expected);
        QVERIFY(toDistributions({}).isEmpty());
    }

    void betterTagsHaveSmallerRanks()
    {
        const Scanner scanner(python311());
        const QString pure = WheelBuilder("a").write(m_folder->path());
        const QString native = WheelBuilder("a").tag("cp311-cp311-linux_x86_64").write(m_folder->path());
        QVERIFY(scanner.examine(native).tagRank < scanner.examine(pure).tagRank);
    }

    void whatIsPassedOver()
    {
        const QString folder = m_folder->path();
        WheelBuilder("b").write(folder);
        WheelBuilder("a").write(folder);
        writeFile(folder, QStringLiteral(".hidden-1.0-py3-none-any.whl"), "x");
        writeFile(folder, QStringLiteral("c-1.0-py3-none-any.whl.part"), "x");
        writeFile(folder, QStringLiteral("c-1.0-py3-none-any.whl.crdownload"), "x");
        writeFile(folder, QStringLiteral("readme.txt"), "x");
        QVERIFY(QDir(folder).mkdir(QStringLiteral("deeper")));
        WheelBuilder("d").write(folder + QStringLiteral("/deeper"));
        const auto files = Scanner(python311()).scan(folder);
        QVERIFY(files.has_value());
        QCOMPARE(namesOf(*files),
            (QStringList{QStringLiteral("a-1.0-py3-none-any.whl"), QStringLiteral("b-1.0-py3-none-any.whl")}));
    }

    void unfinishedFilesAreLeftOut()
    {
        const QString folder = m_folder->path();
        const QString a = WheelBuilder("a").write(folder);
        const QString b = WheelBuilder("b").write(folder);
        Scanner scanner(python311());
        QCOMPARE(namesOf(scanner.scan(folder, {a}).value()), QStringList{QFileInfo(b).fileName()});
        QCOMPARE(scanner.scan(folder)->size(), 2);
    }

    void aBadNameIsNotOpened()
    {
        const QString path = writeFile(m_folder->path(), QStringLiteral("not a wheel.whl"), "no zip either");
        OpenWatch opens(path);
        const DiscoveredFile file = Scanner(python311()).examine(path);
        QVERIFY(!opens.wasOpened());
        QCOMPARE(codeOf(file), QStringLiteral("wheel-filename"));
        QCOMPARE(file.id(), QStringLiteral("not a wheel.whl"));
        QVERIFY(!file.fileName && !file.metadata && !file.isCandidate() && !file.isIncompatible());
        QVERIFY(file.identity.inode != 0);
    }

    void tagsAreJudgedBeforeTheFileIsOpened()
    {
        const QString path = writeFile(m_folder->path(), QStringLiteral("a-1.0-cp39-cp39-win_amd64.whl"), "no zip");
        OpenWatch opens(path);
        const DiscoveredFile file = Scanner(python311()).examine(path);
        QVERIFY(!opens.wasOpened());
        QCOMPARE(codeOf(file), QStringLiteral("wheel-incompatible"));
        QVERIFY(file.isIncompatible() && !file.isCandidate() && !file.tagRank);
        QCOMPARE(file.id(), QStringLiteral("a"));
        QVERIFY2(
            file.error.message().contains(QLatin1StringView("cp39-cp39-win_amd64")), qPrintable(file.error.message()));
    }

    void otherPythonByMetadata()
    {
        const QString path = WheelBuilder("heat-map", "2.1").requiresPython(">=3.12").write(m_folder->path());
        const DiscoveredFile file = Scanner(python311()).examine(path);
        QCOMPARE(codeOf(file), QStringLiteral("resolve-python"));
        QCOMPARE(
            file.error.message(), QStringLiteral("'heat-map 2.1' needs Python '>=3.12', but this is Python 3.11.2"));
        QVERIFY(file.isIncompatible() && !file.isUsable());
        // The resolver has to know of it, to say why it was not taken.
        QVERIFY(file.isCandidate());
        QCOMPARE(file.toDistribution().requiresPython.toString(), QStringLiteral(">=3.12"));
    }

    void badFilesAreNoErrorOfTheScan_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::newRow("no zip at all") << QByteArray(500, 'x') << QStringLiteral("zip-no-end-record");
        QTest::newRow("empty") << QByteArray() << QStringLiteral("zip-no-end-record");
    }
    void badFilesAreNoErrorOfTheScan()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        const QString folder = m_folder->path();
        writeFile(folder, QStringLiteral("bad-1.0-py3-none-any.whl"), bytes);
        WheelBuilder("good").write(folder);
        const auto files = Scanner(python311()).scan(folder);
        QCOMPARE(files->size(), 2);
        QCOMPARE(codeOf(files->first()), code);
        QCOMPARE(files->first().id(), QStringLiteral("bad"));
        QVERIFY(files->last().isUsable());
    }

    void whatIsNoFile()
    {
        const QString folder = m_folder->path();
        QVERIFY(QDir(folder).mkdir(QStringLiteral("folder-1.0-py3-none-any.whl")));
        QVERIFY(QFile::link(WheelBuilder("a").write(folder), folder + QStringLiteral("/link-1.0-py3-none-any.whl")));
        QCOMPARE(::mkfifo(QFile::encodeName(folder + QStringLiteral("/pipe-1.0-py3-none-any.whl")), 0600), 0);
        const auto files = Scanner(python311()).scan(folder);
        QCOMPARE(files->size(), 4);
        QVERIFY(files->at(0).isUsable());
        for (int i = 1; i < 4; ++i)
            QCOMPARE(codeOf(files->at(i)), QStringLiteral("file-not-regular"));
    }

    void namesThatHurt_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("not UTF-8") << QByteArray("caf\xe9-1.0-py3-none-any.whl");
        QTest::newRow("line feed") << QByteArray("a\nb-1.0-py3-none-any.whl");
        QTest::newRow("escape") << QByteArray("a\x1b[31m-1.0-py3-none-any.whl");
        QTest::newRow("dash first") << QByteArray("-1.0-py3-none-any.whl");
        QTest::newRow("255 bytes") << QByteArray(251, 'x') + ".whl";
    }
    void namesThatHurt()
    {
        QFETCH(QByteArray, name);
        const QByteArray path = QFile::encodeName(m_folder->path()) + '/' + name;
        const FileDescriptor file(::open(path.constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        QVERIFY(file.isValid());
        OpenWatch opens(m_folder->path());
        const auto files = Scanner(python311()).scan(m_folder->path());
        QCOMPARE(files->size(), 1);
        QCOMPARE(codeOf(files->first()), QStringLiteral("wheel-filename"));
        QVERIFY(files->first().identity == *file.identity());
        QVERIFY(!opens.wasOpened());
        QCOMPARE(::unlink(path.constData()), 0);
    }

    void unpackedWheels()
    {
        const QString folder = m_folder->path();
        const QString path = writeUnpacked(folder, "unpacked");
        waitUntilSettled();
        Scanner scanner(python311());
        const DiscoveredFile found = scanner.scan(folder)->first();
        QVERIFY2(found.isUsable(), qPrintable(found.error.toString()));
        QCOMPARE(found.id(), QStringLiteral("unpacked"));
        QCOMPARE(found.identity, *WheelArchive::identityOf(path));
        OpenWatch opens(path + QStringLiteral("/unpacked-1.0.dist-info"));
        QCOMPARE(scanner.scan(folder)->first().identity, found.identity);
        QVERIFY(!opens.wasOpened());
        // A file deep inside, of the same size: the folder itself stays as it was.
        writeFile(path + QStringLiteral("/unpacked-1.0.dist-info"), QStringLiteral("METADATA"),
            "Metadata-Version: 2.1\nName: unpackeD\nVersion: 1.0\n");
        QCOMPARE(scanner.scan(folder)->first().metadata->name.toString(), QStringLiteral("unpackeD"));
    }

    void unreadableFolders_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing") << QStringLiteral("nowhere") << QStringLiteral("there is no folder '%1'");
        QTest::newRow("a file") << QStringLiteral("file") << QStringLiteral("'%1' is a file, expected a folder");
    }
    void unreadableFolders()
    {
        QFETCH(QString, name);
        QFETCH(QString, message);
        writeFile(m_folder->path(), QStringLiteral("file"), "x");
        const QString path = m_folder->filePath(name);
        const auto files = Scanner(python311()).scan(path);
        QVERIFY(!files);
        QCOMPARE(QString(files.error().code().name()), QStringLiteral("folder-unreadable"));
        QCOMPARE(files.error().message(), message.arg(path));
        QVERIFY(!files.error().hint().isEmpty());
    }

    void unchangedFilesAreNotOpenedAgain()
    {
        const QString folder = m_folder->path();
        const QString path = WheelBuilder("a").write(folder);
        OpenWatch opens(path);
        Scanner scanner(python311());
        QVERIFY(scanner.scan(folder)->first().isUsable());
        QVERIFY(opens.wasOpened());
        // So young a file may have changed since, with the same time stamps.
        QVERIFY(scanner.scan(folder)->first().isUsable());
        QVERIFY(opens.wasOpened());
        waitUntilSettled();
        QVERIFY(scanner.scan(folder)->first().isUsable());
        QVERIFY(opens.wasOpened());
        QVERIFY(scanner.scan(folder)->first().isUsable());
        QVERIFY(!opens.wasOpened());
        // A new time of change is a new state, whatever the bytes are.
        QVERIFY(QFile::setPermissions(path, QFile::ReadOwner));
        QVERIFY(scanner.scan(folder)->first().isUsable());
        QVERIFY(opens.wasOpened());
    }

    void cancelling()
    {
        const QString folder = m_folder->path();
        constexpr int count = 2000;
        linkMany(folder, count);
        const auto cancelled = std::make_shared<std::atomic_bool>(false);
        ScanObserver observer;
        observer.interval = std::chrono::milliseconds(0);
        observer.cancelled = cancelled;
        observer.progress = [&](int, int) { *cancelled = true; };
        OpenWatch opens(folder);
        Scanner scanner(python311(), store());
        const auto files = scanner.scan(folder, {}, observer);
        QVERIFY(!files);
        QCOMPARE(files.error().code().name(), QLatin1StringView("scan-cancelled"));
        QVERIFY(files.error().message().contains(folder));
        const qsizetype before = opens.opened().size();
        QVERIFY2(before > 0 && before < count, qPrintable(QString::number(before)));
        *cancelled = true;
        observer.progress = [](int, int) { QFAIL("nothing is to be done"); };
        QVERIFY(!scanner.scan(folder, {}, observer));
        QCOMPARE(scanner.scan(folder)->size(), count);
    }

    void tenThousandFiles()
    {
        const QString folder = m_folder->path();
        constexpr int count = 10'000;
        linkMany(folder, count);
        QList<int> heard;
        ScanObserver observer;
        observer.interval = std::chrono::milliseconds(1);
        observer.progress = [&](int done, int total) {
            heard += done;
            QCOMPARE(total, count);
        };
        Result<QList<DiscoveredFile>> files = QList<DiscoveredFile>();
        const std::unique_ptr<QThread> worker(
            QThread::create([&] { files = Scanner(python311(), store()).scan(folder, {}, observer); }));
        worker->start();
        QVERIFY(QTest::qWaitFor([&] { return worker->isFinished(); }, 120'000));
        QCOMPARE(files->size(), count);
        QVERIFY(std::is_sorted(files->cbegin(), files->cend(),
            [](const DiscoveredFile &a, const DiscoveredFile &b) { return a.path < b.path; }));
        QVERIFY(heard.size() > 1);
        QVERIFY(std::is_sorted(heard.cbegin(), heard.cend()));
        QVERIFY(heard.first() > 0 && heard.last() <= count);
    }

    void shortScansReportNothing()
    {
        WheelBuilder("a").write(m_folder->path());
        ScanObserver observer;
        observer.interval = std::chrono::minutes(1);
        observer.progress = [](int, int) { QFAIL("too early"); };
        QCOMPARE(Scanner(python311()).scan(m_folder->path(), {}, observer)->size(), 1);
    }

    void changesAreSeen()
    {
        const QString folder = m_folder->path();
        Scanner scanner(python311());
        const QString path = WheelBuilder("a").metadata("Summary", QStringLiteral("first")).write(folder);
        QCOMPARE(scanner.scan(folder)->first().metadata->summary, QStringLiteral("first"));
        WheelBuilder("a").metadata("Summary", QStringLiteral("other")).write(folder);
        QCOMPARE(scanner.scan(folder)->first().metadata->summary, QStringLiteral("other"));
        truncateFile(path, 100);
        QVERIFY(!scanner.scan(folder)->first().isUsable());
        QVERIFY(QFile::remove(path));
        QVERIFY(scanner.scan(folder)->isEmpty());
    }

    void twoFoldersDoNotMix()
    {
        QTemporaryDir other;
        WheelBuilder("a").write(m_folder->path());
        WheelBuilder("b").write(other.path());
        Scanner scanner(python311());
        QCOMPARE(scanner.scan(m_folder->path())->first().id(), QStringLiteral("a"));
        QCOMPARE(scanner.scan(other.path())->first().id(), QStringLiteral("b"));
        QCOMPARE(scanner.scan(m_folder->path() + u'/')->first().id(), QStringLiteral("a"));
    }

private:
    /// Each is a file of its own to a scan, though none of them has the name that is in it.
    static void linkMany(const QString &folder, int count)
    {
        QTemporaryDir elsewhere;
        const QByteArray wheel = QFile::encodeName(WheelBuilder("a").write(elsewhere.path()));
        for (int i = 0; i < count; ++i) {
            const QByteArray name = "/b" + QByteArray::number(i).rightJustified(6, '0') + "-1.0-py3-none-any.whl";
            if (::link(wheel.constData(), (QFile::encodeName(folder) + name).constData()) != 0)
                qFatal("cannot link %s", name.constData());
        }
    }
    QString store() const
    {
        const QString path = m_folder->path() + QStringLiteral("/store");
        QDir().mkdir(path);
        return path;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestScanner)
#include "tst_scanner.moc"
