#pragma once

#include "eventstream.h"
#include "options.h"

#include <axle/manager/pluginmanager.h>
#include <axle/python/interpreter.h>

namespace Axle::Host {

/// One run of the host: loads, runs what is to be run, stays where it is told to, unloads, and knows the exit code.
class Session : public QObject
{
    Q_OBJECT
public:
    Session(const Options &options, Interpreter &interpreter, EventStream &stream);

    void start();
    /// Unloads everything, with the signals where somebody wants to see them.
    void interrupt();
    /// Whether a plugin, or the code that was to be run, has not returned to this day.
    bool isPythonStuck() const { return m_isRunning || m_wasGivenUp; }

Q_SIGNALS:
    void ended(int exitCode);

private:
    void loaded();
    void runMain();
    void mainEnded(const Result<void> &result);
    void end(bool unload);
    bool areAllLoaded() const;

    Options m_options;
    Interpreter &m_interpreter;
    EventStream &m_stream;
    std::unique_ptr<PluginManager> m_manager;
    QObject m_signalContext;
    bool m_isLoaded = false;
    bool m_isRunning = false; ///< the code of --module or -c
    bool m_hasMainFailed = false;
    bool m_hasEnded = false;
    bool m_wasGivenUp = false;
};

} // namespace Axle::Host
