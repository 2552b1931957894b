#include <axle/manager/pluginstate.h>

#include <QtCore/QMetaEnum>
#include <QtTest/QtTest>

using namespace Axle;

class TestPluginState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void names_data();
    void names();
};

namespace {

template<class Enum>
QStringList keys()
{
    const QMetaEnum meta = QMetaEnum::fromType<Enum>();
    QStringList names;
    for (int i = 0; i < meta.keyCount(); ++i)
        names += QString::fromLatin1(meta.key(i));
    return names;
}

} // namespace

void TestPluginState::names_data()
{
    QTest::addColumn<QStringList>("found");
    QTest::addColumn<QString>("expected");
    QTest::addRow("states") << keys<PluginState>()
                            << "Discovered Invalid Incompatible Unresolved Resolved Mounted Active Failed Removed";
    QTest::addRow("operations") << keys<Operation>() << "None Mounting Activating Deactivating Unmounting";
    QTest::addRow("dispositions") << keys<Disposition>() << "None DisabledByUser DisabledByDependency Untrusted";
    QTest::addRow("load reasons") << keys<LoadReason>() << "Startup Enabled Dependency Installed Updated Retry";
    QTest::addRow("unload reasons") << keys<UnloadReason>() << "Disabled Dependency Removed Updated Shutdown";
}

/// Hosts print them, and plugins get the load reasons as `context.reason`: the names are part of the contract.
void TestPluginState::names()
{
    QFETCH(QStringList, found);
    QFETCH(QString, expected);
    QCOMPARE(found.join(u' '), expected);
}

QTEST_GUILESS_MAIN(TestPluginState)
#include "tst_pluginstate.moc"
