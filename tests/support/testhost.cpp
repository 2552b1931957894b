#include "testhost.h"

#include <QtCore/QDir>
#include <QtTest/QtTest>

namespace Axle::Test {

TestHost::TestHost(Interpreter &interpreter, PluginManagerOptions options)
    : m_folder(m_root.filePath(QStringLiteral("plugins")))
{
    if (!QDir().mkpath(m_folder))
        qFatal("cannot make '%s'", qPrintable(m_folder));
    options.storeFolder = m_root.filePath(QStringLiteral("store"));
    options.dataFolder = m_root.filePath(QStringLiteral("data"));
    m_manager = std::make_unique<PluginManager>(interpreter, options);
    m_log = std::make_unique<SignalLog>(*m_manager);
    m_manager->addFolder(m_folder);
}

TestHost::~TestHost() = default;

PluginManagerOptions TestHost::quiet()
{
    PluginManagerOptions options;
    options.watch = false;
    return options;
}

bool TestHost::waitUntilIdle()
{
    return QTest::qWaitFor([this] { return m_manager->isIdle(); }, 60000);
}

bool TestHost::start()
{
    m_manager->start();
    return waitUntilIdle();
}

bool TestHost::rescan()
{
    m_manager->rescan();
    return waitUntilIdle();
}

bool TestHost::setEnabled(const QString &id, bool enabled)
{
    m_manager->setEnabled(id, enabled);
    return waitUntilIdle();
}

bool TestHost::setPreferred(const QString &id, bool preferred)
{
    m_manager->setPreferred(id, preferred);
    return waitUntilIdle();
}

bool TestHost::retry(const QString &id)
{
    m_manager->retry(id);
    return waitUntilIdle();
}

void TestHost::shutdown()
{
    m_manager->shutdown();
}

WheelBuilder pluginWheel(const QString &name, const QByteArray &activate, const QString &version)
{
    const QString module = QString(name).replace(u'-', u'_');
    const QByteArray code = "class Plugin:\n"
                            "    def activate(self, context):\n"
                            "        "
        + activate + "\n";
    return WheelBuilder(name, version)
        .file(module + QStringLiteral("/__init__.py"), code)
        .entryPoint("axle.plugins", qPrintable(module), qPrintable(module + QStringLiteral(":Plugin")));
}

WheelBuilder libraryWheel(const QString &name, const QString &version)
{
    const QString module = QString(name).replace(u'-', u'_');
    return WheelBuilder(name, version).file(module + QStringLiteral(".py"), "VERSION = '" + version.toUtf8() + "'\n");
}

} // namespace Axle::Test
