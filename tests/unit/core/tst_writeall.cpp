#include <axle/core/writeall.h>

#include <QtTest/QtTest>

#include <cerrno>
#include <fcntl.h>

using namespace Axle;

class WriteAllTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writesFromTheOffsetOn();
    void givesTheErrno();
};

void WriteAllTest::writesFromTheOffsetOn()
{
    QTemporaryFile target;
    QVERIFY(target.open());
    const FileDescriptor file(::open(QFile::encodeName(target.fileName()).constData(), O_RDWR | O_CLOEXEC));
    const QByteArray large(3 << 20, 'x');
    QCOMPARE(writeAll(file, "begin"), 0);
    QCOMPARE(writeAll(file, {}), 0);
    QCOMPARE(writeAll(file, large), 0);
    QCOMPARE(target.readAll(), "begin" + large);
}

void WriteAllTest::givesTheErrno()
{
    const FileDescriptor full(::open("/dev/full", O_WRONLY | O_CLOEXEC));
    QCOMPARE(writeAll(full, "x"), ENOSPC);
    QCOMPARE(writeAll(FileDescriptor(), "x"), EBADF);
}

QTEST_APPLESS_MAIN(WriteAllTest)
#include "tst_writeall.moc"
