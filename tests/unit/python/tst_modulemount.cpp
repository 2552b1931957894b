#include "support/inmemorysource.h"
#include "support/pythontest.h"

#include <axle/python/codes.h>
#include <axle/python/modulemount.h>

using namespace Axle;
using Axle::Test::InMemorySource;

using Files = QMap<QString, QByteArray>;

/// The importer, without wheels: what each mount makes importable, and what unmounting leaves.
class ModuleMountTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_interpreter = std::make_unique<Interpreter>(); }
    void init();
    void cleanup();
    void cleanupTestCase() { m_interpreter.reset(); }

    void importsModulesAndPackages();
    void zeroMountsLeaveTheInterpreterUntouched();
    void laterMountWins();
    void appendedComesBehindTheStandardLibrary();
    void namespaceOverTwoMounts();
    void foldersPutInFrontOfSysPathWin();
    void namespaceGivesWayToARegularPackageOnSysPath();
    void dataSchemesMergeIntoOnePackage();
    void sourceLinesAndTracebacks();
    void metadataAndResources();
    void iterModulesAndPathEntries();
    void unmountTakesModulesParentsAndCaches();
    void sameLocationIsCounted();
    void aliasesOfAModuleGoToo();
    void otherLoadersErrorsAreImportErrors();
    void mountingFailsCleanlyWhereSysIsBroken();

private:
    void mount(const QString &name, const Files &files, SearchPosition position = SearchPosition::First,
        const QStringList &roots = {QString()}, const QString &distInfo = {});
    UnmountReport unmount(const QString &name);

    std::unique_ptr<Interpreter> m_interpreter;
    std::map<QString, std::unique_ptr<ModuleMount>> m_mounts;
};

void ModuleMountTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys\n"
        "sys.before = (list(sys.path), list(sys.meta_path), list(sys.path_hooks), set(sys.modules))\n");
}

void ModuleMountTest::cleanup()
{
    QStringList names;
    for (const auto &[name, mount] : m_mounts)
        names += name;
    for (const QString &name : names)
        unmount(name);
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys\n"
        "assert (list(sys.path), list(sys.meta_path), list(sys.path_hooks)) == sys.before[:3], sys.meta_path\n"
        "left = [name for name in set(sys.modules) - sys.before[3] if 'nowhere' in str(getattr(sys.modules[name], "
        "'__spec__', ''))]\n"
        "assert not left, left\n"
        "assert not [path for path in sys.path_importer_cache if 'nowhere' in path], sys.path_importer_cache\n");
}

void ModuleMountTest::mount(
    const QString &name, const Files &files, SearchPosition position, const QStringList &roots, const QString &distInfo)
{
    auto future = m_interpreter->invoke([&]() -> Result<void> {
        auto source = std::make_shared<InMemorySource>(name, files);
        source->roots = roots;
        source->distInfoFolder = distInfo;
        auto mounted = ModuleMount::mount(source, position);
        if (!mounted)
            return mounted.error();
        m_mounts[name] = std::move(*mounted);
        return {};
    });
    future.waitForFinished();
    const Result<void> result = future.result();
    QVERIFY2(result, result ? "" : qPrintable(result.error().toString()));
}

UnmountReport ModuleMountTest::unmount(const QString &name)
{
    auto future = m_interpreter->invoke([&]() -> Result<UnmountReport> {
        const UnmountReport report = m_mounts.at(name)->unmount();
        m_mounts.erase(name);
        return report;
    });
    future.waitForFinished();
    return future.result().value();
}

