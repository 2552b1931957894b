#include "parallel_p.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QThread>
#include <QtCore/QThreadPool>

namespace Axle::Internal {

namespace {

// A thread costs about as much as asking for the state of this many files.
constexpr int WorthAThread = 64;
// Numbers that a thread takes at once: neighbours are alike, and what is made of them lies together.
constexpr int AtOnce = 16;

/// The numbers that are still to be taken, and how many are done.
class Numbers
{
public:
    Numbers(int count, const std::function<void(int)> &task, const ScanObserver &observer)
        : m_count(count)
        , m_task(task)
        , m_observer(observer)
    {
    }

    /// Runs the task for the next numbers; false when there are none left, or no more are wanted.
    bool runNext()
    {
        const int first = m_next.fetch_add(AtOnce, std::memory_order_relaxed);
        for (int number = first; number < qMin(first + AtOnce, m_count); ++number) {
            if (isCancelled())
                return false;
            m_task(number);
            m_done.fetch_add(1, std::memory_order_relaxed);
        }
        return first < m_count;
    }
    int done() const { return m_done.load(std::memory_order_relaxed); }

private:
    bool isCancelled() const { return m_observer.cancelled && m_observer.cancelled->load(std::memory_order_relaxed); }

    const int m_count;
    const std::function<void(int)> &m_task;
    const ScanObserver &m_observer;
    std::atomic_int m_next = 0;
    std::atomic_int m_done = 0;
};

} // namespace

bool forEachBelow(int count, const std::function<void(int)> &task, const ScanObserver &observer)
{
    Numbers numbers(count, task, observer);
    QThreadPool pool;
    pool.setObjectName(QStringLiteral("axle-scan"));
    const int others = qMin(QThread::idealThreadCount() - 1, count / WorthAThread);
    pool.setMaxThreadCount(qMax(others, 1));
    for (int i = 0; i < others; ++i) {
        pool.start([&numbers] {
            while (numbers.runNext()) { }
        });
    }
    QElapsedTimer sinceReport;
    sinceReport.start();
    while (numbers.runNext()) {
        if (!observer.progress || !sinceReport.hasExpired(observer.interval.count()))
            continue;
        observer.progress(numbers.done(), count);
        sinceReport.restart();
    }
    // What has not begun by now will find no number any more.
    pool.clear();
    pool.waitForDone();
    return numbers.done() == count;
}

} // namespace Axle::Internal
