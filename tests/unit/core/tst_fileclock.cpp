#include <axle/core/fileclock.h>
#include <axle/core/filedescriptor.h>

#include <QtTest/QtTest>

using namespace Axle;

class FileClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void timeStampsLieBetweenTwoLooks();
};

void FileClockTest::timeStampsLieBetweenTwoLooks()
{
    const std::int64_t before = fileClock();
    QTemporaryFile file;
    QVERIFY(file.open());
    const std::int64_t after = fileClock();
    const auto identity = FileDescriptor::openRegular(file.fileName())->identity();
    QVERIFY(identity.has_value());
    QVERIFY(identity->changeTime >= before);
    QVERIFY(identity->changeTime <= after);
}

QTEST_APPLESS_MAIN(FileClockTest)
#include "tst_fileclock.moc"
