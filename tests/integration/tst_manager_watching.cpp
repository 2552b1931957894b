#include <support/testhost.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QTimer>

using namespace Axle;
using namespace Axle::Test;

/// A running host whose folder changes.
class TestManagerWatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aSlowCopyIsOneLoad();
    void removalIsOneUnload();
    void aRenameIsOneLoad();
    void aSlowRewriteIsOneUpdate();
    void aFolderThatIsMadeLaterIsWatched();
    void deletingTheFolderUnloads();

private:
    static PluginManagerOptions watching()
    {
        PluginManagerOptions options;
        options.watch = true;
        return options;
    }

    Interpreter m_interpreter;
};

namespace {

/// Writes `bytes` to `path` as a slow copy does, 20 kB each 100 ms, while the event loop runs.
class SlowCopy : public QObject
{
public:
    SlowCopy(const QString &path, const QByteArray &bytes)
        : m_file(path)
        , m_bytes(bytes)
    {
        if (!m_file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            qFatal("cannot write '%s'", qPrintable(path));
        connect(&m_timer, &QTimer::timeout, this, &SlowCopy::writeSome);
        m_timer.start(100);
    }

    bool isDone() const { return !m_file.isOpen(); }
    qint64 sinceDone() const { return m_sinceDone.elapsed(); }

private:
    void writeSome()
    {
        m_file.write(m_bytes.mid(m_file.pos(), 20000));
        if (m_file.pos() < m_bytes.size())
            return;
        m_timer.stop();
        m_file.close();
        m_sinceDone.start();
    }

    QFile m_file;
    QByteArray m_bytes;
    QTimer m_timer;
    QElapsedTimer m_sinceDone;
};

/// Incompressible, so that the wheel has its size.
QByteArray ballast(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 1;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

QByteArray bigWheel(const QByteArray &activate)
{
    const QTemporaryDir folder;
    QFile file(pluginWheel("big", activate).file("big/data.bin", ballast(400000)).write(folder.path()));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no wheel");
    return file.readAll();
}

/// What was written just before the start is not taken to be complete at once.
bool startLoaded(TestHost &host, const QString &id)
{
    return host.start() && QTest::qWaitFor([&] { return host.manager().state(id) == PluginState::Active; });
}

const QString BigWheel = QStringLiteral("big-1.0-py3-none-any.whl");

} // namespace

void TestManagerWatching::aSlowCopyIsOneLoad()
{
    TestHost host(m_interpreter, watching());
    QVERIFY(host.start());
    host.log().clear();
    SlowCopy copy(host.path(BigWheel), bigWheel("pass"));
    qint64 loadedAfter = -1;
    connect(&host.manager(), &PluginManager::pluginLoaded, this,
        [&] { loadedAfter = copy.isDone() ? copy.sinceDone() : -2; });
    // Another wheel that comes meanwhile makes the folder be read, and the unfinished one still be left alone.
    QTimer::singleShot(700, this, [&] { libraryWheel("meanwhile").write(host.folder()); });
    QVERIFY(QTest::qWaitFor([&] { return loadedAfter != -1; }, 20000));
    QVERIFY2(loadedAfter >= 0 && loadedAfter <= 1000, qPrintable(QString::number(loadedAfter)));
    QTest::qWait(1200);
    QCOMPARE(host.log().count("pluginAboutToLoad"), 1);
    QCOMPARE(host.log().count("pluginUnloaded"), 0);
    QCOMPARE(host.log().lines().filter("Invalid"), QStringList());
}

void TestManagerWatching::removalIsOneUnload()
{
    TestHost host(m_interpreter, watching());
    const QString path = pluginWheel("palette").write(host.folder());
    QVERIFY(startLoaded(host, "palette"));
    QVERIFY(QFile::remove(path));
    QTRY_COMPARE_WITH_TIMEOUT(host.manager().state("palette"), PluginState::Removed, 2000);
    QTest::qWait(1000);
    QCOMPARE(host.log().lines().filter("Unload"),
        (QStringList{"pluginAboutToUnload palette Removed", "pluginUnloaded palette Removed"}));
    QVERIFY(host.manager().plugins().isEmpty());
}

void TestManagerWatching::aRenameIsOneLoad()
{
    TestHost host(m_interpreter, watching());
    QVERIFY(host.start());
    const QString path = pluginWheel("palette").write(host.folder() + QStringLiteral("/.."));
    QVERIFY(QFile::rename(path, host.path("palette-1.0-py3-none-any.whl")));
    QTRY_COMPARE_WITH_TIMEOUT(host.log().count("pluginLoaded"), 1, 2000);
    QTest::qWait(800);
    QCOMPARE(host.log().count("pluginAboutToLoad"), 1);
}

void TestManagerWatching::aSlowRewriteIsOneUpdate()
{
    TestHost host(m_interpreter, watching());
    writeFile(host.folder(), BigWheel, bigWheel("pass"));
    QVERIFY(startLoaded(host, "big"));
    const qsizetype before = host.log().events().size();
    const SlowCopy copy(host.path(BigWheel), bigWheel("context.contribute('filters', 'sepia', lambda: 1)"));
    QVERIFY(QTest::qWaitFor([&] { return host.log().count("pluginLoaded") > 1; }, 20000));
    QVERIFY(copy.isDone());
    QTest::qWait(800);
    QCOMPARE(host.log().lines().mid(before).filter(QRegularExpression("^plugin")),
        (QStringList{"pluginAboutToUnload big Updated update", "pluginUnloaded big Updated",
            "pluginAboutToLoad big Updated", "pluginLoaded big contributions=1"}));
    QCOMPARE(orderViolations(host.log().events()), QStringList());
}

void TestManagerWatching::aFolderThatIsMadeLaterIsWatched()
{
    TestHost host(m_interpreter, watching());
    QVERIFY(host.start());
    const QString later = host.path("later");
    host.manager().addFolder(later);
    QVERIFY(host.waitUntilIdle());
    pluginWheel("palette").write(later);
    QTRY_COMPARE_WITH_TIMEOUT(host.manager().state("palette"), PluginState::Active, 5000);
}

void TestManagerWatching::deletingTheFolderUnloads()
{
    TestHost host(m_interpreter, watching());
    pluginWheel("palette").write(host.folder());
    QVERIFY(startLoaded(host, "palette"));
    QVERIFY(QDir(host.folder()).removeRecursively());
    QTRY_COMPARE_WITH_TIMEOUT(host.manager().state("palette"), PluginState::Removed, 5000);
    QCOMPARE(host.log().count("pluginUnloaded"), 1);
}

QTEST_GUILESS_MAIN(TestManagerWatching)
#include "tst_manager_watching.moc"
