#include <axle/core/fileclock.h>
#include <axle/core/filedescriptor.h>

#include <QtTest/QtTest>

#include <chrono>

using namespace Axle;

class FileClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void noLaterChangeHasAnEarlierStamp();
};

void FileClockTest::noLaterChangeHasAnEarlierStamp()
{
    const std::int64_t before = fileClock();
    QTemporaryFile file;
    QVERIFY(file.open());
    const auto identity = FileDescriptor::openRegular(file.fileName())->identity();
    QVERIFY(identity.has_value());
    QVERIFY(identity->changeTime >= before);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    QVERIFY(identity->changeTime <= std::chrono::nanoseconds(now).count());
}

QTEST_APPLESS_MAIN(FileClockTest)
#include "tst_fileclock.moc"
