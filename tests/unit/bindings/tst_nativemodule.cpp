#include "support/pythontest.h"
#include "support/wheelbuilder.h"

#include <axle/bindings/nativemodule.h>

#include <QtCore/QTemporaryDir>

using namespace Axle;
using Axle::Test::WheelBuilder;

/// `axle` in a host: no file of it on disk, the native half built in.
class TestNativeModule : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanupTestCase() { m_interpreter.reset(); }

    void packageComesWithTheHost();
    void nativeHalfIsBuiltIn();
    void importedByName();
    void packagingIsImported();
    void wheelIsMounted();
    void distributionsStayActiveToTheEnd();
    void wheelLeftMountedEndsWithTheInterpreter();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Interpreter> m_interpreter;
};

void TestNativeModule::initTestCase()
{
    qputenv("AXLE_STORE", QFile::encodeName(m_folder.filePath(QStringLiteral("store"))));
    registerNativeModule();
    registerNativeModule(); // once is enough, twice does no harm
    m_interpreter = std::make_unique<Interpreter>();
}

void TestNativeModule::packageComesWithTheHost()
{
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys, os, axle\n"
        "assert 'axle._native' not in sys.modules\n"
        "assert not os.path.exists(axle.__file__), axle.__file__\n"
        "assert issubclass(type('P', (axle.Plugin,), {}), axle.Plugin)\n"
        "assert 'axle._native' not in sys.modules\n");
}

void TestNativeModule::nativeHalfIsBuiltIn()
{
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys, axle\n"
        "import axle._native as native\n"
        "assert 'axle._native' in sys.builtin_module_names\n"
        "assert native.__name__ == 'axle._native', native.__name__\n"
        "assert native.__spec__.origin == 'built-in', native.__spec__\n"
        "assert native.Wheel is axle.Wheel and axle._native is native\n"
        "assert native.__version__ == axle.__version__\n");
}

void TestNativeModule::importedByName()
{
    AXLE_RUN_PYTHON(*m_interpreter,
        "import axle._native\n"
        "from axle import _native\n"
        "from axle._native import WheelError\n"
        "import importlib, sys\n"
        "assert importlib.import_module('axle._native') is sys.modules['axle._native'] is _native\n");
}

void TestNativeModule::packagingIsImported()
{
    AXLE_RUN_PYTHON(*m_interpreter,
        "import pickle, axle\n"
        "from axle.packaging.specifiers import SpecifierSet\n"
        "from axle.packaging.requirements import Requirement\n"
        "requirement = Requirement('name[extra]>=1,<2; python_version >= \"3\"')\n"
        "assert requirement.marker.evaluate()\n"
        "assert axle.packaging.version.Version('1.5') in requirement.specifier\n"
        "assert pickle.loads(pickle.dumps(requirement)) == requirement\n"
        "assert next(axle.packaging.tags.sys_tags()).interpreter.startswith('cp')\n"
        "kept = SpecifierSet('>=1').filter(['1', '2'])\n" // outlives the modules
        "next(kept)\n");
}

void TestNativeModule::wheelIsMounted()
{
    const QString path = WheelBuilder("hosted").file("hosted.py", "VALUE = 5\n").write(m_folder.path());
    const QString error = Test::runPython(*m_interpreter,
        QStringLiteral("import axle, importlib.util\n"
                       "wheel = axle.Wheel('%1')\n"
                       "wheel.mount()\n"
                       "import hosted\n"
                       "assert hosted.VALUE == 5\n"
                       "wheel.unmount()\n"
                       "assert importlib.util.find_spec('hosted') is None\n")
            .arg(path));
    QVERIFY2(error.isEmpty(), qPrintable(error));
}

void TestNativeModule::distributionsStayActiveToTheEnd()
{
    QTemporaryDir plugins;
    WheelBuilder("active").file("active.py", "VALUE = 5\n").write(plugins.path());
    const QString error = Test::runPython(*m_interpreter,
        QStringLiteral(
            "import axle\n"
            "from axle import pkg_resources\n"
            "available = pkg_resources.Environment(['%1'])\n"
            "found, errors = pkg_resources.working_set.find_plugins(available, pkg_resources.Environment([]))\n"
            "assert [str(dist) for dist in found] == ['active 1.0'] and not errors, (found, errors)\n"
            "pkg_resources.working_set.add(found[0])\n"
            "import active\n"
            "assert active.VALUE == 5\n"
            "assert axle.resolve('%1', ['active']) == {'active': '1.0'}\n")
            .arg(plugins.path()));
    QVERIFY2(error.isEmpty(), qPrintable(error));
}

void TestNativeModule::wheelLeftMountedEndsWithTheInterpreter()
{
    const QString path = WheelBuilder("left").file("left.py", "import atexit\n").write(m_folder.path());
    const QString error = Test::runPython(
        *m_interpreter, QStringLiteral("import axle\naxle.Wheel('%1').mount()\nimport left\n").arg(path));
    QVERIFY2(error.isEmpty(), qPrintable(error));
    m_interpreter.reset();
}

QTEST_GUILESS_MAIN(TestNativeModule)
#include "tst_nativemodule.moc"
