#include "mailbox_p.h"

#include <QtCore/QObject>

namespace Axle::Internal {

Mailbox::Mailbox(QObject *owner)
    : m_owner(owner)
{
}

void Mailbox::post(std::function<void()> task)
{
    const QMutexLocker locker(&m_mutex);
    if (!m_owner)
        return;
    QMetaObject::invokeMethod(
        m_owner,
        [self = shared_from_this(), task = std::move(task)] {
            if (self->isOpen())
                task();
        },
        Qt::QueuedConnection);
}

void Mailbox::close()
{
    const QMutexLocker locker(&m_mutex);
    m_owner = nullptr;
}

bool Mailbox::isOpen()
{
    const QMutexLocker locker(&m_mutex);
    return m_owner != nullptr;
}

} // namespace Axle::Internal
