#include "storetest.h"

#include <axle/core/filedescriptor.h>

#include <atomic>
#include <fcntl.h>
#include <functional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

using Tamper = std::function<void(const QString &tree)>;

/// Changes one bit and puts size and modification time back; nobody can put the change time back.
void flipBit(const QString &path, double position = 0.5)
{
    struct stat before = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &before), 0);
    QByteArray bytes = contents(path);
    bytes[qsizetype(double(bytes.size() - 1) * position)] ^= 1;
    overwrite(path, bytes);
    const timespec times[] = {before.st_atim, before.st_mtim};
    QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(path).constData(), times, 0), 0);
}

void replaceByLink(const QString &path)
{
    QVERIFY(QFile::rename(path, path % u".moved"));
    QVERIFY(QFile::link(path % u".moved", path));
}

} // namespace

Q_DECLARE_METATYPE(Tamper)

/// What becomes of a stored tree that is not as it was verified.
class TestTreeCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void tamperedTreeIsMadeAnew_data();
    void tamperedTreeIsMadeAnew();
    void openFilesOfATamperedTreeStay();
    void treeIsThereAllTheTime();
    void everyFlippedBitIsFound();
    void harmlessChangesAreHashedAgain_data();
    void harmlessChangesAreHashedAgain();
    void uselessRecordIsNoReason_data();
    void uselessRecordIsNoReason();
    void leftoversAreRemoved();

private:
    void expectWarning() const
    {
        QTest::ignoreMessage(QtWarningMsg,
            QRegularExpression(QStringLiteral("^the stored copy of sample-1.0-py3-none-any.whl was changed")));
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Store> m_store;
    QString m_path;
};

void TestTreeCheck::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>(scratchFolder());
    const auto store = Store::open(m_folder->filePath(QStringLiteral("store")));
    QVERIFY(store);
    m_store = std::make_unique<Store>(*store);
    m_path = writeWheel(m_folder->path(), nativeFiles());
}

void TestTreeCheck::tamperedTreeIsMadeAnew_data()
{
    QTest::addColumn<Tamper>("tamper");
    QTest::newRow("a bit of a module flipped") << Tamper([](const QString &t) { flipBit(t % u"/sample/__init__.py"); });
    QTest::newRow("a bit of native code flipped") << Tamper([](const QString &t) { flipBit(t % u"/sample/_fast.so"); });
    QTest::newRow("a bit of RECORD flipped")
        << Tamper([](const QString &t) { flipBit(t % u"/sample-1.0.dist-info/RECORD"); });
    QTest::newRow("longer") << Tamper(
        [](const QString &t) { overwrite(t % u"/sample/__init__.py", "VALUE = 1\nimport os\n"); });
    QTest::newRow("empty") << Tamper([](const QString &t) { overwrite(t % u"/sample/__init__.py", ""); });
    QTest::newRow("missing") << Tamper([](const QString &t) { QVERIFY(QFile::remove(t % u"/sample/data/table.csv")); });
    QTest::newRow("folder missing") << Tamper(
        [](const QString &t) { QVERIFY(QDir(t % u"/sample/data").removeRecursively()); });
    QTest::newRow("file added") << Tamper([](const QString &t) { createFile(t % u"/sample/sitecustomize.py"); });
    QTest::newRow("folder added") << Tamper([](const QString &t) { QVERIFY(QDir(t).mkdir(QStringLiteral("json"))); });
    QTest::newRow("file replaced by a link")
        << Tamper([](const QString &t) { replaceByLink(t % u"/sample/__init__.py"); });
    QTest::newRow("folder replaced by a link") << Tamper([](const QString &t) { replaceByLink(t % u"/sample"); });
    QTest::newRow("file replaced by a folder") << Tamper([](const QString &t) {
        QVERIFY(QFile::remove(t % u"/sample/__init__.py"));
        QVERIFY(QDir(t).mkdir(QStringLiteral("sample/__init__.py")));
    });
    QTest::newRow("file replaced by a FIFO") << Tamper([](const QString &t) {
        QVERIFY(QFile::remove(t % u"/sample/__init__.py"));
        QCOMPARE(::mkfifo(QFile::encodeName(t % u"/sample/__init__.py").constData(), 0400), 0);
    });
    QTest::newRow("the tree replaced by a link") << Tamper([](const QString &t) { replaceByLink(t); });
}

void TestTreeCheck::tamperedTreeIsMadeAnew()
{
    QFETCH(const Tamper, tamper);
    const auto first = mountable(*m_store, m_path);
    QVERIFY2(first, qPrintable(first ? QString() : first.error().toString()));
    tamper(first->tree);
    expectWarning();
    const auto second = mountable(*m_store, m_path);
    QVERIFY2(second, qPrintable(second ? QString() : second.error().toString()));
    QCOMPARE(second->tree, first->tree);
    QCOMPARE(treeDifference(*second), QString());
    QVERIFY(QFileInfo(second->tree).isDir() && !QFileInfo(second->tree).isSymLink());
    // It is good from now on: no second warning.
    QVERIFY(mountable(*m_store, m_path));
}

void TestTreeCheck::openFilesOfATamperedTreeStay()
{
    const auto first = mountable(*m_store, m_path);
    QVERIFY(first);
    const QString library = first->tree % u"/sample/_fast.so";
    const auto open = FileDescriptor::openRegular(library);
    QVERIFY(open);
    flipBit(library);
    const QByteArray changed = contents(library);
    expectWarning();
    QVERIFY(mountable(*m_store, m_path));
    // What a process has mapped is neither changed back nor truncated under it: the new file is another one.
    QCOMPARE(*open->readAt(0, changed.size()), changed);
    QVERIFY(contents(library) != changed);
}

