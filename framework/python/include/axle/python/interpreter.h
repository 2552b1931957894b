#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QString>

#include <chrono>
#include <functional>
#include <memory>
#include <type_traits>

namespace Axle {

struct AXLE_EXPORT InterpreterOptions
{
    /// Where the standard library is (`sys.prefix`); empty: the Python that Axle was built for.
    QString home;
};

/// The one Python interpreter of the process, on a thread of its own which starts, runs and ends it.
///
/// Constructing it starts nothing: the thread and Python begin with the first `invoke`. Tasks run there one after the
/// other with the GIL held; the thread releases the GIL while it waits for the next. The owner's thread never takes the
/// GIL. At most one Interpreter exists at a time. `invoke` may be called from any thread.
class AXLE_EXPORT Interpreter
{
public:
    explicit Interpreter(const InterpreterOptions &options = {});
    /// Ends Python if it runs: waits for what was invoked, at most `shutdownTimeout`; a plugin that does not return by
    /// then is left behind on its thread, which is said in the log.
    ~Interpreter();
    Q_DISABLE_COPY_MOVE(Interpreter)

    static constexpr std::chrono::milliseconds shutdownTimeout{5000};

    bool isRunning() const;
    /// "3.11.2", of the library that is loaded; needs no running interpreter.
    static QString libraryVersion();

    /// Runs `task` on the Python thread, GIL held. The future ends with its result, or with the reason why Python could
    /// not start: `python-start-failed`, `python-version-mismatch`. `task` returns a Result<T> and does not throw.
    template<class F>
    auto invoke(F &&task) -> QFuture<std::invoke_result_t<F>>
    {
        using R = std::invoke_result_t<F>;
        auto promise = std::make_shared<QPromise<R>>();
        auto future = promise->future();
        promise->start();
        post([promise, task = std::forward<F>(task)](const Error &startError) mutable {
            if (startError.isNull())
                promise->addResult(task());
            else
                promise->addResult(R(startError));
            promise->finish();
        });
        return future;
    }

private:
    /// Queues `task` for the Python thread; its argument is null when Python runs.
    void post(std::function<void(const Error &startError)> task);

    class Private;
    std::shared_ptr<Private> d; // the thread holds it too
};

} // namespace Axle
