#include "pythongate_p.h"

#include <QtCore/QList>

namespace Axle::Internal {

namespace {

/// Keeps `letGo`, and what it holds, until the process ends.
void leaveBehind(std::function<void()> letGo)
{
    static QMutex mutex;
    static auto *const leftBehind = new QList<std::function<void()>>;
    const QMutexLocker locker(&mutex);
    leftBehind->append(std::move(letGo));
}

} // namespace

void PythonGate::close()
{
    const QMutexLocker locker(&m_mutex);
    m_interpreter = nullptr;
}

void PythonGate::release(std::function<void()> letGo)
{
    const QMutexLocker locker(&m_mutex);
    if (!m_interpreter)
        return leaveBehind(std::move(letGo));
    m_interpreter->invoke([letGo = std::move(letGo)] {
        letGo();
        return Result<void>();
    });
}

} // namespace Axle::Internal
