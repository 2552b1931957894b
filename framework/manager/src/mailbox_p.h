#pragma once

#include <QtCore/QMutex>

#include <functional>
#include <memory>

class QObject;

namespace Axle::Internal {

/// The way from any thread into the owner's: what is posted runs there in the order of posting, as long as it is open.
///
/// Everything that a worker or the Python thread tells the manager goes through its one mailbox. A continuation of
/// QFuture::then runs at once where the future has finished already, and would overtake what was posted before.
class Mailbox : public std::enable_shared_from_this<Mailbox>
{
public:
    /// `owner` lives in the owner's thread, and longer than the mailbox is open.
    explicit Mailbox(QObject *owner);

    /// Any thread. Dropped when the mailbox is closed.
    void post(std::function<void()> task);
    /// Owner's thread. Nothing that is still in the box runs.
    void close();

private:
    bool isOpen();

    QMutex m_mutex;
    QObject *m_owner;
};

} // namespace Axle::Internal
