#pragma once

#include "backend_p.h"
#include "contributionregistry_p.h"
#include "inventory_p.h"
#include "planner_p.h"
#include "pythonsteps_p.h"
#include "reporter_p.h"

#include <QtCore/QElapsedTimer>

#include <deque>

namespace Axle::Internal {

/// One thing to be done to one package or plugin.
struct Step
{
    enum class Kind {
        UnloadPlugin, ///< deactivate; and unmount its wheel where it is the last one
        UnmountWheel, ///< of a library, or of a plugin that failed
        MountWheel,   ///< of a library
        LoadPlugin,   ///< mount its wheel where that was not done, and activate
    };

    Kind kind = Kind::LoadPlugin;
    Package *package = nullptr;
    PluginRecord *plugin = nullptr;
    UnloadReason unloadReason = UnloadReason::Dependency;
    bool isUpdate = false;
    bool unmounts = false;
};

/// Carries out steps, one after the other, with the signals that belong to each. Owner's thread, never blocks.
class Executor
{
public:
    struct Settings
    {
        QString dataFolder;
        QVariantMap host;
    };
    enum class Outcome {
        Completed,
        Failed,  ///< a load failed: what is left of the steps was dropped, a new plan is needed
        Stopped, ///< on request
    };

    Executor(const Inventory &inventory, PythonSteps &python, ContributionRegistry &contributions, Reporter &reporter,
        std::function<std::shared_ptr<Backend>(const QString &)> makeBackend, const Settings &settings);

    /// `prepared`: by path. Calls `done` when there is nothing left to do; at once where there was nothing.
    void run(
        const QList<Step> &steps, const QHash<QString, PreparedWheel> &prepared, std::function<void(Outcome)> done);
    /// Ends after the present step.
    void stop() { m_stopRequested = true; }
    bool isRunning() const { return m_done != nullptr; }

private:
    void next();
    void finish(Outcome outcome);

    void unloadPlugin(const Step &step);
    void pluginUnloaded(const Step &step, const UnloadResult &result);
    void unmount(Package &package, const std::function<void(const UnmountReport &, const Error &)> &done);

    void mount(Package &package, const std::function<void(const Error &)> &done);
    void mounted(Package &package, const std::shared_ptr<const WheelSource> &source, const PythonSteps::Mount &mount);
    void mountLibrary(const Step &step);
    void loadPlugin(const Step &step);
    void activate(const Step &step);
    void pluginLoaded(const Step &step);
    void loadFailed(const Step &step, const Error &error);
    qint64 takeMountMilliseconds(const Package &package) const;

    const Inventory &m_inventory;
    PythonSteps &m_python;
    ContributionRegistry &m_contributions;
    Reporter &m_reporter;
    std::function<std::shared_ptr<Backend>(const QString &)> m_makeBackend;
    Settings m_settings;

    std::deque<Step> m_steps;
    QHash<QString, PreparedWheel> m_prepared;
    std::function<void(Outcome)> m_done;
    QElapsedTimer m_clock; ///< of the present step
    quint64 m_mountSerial = 0;
    bool m_stopRequested = false;
};

} // namespace Axle::Internal
