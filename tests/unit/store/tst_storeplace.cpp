#include "storeplace_p.h"

#include <axle/store/store.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QScopeGuard>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <unistd.h>

using namespace Axle;

class TestStorePlace : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fromTheEnvironment_data();
    void fromTheEnvironment();
    void nothingSaysWhere();
    void anotherUsersEnvironmentIsNotBelieved();
    void openMakesIt();
    void openTakesARelativePath();

private:
    const QList<QByteArray> m_variables{"AXLE_STORE", "XDG_CACHE_HOME", "HOME"};
    QHash<QByteArray, QByteArray> m_before;
};

void TestStorePlace::initTestCase()
{
    for (const QByteArray &variable : m_variables)
        m_before.insert(variable, qgetenv(variable.constData()));
}

void TestStorePlace::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    for (const QByteArray &variable : m_variables)
        qunsetenv(variable.constData());
}

void TestStorePlace::cleanup()
{
    for (const QByteArray &variable : m_variables)
        qputenv(variable.constData(), m_before.value(variable));
}

void TestStorePlace::fromTheEnvironment_data()
{
    QTest::addColumn<QByteArray>("store");
    QTest::addColumn<QByteArray>("cache");
    QTest::addColumn<QByteArray>("home");
    QTest::addColumn<QString>("expected");
    const QByteArray none;
    QTest::newRow("AXLE_STORE comes first") << QByteArray("/s") << QByteArray("/c") << QByteArray("/h") << "/s";
    QTest::newRow("then XDG_CACHE_HOME") << none << QByteArray("/c") << QByteArray("/h") << "/c/axle";
    QTest::newRow("then HOME") << none << none << QByteArray("/h") << "/h/.cache/axle";
    QTest::newRow("relative XDG_CACHE_HOME is ignored")
        << none << QByteArray("c") << QByteArray("/h") << "/h/.cache/axle";
    QTest::newRow("relative AXLE_STORE") << QByteArray("s/../t") << none << none
                                         << QDir::cleanPath(QDir::currentPath() + QStringLiteral("/t"));
    QTest::newRow("cleaned") << QByteArray("/s//t/../u/") << none << none << "/s/u";
}

void TestStorePlace::fromTheEnvironment()
{
    QFETCH(const QByteArray, store);
    QFETCH(const QByteArray, cache);
    QFETCH(const QByteArray, home);
    QFETCH(const QString, expected);
    qputenv("AXLE_STORE", store);
    qputenv("XDG_CACHE_HOME", cache);
    qputenv("HOME", home);
    const auto place = Internal::storePlace();
    QVERIFY(place);
    QCOMPARE(*place, expected);
}

void TestStorePlace::nothingSaysWhere()
{
    const auto place = Internal::storePlace();
    QVERIFY(!place);
    QCOMPARE(place.error().code().name(), QLatin1StringView("store-unusable"));
    QCOMPARE(place.error().hint(), QStringLiteral("set AXLE_STORE to a folder that only you can write to"));
    QCOMPARE(Store::open().error(), place.error());
}

void TestStorePlace::anotherUsersEnvironmentIsNotBelieved()
{
    if (::geteuid() != 0)
        QSKIP("only root can take another user's rights");
    qputenv("AXLE_STORE", "/planted");
    QCOMPARE(::seteuid(1), 0); // daemon, whose home folder Debian's base-passwd says
    const auto restore = qScopeGuard([] { static_cast<void>(::seteuid(0)); });
    const auto place = Internal::storePlace();
    QVERIFY(place);
    QCOMPARE(*place, QStringLiteral("/usr/sbin/.cache/axle"));
}

void TestStorePlace::openMakesIt()
{
    const QTemporaryDir folder;
    qputenv("HOME", QFile::encodeName(folder.path()));
    const auto store = Store::open();
    QVERIFY(store);
    QCOMPARE(store->root(), folder.path() + QStringLiteral("/.cache/axle"));
    QVERIFY(QFileInfo(store->root()).isDir());
    QVERIFY(Store::open());
}

void TestStorePlace::openTakesARelativePath()
{
    const QTemporaryDir folder;
    const QString before = QDir::currentPath();
    QVERIFY(QDir::setCurrent(folder.path()));
    const auto store = Store::open(QStringLiteral("here/store"));
    QVERIFY(QDir::setCurrent(before));
    QVERIFY(store);
    QCOMPARE(store->root(), folder.path() + QStringLiteral("/here/store"));
}

QTEST_GUILESS_MAIN(TestStorePlace)
#include "tst_storeplace.moc"
