#include "executor_p.h"

#include <QtCore/QMetaEnum>

namespace Axle::Internal {

Executor::Executor(const Inventory &inventory, PythonSteps &python, ContributionRegistry &contributions,
    Reporter &reporter, std::function<std::shared_ptr<Backend>(const QString &)> makeBackend, const Settings &settings)
    : m_inventory(inventory)
    , m_python(python)
    , m_contributions(contributions)
    , m_reporter(reporter)
    , m_makeBackend(std::move(makeBackend))
    , m_settings(settings)
{
}

void Executor::run(
    const QList<Step> &steps, const QHash<QString, PreparedWheel> &prepared, std::function<void(Outcome)> done)
{
    Q_ASSERT(!isRunning());
    m_steps.assign(steps.cbegin(), steps.cend());
    m_prepared = prepared;
    m_done = std::move(done);
    m_stopRequested = false;
    next();
}

void Executor::next()
{
    if (m_steps.empty())
        return finish(Outcome::Completed);
    if (m_stopRequested)
        return finish(Outcome::Stopped);
    const Step step = m_steps.front();
    m_steps.pop_front();
    m_clock.start();
    switch (step.kind) {
    case Step::Kind::UnloadPlugin:
        return unloadPlugin(step);
    case Step::Kind::UnmountWheel:
        return unmount(*step.package, [this](const UnmountReport &, const Error &) { next(); });
    case Step::Kind::MountWheel:
        return mountLibrary(step);
    case Step::Kind::LoadPlugin:
        return loadPlugin(step);
    }
}

void Executor::finish(Outcome outcome)
{
    m_steps.clear();
    m_prepared.clear();
    // The next run may begin within `done`.
    std::exchange(m_done, {})(outcome);
}

void Executor::unloadPlugin(const Step &step)
{
    PluginRecord &plugin = *step.plugin;
    m_reporter.emitSignal(&PluginManager::pluginAboutToUnload, plugin.id, step.unloadReason, step.isUpdate);
    plugin.operation = Operation::Deactivating;
    plugin.backend->close();
    m_contributions.withdraw(plugin.id);
    m_python.deactivate(std::exchange(plugin.instance, {}), [this, step](const Result<void> &deactivated) {
        PluginRecord &record = *step.plugin;
        record.operation = Operation::None;
        record.backend.reset();
        m_reporter.setState(record, PluginState::Mounted);
        UnloadResult result;
        if (!deactivated)
            result.error = deactivated.error();
        if (!step.unmounts)
            return pluginUnloaded(step, result);
        unmount(*step.package, [this, step, result](const UnmountReport &report, const Error &error) mutable {
            result.modules = report.modules;
            result.isParked = report.parked;
            if (result.error.isNull())
                result.error = error;
            pluginUnloaded(step, result);
        });
    });
}

void Executor::pluginUnloaded(const Step &step, const UnloadResult &result)
{
    m_reporter.emitSignal(&PluginManager::pluginUnloaded, step.plugin->id, step.unloadReason, result);
    next();
}

void Executor::unmount(Package &package, const std::function<void(const UnmountReport &, const Error &)> &done)
{
    for (const auto &record : package.records)
        record->operation = Operation::Unmounting;
    m_python.unmount(
        std::exchange(package.mounted->mount, {}), [this, &package, done](const Result<UnmountReport> &unmounted) {
            const UnmountReport report = unmounted ? *unmounted : UnmountReport();
            const DistributionInfo info = package.distributionInfo();
            if (!report.nativeModules.isEmpty())
                package.resident = package.mounted->file;
            package.mounted.reset();
            for (const auto &record : package.records) {
                record->operation = Operation::None;
                if (record->state == PluginState::Mounted)
                    m_reporter.setState(*record, PluginState::Resolved);
            }
            m_reporter.emitSignal(&PluginManager::wheelUnmounted, info);
            done(report, unmounted ? Error() : unmounted.error());
        });
}

void Executor::mount(Package &package, const std::function<void(const Error &)> &done)
{
    for (const auto &record : package.records)
        record->operation = Operation::Mounting;
    const auto prepared = m_prepared.constFind(package.current.path);
    Q_ASSERT(prepared != m_prepared.constEnd());
    const auto source = std::make_shared<const WheelSource>(prepared->wheel);
    const qint64 preparation = prepared->milliseconds;
    m_python.mount(source, [this, &package, source, preparation, done](const Result<PythonSteps::Mount> &mount) {
        for (const auto &record : package.records)
            record->operation = Operation::None;
        if (!mount)
            return done(mount.error());
        package.mounted = MountedWheel{
            package.current, package.dependencies, source, *mount, ++m_mountSerial, preparation + m_clock.restart()};
        for (const auto &record : package.records) {
            if (record->state != PluginState::Failed)
                m_reporter.setState(*record, PluginState::Mounted);
        }
        m_reporter.emitSignal(&PluginManager::wheelMounted, package.distributionInfo());
        done({});
    });
}

void Executor::mountLibrary(const Step &step)
{
    mount(*step.package, [this, step](const Error &error) {
        if (error.isNull())
            return next();
        PluginRecord &library = *step.package->records.front();
        library.needsRetry = true;
        m_reporter.setState(library, PluginState::Failed, error);
        finish(Outcome::Failed);
    });
}

void Executor::loadPlugin(const Step &step)
{
    const PluginRecord &plugin = *step.plugin;
    m_reporter.emitSignal(
        &PluginManager::pluginAboutToLoad, plugin.id, plugin.loadReason.value_or(LoadReason::Dependency));
    m_clock.start();
    if (step.package->mounted)
        return activate(step);
    mount(*step.package, [this, step](const Error &error) {
        if (error.isNull())
            activate(step);
        else
            loadFailed(step, error);
    });
}

void Executor::activate(const Step &step)
{
    PluginRecord &plugin = *step.plugin;
    plugin.operation = Operation::Activating;
    plugin.backend = m_makeBackend(plugin.id);
    PluginSetup setup;
    setup.id = plugin.id;
    setup.module = plugin.entryPoint->module;
    setup.attribute = plugin.entryPoint->attribute;
    const LoadReason reason = plugin.loadReason.value_or(LoadReason::Dependency);
    setup.reason =
        QString::fromLatin1(QMetaEnum::fromType<LoadReason>().valueToKey(static_cast<int>(reason))).toLower();
    // Normalised names have no dots, so that this is nobody else's folder.
    setup.dataFolder = m_settings.dataFolder + u'/' + QString(plugin.id).replace(u':', u'.');
    setup.host = m_settings.host;
    m_clock.start();
    m_python.activate(setup, plugin.backend, [this, step](const Result<PythonSteps::Instance> &instance) {
        step.plugin->operation = Operation::None;
        if (!instance)
            return loadFailed(step, instance.error());
        step.plugin->instance = *instance;
        pluginLoaded(step);
    });
}

void Executor::pluginLoaded(const Step &step)
{
    PluginRecord &plugin = *step.plugin;
    plugin.loadReason.reset();
    LoadReport report;
    report.activateMilliseconds = m_clock.elapsed();
    report.mountMilliseconds = takeMountMilliseconds(*step.package);
    report.contributions = m_contributions.count(plugin.id);
    m_reporter.setState(plugin, PluginState::Active);
    m_reporter.emitSignal(&PluginManager::pluginLoaded, plugin.id, report);
    next();
}

void Executor::loadFailed(const Step &step, const Error &error)
{
    PluginRecord &plugin = *step.plugin;
    plugin.needsRetry = true;
    plugin.loadReason.reset();
    if (plugin.backend)
        plugin.backend->close();
    plugin.backend.reset();
    m_contributions.withdraw(plugin.id);
    m_reporter.setState(plugin, PluginState::Failed, error);
    m_reporter.emitSignal(&PluginManager::pluginLoadFailed, plugin.id, error);
    finish(Outcome::Failed);
}

/// What this plugin and the wheels that came for it took, each counted once.
qint64 Executor::takeMountMilliseconds(const Package &package) const
{
    qint64 sum = 0;
    for (const QString &id : m_inventory.closure(package.id)) {
        Package *const wheel = m_inventory.package(id);
        if (wheel && wheel->mounted)
            sum += std::exchange(wheel->mounted->unreportedMilliseconds, 0);
    }
    return sum;
}

} // namespace Axle::Internal
