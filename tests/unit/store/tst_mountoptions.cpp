#include "storetest.h"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

constexpr int CannotMount = 77;

/// What `Store::verify` answers on a file system of its own, mounted at `root` in a process of its own.
QByteArray answerOn(const QString &root, const QString &path, unsigned long flags, const char *options)
{
    int answer[2];
    if (::pipe(answer) != 0)
        return {};
    const pid_t child = ::fork();
    if (child == 0) {
        const QByteArray target = QFile::encodeName(root);
        if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount("axle-test", target.constData(), "tmpfs", flags, options) != 0) {
            ::_exit(CannotMount);
        }
        const auto store = Store::open(root);
        const auto verified = store ? mountable(*store, path) : store.error();
        const QByteArray text(verified ? "verified" : verified.error().code().name().data());
        const QByteArray left = verified ? QByteArray() : ' ' + filesBelow(root).join(u' ').section(u'/', 1).toUtf8();
        static_cast<void>(::write(answer[1], (text + left).constData(), size_t(text.size() + left.size())));
        ::_exit(0);
    }
    ::close(answer[1]);
    int status = 0;
    ::waitpid(child, &status, 0);
    QByteArray text(1000, '\0');
    text.truncate(qMax(ssize_t(0), ::read(answer[0], text.data(), size_t(text.size()))));
    ::close(answer[0]);
    return WIFEXITED(status) && WEXITSTATUS(status) == CannotMount ? QByteArray("cannot mount") : text;
}

} // namespace

/// The store on file systems that are full or mounted noexec. Needs the right to mount, in a namespace of its own.
class TestMountOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void answers_data();
    void answers();
};

void TestMountOptions::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void TestMountOptions::answers_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<bool>("isExecutable");
    QTest::addColumn<bool>("isNative");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("room enough") << QByteArray("mode=700,size=10m") << true << true << QByteArray("verified");
    QTest::newRow("full") << QByteArray("mode=700,size=32k") << true << true << QByteArray("store-full lock");
    QTest::newRow("no more files") << QByteArray("mode=700,size=10m,nr_inodes=8") << true << true
                                   << QByteArray("store-full lock");
    QTest::newRow("noexec") << QByteArray("mode=700,size=10m") << false << true << QByteArray("store-noexec lock");
    QTest::newRow("noexec, but nothing native")
        << QByteArray("mode=700,size=10m") << false << false << QByteArray("verified");
}

void TestMountOptions::answers()
{
    QFETCH(const QByteArray, options);
    QFETCH(const bool, isExecutable);
    QFETCH(const bool, isNative);
    QFETCH(const QByteArray, answer);
    const QTemporaryDir folder;
    const QString root = folder.filePath(QStringLiteral("store"));
    QVERIFY(QDir().mkdir(root));
    Files files = nativeFiles();
    files.insert(QStringLiteral("sample/large.bin"), QByteArray(200'000, 'x'));
    if (!isNative)
        files = {{QStringLiteral("sample/__init__.py"), "print(__file__)"}, {QStringLiteral("sample/x.txt"), "x"}};
    const QString path = writeWheel(folder.path(), files);
    const QByteArray found = answerOn(root, path, isExecutable ? 0 : MS_NOEXEC, options.constData());
    if (found == "cannot mount")
        QSKIP("no right to mount a file system");
    QCOMPARE(found, answer);
}

QTEST_GUILESS_MAIN(TestMountOptions)
#include "tst_mountoptions.moc"
