#include "scansupport.h"

#include <sys/wait.h>

using namespace Axle;
using namespace Axle::Test;

/// What scanners of several processes know from each other.
class TestIndexFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_settled.isValid());
        const QString folder = m_settled.path();
        WheelBuilder("Map_View", "1.2")
            .metadata("Summary", QStringLiteral("maps, \u00e4ltere auch"))
            .requires_("geo-tools[fast]>=2 ; python_version < '4'")
            .metadata("Provides-Extra", QStringLiteral("tiles"))
            .entryPoint("axle.plugins", "map", "map_view:Plugin [tiles]")
            .entryPoint("console_scripts", "map", "map_view:main")
            .write(folder);
        WheelBuilder("library").write(folder);
        WheelBuilder("heat-map", "2.1").requiresPython(">=3.12").write(folder);
        writeFile(folder, QStringLiteral("other-1.0-cp39-cp39-win_amd64.whl"), "never opened");
        writeFile(folder, QStringLiteral("broken-1.0-py3-none-any.whl"), "no zip");
        waitUntilSettled();
    }
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
    }

    void anotherScannerKnowsThemFromTheStore()
    {
        const QString folder = m_settled.path();
        const QList<DiscoveredFile> first = Scanner(python311(), store()).scan(folder).value();
        QCOMPARE(first.size(), 5);
        OpenWatch opens(folder);
        const QList<DiscoveredFile> second = Scanner(python311(), store()).scan(folder).value();
        // What is broken says why to each process anew.
        QCOMPARE(opens.opened(), QStringList{QStringLiteral("broken-1.0-py3-none-any.whl")});
        QCOMPARE(described(second), described(first));
        QCOMPARE(described(Scanner(python311()).scan(folder).value()), described(first));
    }

    void whatThePythonLoadsIsPartOfTheIndex()
    {
        const QString folder = m_settled.path();
        QCOMPARE(codeOf(Scanner(python311(), store()).scan(folder)->at(1)), QStringLiteral("resolve-python"));
        TargetPython newer = python311();
        newer.minor = 12;
        QVERIFY(Scanner(newer, store()).scan(folder)->at(1).isUsable());
        QCOMPARE(codeOf(Scanner(python311(), store()).scan(folder)->at(1)), QStringLiteral("resolve-python"));
    }

    void theIndexIsWrittenOnlyForNews()
    {
        const QString folder = m_settled.path();
        Scanner(python311(), store()).scan(folder).value();
        const QString index = indexOf(store());
        QVERIFY(!index.isEmpty());
        QCOMPARE(QFileInfo(store() + QStringLiteral("/scan")).permissions() & (QFile::ReadGroup | QFile::ReadOther),
            QFile::Permissions());
        const auto before = FileDescriptor::openRegular(index)->identity();
        Scanner(python311(), store()).scan(folder).value();
        QVERIFY(*FileDescriptor::openRegular(index)->identity() == *before);
        Scanner(python311(), store()).scan(folder, {folder + QStringLiteral("/library-1.0-py3-none-any.whl")}).value();
        QVERIFY(*FileDescriptor::openRegular(index)->identity() == *before);
    }

    void changesBetweenScans_data()
    {
        QTest::addColumn<QString>("change");
        for (const char *change : {"rewritten", "same bytes and times, another inode", "mode", "times put back"})
            QTest::newRow(change) << QString::fromLatin1(change);
    }
    void changesBetweenScans()
    {
        QFETCH(QString, change);
        const QString folder = m_folder->path();
        const QString path = WheelBuilder("a").metadata("Summary", QStringLiteral("first")).write(folder);
        WheelBuilder("b").write(folder);
        waitUntilSettled();
        Scanner(python311(), store()).scan(folder).value();
        const QByteArray name = QFile::encodeName(path);
        struct stat before = {};
        QCOMPARE(::stat(name.constData(), &before), 0);
        const timespec times[] = {before.st_atim, before.st_mtim};
        const bool isSame = change.startsWith(u"same") || change == u"mode";
        if (change == u"mode") {
            QCOMPARE(::chmod(name.constData(), 0400), 0);
        } else {
            const QByteArray bytes = isSame ? contentOf(path) : sameSizedWheel(before.st_size);
            QCOMPARE(bytes.size(), qsizetype(before.st_size));
            if (isSame)
                QVERIFY(QFile::remove(path));
            writeFile(folder, QFileInfo(path).fileName(), bytes);
        }
        if (change != u"rewritten")
            QCOMPARE(::utimensat(AT_FDCWD, name.constData(), times, 0), 0);
        OpenWatch opens(folder);
        const auto files = Scanner(python311(), store()).scan(folder);
        QCOMPARE(opens.opened(), QStringList{QFileInfo(path).fileName()});
        QCOMPARE(files->first().metadata->summary == u"first", isSame);
    }

    void spoiltIndexes_data()
    {
        QTest::addColumn<int>("size");    // of what is kept of the index; negative: that many bytes are cut off
        QTest::addColumn<int>("flipped"); // where a bit is changed; negative: nowhere
        QTest::newRow("empty") << 0 << -1;
        QTest::newRow("within the header") << 30 << -1;
        QTest::newRow("header only") << 56 << -1;
        QTest::newRow("within a file") << -1 << -1;
        QTest::newRow("magic") << 100'000 << 0;
        QTest::newRow("newer format") << 100'000 << 8;
        QTest::newRow("checksum") << 100'000 << 12;
        QTest::newRow("key") << 100'000 << 20;
        QTest::newRow("count") << 100'000 << 48;
        QTest::newRow("identity") << 100'000 << 60;
        QTest::newRow("name") << 100'000 << 130;
        QTest::newRow("1 GiB") << (1 << 30) << -1;
    }
    void spoiltIndexes()
    {
        QFETCH(int, size);
        QFETCH(int, flipped);
        const QString folder = m_settled.path();
        const QStringList expected = described(Scanner(python311(), store()).scan(folder).value());
        const QString path = indexOf(store());
        const QByteArray good = contentOf(path);
        QVERIFY(good.size() > 200);
        QByteArray bad = size < 0 ? good.chopped(-size) : good.first(qMin<qsizetype>(size, good.size()));
        if (flipped >= 0)
            bad[flipped] = static_cast<char>(bad.at(flipped) ^ 1);
        writeFile(store() + QStringLiteral("/scan"), QFileInfo(path).fileName(), bad);
        if (size > 100'000)
            QVERIFY(QFile::resize(path, size));
        OpenWatch opens(folder);
        QCOMPARE(described(Scanner(python311(), store()).scan(folder).value()), expected);
        QCOMPARE(opens.opened().size(), 4); // all but the one that is never opened
        // And it is as it should be again.
        QCOMPARE(contentOf(path), good);
    }

    void indexesThatAreNoFiles_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"link", "folder", "fifo", "no store", "read-only store", "file for a folder"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void indexesThatAreNoFiles()
    {
        QFETCH(QString, kind);
        const QString folder = m_settled.path();
        const QStringList expected = described(Scanner(python311(), store()).scan(folder).value());
        const QString path = indexOf(store());
        if (kind == u"link" || kind == u"folder" || kind == u"fifo")
            QVERIFY(QFile::remove(path));
        if (kind == u"link")
            QVERIFY(QFile::link(QStringLiteral("/dev/zero"), path));
        else if (kind == u"folder")
            QVERIFY(QDir().mkpath(path + QStringLiteral("/full")));
        else if (kind == u"fifo")
            QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
        else if (kind == u"no store")
            QVERIFY(QDir(store()).removeRecursively());
        else if (kind == u"read-only store")
            QCOMPARE(::chmod(QFile::encodeName(store() + QStringLiteral("/scan")).constData(), 0500), 0);
        else
            replaceByFile(store(), QStringLiteral("scan"));
        QCOMPARE(described(Scanner(python311(), store()).scan(folder).value()), expected);
    }

    void outdatedIndexesGo()
    {
        const QString folder = m_settled.path();
        Scanner(python311(), store()).scan(folder).value();
        const QString scans = store() + QStringLiteral("/scan");
        const QString old = writeFile(scans, QStringLiteral("old.index"), "old");
        const QString young = writeFile(scans, QStringLiteral("young.index"), "young");
        const timespec times[] = {{::time(nullptr) - 31 * 24 * 3600, 0}, {::time(nullptr) - 31 * 24 * 3600, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(old).constData(), times, 0), 0);
        TargetPython newer = python311();
        newer.minor = 12;
        Scanner(newer, store()).scan(folder).value();
        QVERIFY(!QFileInfo::exists(old));
        QVERIFY(QFileInfo::exists(young));
    }

    void processesShareTheIndex()
    {
        const QString folder = m_settled.path();
        const QStringList expected = described(Scanner(python311()).scan(folder).value());
        QList<pid_t> children;
        for (int child = 0; child < 4; ++child) {
            const pid_t pid = ::fork();
            if (pid == 0) {
                bool isGood = true;
                for (int round = 0; round < 50; ++round) {
                    // Removing it makes the next scan write it.
                    if (const QString index = indexOf(store()); !index.isEmpty() && round % 2 == child % 2)
                        QFile::remove(index);
                    isGood = isGood && described(Scanner(python311(), store()).scan(folder).value()) == expected;
                }
                ::_exit(isGood ? 0 : 1);
            }
            children += pid;
        }
        for (const pid_t pid : std::as_const(children)) {
            int status = -1;
            QCOMPARE(::waitpid(pid, &status, 0), pid);
            QCOMPARE(status, 0);
        }
        OpenWatch opens(folder);
        QCOMPARE(described(Scanner(python311(), store()).scan(folder).value()), expected);
        QVERIFY(!indexOf(store()).isEmpty()); // and no drafts beside it
    }

private:
    /// The wheel `a` with another summary, which does not make it longer.
    static QByteArray sameSizedWheel(qint64 size)
    {
        for (char last = 'a'; last <= 'z'; ++last) {
            const QTemporaryDir folder;
            const QString summary = QStringLiteral("firs") + QLatin1Char(last);
            const QByteArray bytes = contentOf(WheelBuilder("a").metadata("Summary", summary).write(folder.path()));
            if (last != 't' && bytes.size() == size)
                return bytes;
        }
        return {};
    }
    QString store() const
    {
        const QString path = m_folder->path() + QStringLiteral("/store");
        QDir().mkdir(path);
        return path;
    }

    QTemporaryDir m_settled; ///< with wheels that were there long before
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestIndexFile)
#include "tst_indexfile.moc"
