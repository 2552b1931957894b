#include "storetest.h"

#include "support/rawzip.h"

#include <axle/wheel/digest.h>

#include <QtCore/QCryptographicHash>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <thread>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

mode_t modeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

ino_t inodeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_ino : 0;
}

/// A wheel of more than the 64 MiB up to which a snapshot is in memory; its large member is stored as it is.
QByteArray largeWheel()
{
    const QByteArray data((64 << 20) + 4096, 'x');
    const QByteArray metadata = "Metadata-Version: 2.1\nName: large\nVersion: 1.0\n";
    const QByteArray info = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    const auto line = [](const QByteArray &name, const QByteArray &bytes) {
        const QByteArray hash = Digest::of(HashAlgorithm::Sha256, bytes)
                                    .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        return name + ",sha256=" + hash + ',' + QByteArray::number(bytes.size()) + '\n';
    };
    RawZip zip;
    QByteArray record;
    const auto add = [&](const QByteArray &name, const QByteArray &bytes) {
        zip.add(name, bytes, RawMethod::Stored);
        record += line(name, bytes);
    };
    add("large.bin", data);
    add("large-1.0.dist-info/METADATA", metadata);
    add("large-1.0.dist-info/WHEEL", info);
    zip.add("large-1.0.dist-info/RECORD", record + "large-1.0.dist-info/RECORD,,\n", RawMethod::Stored);
    return zip.bytes();
}

} // namespace

class TestStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void snapshotIsTheFile();
    void snapshotIsSealed();
    void snapshotOutlivesTheFile_data();
    void snapshotOutlivesTheFile();
    void largeSnapshotIsANamelessFile();
    void changingFileIsRefused();
    void swappedFilesAreNeverMixed_data();
    void swappedFilesAreNeverMixed();
    void refusesWhatIsNoFile_data();
    void refusesWhatIsNoFile();
    void symbolicLinks();
    void pureWheelRunsFromItsArchive();
    void materialisesOnRequest();
    void treeIsTheWheel();
    void treeIsPrivate_data();
    void treeIsPrivate();
    void treeIsUsedAgain();
    void sameContentUnderAnotherName();
    void damagedWheelLeavesNothing();
    void fullDiskLeavesNothing();
    void needsTree_data();
    void needsTree();

private:
    QString root() const { return m_folder->filePath(QStringLiteral("store")); }
    Store open() const
    {
        const auto store = Store::open(root());
        Q_ASSERT(store);
        return *store;
    }
    QString writeLargeWheel() const
    {
        const QString path = m_folder->filePath(QStringLiteral("large-1.0-py3-none-any.whl"));
        createFile(path, largeWheel());
        return path;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStore::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>(scratchFolder());
}

void TestStore::snapshotIsTheFile()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const auto snapshot = open().snapshot(path);
    QVERIFY2(snapshot, qPrintable(snapshot ? QString() : snapshot.error().toString()));
    QCOMPARE(snapshot->sha256, QCryptographicHash::hash(contents(path), QCryptographicHash::Sha256));
    QCOMPARE(snapshot->sourcePath, path);
    QCOMPARE(snapshot->source.size, QFileInfo(path).size());
    QCOMPARE(std::uint64_t(inodeOf(path)), snapshot->source.inode);
    QCOMPARE(snapshot->wheel.fileName().toString(), QStringLiteral("sample-1.0-py3-none-any.whl"));
    QCOMPARE(*snapshot->wheel.read(QStringLiteral("sample/__init__.py")), QByteArray("VALUE = 1\n"));
}

void TestStore::snapshotIsSealed()
{
    const auto snapshot = open().snapshot(writeWheel(m_folder->path(), nativeFiles()));
    QVERIFY(snapshot);
    const int fd = snapshot->wheel.archive().file().get();
    const int all = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    QCOMPARE(::fcntl(fd, F_GET_SEALS) & all, all);
    QCOMPARE(::pwrite(fd, "x", 1, 0), ssize_t(-1));
    QCOMPARE(errno, EPERM);
    QCOMPARE(::ftruncate(fd, 0), -1);
    QCOMPARE(::fcntl(fd, F_GETFD), FD_CLOEXEC);
}

void TestStore::snapshotOutlivesTheFile_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"truncated", "rewritten", "replaced", "deleted"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestStore::snapshotOutlivesTheFile()
{
    QFETCH(const QString, what);
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const Store store = open();
    auto snapshot = store.snapshot(path);
    QVERIFY(snapshot);
    if (what == u"truncated")
        QVERIFY(QFile::resize(path, 100));
    else if (what == u"rewritten")
        overwrite(path, QByteArray(QFileInfo(path).size(), 'z'));
    else
        QVERIFY(QFile::remove(path));
    if (what == u"replaced")
        createFile(path, "another file");
    QCOMPARE(*snapshot->wheel.read(QStringLiteral("sample/__init__.py")), QByteArray("VALUE = 1\n"));
    const auto verified = store.verify(std::move(*snapshot));
    QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().toString()));
    QCOMPARE(treeDifference(*verified), QString());
}

