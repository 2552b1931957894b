#include "storetest.h"

#include <axle/wheel/codes.h>

#include <atomic>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Axle;
using namespace Axle::Test;

/// Snapshots of unpacked wheels.
class TestUnpacked : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void snapshotIsTheFolder();
    void snapshotOutlivesTheFolder();
    void sameFilesGiveTheSameHash();
    void largeFolderIsCopiedToAFile();
    void runsFromItsCopyOrItsTree();
    void tamperedFolderIsRefused();
    void filesOfOtherUsers();
    void linksAreFollowedByToolsOnly();
    void changingFolderIsRefused();

private:
    QString unpack(const Files &files, const QString &name = QStringLiteral("sample"));
    Store open() const { return *Store::open(m_folder->filePath(QStringLiteral("store"))); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestUnpacked::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>(scratchFolder());
}

/// Writes a wheel and puts its files into a folder of its name instead.
QString TestUnpacked::unpack(const Files &files, const QString &name)
{
    const QString path = writeWheel(m_folder->path(), files, name);
    const QString zipped = path % u".zip";
    if (!QFile::rename(path, zipped))
        return {};
    const auto archive = WheelArchive::open(zipped);
    for (const ArchiveMember &member : (*archive)->members()) {
        const QString target = path % u'/' % member.name();
        QDir().mkpath(QFileInfo(target).path());
        createFile(target, (*archive)->read(member).value());
        ::chmod(QFile::encodeName(target).constData(), member.isExecutable ? 0755 : 0644);
    }
    QFile::remove(zipped);
    return path;
}

void TestUnpacked::snapshotIsTheFolder()
{
    const QString path = unpack(nativeFiles());
    for (const QString &spelled : {path, QString(path % u'/')}) {
        const auto snapshot = open().snapshot(spelled);
        QVERIFY2(snapshot, qPrintable(snapshot ? QString() : snapshot.error().toString()));
        QCOMPARE(snapshot->sourcePath, path);
        QVERIFY(snapshot->source == *WheelArchive::identityOf(path));
        const WheelArchive &archive = snapshot->wheel.archive();
        QVERIFY(!archive.isUnpacked());
        const int fd = archive.file().get();
        constexpr int Sealed = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
        QCOMPARE(::fcntl(fd, F_GET_SEALS) & Sealed, Sealed);
        const auto bytes = archive.file().readAt(0, archive.identity().size);
        QCOMPARE(snapshot->sha256, QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256));
        QStringList names;
        for (const ArchiveMember &member : archive.members()) {
            names += member.name();
            QCOMPARE(archive.read(member).value(), contents(path % u'/' % member.name()));
        }
        names.sort();
        QCOMPARE(names, filesBelow(path));
    }
}

void TestUnpacked::snapshotOutlivesTheFolder()
{
    const QString path = unpack(nativeFiles());
    const auto snapshot = open().snapshot(path);
    QVERIFY(QDir(path).removeRecursively());
    QVERIFY(snapshot->wheel.readAll());
}

void TestUnpacked::sameFilesGiveTheSameHash()
{
    const QString path = unpack(nativeFiles());
    const QByteArray first = open().snapshot(path)->sha256;
    QVERIFY(QDir(path).removeRecursively());
    QTest::qWait(15);
    QCOMPARE(open().snapshot(unpack(nativeFiles()))->sha256, first);
    QVERIFY(QDir(path).removeRecursively());
    Files other = nativeFiles();
    other[QStringLiteral("sample/__init__.py")] = "VALUE = 2\n";
    QVERIFY(open().snapshot(unpack(other))->sha256 != first);
}

void TestUnpacked::largeFolderIsCopiedToAFile()
{
    m_folder = std::make_unique<QTemporaryDir>(); // /dev/shm may be smaller than this
    const QString path = unpack(nativeFiles());
    createFile(path % u"/sample/large.bin", QByteArray((64 << 20) + 1, 'l'));
    const auto snapshot = open().snapshot(path);
    QVERIFY2(snapshot, qPrintable(snapshot ? QString() : snapshot.error().toString()));
    struct stat copy = {};
    QCOMPARE(::fstat(snapshot->wheel.archive().file().get(), &copy), 0);
    QCOMPARE(copy.st_nlink, nlink_t(0));
    QCOMPARE(copy.st_mode & 07777, mode_t(0400));
    QVERIFY(copy.st_size > 64 << 20);
}

