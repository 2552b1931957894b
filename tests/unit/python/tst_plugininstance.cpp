#include "support/inmemorysource.h"
#include "support/pythontest.h"

#include <axle/python/codes.h>
#include <axle/python/modulemount.h>
#include <axle/python/packages.h>

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>

#include <limits>

using namespace Axle;
using Axle::Test::InMemorySource;

namespace {

/// What a host does with contributions and log lines, as little as possible.
class RecordingBackend final : public PluginBackend
{
public:
    Result<void> contribute(const QString &point, const QString &id, const QVariantMap &properties,
        std::shared_ptr<PythonObject> object) override
    {
        if (point == QStringLiteral("closed"))
            return Error(ErrorCode("point-closed"), QStringLiteral("'closed' takes nothing"));
        objects.insert(id, std::move(object));
        propertiesOf.insert(id, properties);
        return {};
    }
    void log(int level, const QString &message) override { lines += QStringLiteral("%1 %2").arg(level).arg(message); }

    QMap<QString, std::shared_ptr<PythonObject>> objects;
    QMap<QString, QVariantMap> propertiesOf;
    QStringList lines;
};

QMap<QString, QByteArray> axlePackage()
{
    QMap<QString, QByteArray> files;
    for (const QString &name :
        {QStringLiteral("__init__.py"), QStringLiteral("context.py"), QStringLiteral("plugin.py")}) {
        QFile file(QStringLiteral(AXLE_PYTHON_PACKAGE_FOLDER "/axle/") + name);
        if (file.open(QIODevice::ReadOnly))
            files.insert(QStringLiteral("axle/") + name, file.readAll());
    }
    return files;
}

} // namespace

class PluginInstanceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void cleanup();
    void cleanupTestCase() { m_interpreter.reset(); }

    void activatesContributesAndGoes();
    void failures_data();
    void failures();
    void deactivateThatFailsStillUnloads();
    void contextIsInvalidAfterwards();
    void refusedContributionRaises();
    void settingsAndDataFolderLast();
    void valuesCross_data();
    void valuesCross();
    void unsupportedValuesAreRefused();
    void bytesCrossWithoutACopyAndReadOnly();

private:
    Result<void> activate(const QByteArray &source, const QString &attribute = QStringLiteral("Plugin"));
    template<class F>
    auto onPython(F &&function)
    {
        auto future = m_interpreter->invoke(std::forward<F>(function));
        future.waitForFinished();
        return future.result();
    }

    QTemporaryDir m_data;
    std::unique_ptr<Interpreter> m_interpreter;
    std::unique_ptr<ModuleMount> m_mount;
    std::unique_ptr<PluginInstance> m_plugin;
    std::shared_ptr<RecordingBackend> m_backend;
};

void PluginInstanceTest::initTestCase()
{
    registerPackage(std::make_shared<InMemorySource>(QStringLiteral("axle"), axlePackage()));
    m_interpreter = std::make_unique<Interpreter>();
}

void PluginInstanceTest::cleanup()
{
    QVERIFY(onPython([&]() -> Result<void> {
        m_plugin.reset();
        m_mount.reset();
        m_backend.reset();
        return {};
    }));
}

Result<void> PluginInstanceTest::activate(const QByteArray &source, const QString &attribute)
{
    return onPython([&]() -> Result<void> {
        auto mount = ModuleMount::mount(std::make_shared<InMemorySource>(
            QStringLiteral("demo"), QMap<QString, QByteArray>{{QStringLiteral("demo.py"), source}}));
        if (!mount)
            return mount.error();
        m_mount = std::move(*mount);
        m_backend = std::make_shared<RecordingBackend>();
        const PluginSetup setup{QStringLiteral("demo"), QStringLiteral("demo"), attribute, QStringLiteral("startup"),
            m_data.filePath(QStringLiteral("demo")), {{QStringLiteral("name"), QStringLiteral("test")}}};
        auto plugin = PluginInstance::activate(setup, m_backend);
        if (!plugin)
            return plugin.error();
        m_plugin = std::move(*plugin);
        return {};
    });
}

void PluginInstanceTest::activatesContributesAndGoes()
{
    const auto activated = activate("from axle import Plugin\n"
                                    "class Plugin(Plugin):\n"
                                    "    def activate(self, context):\n"
                                    "        assert context.id == 'demo' and context.reason == 'startup'\n"
                                    "        assert context.host['name'] == 'test'\n"
                                    "        context.log.warning('hello %s', 'host')\n"
                                    "        context.contribute('functions', 'add', self.add, title='Add')\n"
                                    "    def add(self, a, b=1):\n"
                                    "        return a + b\n");
    QVERIFY2(activated, activated ? "" : qPrintable(activated.error().toString()));
    QCOMPARE(m_backend->lines, (QStringList{QStringLiteral("30 hello host")}));
    QCOMPARE(m_backend->propertiesOf.value(QStringLiteral("add")).value(QStringLiteral("title")).toString(),
        QStringLiteral("Add"));
    const auto object = m_backend->objects.value(QStringLiteral("add"));
    QCOMPARE(onPython([&] { return object->call({1, 2}); }).value().toInt(), 3);
    QCOMPARE(onPython([&] { return object->call({1}, {{QStringLiteral("b"), 5}}); }).value().toInt(), 6);
    QVERIFY(onPython([&] { return m_plugin->deactivate(); }));
    const auto gone = onPython([&] { return object->call({1}); });
    QVERIFY(!gone);
    QCOMPARE(gone.error().code(), Codes::PluginGone); // plugin-gone
}