void TestTreeCheck::treeIsThereAllTheTime()
{
    const auto verified = mountable(*m_store, m_path);
    QVERIFY(verified);
    const QByteArray data = QFile::encodeName(verified->tree % u"/sample/data/table.csv");
    std::atomic<bool> ends = false;
    int failures = 0;
    std::thread plugin([&] {
        while (!ends) {
            const FileDescriptor file(::open(data.constData(), O_RDONLY | O_CLOEXEC));
            failures += !file.isValid();
        }
    });
    for (int i = 0; i < 20; ++i) {
        createFile(verified->tree % u"/sample/cache.tmp");
        expectWarning();
        QVERIFY(mountable(*m_store, m_path));
    }
    ends = true;
    plugin.join();
    QCOMPARE(failures, 0);
}

void TestTreeCheck::everyFlippedBitIsFound()
{
    constexpr int modules = 40;
    Files files = nativeFiles();
    for (int i = 0; i < modules; ++i)
        files.insert(QStringLiteral("sample/m%1.py").arg(i), "VALUE = " + QByteArray::number(i));
    m_path = writeWheel(m_folder->path(), files);
    for (int i = 0; i < modules; ++i) {
        for (const double position : {0.0, 0.25, 0.5, 0.75, 1.0}) {
            const auto verified = mountable(*m_store, m_path);
            QVERIFY(verified);
            flipBit(verified->tree + QStringLiteral("/sample/m%1.py").arg(i), position);
            expectWarning();
        }
    }
    const auto verified = mountable(*m_store, m_path);
    QVERIFY(verified);
    QCOMPARE(treeDifference(*verified), QString());
}

void TestTreeCheck::harmlessChangesAreHashedAgain_data()
{
    QTest::addColumn<Tamper>("change");
    QTest::newRow("touched") << Tamper([](const QString &tree) {
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(tree % u"/sample/__init__.py").constData(), nullptr, 0), 0);
    });
    QTest::newRow("mode changed and back") << Tamper([](const QString &tree) {
        QCOMPARE(::chmod(QFile::encodeName(tree % u"/sample/__init__.py").constData(), 0600), 0);
    });
    QTest::newRow("renamed and back") << Tamper([](const QString &tree) {
        const QString file = tree % u"/sample/_fast.so";
        QVERIFY(QFile::rename(file, file % u'x') && QFile::rename(file % u'x', file));
    });
    QTest::newRow("another file with the same bytes") << Tamper([](const QString &tree) {
        const QString file = tree % u"/sample/data/table.csv";
        const QByteArray bytes = contents(file);
        QVERIFY(QFile::remove(file));
        createFile(file, bytes);
    });
}

void TestTreeCheck::harmlessChangesAreHashedAgain()
{
    QFETCH(const Tamper, change);
    const auto first = mountable(*m_store, m_path);
    QVERIFY(first);
    const QString untouched = first->tree % u"/sample-1.0.dist-info/METADATA";
    const auto before = FileDescriptor::openRegular(untouched)->identity();
    change(first->tree);
    const auto second = mountable(*m_store, m_path);
    QVERIFY(second);
    QCOMPARE(treeDifference(*second), QString());
    // The same tree, not a new one.
    QVERIFY(*FileDescriptor::openRegular(untouched)->identity() == *before);
}

void TestTreeCheck::uselessRecordIsNoReason_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("removed") << QByteArray();
    QTest::newRow("of another version") << QByteArray("axle verification 0 0.0.1\ntree 1 0\n");
    QTest::newRow("garbage") << QByteArray("\0\1\2", 3);
}

void TestTreeCheck::uselessRecordIsNoReason()
{
    QFETCH(const QByteArray, record);
    const auto first = mountable(*m_store, m_path);
    QVERIFY(first);
    flipBit(first->tree % u"/sample/__init__.py");
    const QString recordPath = first->tree % u".verified";
    QVERIFY(QFile::exists(recordPath));
    if (record.isEmpty())
        QVERIFY(QFile::remove(recordPath));
    else
        overwrite(recordPath, record);
    const auto second = mountable(*m_store, m_path);
    QVERIFY(second);
    QCOMPARE(treeDifference(*second), QString());
}

void TestTreeCheck::leftoversAreRemoved()
{
    const auto first = mountable(*m_store, m_path);
    QVERIFY(first);
    const QDir content(QFileInfo(first->tree).path());
    QVERIFY(content.mkpath(QStringLiteral(".staged/sample")));
    createFile(content.filePath(QStringLiteral(".staged/sample/half.py")));
    createFile(content.filePath(QStringLiteral("sample-1.0-py3-none-any.whl.verified.new")), "half");
    QVERIFY(QFile::remove(first->tree % u".verified"));
    QVERIFY(mountable(*m_store, m_path));
    QCOMPARE(content.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
        (QStringList{QStringLiteral("lock"), QStringLiteral("sample-1.0-py3-none-any.whl"),
            QStringLiteral("sample-1.0-py3-none-any.whl.verified")}));
}

QTEST_GUILESS_MAIN(TestTreeCheck)
#include "tst_treecheck.moc"
