#pragma once

#include "mailbox_p.h"

#include <QtCore/QThreadPool>

namespace Axle::Internal {

/// One thread for everything that reads files. Jobs run in the order in which they were given.
class Worker
{
public:
    explicit Worker(std::shared_ptr<Mailbox> mailbox)
        : m_mailbox(std::move(mailbox))
    {
        m_pool.setMaxThreadCount(1);
        m_pool.setObjectName(QStringLiteral("axle-manager"));
    }

    /// Runs `job` there, then `done` with its result in the owner's thread.
    template<class Job, class Done>
    void run(Job job, Done done)
    {
        m_pool.start([mailbox = m_mailbox, job = std::move(job), done = std::move(done)]() mutable {
            mailbox->post([done = std::move(done), result = job()]() mutable { done(std::move(result)); });
        });
    }

private:
    std::shared_ptr<Mailbox> m_mailbox;
    QThreadPool m_pool;
};

} // namespace Axle::Internal
