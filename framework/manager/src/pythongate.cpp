#include "pythongate_p.h"

namespace Axle::Internal {

void PythonGate::close()
{
    const QMutexLocker locker(&m_mutex);
    m_interpreter = nullptr;
}

void PythonGate::release(std::function<void()> letGo)
{
    const QMutexLocker locker(&m_mutex);
    if (!m_interpreter) {
        [[maybe_unused]] const auto *leftBehind = new std::function<void()>(std::move(letGo));
        return;
    }
    m_interpreter->invoke([letGo = std::move(letGo)] {
        letGo();
        return Result<void>();
    });
}

} // namespace Axle::Internal
