#include "parallel_p.h"

#include <QtCore/QThread>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Internal;

class TestParallel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void eachNumberOnce_data()
    {
        QTest::addColumn<int>("count");
        for (const int count : {0, 1, 63, 64, 65, 5000})
            QTest::addRow("%d", count) << count;
    }
    void eachNumberOnce()
    {
        QFETCH(int, count);
        std::vector<std::atomic_int> times(static_cast<size_t>(count));
        QVERIFY(forEachBelow(count, [&](int number) { ++times[static_cast<size_t>(number)]; }, {}));
        QVERIFY(std::all_of(times.cbegin(), times.cend(), [](const std::atomic_int &each) { return each == 1; }));
    }

    void cancelledWithinOneTask()
    {
        const auto cancelled = std::make_shared<std::atomic_bool>(false);
        std::atomic_int late = 0;
        ScanObserver observer;
        observer.cancelled = cancelled;
        const auto task = [&](int number) {
            if (*cancelled)
                ++late;
            if (number == 100)
                *cancelled = true;
        };
        QVERIFY(!forEachBelow(100'000, task, observer));
        // Each of the others may have been about to begin one.
        QVERIFY2(late < qMax(2, QThread::idealThreadCount()), qPrintable(QString::number(late)));
    }

    void cancelledBefore()
    {
        ScanObserver observer;
        observer.cancelled = std::make_shared<std::atomic_bool>(true);
        QVERIFY(!forEachBelow(
            10, [](int) { QFAIL("it was cancelled"); }, observer));
        QVERIFY(forEachBelow(
            0, [](int) {}, observer));
    }

    void progress()
    {
        QList<int> heard;
        ScanObserver observer;
        observer.interval = std::chrono::milliseconds(5);
        const QThread *const caller = QThread::currentThread();
        observer.progress = [&](int done, int total) {
            QCOMPARE(QThread::currentThread(), caller);
            QCOMPARE(total, 200);
            heard += done;
        };
        QElapsedTimer clock;
        clock.start();
        QVERIFY(forEachBelow(
            200, [](int) { QThread::msleep(1); }, observer));
        QVERIFY(!heard.isEmpty());
        QVERIFY(heard.size() <= clock.elapsed() / observer.interval.count());
        QVERIFY(std::is_sorted(heard.cbegin(), heard.cend()));
        QVERIFY(heard.first() > 0 && heard.last() <= 200);
    }
};

QTEST_GUILESS_MAIN(TestParallel)
#include "tst_parallel.moc"