void TestUnpacked::runsFromItsCopyOrItsTree()
{
    const auto pure =
        mountable(open(), unpack({{QStringLiteral("pure/__init__.py"), "VALUE = 1\n"}}, QStringLiteral("pure")));
    QVERIFY2(pure, qPrintable(pure ? QString() : pure.error().toString()));
    QCOMPARE(pure->tree, QString());
    const auto native = mountable(open(), unpack(nativeFiles()));
    QVERIFY2(native, qPrintable(native ? QString() : native.error().toString()));
    QCOMPARE(treeDifference(*native), QString());
    QVERIFY(QFileInfo(native->tree % u"/sample/bin/tool").isExecutable());
}

void TestUnpacked::tamperedFolderIsRefused()
{
    const QString path = unpack(nativeFiles());
    overwrite(path % u"/sample/__init__.py", "VALUE = 2\n");
    QCOMPARE(mountable(open(), path).error().code().name(), QLatin1StringView("record-hash-mismatch"));
    overwrite(path % u"/sample/__init__.py", "VALUE = 1\n");
    createFile(path % u"/sample/new.py");
    QCOMPARE(mountable(open(), path).error().code().name(), QLatin1StringView("record-unlisted"));
}

/// The copy is ours, whoever owns what was copied.
void TestUnpacked::filesOfOtherUsers()
{
    constexpr uid_t Nobody = 65534;
    const QString folder = unpack(nativeFiles());
    const QString file = writeWheel(m_folder->path(), nativeFiles(), QStringLiteral("zipped"));
    for (const QString &path : {QString(folder % u"/sample/__init__.py"), file}) {
        if (::chown(QFile::encodeName(path).constData(), Nobody, static_cast<gid_t>(-1)) != 0)
            QSKIP("only root can give a file to another user");
    }
    for (const QString &path : {folder, file}) {
        const auto strict = open().snapshot(path);
        QVERIFY(!strict);
        QCOMPARE(strict.error().code().name(), QLatin1StringView("file-foreign-owner"));
        QVERIFY(open().snapshot(path, Rules::Tolerant));
    }
}

void TestUnpacked::linksAreFollowedByToolsOnly()
{
    const QString path = unpack(nativeFiles());
    const QString moved = m_folder->filePath(QStringLiteral("elsewhere.whl"));
    QVERIFY(QFile::rename(path, moved));
    QVERIFY(QFile::link(moved, path));
    const auto strict = open().snapshot(path);
    QVERIFY(!strict);
    QCOMPARE(strict.error().code().name(), QLatin1StringView("file-not-regular"));
    const auto tolerant = open().snapshot(path, Rules::Tolerant);
    QVERIFY2(tolerant, qPrintable(tolerant ? QString() : tolerant.error().toString()));
    QCOMPARE(tolerant->sourcePath, path);
}

/// Files come and go beside the others while these are copied.
void TestUnpacked::changingFolderIsRefused()
{
    const QString path = unpack(nativeFiles());
    createFile(path % u"/sample/large.bin", QByteArray(8 << 20, 'l'));
    std::atomic<bool> ends = false;
    std::thread writer([&] {
        const QByteArray name = QFile::encodeName(path % u"/extra");
        while (!ends) {
            const FileDescriptor file(::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
            ::unlink(name.constData());
        }
    });
    const auto snapshot = open().snapshot(path);
    ends = true;
    writer.join();
    QVERIFY(!snapshot);
    QCOMPARE(snapshot.error().code().name(), QLatin1StringView("source-changed"));
}

QTEST_APPLESS_MAIN(TestUnpacked)
#include "tst_unpacked.moc"
