#pragma once

#include "mailbox_p.h"
#include "pythongate_p.h"

#include <axle/python/modulemount.h>
#include <axle/python/plugininstance.h>

namespace Axle::Internal {

/// The manager's steps on the Python thread, one at a time; `done` is called in the owner's thread, never at once.
///
/// A step that does not return can be given up: it, and every later one, then ends with `python-unresponsive`.
class PythonSteps
{
public:
    template<class T>
    using Done = std::function<void(const Result<T> &)>;
    using Mount = std::shared_ptr<ModuleMount>;
    using Instance = std::shared_ptr<PluginInstance>;

    PythonSteps(Interpreter &interpreter, std::shared_ptr<PythonGate> gate, std::shared_ptr<Mailbox> mailbox);

    void mount(std::shared_ptr<const ModuleSource> source, Done<Mount> done);
    void unmount(Mount mount, Done<UnmountReport> done);
    void activate(const PluginSetup &setup, std::shared_ptr<PluginBackend> backend, Done<Instance> done);
    void deactivate(Instance instance, Done<void> done);
    void giveUp();

private:
    template<class T>
    void run(std::function<Result<T>()> task, Done<T> done);

    Interpreter &m_interpreter;
    std::shared_ptr<PythonGate> m_gate;
    std::shared_ptr<Mailbox> m_mailbox;
    std::function<void()> m_abandon; ///< ends the step that is under way
    quint64 m_serial = 0;            ///< of the step that is under way
    bool m_givenUp = false;
};

} // namespace Axle::Internal
