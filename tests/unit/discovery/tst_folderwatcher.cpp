// Compiled twice: over inotify, and over the implementation for other systems (AXLE_GENERIC_WATCHER), which is held to
// the same results, if later.
#include "support/wheelbuilder.h"

#include <axle/discovery/folderwatcher.h>

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <utime.h>

using namespace Axle;
using namespace Axle::Test;
using namespace std::chrono_literals;

namespace {

#ifdef AXLE_GENERIC_WATCHER
constexpr bool HasEvents = false;
#else
constexpr bool HasEvents = true;
#endif

/// Long enough for everything that has to come, on a machine that is busy.
constexpr int Patience = 8000;
/// How long nothing may come.
constexpr int Silence = 400;

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Sets the time of the last change so far back that the file does not look as if it were being written.
void makeOld(const QString &path)
{
    const utimbuf times{1'600'000'000, 1'600'000'000};
    if (::utime(QFile::encodeName(path).constData(), &times) != 0)
        qFatal("cannot set the times of %s", qPrintable(path));
}

/// Writes bytes into a file in steps, from the event loop, as a slow copy does.
class SlowWriter : public QObject
{
public:
    SlowWriter(const QString &path, const QByteArray &bytes, qsizetype step)
        : m_bytes(bytes)
        , m_step(step)
        , m_fd(::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600))
    {
        connect(&m_timer, &QTimer::timeout, this, [this] { writeStep(); });
        m_timer.start(50ms);
    }
    ~SlowWriter() override { close(); }

    bool isDone() const { return m_done == m_bytes.size(); }
    void close()
    {
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
        m_timer.stop();
    }
    void keepOpen() { m_closes = false; }

private:
    void writeStep()
    {
        const qsizetype size = qMin(m_step, m_bytes.size() - m_done);
        m_done += ::write(m_fd, m_bytes.constData() + m_done, static_cast<size_t>(size));
        if (!isDone())
            return;
        m_timer.stop();
        if (m_closes)
            close();
    }

    QTimer m_timer;
    QByteArray m_bytes;
    qsizetype m_step;
    qsizetype m_done = 0;
    int m_fd;
    bool m_closes = true;
};

} // namespace

class TestFolderWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_root = std::make_unique<QTemporaryDir>();
        QVERIFY(m_root->isValid());
        m_folder = m_root->filePath(QStringLiteral("plugins"));
        QVERIFY(QDir().mkdir(m_folder));
        m_watcher = std::make_unique<FolderWatcher>();
        m_changes = std::make_unique<QSignalSpy>(m_watcher.get(), &FolderWatcher::changed);
    }
    void cleanup()
    {
        m_changes.reset();
        m_watcher.reset();
    }

    void aSlowCopyIsToldOfOnceWhenItIsComplete()
    {
        watch();
        // 400 kB at 200 kB/s.
        SlowWriter writer(wheelPath(), wheelBytes(400'000), 10'000);
        while (!writer.isDone()) {
            QTest::qWait(20);
            if (!writer.isDone())
                QCOMPARE(m_changes->size(), 0);
        }
        QElapsedTimer sinceEnd;
        sinceEnd.start();
        QVERIFY(waitForChange());
        QVERIFY2(sinceEnd.elapsed() < 1000, qPrintable(QString::number(sinceEnd.elapsed())));
        QCOMPARE(m_changes->first().first().toString(), m_folder);
        QVERIFY(m_watcher->unfinished().isEmpty());
        expectSilence();
    }

    void aFileIsUnfinishedWhileItIsWritten()
    {
        watch();
        SlowWriter writer(wheelPath(), wheelBytes(40'000), 1'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_watcher->unfinished(), QStringList{wheelPath()}, Patience);
        QVERIFY(!writer.isDone());
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->unfinished().isEmpty(), Patience);
        QVERIFY(writer.isDone());
    }

    void aPauseIsNotTheEnd()
    {
        watch();
        const QByteArray bytes = wheelBytes(2'000);
        QFile file(wheelPath());
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
        QVERIFY(file.write(bytes.left(1'000)) > 0);
        // Longer than the quiet time: the end of the archive is not there.
        QTest::qWait(1'000);
        QCOMPARE(m_changes->size(), 0);
        QVERIFY(file.write(bytes.mid(1'000)) > 0);
        file.close();
        QVERIFY(waitForChange());
        expectSilence();
    }

    void aWriterThatClosesInBetween()
    {
        watch();
        const QByteArray bytes = wheelBytes(2'000);
        for (int i = 0; i < 3; ++i) {
            QFile file(wheelPath());
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Append));
            QVERIFY(file.write(i == 2 ? bytes.mid(1'000) : bytes.mid(i * 500, 500)) > 0);
            file.close();
            if (i < 2)
                expectSilence(200, 0);
        }
        QVERIFY(waitForChange());
        expectSilence(700);
    }

    void aWriterThatDoesNotCloseIsWaitedForOnlyUntilTheEndIsThere()
    {
        watch();
        SlowWriter writer(wheelPath(), wheelBytes(2'000), 1'000);
        writer.keepOpen();
        QTRY_VERIFY_WITH_TIMEOUT(writer.isDone(), Patience);
        QVERIFY(waitForChange());
        QVERIFY(m_watcher->unfinished().isEmpty());
        expectSilence();
    }

    void aBrokenFileIsToldOfWhenItsWriterClosedIt()
    {
        watch();
        writeFile(m_folder, wheelName(), "this will never be a wheel");
        if (HasEvents)
            QVERIFY(waitForChange());
        else
            QTRY_COMPARE_WITH_TIMEOUT(m_changes->size(), 1, 12'000);
        QVERIFY(m_watcher->unfinished().isEmpty());
    }

    void movedIntoPlace()
    {
        watch();
        QElapsedTimer timer;
        timer.start();
        const QString path = WheelBuilder("demo").write(m_root->path());
        QVERIFY(QFile::rename(path, wheelPath()));
        QVERIFY(waitForChange());
        if (HasEvents)
            QVERIFY2(timer.elapsed() < 450, qPrintable(QString::number(timer.elapsed())));
        expectSilence();
    }

    void movedOver()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        const QString path = WheelBuilder("demo").file("demo.py", "pass").write(m_root->path());
        QCOMPARE(::rename(QFile::encodeName(path), QFile::encodeName(wheelPath())), 0);
        QVERIFY(waitForChange());
        expectSilence();
    }

    void hardLink()
    {
        watch();
        const QString path = WheelBuilder("demo").write(m_root->path());
        makeOld(path);
        QCOMPARE(::link(QFile::encodeName(path).constData(), QFile::encodeName(wheelPath()).constData()), 0);
        QVERIFY(waitForChange());
        expectSilence();
    }

    void removed()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QElapsedTimer timer;
        timer.start();
        QVERIFY(QFile::remove(wheelPath()));
        QVERIFY(waitForChange());
        if (HasEvents)
            QVERIFY2(timer.elapsed() < 450, qPrintable(QString::number(timer.elapsed())));
        expectSilence();
    }

    void movedAway()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QVERIFY(QFile::rename(wheelPath(), m_root->filePath(wheelName())));
        QVERIFY(waitForChange());
        expectSilence();
    }

    void removedBeforeItWasComplete()
    {
        watch();
        SlowWriter writer(wheelPath(), wheelBytes(40'000), 1'000);
        QTRY_VERIFY_WITH_TIMEOUT(!m_watcher->unfinished().isEmpty(), Patience);
        writer.close();
        QVERIFY(QFile::remove(wheelPath()));
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->unfinished().isEmpty(), Patience);
        expectSilence(1'000, 0);
    }

    void overwrittenInPlace()
    {
        QFile file(wheelPath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(wheelBytes(2'000));
        file.close();
        makeOld(wheelPath());
        watch();
        SlowWriter writer(wheelPath(), wheelBytes(20'000), 2'000);
        QTRY_COMPARE_WITH_TIMEOUT(m_watcher->unfinished(), QStringList{wheelPath()}, Patience);
        QCOMPARE(m_changes->size(), 0);
        QVERIFY(waitForChange());
        QVERIFY(writer.isDone());
        expectSilence();
    }

    void truncatedByName()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QCOMPARE(::truncate(QFile::encodeName(wheelPath()).constData(), 50), 0);
        QTRY_COMPARE_WITH_TIMEOUT(m_watcher->unfinished(), QStringList{wheelPath()}, Patience);
        // Nobody tells that this writer is gone.
        QTRY_COMPARE_WITH_TIMEOUT(m_changes->size(), 1, 12'000);
    }

    void manyAtOnce()
    {
        const QString path = WheelBuilder("demo").write(m_root->path());
        const QByteArray bytes = bytesOf(path);
        watch();
        for (int i = 0; i < 50; ++i)
            writeFile(m_folder, QStringLiteral("demo_%1-1.0-py3-none-any.whl").arg(i), bytes);
        QVERIFY(waitForChange());
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->unfinished().isEmpty(), Patience);
        QTest::qWait(Silence);
        QVERIFY2(m_changes->size() <= 3, qPrintable(QString::number(m_changes->size())));
    }

    void oneAfterTheOther()
    {
        const QByteArray bytes = bytesOf(WheelBuilder("demo").write(m_root->path()));
        watch();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 12; ++i) {
            writeFile(m_folder, QStringLiteral("demo_%1-1.0-py3-none-any.whl").arg(i), bytes);
            QTest::qWait(10);
        }
        if (timer.elapsed() > 300)
            QSKIP("this machine is too busy to write twelve files quickly");
        QVERIFY(waitForChange());
        QTest::qWait(Silence);
        // At most 50 ms after the last one, and at least every 250 ms.
        QVERIFY2(m_changes->size() <= 3, qPrintable(QString::number(m_changes->size())));
    }

    void whatIsNoWheelIsNoNews()
    {
        watch();
        writeFile(m_folder, QStringLiteral("demo-1.0-py3-none-any.whl.part"), "x");
        writeFile(m_folder, QStringLiteral(".demo-1.0-py3-none-any.whl"), "x");
        writeFile(m_folder, QStringLiteral("notes.txt"), "x");
        expectSilence(1'000, 0);
        QVERIFY(m_watcher->unfinished().isEmpty());
    }

    void aDownloadThatIsRenamedWhenItIsComplete()
    {
        watch();
        const QString part = writeFile(m_folder, wheelName() + QStringLiteral(".part"), wheelBytes(2'000));
        expectSilence(Silence, 0);
        QVERIFY(QFile::rename(part, wheelPath()));
        QVERIFY(waitForChange());
        expectSilence();
    }

    void aFileThatWasJustWrittenAtFirstSight()
    {
        WheelBuilder("demo").write(m_folder);
        watch();
        QCOMPARE(m_watcher->unfinished(), QStringList{wheelPath()});
        QVERIFY(waitForChange());
        QVERIFY(m_watcher->unfinished().isEmpty());
        expectSilence();
    }

    void anOldFileAtFirstSight()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QVERIFY(m_watcher->unfinished().isEmpty());
        expectSilence(1'000, 0);
    }

    void theFolderIsReplaced()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QVERIFY(QDir().rename(m_folder, m_root->filePath(QStringLiteral("old"))));
        QVERIFY(waitForChange());
        QVERIFY(QDir().mkdir(m_folder));
        QTRY_VERIFY_WITH_TIMEOUT(m_changes->size() >= 2, Patience);
        m_changes->clear();
        WheelBuilder("demo").write(m_folder);
        QVERIFY(waitForChange());
    }

    void theFolderIsReplacedAtOnce()
    {
        watch();
        const QString other = m_root->filePath(QStringLiteral("other"));
        QVERIFY(QDir().mkdir(other));
        WheelBuilder("demo").write(other);
        makeOld(other + u'/' + wheelName());
        QVERIFY(QDir().rename(m_folder, m_root->filePath(QStringLiteral("old"))));
        QVERIFY(QDir().rename(other, m_folder));
        QVERIFY(waitForChange());
    }

    void aParentIsReplaced()
    {
        // The watched folder itself is neither moved nor deleted, only its path leads elsewhere now.
        const QString parent = m_root->filePath(QStringLiteral("parent"));
        const QString folder = parent + QStringLiteral("/plugins");
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(m_watcher->watch(folder).has_value());
        QVERIFY(QDir().rename(parent, m_root->filePath(QStringLiteral("elsewhere"))));
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(waitForChange());
        m_changes->clear();
        WheelBuilder("demo").write(folder);
        QVERIFY(waitForChange());
    }

    void theFolderIsDeleted()
    {
        WheelBuilder("demo").write(m_folder);
        makeOld(wheelPath());
        watch();
        QVERIFY(QDir(m_folder).removeRecursively());
        QVERIFY(waitForChange());
    }

    void theFolderIsNotThereYet()
    {
        const QString folder = m_root->filePath(QStringLiteral("later/plugins"));
        QVERIFY(m_watcher->watch(folder).has_value());
        expectSilence(Silence, 0);
        QVERIFY(QDir().mkpath(folder));
        WheelBuilder("demo").write(folder);
        QVERIFY(waitForChange());
        QTRY_VERIFY_WITH_TIMEOUT(m_watcher->unfinished().isEmpty(), Patience);
        QCOMPARE(m_changes->first().first().toString(), folder);
    }

    void notAFolder()
    {
        const QString path = writeFile(m_root->path(), QStringLiteral("file"), "x");
        const auto watched = m_watcher->watch(path);
        QVERIFY(!watched);
        QCOMPARE(QString(watched.error().code().name()), QStringLiteral("folder-unreadable"));
    }

    void unwatched()
    {
        watch();
        m_watcher->unwatch(m_folder);
        m_watcher->unwatch(QStringLiteral("/never/watched"));
        WheelBuilder("demo").write(m_folder);
        expectSilence(1'000, 0);
        QVERIFY(m_watcher->unfinished().isEmpty());
    }

    void twoPathsOfOneFolder()
    {
        const QString link = m_root->filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(m_folder, link));
        watch();
        QVERIFY(m_watcher->watch(link).has_value());
        WheelBuilder("demo").write(m_folder);
        QTRY_COMPARE_WITH_TIMEOUT(m_changes->size(), 2, Patience);
        m_changes->clear();
        // One of them goes, the other one stays.
        m_watcher->unwatch(link);
        QVERIFY(QFile::remove(wheelPath()));
        QVERIFY(waitForChange());
        expectSilence();
    }

    void theListenerMayDestroyTheWatcher()
    {
        watch();
        connect(m_watcher.get(), &FolderWatcher::changed, this, [this] {
            m_changes.reset();
            m_watcher.reset();
        });
        WheelBuilder("demo").write(m_folder);
        QTRY_VERIFY_WITH_TIMEOUT(!m_watcher, Patience);
        QTest::qWait(Silence);
    }

    void moreNewsThanTheSystemKeeps()
    {
        QFile limit(QStringLiteral("/proc/sys/fs/inotify/max_queued_events"));
        if (!HasEvents || !limit.open(QIODevice::ReadOnly))
            QSKIP("there is no queue that could overflow");
        const int events = limit.readAll().trimmed().toInt();
        if (events > 100'000)
            QSKIP("this system keeps too much");
        const QByteArray bytes = wheelBytes(2'000);
        watch();
        // Each file makes two events at least, so that there is no room left for those of the wheel.
        const QString other = m_folder + QStringLiteral("/other");
        for (int i = 0; i < events / 2 + 100; ++i) {
            ::close(::open(QFile::encodeName(other).constData(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
            ::unlink(QFile::encodeName(other).constData());
        }
        writeFile(m_folder, wheelName(), bytes);
        QVERIFY(waitForChange());
        expectSilence();
    }

    void noWatchToBeHad()
    {
        if (!HasEvents)
            QSKIP("only inotify needs a descriptor");
        rlimit before = {};
        QCOMPARE(::getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit none{0, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &none), 0);
        const auto watched = m_watcher->watch(m_folder);
        QCOMPARE(::setrlimit(RLIMIT_NOFILE, &before), 0);
        QVERIFY(!watched);
        QCOMPARE(QString(watched.error().code().name()), QStringLiteral("watch-failed"));
        QVERIFY(watched.error().hint().contains(QLatin1StringView("fs.inotify")));
        // Nothing stays broken.
        watch();
    }

private:
    static QString wheelName() { return QStringLiteral("demo-1.0-py3-none-any.whl"); }
    QString wheelPath() const { return m_folder + u'/' + wheelName(); }

    /// A wheel of at least that size.
    QByteArray wheelBytes(qsizetype size) const
    {
        QByteArray noise(size, Qt::Uninitialized);
        for (qsizetype i = 0; i < size; ++i)
            noise[i] = static_cast<char>((i * i + i / 7) % 251);
        const QString path = WheelBuilder("demo").file("noise.bin", noise.toHex()).write(m_root->path());
        return bytesOf(path);
    }

    void watch() { QVERIFY(m_watcher->watch(m_folder).has_value()); }
    bool waitForChange() { return !m_changes->isEmpty() || m_changes->wait(Patience); }
    void expectSilence(int milliseconds = Silence, qsizetype changes = 1)
    {
        QTest::qWait(milliseconds);
        QCOMPARE(m_changes->size(), changes);
    }

    std::unique_ptr<QTemporaryDir> m_root;
    QString m_folder;
    std::unique_ptr<FolderWatcher> m_watcher;
    std::unique_ptr<QSignalSpy> m_changes;
};

QTEST_GUILESS_MAIN(TestFolderWatcher)
#include "tst_folderwatcher.moc"
