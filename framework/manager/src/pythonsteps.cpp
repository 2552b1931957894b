#include "pythonsteps_p.h"

#include <axle/manager/codes.h>

namespace Axle::Internal {

namespace {

Error unresponsive()
{
    return Error(Codes::PythonUnresponsive,
        QStringLiteral("the Python thread is still busy with plugin code, expected it to return in time"),
        QStringLiteral("the plugin that blocks it must return from its functions, or run its work on a thread"));
}

} // namespace

PythonSteps::PythonSteps(Interpreter &interpreter, std::shared_ptr<PythonGate> gate, std::shared_ptr<Mailbox> mailbox)
    : m_interpreter(interpreter)
    , m_gate(std::move(gate))
    , m_mailbox(std::move(mailbox))
{
}

template<class T>
void PythonSteps::run(std::function<Result<T>()> task, Done<T> done)
{
    if (m_givenUp) {
        m_mailbox->post([done] { done(unresponsive()); });
        return;
    }
    const quint64 serial = ++m_serial;
    m_abandon = [done] { done(unresponsive()); };
    // Not then(context, …): see Mailbox.
    m_interpreter.invoke(std::move(task)).then([this, serial, done, mailbox = m_mailbox](Result<T> result) {
        mailbox->post([this, serial, done, result = std::move(result)] {
            if (serial == m_serial)
                done(result);
        });
    });
}

void PythonSteps::giveUp()
{
    m_givenUp = true;
    ++m_serial;
    if (m_abandon)
        m_mailbox->post(std::exchange(m_abandon, {}));
}

void PythonSteps::mount(std::shared_ptr<const ModuleSource> source, Done<Mount> done)
{
    run<Mount>(
        [gate = m_gate, source = std::move(source)]() -> Result<Mount> {
            Result<std::unique_ptr<ModuleMount>> mount = ModuleMount::mount(source);
            if (!mount)
                return mount.error();
            return gate->own(Mount(std::move(*mount)));
        },
        std::move(done));
}

void PythonSteps::unmount(Mount mount, Done<UnmountReport> done)
{
    // What is handed over is let go of within the step: when its result is known, nothing more is to come of it.
    run<UnmountReport>(
        [mount = std::move(mount)]() mutable -> Result<UnmountReport> { return std::exchange(mount, {})->unmount(); },
        std::move(done));
}

void PythonSteps::activate(const PluginSetup &setup, std::shared_ptr<PluginBackend> backend, Done<Instance> done)
{
    run<Instance>(
        [gate = m_gate, setup, backend = std::move(backend)]() -> Result<Instance> {
            Result<std::unique_ptr<PluginInstance>> instance = PluginInstance::activate(setup, backend);
            if (!instance)
                return instance.error();
            return gate->own(Instance(std::move(*instance)));
        },
        std::move(done));
}

void PythonSteps::deactivate(Instance instance, Done<void> done)
{
    run<void>([instance = std::move(instance)]() mutable { return std::exchange(instance, {})->deactivate(); },
        std::move(done));
}

} // namespace Axle::Internal