void TestStore::largeSnapshotIsANamelessFile()
{
    m_folder = std::make_unique<QTemporaryDir>(); // /dev/shm may be smaller than this
    const QString path = writeLargeWheel();
    const auto snapshot = open().snapshot(path);
    QVERIFY2(snapshot, qPrintable(snapshot ? QString() : snapshot.error().toString()));
    struct stat copy = {};
    struct stat store = {};
    QCOMPARE(::fstat(snapshot->wheel.archive().file().get(), &copy), 0);
    QCOMPARE(::stat(QFile::encodeName(root()).constData(), &store), 0);
    QCOMPARE(copy.st_nlink, nlink_t(0));
    QCOMPARE(copy.st_dev, store.st_dev);
    QCOMPARE(copy.st_mode & 07777, mode_t(0400));
    QCOMPARE(filesBelow(root()), QStringList());
    QCOMPARE(snapshot->sha256, QCryptographicHash::hash(contents(path), QCryptographicHash::Sha256));
}

void TestStore::changingFileIsRefused()
{
    m_folder = std::make_unique<QTemporaryDir>(); // /dev/shm may be smaller than this
    const QString path = writeLargeWheel();
    const Store store = open();
    std::atomic<bool> ends = false;
    std::thread writer([&] {
        while (!ends)
            ::utimes(QFile::encodeName(path).constData(), nullptr);
    });
    const auto snapshot = store.snapshot(path);
    ends = true;
    writer.join();
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().code().name(), QLatin1StringView("source-changed"));
    QCOMPARE(snapshot.error().message(), QStringLiteral("'%1' changed while it was read").arg(path));
}

void TestStore::swappedFilesAreNeverMixed_data()
{
    QTest::addColumn<bool>("inPlace");
    QTest::newRow("renamed over each other") << false;
    QTest::newRow("rewritten in place") << true;
}

void TestStore::swappedFilesAreNeverMixed()
{
    QFETCH(const bool, inPlace);
    // The same names and sizes, so that any mixture would be an archive as well.
    const QString path =
        writeWheel(m_folder->path(), {{QStringLiteral("a.py"), "X = 1"}, {QStringLiteral("b.py"), "X = 1"}});
    const QByteArray ones = contents(path);
    QVERIFY(QFile::remove(path));
    QCOMPARE(
        writeWheel(m_folder->path(), {{QStringLiteral("a.py"), "X = 2"}, {QStringLiteral("b.py"), "X = 2"}}), path);
    const QByteArray twos = contents(path);
    const QByteArray target = QFile::encodeName(path);
    const QByteArray other = target + ".other";
    std::atomic<bool> ends = false;
    std::thread swapper([&] {
        for (int i = 0; !ends; ++i) {
            const QByteArray &bytes = i % 2 == 0 ? ones : twos;
            const FileDescriptor file(
                ::open((inPlace ? target : other).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            static_cast<void>(::write(file.get(), bytes.constData(), size_t(bytes.size())));
            if (!inPlace)
                ::rename(other.constData(), target.constData());
        }
    });
    const Store store = open();
    int mixtures = 0;
    int mounted = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto verified = mountable(store, path);
        if (!verified)
            continue;
        ++mounted;
        const Wheel &wheel = verified->snapshot.wheel;
        mixtures += *wheel.read(QStringLiteral("a.py")) != *wheel.read(QStringLiteral("b.py"));
    }
    ends = true;
    swapper.join();
    QCOMPARE(mixtures, 0);
    QVERIFY(mounted > 0);
}

void TestStore::refusesWhatIsNoFile_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing there") << "nothing"
                                   << "file-not-found";
    QTest::newRow("an empty folder") << "folder"
                                     << "file-not-regular";
    QTest::newRow("a FIFO, without waiting for a writer") << "fifo"
                                                          << "file-not-regular";
    QTest::newRow("a large file that is no archive") << "large"
                                                     << "zip-no-end-record";
}

void TestStore::refusesWhatIsNoFile()
{
    QFETCH(const QString, kind);
    QFETCH(const QString, code);
    const QString path = m_folder->filePath(QStringLiteral("sample-1.0-py3-none-any.whl"));
    if (kind == u"folder")
        QVERIFY(QDir().mkdir(path));
    if (kind == u"fifo")
        QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    if (kind == u"large")
        QVERIFY(QFile(path).open(QIODevice::WriteOnly) && QFile::resize(path, qint64(100) << 30));
    const auto snapshot = open().snapshot(path);
    QVERIFY(!snapshot);
    QCOMPARE(QString(snapshot.error().code().name()), code);
}

