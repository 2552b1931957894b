#include "pluginmanager_p.h"

#include "installjob_p.h"

#include <axle/bindings/nativemodule.h>
#include <axle/core/logging.h>
#include <axle/discovery/codes.h>
#include <axle/manager/codes.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>

namespace Axle {

using namespace Internal;

namespace {

Executor::Settings executorSettings(const PluginManagerOptions &options)
{
    Executor::Settings settings{options.dataFolder, options.host};
    if (settings.dataFolder.isEmpty())
        settings.dataFolder =
            QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/plugins");
    if (settings.host.isEmpty()) {
        settings.host = {{QStringLiteral("name"), QCoreApplication::applicationName()},
            {QStringLiteral("version"), QCoreApplication::applicationVersion()}};
    }
    return settings;
}

} // namespace

PluginManagerPrivate::PluginManagerPrivate(
    PluginManager *manager, Interpreter &interpreter, const PluginManagerOptions &options)
    : q(manager)
    , m_interpreter(interpreter)
    , m_options(options)
    , m_mailbox(std::make_shared<Mailbox>(manager))
    , m_gate(std::make_shared<PythonGate>(interpreter))
    , m_reporter(manager)
    , m_inventory(m_reporter, options.enabledByDefault)
    , m_contributions(interpreter, m_reporter, manager)
    , m_python(interpreter, m_gate, m_mailbox)
    , m_worker(m_mailbox)
    , m_executor(
          m_inventory, m_python, m_contributions, m_reporter,
          [this](const QString &id) { return std::make_shared<Backend>(id, *this, m_mailbox, m_gate); },
          executorSettings(options))
    , m_folderScan(std::make_shared<FolderScan>(TargetPython::current(), options.storeFolder))
    , m_reconciler(m_catalogue, m_inventory, m_executor, m_reporter, m_worker,
          std::make_shared<Planner>(TargetPython::current(), options.storeFolder))
{
    QObject::connect(&m_watcher, &FolderWatcher::changed, manager, [this] { enqueueScan(); });
}

PluginManagerPrivate::~PluginManagerPrivate()
{
    m_mailbox->close();
    m_gate->close();
}

void PluginManagerPrivate::enqueue(const Operation &operation)
{
    if (m_stage == Stage::ShuttingDown || m_stage == Stage::ShutDown)
        return;
    m_queue.push_back(operation);
    m_mailbox->post([this] { pump(); });
}

void PluginManagerPrivate::enqueueScan()
{
    // One scan sees whatever happened before it begins.
    if (m_queue.empty() || m_queue.back().kind != Operation::Kind::Scan)
        enqueue({Operation::Kind::Scan, {}});
}

void PluginManagerPrivate::pump()
{
    if (m_isBusy || m_queue.empty())
        return;
    const Operation operation = m_queue.front();
    m_queue.pop_front();
    m_isBusy = true;
    begin(operation);
}

void PluginManagerPrivate::begin(const Operation &operation)
{
    switch (operation.kind) {
    case Operation::Kind::Scan:
        return scan();
    case Operation::Kind::SetEnabled:
        m_inventory.setEnabled(operation.id, operation.value);
        break;
    case Operation::Kind::SetPreferred:
        if (m_inventory.setPreferred(operation.id, operation.value))
            m_reporter.emitSignal(&PluginManager::preferredChanged, operation.id, operation.value);
        break;
    case Operation::Kind::Retry:
        retry(operation.id);
        break;
    case Operation::Kind::Shutdown:
        m_reporter.emitSignal(&PluginManager::aboutToShutdown);
        return m_reconciler.unloadAll([this] { finishShutdown(); });
    }
    m_reconciler.run([this] { finished(); });
}

void PluginManagerPrivate::finished()
{
    m_isBusy = false;
    if (m_queue.empty())
        m_reporter.emitSignal(&PluginManager::idle);
    else
        m_mailbox->post([this] { pump(); });
}

void PluginManagerPrivate::scan()
{
    m_isScanning = true;
    m_scanCancelled = std::make_shared<std::atomic_bool>(false);
    m_worker.run(
        [folders = m_folders] {
            for (const QString &folder : folders)
                makeFolder(folder);
            return folders;
        },
        [this, serial = ++m_scanSerial](const QStringList &) {
            if (serial == m_scanSerial)
                foldersMade();
        });
}

void PluginManagerPrivate::foldersMade()
{
    // Watched first, so that nothing that comes while they are being read is missed.
    m_watchErrors.clear();
    for (const QString &folder : std::as_const(m_folders)) {
        if (!m_options.watch || m_watched.contains(folder))
            continue;
        if (const Result<void> watched = m_watcher.watch(folder); watched)
            m_watched += folder;
        else if (watched.error().code() != Codes::FolderUnreadable) // which the scan tells too
            m_watchErrors += watched.error();
    }
    const auto progress = [this, mailbox = m_mailbox, cancelled = m_scanCancelled](
                              const QString &folder, int done, int total) {
        mailbox->post([this, cancelled, folder, done, total] {
            if (!*cancelled)
                m_reporter.emitSignal(&PluginManager::scanProgress, folder, done, total);
        });
    };
    const ScanRequest request{m_folders, m_watcher.unfinished(), m_options.trust, m_scanCancelled, progress};
    m_worker.run([scan = m_folderScan, request] { return scan->run(request); },
        [this, serial = m_scanSerial](const QList<FolderListing> &listings) {
            if (serial == m_scanSerial)
                scanned(listings);
        });
}

void PluginManagerPrivate::cancelScan()
{
    if (m_isScanning)
        *m_scanCancelled = true;
}

void PluginManagerPrivate::scanned(const QList<FolderListing> &listings)
{
    m_isScanning = false;
    if (*m_scanCancelled)
        return finished();
    ScanReport report = m_catalogue.update(listings, m_watcher.unfinished());
    report.ignored += m_watchErrors;
    m_inventory.update(m_catalogue.entries(), report);
    m_reporter.emitSignal(&PluginManager::scanFinished, report);
    m_reconciler.run([this] {
        m_inventory.endStartup();
        finished();
    });
}

void PluginManagerPrivate::retry(const QString &id)
{
    const QList<Package *> packages = m_inventory.retry(id);
    for (const Package *package : packages) {
        for (const DiscoveredFile &file : package->files)
            m_catalogue.forgive(file.path);
    }
    m_inventory.update(m_catalogue.entries(), {});
}

void PluginManagerPrivate::shutdown()
{
    if (m_stage == Stage::ShutDown)
        return;
    if (m_stage != Stage::ShuttingDown) {
        m_queue.clear();
        enqueue({Operation::Kind::Shutdown, {}});
        m_stage = Stage::ShuttingDown;
        cancelScan();
        if (std::exchange(m_isScanning, false)) {
            ++m_scanSerial;
            m_isBusy = false;
        }
        m_reconciler.stop();
    }
    if (m_reporter.isEmitting())
        return;
    if (!QCoreApplication::instance()) {
        qCWarning(
            lcAxleManager, "the PluginManager outlives the QCoreApplication: plugins cannot be unloaded in order");
        return;
    }
    QTimer::singleShot(m_options.shutdownTimeout, q, [this] { m_python.giveUp(); });
    QEventLoop loop;
    m_shutdownLoop = &loop;
    while (m_stage != Stage::ShutDown)
        loop.exec(QEventLoop::ExcludeUserInputEvents);
    m_shutdownLoop = nullptr;
}

void PluginManagerPrivate::finishShutdown()
{
    m_stage = Stage::ShutDown;
    m_isBusy = false;
    m_mailbox->close();
    if (m_shutdownLoop)
        m_shutdownLoop->quit();
}

QFuture<Result<void>> PluginManagerPrivate::install(const QString &wheelPath)
{
    if (m_folders.isEmpty()) {
        return QtFuture::makeReadyFuture(Result<void>(Error(Codes::InstallFailed,
            QStringLiteral("'%1' cannot be installed: there is no plugins folder").arg(wheelPath),
            QStringLiteral("call addFolder() first"))));
    }
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    m_worker.run(
        [wheelPath, folder = m_folders.first()] {
            makeFolder(folder);
            return installWheel(wheelPath, folder, TargetPython::current());
        },
        [this, promise](const Result<void> &installed) {
            promise->addResult(installed);
            promise->finish();
            if (installed && !m_options.watch)
                enqueueScan();
        });
    return promise->future();
}

QList<Plugin> PluginManagerPrivate::pictures(bool libraries) const
{
    QList<Plugin> plugins;
    for (const auto &[id, package] : m_inventory.packages()) {
        if (package->isLibrary() != libraries)
            continue;
        for (const auto &record : package->records)
            plugins += picture(*package, *record);
    }
    std::sort(plugins.begin(), plugins.end(), [](const Plugin &a, const Plugin &b) { return a.id < b.id; });
    return plugins;
}

Plugin PluginManagerPrivate::picture(const Package &package, const PluginRecord &record) const
{
    Plugin plugin = m_inventory.picture(package, record);
    plugin.isEnabled = m_enabled.value(plugin.id, plugin.isEnabled);
    plugin.isPreferred = m_preferred.value(plugin.id, plugin.isPreferred);
    return plugin;
}

void PluginManagerPrivate::contributed(const ContributionInfo &info, std::shared_ptr<PythonObject> object)
{
    m_contributions.add(info, std::move(object));
}

void PluginManagerPrivate::logged(const QString &pluginId, int level, const QString &message)
{
    m_reporter.emitSignal(&PluginManager::pluginLogged, pluginId, level, message);
}

PluginManager::PluginManager(Interpreter &interpreter, const PluginManagerOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<PluginManagerPrivate>(this, interpreter, options))
{
    registerNativeModule();
}

PluginManager::~PluginManager()
{
    shutdown();
}

void PluginManager::addFolder(const QString &folder)
{
    const QString path = QDir::cleanPath(QDir::current().absoluteFilePath(folder));
    if (d->m_folders.contains(path))
        return;
    d->m_folders += path;
    if (d->m_stage == PluginManagerPrivate::Stage::Started)
        d->enqueueScan();
}

QStringList PluginManager::folders() const
{
    return d->m_folders;
}

void PluginManager::start()
{
    if (d->m_stage != PluginManagerPrivate::Stage::Created)
        return;
    d->m_stage = PluginManagerPrivate::Stage::Started;
    d->enqueueScan();
}

void PluginManager::rescan()
{
    if (d->m_stage != PluginManagerPrivate::Stage::Started)
        return;
    d->cancelScan();
    d->enqueueScan();
}

QList<Plugin> PluginManager::plugins() const
{
    return d->pictures(false);
}

QList<Plugin> PluginManager::libraries() const
{
    return d->pictures(true);
}

Plugin PluginManager::plugin(const QString &id) const
{
    const Package *const package = d->m_inventory.packageOf(id);
    return package ? d->picture(*package, *d->m_inventory.record(id)) : Plugin();
}

PluginState PluginManager::state(const QString &id) const
{
    const PluginRecord *const record = d->m_inventory.record(id);
    return record ? record->state : PluginState::Removed;
}

Explanation PluginManager::explanation(const QString &id) const
{
    const Package *const package = d->m_inventory.packageOf(id);
    return package ? package->explanation : Explanation();
}

void PluginManager::setEnabled(const QString &id, bool enabled)
{
    d->m_enabled.insert(id, enabled);
    d->enqueue({PluginManagerPrivate::Operation::Kind::SetEnabled, id, enabled});
}

void PluginManager::setPreferred(const QString &id, bool preferred)
{
    d->m_preferred.insert(id, preferred);
    d->enqueue({PluginManagerPrivate::Operation::Kind::SetPreferred, id, preferred});
}

void PluginManager::retry(const QString &id)
{
    d->enqueue({PluginManagerPrivate::Operation::Kind::Retry, id});
}

QFuture<Result<void>> PluginManager::install(const QString &wheelPath)
{
    return d->install(wheelPath);
}

void PluginManager::shutdown()
{
    d->shutdown();
}

bool PluginManager::isIdle() const
{
    return d->isIdle();
}

ExtensionPoint *PluginManager::extensionPoint(const QString &name)
{
    return d->m_contributions.point(name);
}

Interpreter &PluginManager::interpreter() const
{
    return d->m_interpreter;
}

} // namespace Axle
