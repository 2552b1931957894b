#include "support/pythontest.h"
#include "support/wheelbuilder.h"

#include <axle/mounting/wheelsource.h>
#include <axle/python/modulemount.h>
#include <axle/store/store.h>

#include <QtCore/QTemporaryDir>

using namespace Axle;
using Axle::Test::WheelBuilder;

/// A wheel from the file to the interpreter: snapshot, verification, store, import, unmount, and once more.
class WheelMountTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanupTestCase() { m_interpreter.reset(); }

    void pureWheelRunsFromItsSnapshot();
    void wheelThatOpensFilesIsMaterialised();
    void extensionModuleIsParkedAndComesBack();
    void packageWhoseInitIsAnExtension();

private:
    Result<std::unique_ptr<ModuleMount>> mount(const QString &path);
    QString python(const QString &code) { return Test::runPython(*m_interpreter, code); }
    UnmountReport unmount(std::unique_ptr<ModuleMount> mount);

    QTemporaryDir m_folder;
    std::unique_ptr<Interpreter> m_interpreter;
    std::unique_ptr<Store> m_store;
};

void WheelMountTest::initTestCase()
{
    auto store = Store::open(m_folder.filePath(QStringLiteral("store")));
    QVERIFY2(store, store ? "" : qPrintable(store.error().toString()));
    m_store = std::make_unique<Store>(std::move(*store));
    m_interpreter = std::make_unique<Interpreter>();
}

Result<std::unique_ptr<ModuleMount>> WheelMountTest::mount(const QString &path)
{
    auto verified =
        m_store->snapshot(path).and_then([&](Snapshot &&snapshot) { return m_store->verify(std::move(snapshot)); });
    if (!verified)
        return verified.error();
    auto future = m_interpreter->invoke([&] { return ModuleMount::mount(std::make_shared<WheelSource>(*verified)); });
    future.waitForFinished();
    return future.takeResult();
}

UnmountReport WheelMountTest::unmount(std::unique_ptr<ModuleMount> mount)
{
    auto future = m_interpreter->invoke([&]() -> Result<UnmountReport> {
        const UnmountReport report = mount->unmount();
        mount.reset();
        return report;
    });
    future.waitForFinished();
    return future.result().value();
}

void WheelMountTest::pureWheelRunsFromItsSnapshot()
{
    const QString path = WheelBuilder("pure", "1.0")
                             .file("pure/__init__.py", "from .part import X\n")
                             .file("pure/part.py", "X = 5\n")
                             .write(m_folder.path());
    auto mounted = mount(path);
    QVERIFY2(mounted, mounted ? "" : qPrintable(mounted.error().toString()));
    QVERIFY(QFile::remove(path)); // what runs is the snapshot
    QCOMPARE(python(QStringLiteral("import pure\nassert pure.X == 5\n"
                                   "assert pure.__file__.endswith('.whl/pure/__init__.py'), pure.__file__\n"
                                   "import importlib.metadata\nassert importlib.metadata.version('pure') == '1.0'\n")),
        QString());
    QCOMPARE(unmount(std::move(*mounted)).modules, (QStringList{QStringLiteral("pure.part"), QStringLiteral("pure")}));
    QVERIFY(python(QStringLiteral("import pure")).contains(QStringLiteral("No module named 'pure'")));
}

void WheelMountTest::wheelThatOpensFilesIsMaterialised()
{
    const QString path =
        WheelBuilder("opens", "1.0")
            .file("opens/__init__.py", "import os\nD = open(os.path.join(os.path.dirname(__file__), 'd.txt')).read()\n")
            .file("opens/d.txt", "data")
            .write(m_folder.path());
    auto mounted = mount(path);
    QVERIFY2(mounted, mounted ? "" : qPrintable(mounted.error().toString()));
    QCOMPARE(python(QStringLiteral("import opens, os\nassert opens.D == 'data' and os.path.isfile(opens.__file__)\n")),
        QString());
    QVERIFY(!unmount(std::move(*mounted)).parked);
}

void WheelMountTest::extensionModuleIsParkedAndComesBack()
{
    QFile library(QStringLiteral(AXLE_ONCE_MODULE));
    QVERIFY(library.open(QIODevice::ReadOnly));
    const QString path = WheelBuilder("once", "1.0")
                             .tag("cp311-cp311-linux_x86_64")
                             .file("once/__init__.py", "from ._once import count\n")
                             .file("once/_once" AXLE_MODULE_SUFFIX, library.readAll())
                             .write(m_folder.path());
    for (int round = 1; round <= 3; ++round) {
        auto mounted = mount(path);
        QVERIFY2(mounted, mounted ? "" : qPrintable(mounted.error().toString()));
        QCOMPARE(python(QStringLiteral("import once\nassert once.count() == %1\n").arg(round)), QString());
        const UnmountReport report = unmount(std::move(*mounted));
        QCOMPARE(report.modules, (QStringList{QStringLiteral("once._once"), QStringLiteral("once")}));
        QCOMPARE(report.nativeModules, (QStringList{QStringLiteral("once._once")}));
        QVERIFY(report.parked);
        QVERIFY(python(QStringLiteral("import once")).contains(QStringLiteral("No module named 'once'")));
    }
}

void WheelMountTest::packageWhoseInitIsAnExtension()
{
    QFile library(QStringLiteral(AXLE_INIT_MODULE));
    QVERIFY(library.open(QIODevice::ReadOnly));
    const QString path = WheelBuilder("extinit", "1.0")
                             .tag("cp311-cp311-linux_x86_64")
                             .file("extinit/__init__" AXLE_MODULE_SUFFIX, library.readAll())
                             .file("extinit/beside.py", "X = 1\n")
                             .write(m_folder.path());
    auto mounted = mount(path);
    QVERIFY2(mounted, mounted ? "" : qPrintable(mounted.error().toString()));
    QCOMPARE(python(QStringLiteral("import extinit.beside\nassert extinit.count() == 1 and extinit.beside.X == 1\n"
                                   "assert extinit.__file__.endswith('.so') and extinit.__path__\n")),
        QString());
    QVERIFY(unmount(std::move(*mounted)).parked);
}

QTEST_GUILESS_MAIN(WheelMountTest)
#include "tst_wheelmount.moc"
