#include "privatefolder_p.h"

#include <QtCore/QDir>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cerrno>
#include <functional>
#include <sys/stat.h>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Internal;

namespace {

constexpr uid_t Nobody = 65534;

using Prepare = std::function<void(const QString &base)>;

void makeFolder(const QString &path, mode_t mode, uid_t owner = ::geteuid())
{
    QVERIFY(QDir().mkpath(path));
    const QByteArray name = QFile::encodeName(path);
    QCOMPARE(::chmod(name.constData(), mode), 0);
    QCOMPARE(::chown(name.constData(), owner, gid_t(-1)), 0);
    QCOMPARE(::chmod(name.constData(), mode), 0);
}

void makeLink(const QString &path, const QString &target, uid_t owner = ::geteuid())
{
    QVERIFY(QFile::link(target, path));
    QCOMPARE(::lchown(QFile::encodeName(path).constData(), owner, gid_t(-1)), 0);
}

mode_t modeOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777 : 0;
}

} // namespace

Q_DECLARE_METATYPE(Prepare)

class TestPrivateFolder : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void makesWhatIsMissing_data();
    void makesWhatIsMissing();
    void narrowsItsOwnFolder();
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void hasAHint();
    void countsLinks();
    void childFolder();
    void removesTrees();
    void writeErrors_data();
    void writeErrors();

private:
    QString base() const { return m_folder->path(); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPrivateFolder::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestPrivateFolder::makesWhatIsMissing_data()
{
    QTest::addColumn<uint>("mask");
    QTest::newRow("usual umask") << 022U;
    QTest::newRow("no umask") << 0U;
    QTest::newRow("umask that takes the owner's rights") << 0777U;
}

void TestPrivateFolder::makesWhatIsMissing()
{
    QFETCH(const uint, mask);
    const mode_t before = ::umask(mask);
    const auto folder = openPrivateFolder(base() % u"/a/b/c");
    ::umask(before);
    QVERIFY2(folder, qPrintable(folder ? QString() : folder.error().toString()));
    QCOMPARE(folder->path, base() % u"/a/b/c");
    for (const char *made : {"/a", "/a/b", "/a/b/c"})
        QCOMPARE(modeOf(base() + QLatin1StringView(made)), mode_t(0700));
}

void TestPrivateFolder::narrowsItsOwnFolder()
{
    makeFolder(base() % u"/store", 0755);
    QVERIFY(openPrivateFolder(base() % u"/store"));
    QCOMPARE(modeOf(base() % u"/store"), mode_t(0700));
}

void TestPrivateFolder::accepts_data()
{
    QTest::addColumn<Prepare>("prepare");
    QTest::newRow("sticky folder above") << Prepare([](const QString &base) { makeFolder(base % u"/a", 01777); });
    QTest::newRow("folder above that others may read")
        << Prepare([](const QString &base) { makeFolder(base % u"/a", 0755); });
    QTest::newRow("folder above that cannot be listed")
        << Prepare([](const QString &base) { makeFolder(base % u"/a", 0300); });
    QTest::newRow("own link above, relative") << Prepare([](const QString &base) {
        makeFolder(base % u"/real/deep", 0700);
        makeLink(base % u"/a", QStringLiteral("./real/../real/deep"));
    });
    QTest::newRow("own link above, absolute") << Prepare([](const QString &base) {
        makeFolder(base % u"/real", 0700);
        makeLink(base % u"/a", base % u"/real");
    });
}

void TestPrivateFolder::accepts()
{
    QFETCH(const Prepare, prepare);
    prepare(base());
    const auto folder = openPrivateFolder(base() % u"/a/store");
    QVERIFY2(folder, qPrintable(folder ? QString() : folder.error().toString()));
    QCOMPARE(folder->path, QFileInfo(base() % u"/a/store").canonicalFilePath());
    QCOMPARE(modeOf(folder->path), mode_t(0700));
}

void TestPrivateFolder::refuses_data()
{
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<bool>("asRoot");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *message, const Prepare &prepare, bool asRoot = false) {
        QTest::newRow(name) << prepare << asRoot << QString::fromLatin1(message);
    };
    row("store that its group can write to",
        "'%1/a/store' is writable by others (mode 770), expected by its owner only",
        [](const QString &base) { makeFolder(base % u"/a/store", 0770); });
    row("store that all can write to, sticky",
        "'%1/a/store' is writable by others (mode 1777), expected by its owner only",
        [](const QString &base) { makeFolder(base % u"/a/store", 01777); });
    row("folder above that all can write to", "'%1/a' is writable by others (mode 777), expected by its owner only",
        [](const QString &base) { makeFolder(base % u"/a", 0777); });
    row("the store a link", "'%1/a/store' is a symbolic link, expected a folder", [](const QString &base) {
        makeFolder(base % u"/a", 0700);
        makeFolder(base % u"/real", 0700);
        makeLink(base % u"/a/store", base % u"/real");
    });
    row("link in a folder that others can write to", "'%1/s/l' is a symbolic link in a folder that others can write to",
        [](const QString &base) {
            makeFolder(base % u"/s", 01777);
            makeFolder(base % u"/real", 0700);
            makeLink(base % u"/s/l", base % u"/real");
            makeLink(base % u"/a", base % u"/s/l");
        });
    row("link to a folder that others can write to",
        "'%1/open' is writable by others (mode 777), expected by its owner only", [](const QString &base) {
            makeFolder(base % u"/open", 0777);
            makeLink(base % u"/a", base % u"/open");
        });
    row("a file above", "'%1/a' is not a folder",
        [](const QString &base) { QVERIFY(QFile(base % u"/a").open(QFile::WriteOnly)); });
    row("a FIFO above", "'%1/a' is not a folder",
        [](const QString &base) { QCOMPARE(::mkfifo(QFile::encodeName(base % u"/a").constData(), 0600), 0); });
    row(
        "another user's store", "'%1/a/store' belongs to user 65534, expected 0",
        [](const QString &base) { makeFolder(base % u"/a/store", 0700, Nobody); }, true);
    row(
        "another user's folder above", "'%1/a' belongs to user 65534, expected 0",
        [](const QString &base) { makeFolder(base % u"/a", 0755, Nobody); }, true);
    row(
        "another user's link above", "'%1/a' belongs to user 65534, expected 0",
        [](const QString &base) {
            makeFolder(base % u"/real", 0700);
            makeLink(base % u"/a", base % u"/real", Nobody);
        },
        true);
}