void PluginInstanceTest::failures_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<QString>("attribute");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const QString plugin = QStringLiteral("Plugin");
    QTest::newRow("import raises")
        << QByteArray("import nothing_of_this_name\n") << plugin << QStringLiteral("plugin-import-failed")
        << QStringLiteral("'demo' cannot be imported: ModuleNotFoundError: No module named 'nothing_of_this_name'");
    QTest::newRow("import exits") << QByteArray("raise SystemExit(3)\n") << plugin
                                  << QStringLiteral("plugin-import-failed")
                                  << QStringLiteral("'demo' cannot be imported: SystemExit: 3");
    QTest::newRow("no such attribute") << QByteArray("") << plugin << QStringLiteral("plugin-entry-point-missing")
                                       << QStringLiteral(
                                              "module 'demo' has no 'Plugin', which the entry point of 'demo' names");
    QTest::newRow("no activate") << QByteArray("class Plugin: pass\n") << plugin
                                 << QStringLiteral("plugin-entry-point-missing")
                                 << QStringLiteral("'demo:Plugin' has no method 'activate'");
    QTest::newRow("constructor raises") << QByteArray("class Plugin:\n    def __init__(self): 1/0\n") << plugin
                                        << QStringLiteral("plugin-activate-failed")
                                        << QStringLiteral(
                                               "'demo:Plugin' cannot be made: ZeroDivisionError: division by zero");
    QTest::newRow("activate raises") << QByteArray(
        "class Plugin:\n    def activate(self, context): raise OSError('disk')\n")
                                     << plugin << QStringLiteral("plugin-activate-failed")
                                     << QStringLiteral("activate() of 'demo' failed: OSError: disk");
    QTest::newRow("activate exits") << QByteArray(
        "import sys\nclass Plugin:\n    def activate(self, context): sys.exit(9)\n")
                                    << plugin << QStringLiteral("plugin-activate-failed")
                                    << QStringLiteral("activate() of 'demo' failed: SystemExit: 9");
    QTest::newRow("activate interrupts") << QByteArray(
        "class Plugin:\n    def activate(self, context): raise KeyboardInterrupt\n")
                                         << plugin << QStringLiteral("plugin-activate-failed")
                                         << QStringLiteral("activate() of 'demo' failed: KeyboardInterrupt");
}

void PluginInstanceTest::failures()
{
    QFETCH(QByteArray, source);
    QFETCH(QString, attribute);
    QFETCH(QString, code);
    QFETCH(QString, message);
    const auto activated = activate(source, attribute);
    QVERIFY(!activated);
    QCOMPARE(QString(activated.error().code().name()), code);
    QCOMPARE(activated.error().message(), message);
    QVERIFY(!activated.error().details().contains(QStringLiteral("importlib")));
}

void PluginInstanceTest::deactivateThatFailsStillUnloads()
{
    QVERIFY(activate("class Plugin:\n"
                     "    def activate(self, context): context.contribute('f', 'f', print)\n"
                     "    def deactivate(self, context): raise SystemExit\n"));
    const auto done = onPython([&] { return m_plugin->deactivate(); });
    QVERIFY(!done);
    QCOMPARE(done.error().code(), Codes::PluginDeactivateFailed); // plugin-deactivate-failed
    QVERIFY(!onPython([&] { return m_backend->objects.value(QStringLiteral("f"))->call({}); }));
    QVERIFY(onPython([&] { return m_plugin->deactivate(); })); // a second time there is nothing to do
}

void PluginInstanceTest::contextIsInvalidAfterwards()
{
    QVERIFY(activate("import builtins\n"
                     "class Plugin:\n"
                     "    def activate(self, context): builtins.kept = context\n"));
    QVERIFY(onPython([&] { return m_plugin->deactivate(); }));
    AXLE_RUN_PYTHON(*m_interpreter,
        "import builtins\n"
        "for use in (lambda c: c.contribute('f', 'x', print), lambda c: c.data_dir, lambda c: c.settings):\n"
        "    try:\n        use(builtins.kept)\n"
        "    except RuntimeError as error:\n        assert 'unloaded' in str(error)\n"
        "    else:\n        assert False\n"
        "builtins.kept.log.error('to nobody')\n"
        "del builtins.kept\n");
    QVERIFY(m_backend->lines.isEmpty());
}