void ModuleMountTest::importsModulesAndPackages()
{
    mount(QStringLiteral("a"),
        Files{{QStringLiteral("pkg/__init__.py"), "from .sub.deep import X\n"},
            {QStringLiteral("pkg/sub/__init__.py"), ""}, {QStringLiteral("pkg/sub/deep.py"), "X = 7\n"},
            {QStringLiteral("single.py"), "Y = __name__\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import pkg, single, sys\n"
        "assert pkg.X == 7 and single.Y == 'single'\n"
        "deep = sys.modules['pkg.sub.deep']\n"
        "assert deep.__file__ == '/nowhere/a-1.0-py3-none-any.whl/pkg/sub/deep.py', deep.__file__\n"
        "assert deep.__package__ == 'pkg.sub' and deep.__spec__.origin == deep.__file__\n"
        "assert pkg.__path__ == ['/nowhere/a-1.0-py3-none-any.whl/pkg']\n"
        "assert pkg.__spec__.loader is pkg.__loader__ and pkg.__loader__.is_package('pkg')\n"
        "try:\n    import pkg.absent\n"
        "except ModuleNotFoundError as error:\n    assert error.name == 'pkg.absent'\n"
        "else:\n    assert False\n");
}

void ModuleMountTest::zeroMountsLeaveTheInterpreterUntouched()
{
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys\nassert not any('axle' in repr(finder).lower() for finder in sys.meta_path + sys.path_hooks), "
        "sys.meta_path\n");
}

void ModuleMountTest::laterMountWins()
{
    mount(QStringLiteral("one"), Files{{QStringLiteral("twice.py"), "X = 1\n"}});
    mount(QStringLiteral("two"), Files{{QStringLiteral("twice.py"), "X = 2\n"}});
    AXLE_RUN_PYTHON(*m_interpreter, "import twice\nassert twice.X == 2\n");
}

void ModuleMountTest::appendedComesBehindTheStandardLibrary()
{
    mount(QStringLiteral("shadow"), Files{{QStringLiteral("colorsys.py"), "X = 'shadow'\n"}}, SearchPosition::Last);
    AXLE_RUN_PYTHON(
        *m_interpreter, "import colorsys, sys\nassert not hasattr(colorsys, 'X')\ndel sys.modules['colorsys']\n");
    mount(QStringLiteral("front"), Files{{QStringLiteral("colorsys.py"), "X = 'front'\n"}}, SearchPosition::First);
    AXLE_RUN_PYTHON(*m_interpreter, "import colorsys\nassert colorsys.X == 'front'\n");
}

void ModuleMountTest::namespaceOverTwoMounts()
{
    mount(QStringLiteral("nsa"), Files{{QStringLiteral("ns/in/a.py"), "X = 'a'\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import importlib\n"
        "assert importlib.import_module('ns.in.a').X == 'a'\n");
    mount(QStringLiteral("nsb"), Files{{QStringLiteral("ns/in/b.py"), "X = 'b'\n"}}, SearchPosition::Last);
    AXLE_RUN_PYTHON(*m_interpreter, "import importlib\nassert importlib.import_module('ns.in.b').X == 'b'\n");
    unmount(QStringLiteral("nsa"));
    AXLE_RUN_PYTHON(*m_interpreter,
        "import importlib, sys\n"
        "assert 'ns.in.a' not in sys.modules and 'ns.in.b' in sys.modules\n"
        "assert not hasattr(sys.modules['ns.in'], 'a')\n"
        "try:\n    importlib.import_module('ns.in.a')\n"
        "except ModuleNotFoundError:\n    pass\n"
        "else:\n    assert False\n"
        "assert list(sys.modules['ns'].__path__) == ['/nowhere/nsb-1.0-py3-none-any.whl/ns']\n");
    unmount(QStringLiteral("nsb"));
    AXLE_RUN_PYTHON(
        *m_interpreter, "import sys\nassert not [name for name in sys.modules if name.split('.')[0] == 'ns']\n");
}

void ModuleMountTest::foldersPutInFrontOfSysPathWin()
{
    // As cv2 does: its __init__ puts its own folder on sys.path and imports its own name from there.
    mount(QStringLiteral("self"),
        Files{{QStringLiteral("selfish/__init__.py"),
                  "import importlib, os, sys\n"
                  "assert not hasattr(sys, 'selfish'), 'recursion'\n"
                  "sys.selfish = 1\n"
                  "sys.path.insert(1, os.path.dirname(__file__))\n"
                  "own = sys.modules.pop(__name__)\n"
                  "X = importlib.import_module('selfish').X\n"
                  "sys.modules[__name__] = own\n"
                  "del sys.selfish\n"},
            {QStringLiteral("selfish/selfish.py"), "X = 'inner'\n"}});
    AXLE_RUN_PYTHON(*m_interpreter, "import selfish\nassert selfish.X == 'inner'\n");
    mount(QStringLiteral("vendor"),
        Files{{QStringLiteral("selfish2.py"), "X = 'outer'\n"},
            {QStringLiteral("_vendor/selfish2.py"), "X = 'vendored'\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import sys\nsys.path.append('/nowhere/vendor-1.0-py3-none-any.whl/_vendor')\n"
        "import selfish2\nassert selfish2.X == 'outer'\n");
}

void ModuleMountTest::namespaceGivesWayToARegularPackageOnSysPath()
{
    mount(QStringLiteral("nsjson"), Files{{QStringLiteral("json/extra.py"), "X = 1\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import json, importlib.util\nassert json.loads('1') == 1\n"
        "assert importlib.util.find_spec('json.extra') is None\n");
}

void ModuleMountTest::dataSchemesMergeIntoOnePackage()
{
    mount(QStringLiteral("d"),
        Files{{QStringLiteral("pk/__init__.py"), ""}, {QStringLiteral("d-1.0.data/platlib/pk/extra.py"), "X = 3\n"},
            {QStringLiteral("d-1.0.data/purelib/other.py"), "Y = 4\n"}},
        SearchPosition::First, {QString(), QStringLiteral("d-1.0.data/purelib"), QStringLiteral("d-1.0.data/platlib")});
    AXLE_RUN_PYTHON(*m_interpreter, "import pk.extra, other\nassert pk.extra.X == 3 and other.Y == 4\n");
}

void ModuleMountTest::sourceLinesAndTracebacks()
{
    mount(QStringLiteral("t"),
        Files{{QStringLiteral("trace.d/x.txt"), ""},
            {QStringLiteral("tb.py"), "def boom():\n    raise ValueError('here')  # the line\n"},
            {QStringLiteral("tbi.py"), "1/0  # at import\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import inspect, tb, traceback\n"
        "assert '# the line' in inspect.getsource(tb.boom)\n"
        "try:\n    tb.boom()\n"
        "except ValueError:\n    assert '# the line' in traceback.format_exc()\n"
        "try:\n    import tbi\n"
        "except ZeroDivisionError:\n    text = traceback.format_exc()\n"
        "assert '# at import' in text and 'frozen' not in text, text\n");
}

void ModuleMountTest::metadataAndResources()
{
    mount(QStringLiteral("m"),
        Files{{QStringLiteral("res/__init__.py"), ""}, {QStringLiteral("res/data/x.txt"), "text"},
            {QStringLiteral("m-1.0.dist-info/METADATA"), "Metadata-Version: 2.1\nName: M.Odd_Name\nVersion: 1.0\n"},
            {QStringLiteral("m-1.0.dist-info/RECORD"), "res/__init__.py,,\n"},
            {QStringLiteral("m-1.0.dist-info/entry_points.txt"), "[group]\nname = res:__name__\n"}},
        SearchPosition::First, {QString()}, QStringLiteral("m-1.0.dist-info"));
    AXLE_RUN_PYTHON(*m_interpreter,
        "import importlib.metadata as md, importlib.resources as resources, pkgutil\n"
        "assert md.version('m-odd.name') == '1.0'\n"
        "assert [str(file) for file in md.files('m-odd-name')] == ['res/__init__.py']\n"
        "(point,) = md.entry_points(group='group')\nassert point.load() == 'res'\n"
        "folder = resources.files('res')\n"
        "assert (folder / 'data' / 'x.txt').read_text() == 'text' and folder.joinpath('data').is_dir()\n"
        "assert sorted(item.name for item in folder.iterdir()) == ['__init__.py', 'data']\n"
        "assert not (folder / 'absent').is_file()\n"
        "with resources.as_file(folder / 'data' / 'x.txt') as path:\n    assert path.read_text() == 'text'\n"
        "assert pkgutil.get_data('res', 'data/x.txt') == b'text'\n"
        "try:\n    pkgutil.get_data('res', 'absent')\nexcept FileNotFoundError:\n    pass\nelse:\n    assert False\n"
        "try:\n    folder.joinpath('../..')\nexcept FileNotFoundError:\n    pass\nelse:\n    assert False\n");
    unmount(QStringLiteral("m"));
    AXLE_RUN_PYTHON(*m_interpreter,
        "import importlib.metadata as md\n"
        "try:\n    md.version('m-odd-name')\nexcept md.PackageNotFoundError:\n    pass\nelse:\n    assert False\n");
}

void ModuleMountTest::iterModulesAndPathEntries()
{
    mount(QStringLiteral("i"),
        Files{{QStringLiteral("it/__init__.py"), ""}, {QStringLiteral("it/a.py"), ""},
            {QStringLiteral("it/p/__init__.py"), ""}, {QStringLiteral("it/_vendor/v.py"), "V = 1\n"},
            {QStringLiteral("it/x.txt"), ""}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import pkgutil, sys, it\n"
        "assert [(m.name, m.ispkg) for m in pkgutil.iter_modules(it.__path__)] == [('a', False), ('p', True)]\n"
        "sys.path.insert(0, it.__path__[0] + '/_vendor')\n"
        "import v\nassert v.V == 1\n"
        "del sys.path[0]\n");
}

void ModuleMountTest::unmountTakesModulesParentsAndCaches()
{
    mount(QStringLiteral("u"),
        Files{{QStringLiteral("up/__init__.py"), ""},
            {QStringLiteral("up/x.py"), "import linecache, sys\nlinecache.getline(__file__, 1, globals())\n"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "import up.x, linecache, pkgutil\nlist(pkgutil.iter_modules(up.__path__))\n"
        "assert [key for key in linecache.cache if 'nowhere' in key]\n");
    const UnmountReport report = unmount(QStringLiteral("u"));
    QCOMPARE(report.modules, (QStringList{QStringLiteral("up.x"), QStringLiteral("up")}));
    QVERIFY(!report.parked && report.nativeModules.isEmpty());
    AXLE_RUN_PYTHON(*m_interpreter,
        "import linecache, sys, importlib.util\n"
        "assert importlib.util.find_spec('up') is None and 'up' not in sys.modules\n"
        "assert not [key for key in linecache.cache if 'nowhere' in key]\n");
}

void ModuleMountTest::sameLocationIsCounted()
{
    const auto source =
        std::make_shared<InMemorySource>(QStringLiteral("c"), Files{{QStringLiteral("counted.py"), ""}});
    auto future = m_interpreter->invoke([&]() -> Result<int> {
        auto first = std::move(ModuleMount::mount(source)).value();
        auto second = std::move(ModuleMount::mount(source)).value();
        if (auto imported = runCode(QStringLiteral("import counted")); !imported)
            return imported.error();
        if (!first->unmount().modules.isEmpty() || first->isMounted() || !second->isMounted())
            return 1;
        return second->unmount().modules == QStringList{QStringLiteral("counted")} ? 0 : 2;
    });
    future.waitForFinished();
    QCOMPARE(future.result().value(), 0);
}

void ModuleMountTest::aliasesOfAModuleGoToo()
{
    mount(QStringLiteral("al"),
        Files{{QStringLiteral("alias.py"), "import sys\nsys.modules['other_name'] = sys.modules[__name__]\n"}});
    AXLE_RUN_PYTHON(*m_interpreter, "import alias, other_name\nassert alias is other_name\n");
    QCOMPARE(unmount(QStringLiteral("al")).modules.size(), 2);
}

void ModuleMountTest::otherLoadersErrorsAreImportErrors()
{
    mount(QStringLiteral("e"),
        Files{{QStringLiteral("native.so"), "no ELF"}, {QStringLiteral("bad.py"), "x = (\n"},
            {QStringLiteral("old.pyc"), "no bytecode"}});
    AXLE_RUN_PYTHON(*m_interpreter,
        "for name, kind in (('native', ImportError), ('bad', SyntaxError), ('old', ImportError)):\n"
        "    try:\n        __import__(name)\n"
        "    except kind:\n        continue\n"
        "    assert False, name\n");
}

void ModuleMountTest::mountingFailsCleanlyWhereSysIsBroken()
{
    AXLE_RUN_PYTHON(*m_interpreter, "import sys\nsys.kept = sys.path_hooks\nsys.path_hooks = None\n");
    auto future = m_interpreter->invoke([&]() -> Result<void> {
        auto mounted = ModuleMount::mount(std::make_shared<InMemorySource>(QStringLiteral("never"), Files{}));
        return mounted ? Result<void>() : Result<void>(mounted.error());
    });
    future.waitForFinished();
    const Result<void> result = future.result();
    QVERIFY(!result);
    QCOMPARE(result.error().code(), Codes::MountFailed); // mount-failed
    QVERIFY(result.error().message().startsWith(QStringLiteral("'never' cannot be mounted: ")));
    AXLE_RUN_PYTHON(*m_interpreter, "import sys\nsys.path_hooks = sys.kept\ndel sys.kept\n");
}

QTEST_GUILESS_MAIN(ModuleMountTest)
#include "tst_modulemount.moc"