void TestPrivateFolder::refuses()
{
    QFETCH(const Prepare, prepare);
    QFETCH(const bool, asRoot);
    QFETCH(const QString, message);
    if (asRoot && ::geteuid() != 0)
        QSKIP("only root can make another user's folder");
    prepare(base());
    const auto folder = openPrivateFolder(base() % u"/a/store");
    QVERIFY(!folder);
    QCOMPARE(folder.error().code().name(), QLatin1StringView("store-unusable"));
    QCOMPARE(folder.error().message(), message.contains(u"%1") ? message.arg(base()) : message);
}

void TestPrivateFolder::hasAHint()
{
    makeFolder(base() % u"/a", 0777);
    const auto folder = openPrivateFolder(base() % u"/a/store");
    QVERIFY(!folder);
    QCOMPARE(folder.error().hint(),
        QStringLiteral("run chmod go-w '%1/a', or set AXLE_STORE to a folder that only you can write to").arg(base()));
}

void TestPrivateFolder::countsLinks()
{
    makeLink(base() % u"/a", base() % u"/b");
    makeLink(base() % u"/b", base() % u"/a");
    const auto folder = openPrivateFolder(base() % u"/a/store");
    QVERIFY(!folder);
    QCOMPARE(folder.error().message(), QStringLiteral("'%1/a/store' has more than 40 symbolic links").arg(base()));
}

void TestPrivateFolder::childFolder()
{
    const auto parent = openPrivateFolder(base());
    QVERIFY(parent);
    for (int use = 0; use < 2; ++use) {
        const auto child = openPrivateFolder(*parent, QStringLiteral("child"));
        QVERIFY(child);
        QCOMPARE(child->path, base() % u"/child");
        QCOMPARE(modeOf(child->path), mode_t(0700));
    }
    makeFolder(base() % u"/open", 0777);
    QCOMPARE(
        openPrivateFolder(*parent, QStringLiteral("open")).error().code().name(), QLatin1StringView("store-unusable"));
    makeLink(base() % u"/link", base() % u"/child");
    QCOMPARE(
        openPrivateFolder(*parent, QStringLiteral("link")).error().code().name(), QLatin1StringView("store-unusable"));
    QVERIFY(QFile(base() % u"/file").open(QFile::WriteOnly));
    QVERIFY(!openPrivateFolder(*parent, QStringLiteral("file")));
}

void TestPrivateFolder::removesTrees()
{
    const auto parent = openPrivateFolder(base());
    QVERIFY(parent);
    makeFolder(base() % u"/kept", 0700);
    makeFolder(base() % u"/tree/a/b", 0700);
    QVERIFY(QFile(base() % u"/tree/a/b/file").open(QFile::WriteOnly));
    makeLink(base() % u"/tree/link", base() % u"/kept");
    makeFolder(base() % u"/tree/locked", 0000);
    QCOMPARE(removeTree(parent->fd.get(), "tree"), 0);
    QCOMPARE(QDir(base()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList{QStringLiteral("kept")});
    QCOMPARE(removeTree(parent->fd.get(), "absent"), 0);
}

void TestPrivateFolder::writeErrors_data()
{
    QTest::addColumn<int>("error");
    QTest::addColumn<QString>("code");
    QTest::newRow("no room") << ENOSPC << "store-full";
    QTest::newRow("quota") << EDQUOT << "store-full";
    QTest::newRow("size limit") << EFBIG << "store-full";
    QTest::newRow("medium") << EIO << "store-write-failed";
    QTest::newRow("rights") << EACCES << "store-write-failed";
    QTest::newRow("read-only") << EROFS << "store-write-failed";
}

void TestPrivateFolder::writeErrors()
{
    QFETCH(const int, error);
    QFETCH(const QString, code);
    const Error told = writeError(QStringLiteral("/x/y"), error);
    QCOMPARE(QString(told.code().name()), code);
    QVERIFY(told.message().contains(u"'/x/y'"));
}

QTEST_GUILESS_MAIN(TestPrivateFolder)
#include "tst_privatefolder.moc"