void PluginInstanceTest::refusedContributionRaises()
{
    const auto activated = activate("from axle.context import ContributionError\n"
                                    "class Plugin:\n"
                                    "    def activate(self, context):\n"
                                    "        try:\n            context.contribute('closed', 'x', print)\n"
                                    "        except ContributionError as error:\n"
                                    "            assert error.code == 'point-closed', error.code\n"
                                    "        else:\n            assert False\n"
                                    "        try:\n            context.contribute('f', 'x', print, bad=object())\n"
                                    "        except ContributionError as error:\n"
                                    "            assert error.code == 'plugin-value-unsupported', error.code\n"
                                    "        else:\n            assert False\n");
    QVERIFY2(activated, activated ? "" : qPrintable(activated.error().toString()));
}

void PluginInstanceTest::settingsAndDataFolderLast()
{
    const QByteArray source = "class Plugin:\n"
                              "    def activate(self, context):\n"
                              "        count = context.settings.get('count', 0) + 1\n"
                              "        context.settings['count'] = count\n"
                              "        (context.data_dir / 'file').write_text(str(count))\n"
                              "        context.log.info('%d', count)\n";
    for (int i = 1; i <= 2; ++i) {
        QVERIFY(activate(source));
        QCOMPARE(m_backend->lines.last(), QStringLiteral("20 %1").arg(i));
        cleanup();
    }
    QFile bad(m_data.filePath(QStringLiteral("demo/settings.json")));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("[not an object");
    bad.close();
    QVERIFY(activate(source));
    QCOMPARE(m_backend->lines.last(), QStringLiteral("20 1"));
    QVERIFY(QFile::exists(bad.fileName() + QStringLiteral(".bad")));
}

void PluginInstanceTest::valuesCross_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::newRow("none") << QVariant();
    QTest::newRow("true") << QVariant(true);
    QTest::newRow("negative") << QVariant(qlonglong(-7));
    QTest::newRow("largest") << QVariant(std::numeric_limits<qlonglong>::max());
    QTest::newRow("float") << QVariant(0.5);
    QTest::newRow("text") << QVariant(QStringLiteral("grün \U0001F600"));
    QTest::newRow("bytes") << QVariant(QByteArray("a\0b", 3));
    QTest::newRow("empty bytes") << QVariant(QByteArray(""));
    QTest::newRow("list") << QVariant(QVariantList{1LL, QStringLiteral("x"), QVariantList{}});
    QTest::newRow("map") << QVariant(QVariantMap{{QStringLiteral("k"), 1.5}, {QStringLiteral("n"), QVariantMap{}}});
}

void PluginInstanceTest::valuesCross()
{
    QFETCH(QVariant, value);
    QVERIFY(activate(
        "class Plugin:\n    def activate(self, context): context.contribute('f', 'same', lambda value: value)\n"));
    const auto same = onPython([&] { return m_backend->objects.value(QStringLiteral("same"))->call({value}); });
    QVERIFY2(same, same ? "" : qPrintable(same.error().toString()));
    QCOMPARE(*same, value);
}

void PluginInstanceTest::unsupportedValuesAreRefused()
{
    QVERIFY(activate("class Plugin:\n"
                     "    def activate(self, context):\n"
                     "        context.contribute('f', 'object', object)\n"
                     "        context.contribute('f', 'huge', lambda: 2 ** 64)\n"
                     "        context.contribute('f', 'keys', lambda: {1: 2})\n"
                     "        context.contribute('f', 'raise', lambda: 1/0)\n"));
    for (const char *id : {"object", "huge", "keys"}) {
        const auto result = onPython([&] { return m_backend->objects.value(QString::fromLatin1(id))->call({}); });
        QVERIFY(!result);
        QCOMPARE(result.error().code(), Codes::PluginValueUnsupported); // plugin-value-unsupported
    }
    const auto raised = onPython([&] { return m_backend->objects.value(QStringLiteral("raise"))->call({}); });
    QVERIFY(!raised);
    QCOMPARE(raised.error().code(), Codes::PluginCallFailed); // plugin-call-failed
    QVERIFY(raised.error().details().contains(QStringLiteral("lambda: 1/0")));
    const auto unknown = onPython(
        [&] { return m_backend->objects.value(QStringLiteral("object"))->call({QVariant(QDate(2020, 1, 1))}); });
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code(), Codes::PluginValueUnsupported);
}

void PluginInstanceTest::bytesCrossWithoutACopyAndReadOnly()
{
    QVERIFY(activate("class Plugin:\n"
                     "    def activate(self, context):\n"
                     "        context.contribute('f', 'f', self.f)\n"
                     "    def f(self, data):\n"
                     "        assert type(data) is memoryview and data.readonly and data.contiguous\n"
                     "        return bytearray(data[::-1])\n"));
    const auto result =
        onPython([&] { return m_backend->objects.value(QStringLiteral("f"))->call({QByteArray("abc")}); });
    QVERIFY2(result, result ? "" : qPrintable(result.error().toString()));
    QCOMPARE(result->toByteArray(), QByteArray("cba"));
}

QTEST_GUILESS_MAIN(PluginInstanceTest)
#include "tst_plugininstance.moc"
