#include "mailbox_p.h"

#include <QtTest/QtTest>

#include <thread>

using namespace Axle::Internal;

class TestMailbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void runsInTheOwnersThreadInOrder();
    void neverRunsAtOnce();
    void dropsWhatComesAfterTheEnd();
    void mayOutliveItsOwner();
};

void TestMailbox::runsInTheOwnersThreadInOrder()
{
    const auto mailbox = std::make_shared<Mailbox>(this);
    QList<int> order;
    bool isHere = true;
    std::thread([&] {
        for (int i = 0; i < 1000; ++i) {
            mailbox->post([&, i] {
                order += i;
                isHere = isHere && QThread::currentThread() == thread();
            });
        }
    }).join();
    QVERIFY(order.isEmpty());
    QVERIFY(QTest::qWaitFor([&] { return order.size() == 1000; }));
    QVERIFY(std::is_sorted(order.cbegin(), order.cend()));
    QVERIFY(isHere);
}

void TestMailbox::neverRunsAtOnce()
{
    const auto mailbox = std::make_shared<Mailbox>(this);
    bool ran = false;
    mailbox->post([&] { ran = true; });
    QVERIFY(!ran);
    QVERIFY(QTest::qWaitFor([&] { return ran; }));
}

void TestMailbox::dropsWhatComesAfterTheEnd()
{
    const auto mailbox = std::make_shared<Mailbox>(this);
    bool ran = false;
    mailbox->post([&] { ran = true; });
    mailbox->close();
    mailbox->post([&] { ran = true; });
    QTest::qWait(20);
    QVERIFY(!ran);
}

void TestMailbox::mayOutliveItsOwner()
{
    auto owner = std::make_unique<QObject>();
    auto mailbox = std::make_shared<Mailbox>(owner.get());
    bool ran = false;
    mailbox->post([&] { ran = true; });
    mailbox->close();
    owner.reset();
    mailbox->post([&] { ran = true; });
    mailbox.reset();
    QTest::qWait(20);
    QVERIFY(!ran);
}

QTEST_GUILESS_MAIN(TestMailbox)
#include "tst_mailbox.moc"