void TestStore::symbolicLinks()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const QString link = m_folder->filePath(QStringLiteral("link-1.0-py3-none-any.whl"));
    QVERIFY(QFile::rename(path, path % u".bytes"));
    QVERIFY(QFile::link(path % u".bytes", path));
    const Store store = open();
    QCOMPARE(store.snapshot(path).error().code().name(), QLatin1StringView("file-not-regular"));
    const auto followed = store.snapshot(path, Rules::Tolerant);
    QVERIFY2(followed, qPrintable(followed ? QString() : followed.error().toString()));
    QCOMPARE(followed->sourcePath, path);
    QVERIFY(QFile::link(m_folder->filePath(QStringLiteral("absent")), link));
    QVERIFY(!store.snapshot(link, Rules::Tolerant));
}

void TestStore::pureWheelRunsFromItsArchive()
{
    const QString path = writeWheel(m_folder->path(), {{QStringLiteral("sample/__init__.py"), "VALUE = 1\n"}});
    const Store store = open();
    for (int use = 0; use < 2; ++use) {
        const auto verified = mountable(store, path);
        QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().toString()));
        QCOMPARE(verified->tree, QString());
    }
    const QString content = QString::fromLatin1(store.snapshot(path)->sha256.toHex()) % u'/';
    QCOMPARE(filesBelow(root()), (QStringList{content % u"lock", content % u"sample-1.0-py3-none-any.whl.verified"}));
}

void TestStore::materialisesOnRequest()
{
    const QString path = writeWheel(m_folder->path(), {{QStringLiteral("sample/__init__.py"), "VALUE = 1\n"}});
    const Store store = open();
    QCOMPARE(mountable(store, path)->tree, QString());
    const auto verified = mountable(store, path, Materialise::Always);
    QVERIFY(verified);
    QCOMPARE(treeDifference(*verified), QString());
    // What was asked for once does not change what the wheel needs.
    QCOMPARE(mountable(store, path)->tree, QString());
    QCOMPARE(mountable(store, path, Materialise::Always)->tree, verified->tree);
}

void TestStore::treeIsTheWheel()
{
    const auto verified = mountable(open(), writeWheel(m_folder->path(), nativeFiles()));
    QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().toString()));
    QCOMPARE(verified->tree,
        root() % u'/' % QString::fromLatin1(verified->snapshot.sha256.toHex()) % u"/sample-1.0-py3-none-any.whl");
    QCOMPARE(treeDifference(*verified), QString());
}

void TestStore::treeIsPrivate_data()
{
    QTest::addColumn<uint>("mask");
    QTest::newRow("usual umask") << 022U;
    QTest::newRow("no umask") << 0U;
    QTest::newRow("strict umask") << 077U;
    QTest::newRow("umask that takes the owner's rights") << 0777U;
}

void TestStore::treeIsPrivate()
{
    QFETCH(const uint, mask);
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const mode_t before = ::umask(mask);
    const auto verified = mountable(open(), path);
    ::umask(before);
    QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().toString()));
    QDirIterator entries(root(), QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QFileInfo entry(entries.next());
        const mode_t expected = entry.isDir() || entry.fileName() == u"tool" ? (entry.isDir() ? 0700 : 0500) : 0400;
        if (entry.fileName() == u"lock")
            QCOMPARE(modeOf(entry.filePath()) & 077, mode_t(0));
        else
            QVERIFY2(modeOf(entry.filePath()) == expected, qPrintable(entry.filePath()));
    }
    QCOMPARE(modeOf(root()), mode_t(0700));
}

void TestStore::treeIsUsedAgain()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const auto first = mountable(open(), path);
    QVERIFY(first);
    const ino_t inode = inodeOf(first->tree % u"/sample/__init__.py");
    for (int use = 0; use < 3; ++use) {
        const auto again = mountable(open(), path);
        QVERIFY(again);
        QCOMPARE(again->tree, first->tree);
        QCOMPARE(inodeOf(again->tree % u"/sample/__init__.py"), inode);
    }
}

void TestStore::sameContentUnderAnotherName()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const QString renamed = m_folder->filePath(QStringLiteral("sample-1.0-1-py3-none-any.whl"));
    QVERIFY(QFile::copy(path, renamed));
    const auto first = mountable(open(), path);
    const auto second = mountable(open(), renamed);
    QVERIFY(first && second);
    QCOMPARE(QFileInfo(second->tree).path(), QFileInfo(first->tree).path());
    QCOMPARE(treeDifference(*first), QString());
    QCOMPARE(treeDifference(*second), QString());
}

