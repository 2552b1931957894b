#include <support/testhost.h>

using namespace Axle;
using namespace Axle::Test;

/// What a plugins folder does not load although it could be mounted, and what becomes of the rest.
class TestManagerPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void refused_data();
    void refused();
    void warningsAreNoHindrance();
    void aTopLevelModuleHasOneOwner();
    void theMountedOneStays();
    void aLibraryInConflictIsNamedToItsUser();
    void namespacesAreShared();
    void oldNamespacesAreShared();

private:
    Interpreter m_interpreter;
};

void TestManagerPolicy::refused_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("module of the standard library") << QStringLiteral("json.py") << QByteArray("wheel-shadows-stdlib");
    QTest::newRow("the host's package") << QStringLiteral("axle/__init__.py") << QByteArray("wheel-shadows-stdlib");
    QTest::newRow("bytecode only") << QStringLiteral("bad/fast.pyc") << QByteArray("wheel-bytecode-only");
}

void TestManagerPolicy::refused()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, code);
    TestHost host(m_interpreter);
    pluginWheel("bad").file(file, "x").write(host.folder());
    pluginWheel("good").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("bad"), PluginState::Invalid);
    QCOMPARE(host.manager().plugin("bad").error.code(), ErrorCode(code.constData()));
    QCOMPARE(host.manager().state("good"), PluginState::Active);
}

void TestManagerPolicy::warningsAreNoHindrance()
{
    TestHost host(m_interpreter);
    pluginWheel("warned").file("warned.pth", "import warned\n").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("warned"), PluginState::Active);
}

void TestManagerPolicy::aTopLevelModuleHasOneOwner()
{
    TestHost host(m_interpreter);
    pluginWheel("first").file("shared.py", "").write(host.folder());
    pluginWheel("second").file("shared.py", "").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("first"), PluginState::Active);
    QCOMPARE(host.manager().state("second"), PluginState::Unresolved);
    const Error why = host.manager().plugin("second").error;
    QCOMPARE(why.code(), ErrorCode("resolve-module"));
    QCOMPARE(why.message(),
        "'second' is not loaded: 'second' and 'first' both bring the module 'shared', and one "
        "program can hold only one");

    QVERIFY(host.setEnabled("first", false));
    QCOMPARE(host.manager().state("second"), PluginState::Active);
}

void TestManagerPolicy::theMountedOneStays()
{
    TestHost host(m_interpreter);
    pluginWheel("second").file("shared.py", "").write(host.folder());
    QVERIFY(host.start());
    pluginWheel("first").file("shared.py", "").write(host.folder());
    QVERIFY(host.rescan());
    QCOMPARE(host.manager().state("second"), PluginState::Active);
    QCOMPARE(host.manager().state("first"), PluginState::Unresolved);
    QCOMPARE(host.log().count(QStringLiteral("pluginUnloaded")), 0);
}

void TestManagerPolicy::aLibraryInConflictIsNamedToItsUser()
{
    TestHost host(m_interpreter);
    pluginWheel("owner").file("shared.py", "").write(host.folder());
    libraryWheel("rival").file("shared.py", "").write(host.folder());
    pluginWheel("user").requires_("rival").write(host.folder());
    QVERIFY(host.start());
    const bool isOwnerLoaded = host.manager().state("owner") == PluginState::Active;
    const QString left = isOwnerLoaded ? QStringLiteral("user") : QStringLiteral("owner");
    const Error why = host.manager().plugin(left).error;
    QVERIFY2(why.toString().contains(QStringLiteral("'shared'")), qPrintable(why.toString()));
    QCOMPARE(host.manager().state(isOwnerLoaded ? QStringLiteral("user") : QStringLiteral("owner")),
        PluginState::Unresolved);
}

void TestManagerPolicy::namespacesAreShared()
{
    TestHost host(m_interpreter);
    pluginWheel("first", "import common.one").file("common/one.py", "").write(host.folder());
    pluginWheel("second", "import common.two").file("common/two.py", "").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("first"), PluginState::Active);
    QCOMPARE(host.manager().state("second"), PluginState::Active);
}

void TestManagerPolicy::oldNamespacesAreShared()
{
    constexpr auto Init = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";
    TestHost host(m_interpreter);
    pluginWheel("first").file("common/__init__.py", Init).file("common/one.py", "").write(host.folder());
    pluginWheel("second").file("common/__init__.py", Init).file("common/two.py", "").write(host.folder());
    pluginWheel("third").file("common/__init__.py", "").write(host.folder());
    QVERIFY(host.start());
    QCOMPARE(host.manager().state("first"), PluginState::Active);
    QCOMPARE(host.manager().state("second"), PluginState::Active);
    // This one does not share, so nobody can share with it.
    QCOMPARE(host.manager().plugin("third").error.code(), ErrorCode("resolve-module"));
}

QTEST_GUILESS_MAIN(TestManagerPolicy)
#include "tst_manager_policy.moc"
