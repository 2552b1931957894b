#include <axle/python/interpreter.h>

#include "pythonapi_p.h"
#include "startup_p.h"

#include <axle/core/logging.h>

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace Axle {

namespace {

std::atomic<bool> theInterpreterExists = false;

} // namespace

/// Shared with the thread, which may outlive the Interpreter when a plugin never returns.
class Interpreter::Private
{
public:
    void run();
    bool takeTask(std::function<void(const Error &)> *task);

    std::mutex mutex;
    std::condition_variable wakeUp;
    std::condition_variable ended;
    std::deque<std::function<void(const Error &)>> tasks;
    bool stopping = false;
    bool hasEnded = false;
    std::atomic<bool> running = false;
    std::thread thread;
    InterpreterOptions options;
};

bool Interpreter::Private::takeTask(std::function<void(const Error &)> *task)
{
    std::unique_lock lock(mutex);
    wakeUp.wait(lock, [this] { return stopping || !tasks.empty(); });
    if (tasks.empty())
        return false;
    *task = std::move(tasks.front());
    tasks.pop_front();
    return true;
}

void Interpreter::Private::run()
{
    const auto started = Internal::startPython(options.home);
    const Error startError = started ? Error() : started.error();
    running = started.has_value();
    PyThreadState *state = running ? PyEval_SaveThread() : nullptr;
    std::function<void(const Error &)> task;
    while (takeTask(&task)) {
        if (state)
            PyEval_RestoreThread(state);
        task(startError);
        task = nullptr; // what it holds may be Python's
        if (state)
            state = PyEval_SaveThread();
    }
    if (state) {
        PyEval_RestoreThread(state);
        Internal::stopPython();
    }
    running = false;
    const std::lock_guard lock(mutex);
    hasEnded = true;
    ended.notify_all();
}

Interpreter::Interpreter(const InterpreterOptions &options)
    : d(std::make_shared<Private>())
{
    [[maybe_unused]] const bool existed = theInterpreterExists.exchange(true);
    Q_ASSERT_X(!existed, "Axle::Interpreter", "only one may exist at a time");
    d->options = options;
}

Interpreter::~Interpreter()
{
    std::unique_lock lock(d->mutex);
    d->stopping = true;
    d->wakeUp.notify_all();
    if (d->thread.joinable()) {
        if (d->ended.wait_for(lock, shutdownTimeout, [this] { return d->hasEnded; })) {
            lock.unlock();
            d->thread.join();
        } else {
            qCWarning(lcAxlePython,
                "Python did not end within %lld ms: a plugin does not return, its thread is left behind",
                static_cast<long long>(shutdownTimeout.count()));
            d->thread.detach();
        }
    }
    theInterpreterExists = false;
}

bool Interpreter::isRunning() const
{
    return d->running;
}

QString Interpreter::libraryVersion()
{
    const QString text = QString::fromUtf8(Py_GetVersion()); // "3.11.2 (main, …"
    return text.left(text.indexOf(u' '));
}

void Interpreter::post(std::function<void(const Error &)> task)
{
    const std::lock_guard lock(d->mutex);
    Q_ASSERT(!d->stopping);
    d->tasks.push_back(std::move(task));
    if (!d->thread.joinable())
        d->thread = std::thread([shared = d] { shared->run(); });
    d->wakeUp.notify_one();
}

} // namespace Axle
