#pragma once

#include <axle/python/interpreter.h>

#include <QtCore/QMutex>

#include <memory>

namespace Axle::Internal {

/// Sees to it that Python's objects go on the Python thread, wherever their last owner lets go of them.
///
/// Once it is closed, because the manager goes, what is let go of is left to the end of the process: only a plugin that
/// never returned can still hold anything then.
class PythonGate : public std::enable_shared_from_this<PythonGate>
{
public:
    explicit PythonGate(Interpreter &interpreter)
        : m_interpreter(&interpreter)
    {
    }

    template<class T>
    std::shared_ptr<T> own(std::shared_ptr<T> object)
    {
        T *const pointer = object.get();
        return std::shared_ptr<T>(pointer, [gate = shared_from_this(), object = std::move(object)](T *) mutable {
            gate->release([object = std::move(object)]() mutable { object.reset(); });
        });
    }

    void close();

private:
    void release(std::function<void()> letGo);

    QMutex m_mutex;
    Interpreter *m_interpreter;
};

} // namespace Axle::Internal
