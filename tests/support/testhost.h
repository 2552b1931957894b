#pragma once

#include "signallog.h"
#include "wheelbuilder.h"

#include <axle/python/interpreter.h>

#include <QtCore/QTemporaryDir>

namespace Axle::Test {

/// A host without a window: a plugins folder, a store and a data folder of its own, a manager and the log of its signals.
class TestHost
{
public:
    /// Watches the folder only where that is what is tested; else `rescan` sees to the timing.
    explicit TestHost(Interpreter &interpreter, PluginManagerOptions options = quiet());
    ~TestHost();

    static PluginManagerOptions quiet();

    QString folder() const { return m_folder; }
    QString path(const QString &fileName) const { return m_folder + u'/' + fileName; }
    PluginManager &manager() { return *m_manager; }
    SignalLog &log() { return *m_log; }

    /// Each waits until there is nothing left to do; false after a minute.
    bool start();
    bool rescan();
    bool setEnabled(const QString &id, bool enabled);
    bool setPreferred(const QString &id, bool preferred);
    bool retry(const QString &id);
    bool waitUntilIdle();
    /// As the host's end does; the log stays.
    void shutdown();

private:
    QTemporaryDir m_root;
    QString m_folder;
    std::unique_ptr<PluginManager> m_manager;
    std::unique_ptr<SignalLog> m_log;
};

/// A wheel with one plugin, `name`, of which `activate` is given; `deactivate` does nothing.
///
///     pluginWheel("palette", "context.contribute('filters', 'sepia', lambda: 1)").write(host.folder());
WheelBuilder pluginWheel(
    const QString &name, const QByteArray &activate = "pass", const QString &version = QStringLiteral("1.0"));
/// A wheel with one module and no plugin.
WheelBuilder libraryWheel(const QString &name, const QString &version = QStringLiteral("1.0"));

} // namespace Axle::Test
