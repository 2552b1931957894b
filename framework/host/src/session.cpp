#include "session.h"

#include "events.h"

#include <axle/manager/codes.h>
#include <axle/python/plugininstance.h>

#include <algorithm>

namespace Axle::Host {

namespace {

/// Shorter than a host's usual patience: it has promised to be gone ten seconds after an interrupt.
constexpr std::chrono::milliseconds ShutdownTimeout{4000};

PluginManagerOptions managerOptions(const Options &options)
{
    PluginManagerOptions result;
    result.storeFolder = options.storeFolder;
    result.dataFolder = options.dataFolder;
    result.watch = options.watch;
    result.shutdownTimeout = ShutdownTimeout;
    result.enabledByDefault = [options](const QString &id) { return options.isEnabled(id); };
    return result;
}

} // namespace

Session::Session(const Options &options, Interpreter &interpreter, EventStream &stream)
    : m_options(options)
    , m_interpreter(interpreter)
    , m_stream(stream)
    , m_manager(std::make_unique<PluginManager>(interpreter, managerOptions(options)))
{
    writeSignals(*m_manager, m_stream, &m_signalContext);
    const auto note = [this](const Error &error) {
        m_wasGivenUp = m_wasGivenUp || error.code() == Codes::PythonUnresponsive;
    };
    connect(m_manager.get(), &PluginManager::stateChanged, this,
        [note](const QString &, PluginState, PluginState, const Error &error) { note(error); });
    connect(m_manager.get(), &PluginManager::pluginUnloaded, this,
        [note](const QString &, UnloadReason, const UnloadResult &result) { note(result.error); });
    // Once, and not within the slot: what comes next may end the manager.
    connect(m_manager.get(), &PluginManager::idle, this, &Session::loaded, Qt::QueuedConnection);
    m_manager->addFolder(m_options.folder);
}

void Session::start()
{
    m_manager->start();
}

void Session::loaded()
{
    if (std::exchange(m_isLoaded, true) || m_hasEnded)
        return;
    if (m_options.module.isEmpty() && m_options.code.isEmpty())
        mainEnded({});
    else
        runMain();
}

void Session::runMain()
{
    m_isRunning = true;
    m_interpreter
        .invoke([options = m_options] {
            return options.module.isEmpty() ? runCode(options.code) : runModule(options.module);
        })
        .then(this, [this](const Result<void> &result) {
            m_isRunning = false;
            if (!m_hasEnded)
                mainEnded(result);
        });
}

void Session::mainEnded(const Result<void> &result)
{
    if (!result) {
        m_hasMainFailed = true;
        m_stream.write({QStringLiteral("runFailed"), {}, {}, result.error()});
    }
    if (!m_options.watch)
        end(m_options.unload);
}

void Session::interrupt()
{
    end(true);
}

void Session::end(bool unload)
{
    if (std::exchange(m_hasEnded, true))
        return;
    const bool isGood = areAllLoaded() && !m_hasMainFailed;
    if (!unload)
        m_manager->disconnect(&m_signalContext);
    m_manager->shutdown();
    Q_EMIT ended(isGood ? AllLoaded : NotAllLoaded);
}

bool Session::areAllLoaded() const
{
    const QList<Plugin> plugins = m_manager->plugins();
    const bool allActive = std::all_of(plugins.cbegin(), plugins.cend(),
        [](const Plugin &plugin) { return !plugin.isEnabled || plugin.state == PluginState::Active; });
    const bool allFound = std::all_of(m_options.only.cbegin(), m_options.only.cend(),
        [this](const QString &id) { return m_manager->state(id) == PluginState::Active; });
    return m_isLoaded && allActive && allFound;
}

} // namespace Axle::Host
