#include <support/testhost.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>

#include <algorithm>

using namespace Axle;
using namespace Axle::Test;

/// What a plan of a running host costs, and what it may not exchange.
class TestManagerPlanning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aDroppedWheelIsPlannedAtOnce();
    void aMalformedWheelIsAloneInItsMisfortune_data();
    void aMalformedWheelIsAloneInItsMisfortune();
    void aPureLibraryIsExchanged();
    void aNativeLibraryKeepsItsVersion();

private:
    Interpreter m_interpreter;
};

namespace {

WheelBuilder nativeLibrary(const QString &version)
{
    QFile library(QStringLiteral(AXLE_ONCE_MODULE));
    if (!library.open(QIODevice::ReadOnly))
        qFatal("no extension module");
    return WheelBuilder(QStringLiteral("once"), version)
        .tag("cp311-cp311-linux_x86_64")
        .file("once/__init__.py", "from ._once import count\n")
        .file("once/_once" AXLE_MODULE_SUFFIX, library.readAll());
}

bool offers(const Explanation &explanation, Remedy::Kind kind)
{
    return std::any_of(explanation.remedies.cbegin(), explanation.remedies.cend(),
        [kind](const Remedy &remedy) { return remedy.kind == kind; });
}

} // namespace

void TestManagerPlanning::aDroppedWheelIsPlannedAtOnce()
{
    TestHost host(m_interpreter);
    for (int i = 0; i < 20; ++i)
        pluginWheel(QStringLiteral("plugin%1").arg(i))
            .requires_(QStringLiteral("library%1").arg(i))
            .write(host.folder());
    for (int i = 0; i < 400; ++i)
        libraryWheel(QStringLiteral("library%1").arg(i / 2), QStringLiteral("%1.0").arg(i % 2 + 1))
            .write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.log().count("pluginLoaded"), 20);

    pluginWheel("dropped").requires_("library7").requires_("library50>=2").write(host.folder());
    QElapsedTimer clock;
    qint64 planned = 0;
    const auto began = [&clock] { clock.start(); };
    const auto ended = [&] { planned = clock.elapsed(); };
    connect(&host.manager(), &PluginManager::scanFinished, &host.log(), began);
    connect(&host.manager(), &PluginManager::pluginAboutToLoad, &host.log(), ended);
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("dropped"), PluginState::Active);
    QCOMPARE(host.log().count("pluginAboutToUnload"), 0);
    // Some milliseconds of a slow build, with both new wheels copied and verified. Never a second.
    qInfo("planned in %lld ms", planned);
    QVERIFY2(planned < 500, qPrintable(QString::number(planned)));
}

void TestManagerPlanning::aMalformedWheelIsAloneInItsMisfortune_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no archive") << QByteArray("Dear reader, I am no archive.\n") << QByteArray("zip-no-end-record");
    QTest::newRow("empty") << QByteArray() << QByteArray("zip-no-end-record");
}

void TestManagerPlanning::aMalformedWheelIsAloneInItsMisfortune()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, code);
    TestHost host(m_interpreter);
    pluginWheel("good").requires_("library").write(host.folder());
    pluginWheel("waiting").requires_("library>=2").write(host.folder());
    libraryWheel("library", "1.0").write(host.folder());
    const QString bad = writeFile(host.folder(), "library-2.0-py3-none-any.whl", bytes);
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("good"), PluginState::Active);
    const Error reason = host.manager().plugin("library-2.0-py3-none-any.whl").error;
    QCOMPARE(reason.code(), ErrorCode(code.constData()));
    // What waits for it says what is wrong with it.
    QCOMPARE(host.manager().state("waiting"), PluginState::Unresolved);
    const Explanation why = host.manager().explanation("waiting");
    QCOMPARE(why.code, ErrorCode("resolve-unusable"));
    QCOMPARE(why.reasons.last().files, QStringList{bad});
    QCOMPARE(why.reasons.last().detail, reason.message());
    QCOMPARE(host.manager().plugin("waiting").error, why.toError());

    libraryWheel("library", "2.0").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("waiting"), PluginState::Active);
    QVERIFY(host.manager().explanation("waiting").headline.isEmpty());
}

void TestManagerPlanning::aPureLibraryIsExchanged()
{
    TestHost host(m_interpreter);
    libraryWheel("common", "1.0").write(host.folder());
    pluginWheel("user", "import common").requires_("common").write(host.folder());
    QVERIFY(host.start());
    libraryWheel("common", "2.0").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().plugin("common").version, "1.0"); // nobody needs the newer one
    pluginWheel("modern", "import common").requires_("common>=2").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().plugin("common").version, "2.0");
    QCOMPARE(host.manager().state("modern"), PluginState::Active);
    QCOMPARE(host.manager().state("user"), PluginState::Active);
}

void TestManagerPlanning::aNativeLibraryKeepsItsVersion()
{
    TestHost host(m_interpreter);
    nativeLibrary("1.0").write(host.folder());
    pluginWheel("user", "import once; once.count()").requires_("once").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("user"), PluginState::Active);
    nativeLibrary("2.0").write(host.folder());
    pluginWheel("modern", "import once").requires_("once>=2").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("modern"), PluginState::Unresolved);
    const Explanation why = host.manager().explanation("modern");
    QCOMPARE(why.code, ErrorCode("resolve-mounted"));
    QVERIFY2(offers(why, Remedy::Kind::Restart), qPrintable(why.toText()));
    QCOMPARE(host.log().count("pluginAboutToUnload"), 0);
    // Nobody uses it any more, but its code is in the process.
    QVERIFY(host.setEnabled("user", false));
    QVERIFY(host.manager().plugin("once").isResident);
    QCOMPARE(host.manager().state("modern"), PluginState::Unresolved);
    QVERIFY(host.setEnabled("user", true));
    QCOMPARE(host.manager().state("user"), PluginState::Active);
}

QTEST_GUILESS_MAIN(TestManagerPlanning)
#include "tst_manager_planning.moc"
