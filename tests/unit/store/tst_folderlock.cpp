#include "folderlock_p.h"

#include "storetest.h"

#include <csignal>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Internal;
using namespace Axle::Test;
using namespace std::chrono_literals;

namespace {

/// Runs `work` in a process of its own; its result is the exit code.
template<class Work>
pid_t inProcess(const Work &work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(work());
    return child;
}

int exitCode(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int mountAndCompare(const QString &root, const QString &path)
{
    const auto store = Store::open(root);
    const auto verified = store ? mountable(*store, path) : store.error();
    return verified && treeDifference(*verified).isEmpty() ? 0 : 1;
}

} // namespace

/// Threads and processes that want the same wheel at the same time.
class TestFolderLock : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void excludes();
    void waits();
    void endsWithTheProcess();
    void removedLockFileExcludesAllTheSame();
    void threadsShareATree();
    void processesShareATree();
    void killedWhileStaging();

private:
    QString root() const { return m_folder->filePath(QStringLiteral("store")); }
    Files manyFiles() const
    {
        Files files = nativeFiles();
        for (int i = 0; i < 300; ++i)
            files.insert(QStringLiteral("sample/p%1/m.py").arg(i), "VALUE = " + QByteArray::number(i));
        return files;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestFolderLock::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>(scratchFolder());
}

void TestFolderLock::excludes()
{
    const auto folder = openPrivateFolder(root());
    QVERIFY(folder);
    {
        const auto first = FolderLock::acquire(*folder, 0ms);
        QVERIFY(first);
        const auto second = FolderLock::acquire(*folder, 20ms);
        QVERIFY(!second);
        QCOMPARE(second.error().code().name(), QLatin1StringView("store-locked"));
        QCOMPARE(second.error().message(),
            QStringLiteral("another process has kept '%1/lock' locked for 20 ms").arg(root()));
    }
    QVERIFY(FolderLock::acquire(*folder, 0ms));
}

void TestFolderLock::waits()
{
    const auto folder = openPrivateFolder(root());
    QVERIFY(folder);
    auto first = std::make_unique<Result<FolderLock>>(FolderLock::acquire(*folder, 0ms));
    QVERIFY(*first);
    std::thread holder([&first] {
        QThread::msleep(100);
        first.reset();
    });
    const auto second = FolderLock::acquire(*folder, 30s);
    holder.join();
    QVERIFY(second);
}

void TestFolderLock::endsWithTheProcess()
{
    const auto folder = openPrivateFolder(root());
    QVERIFY(folder);
    int ready[2];
    QCOMPARE(::pipe(ready), 0);
    const pid_t child = inProcess([&] {
        const auto lock = FolderLock::acquire(*folder, 0ms);
        static_cast<void>(::write(ready[1], lock ? "y" : "n", 1));
        ::pause();
        return 0;
    });
    char answer = 0;
    QCOMPARE(::read(ready[0], &answer, 1), ssize_t(1));
    QCOMPARE(answer, 'y');
    QVERIFY(!FolderLock::acquire(*folder, 0ms));
    QCOMPARE(::kill(child, SIGKILL), 0);
    QCOMPARE(exitCode(child), -SIGKILL);
    QVERIFY(FolderLock::acquire(*folder, 0ms));
    ::close(ready[0]);
    ::close(ready[1]);
}

void TestFolderLock::removedLockFileExcludesAllTheSame()
{
    const auto folder = openPrivateFolder(root());
    QVERIFY(folder);
    const auto first = FolderLock::acquire(*folder, 0ms);
    QVERIFY(first);
    // Somebody tidies up: the next two agree on the new file, whatever the first holds.
    QVERIFY(QFile::remove(root() % u"/lock"));
    const auto second = FolderLock::acquire(*folder, 0ms);
    QVERIFY(second);
    QVERIFY(!FolderLock::acquire(*folder, 0ms));
}

void TestFolderLock::threadsShareATree()
{
    const QString path = writeWheel(m_folder->path(), manyFiles());
    const auto store = Store::open(root());
    QVERIFY(store);
    std::vector<std::optional<Result<VerifiedWheel>>> results(6);
    std::vector<std::thread> threads;
    for (auto &result : results)
        threads.emplace_back([&] { result.emplace(mountable(*store, path)); });
    for (std::thread &thread : threads)
        thread.join();
    for (const auto &result : results) {
        QVERIFY2(*result, qPrintable(*result ? QString() : result->error().toString()));
        QCOMPARE((*result)->tree, (*results.front())->tree);
    }
    QCOMPARE(treeDifference(**results.front()), QString());
}

void TestFolderLock::processesShareATree()
{
    const QString path = writeWheel(m_folder->path(), manyFiles());
    std::vector<pid_t> children;
    for (int i = 0; i < 4; ++i)
        children.push_back(inProcess([&] { return mountAndCompare(root(), path); }));
    for (const pid_t child : children)
        QCOMPARE(exitCode(child), 0);
}

void TestFolderLock::killedWhileStaging()
{
    const QString path = writeWheel(m_folder->path(), manyFiles());
    bool wasInterrupted = false;
    for (unsigned long milliseconds = 1; milliseconds <= 20; ++milliseconds) {
        const pid_t child = inProcess([&] { return mountAndCompare(root(), path); });
        QThread::msleep(milliseconds);
        ::kill(child, SIGKILL);
        wasInterrupted = exitCode(child) == -SIGKILL || wasInterrupted;
        QCOMPARE(mountAndCompare(root(), path), 0);
        QVERIFY(QDir(root()).removeRecursively());
    }
    QVERIFY(wasInterrupted);
}

QTEST_GUILESS_MAIN(TestFolderLock)
#include "tst_folderlock.moc"