void TestStore::damagedWheelLeavesNothing()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    QByteArray bytes = contents(path);
    // The members are sorted, so that some are staged before the damaged one is met.
    const qsizetype header = bytes.indexOf("sample/data/table.csv");
    QVERIFY(header > 0);
    bytes[header + qsizetype(qstrlen("sample/data/table.csv"))] ^= 0x20;
    overwrite(path, bytes);
    const auto verified = mountable(open(), path);
    QVERIFY(!verified);
    const QString content = QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
    QCOMPARE(filesBelow(root()), QStringList{content % u"/lock"});
    QCOMPARE(QDir(root() % u'/' % content).entryList(QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

void TestStore::fullDiskLeavesNothing()
{
    const QString path = writeWheel(m_folder->path(), nativeFiles());
    const Store store = open();
    auto snapshot = store.snapshot(path);
    QVERIFY(snapshot);
    rlimit before = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    // Files may not grow beyond this much: the shared object of 5000 bytes cannot be written.
    const rlimit small{4096, before.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto verified = store.verify(*snapshot);
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, handler);
    QVERIFY(!verified);
    QCOMPARE(verified.error().code().name(), QLatin1StringView("store-full"));
    QVERIFY(!verified.error().hint().isEmpty());
    QCOMPARE(filesBelow(root()), QStringList{QString::fromLatin1(snapshot->sha256.toHex()) % u"/lock"});
    const auto afterwards = store.verify(std::move(*snapshot));
    QVERIFY(afterwards);
    QCOMPARE(treeDifference(*afterwards), QString());
}

void TestStore::needsTree_data()
{
    QTest::addColumn<Files>("files");
    QTest::addColumn<bool>("needed");
    const QString module = QStringLiteral("sample/__init__.py");
    const auto with = [&module](const char *text, const QString &other = {}) {
        return other.isEmpty() ? Files{{module, text}} : Files{{module, text}, {other, "x"}};
    };
    const QString data = QStringLiteral("sample/data.txt");
    QTest::newRow("pure") << with("import os\n") << false;
    QTest::newRow("extension module") << with("", QStringLiteral("sample/_x.so")) << true;
    QTest::newRow("bundled library") << with("", QStringLiteral("sample.libs/libz-1a2b.so.1.2.13")) << true;
    QTest::newRow("Windows extension module") << with("", QStringLiteral("sample/_x.pyd")) << true;
    QTest::newRow("name that only looks like a library") << with("", QStringLiteral("sample/x.sound")) << false;
    QTest::newRow("data that no module asks for") << with("import os\n", data) << false;
    QTest::newRow("data and __file__") << with("open(__file__)", data) << true;
    QTest::newRow("data and __path__") << with("print(__path__)", data) << true;
    QTest::newRow("data and importlib.resources") << with("import importlib.resources", data) << true;
    QTest::newRow("data and importlib_resources") << with("import importlib_resources", data) << true;
    QTest::newRow("data and pkg_resources") << with("import pkg_resources", data) << true;
    QTest::newRow("type hints are no data") << with("open(__file__)", QStringLiteral("sample/a.pyi")) << false;
    QTest::newRow("py.typed is no data") << with("open(__file__)", QStringLiteral("sample/py.typed")) << false;
    QTest::newRow("__file__ alone") << with("print(__file__)") << false;
    QTest::newRow("scripts are beside no module")
        << with("open(__file__)", QStringLiteral("sample-1.0.data/scripts/x")) << false;
    QTest::newRow("purelib is") << with("open(__file__)", QStringLiteral("sample-1.0.data/purelib/x.txt")) << true;
    for (const char *verb : {"os.listdir(", "os.scandir(", "p.iterdir(", "p.glob(", "os.walk("}) {
        QTest::addRow("__file__ and %s", verb) << with(QByteArray("__file__; " + QByteArray(verb)).constData()) << true;
        QTest::addRow("%s without __file__", verb) << with(verb) << false;
    }
    QTest::newRow("the word global lists nothing") << with("global x; __file__") << false;
    QTest::newRow("in different modules")
        << Files{{module, "__file__"}, {QStringLiteral("sample/b.py"), "listdir"}} << false;
}

void TestStore::needsTree()
{
    QFETCH(const Files, files);
    QFETCH(const bool, needed);
    const QString path = writeWheel(m_folder->path(), files);
    const auto wheel = Wheel::open(path);
    QVERIFY2(wheel, qPrintable(wheel ? QString() : wheel.error().toString()));
    QCOMPARE(Axle::needsTree(*wheel), needed);
    const auto verified = mountable(open(), path);
    QVERIFY2(verified, qPrintable(verified ? QString() : verified.error().toString()));
    QCOMPARE(!verified->tree.isEmpty(), needed);
    if (needed)
        QCOMPARE(treeDifference(*verified), QString());
}

QTEST_GUILESS_MAIN(TestStore)
#include "tst_store.moc"
