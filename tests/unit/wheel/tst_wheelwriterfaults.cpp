#include "support/wheelbuilder.h"

#include <axle/wheel/wheel.h>
#include <axle/wheel/wheelwriter.h>

#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Axle;

namespace {

/// What goes wrong: the call number `failing` of those that are counted, and how.
struct Fault
{
    enum class Kind { None, Error, ShortCount, Interruption };

    Kind kind = Kind::None;
    int error = 0;
    bool alsoReading = true;
    int failing = 0;
    int calls = 0;
    bool wasHit = false;

    /// Counts one call; whether it is the one that shall go wrong.
    bool hits()
    {
        if (kind == Kind::None || calls++ != failing)
            return false;
        wasHit = true;
        return true;
    }
    /// The same for a call that moves no bytes, so that there is no short count of it.
    bool fails() { return kind != Kind::ShortCount && hits(); }
    int fail() const
    {
        errno = kind == Kind::Interruption ? EINTR : error;
        return -1;
    }
};

Fault fault; // of this thread's writer; nothing else runs

/// Moves bytes as the kernel does, or what the fault leaves of it.
ssize_t transfer(long number, int fd, void *bytes, size_t size, off_t offset, bool isCounted)
{
    if (isCounted && fault.hits()) {
        if (fault.kind != Fault::Kind::ShortCount)
            return fault.fail();
        size = std::max<size_t>(1, size / 2);
    }
    return ::syscall(number, fd, bytes, size, offset);
}

} // namespace

// The program's own definitions stand in front of the C library's, for Qt and QuaZip as well.
#define AXLE_INTERPOSED extern "C" __attribute__((visibility("default")))

AXLE_INTERPOSED ssize_t write(int fd, const void *bytes, size_t size)
{
    return transfer(SYS_write, fd, const_cast<void *>(bytes), size, 0, true);
}

AXLE_INTERPOSED ssize_t read(int fd, void *bytes, size_t size)
{
    return transfer(SYS_read, fd, bytes, size, 0, fault.alsoReading);
}

AXLE_INTERPOSED ssize_t pread64(int fd, void *bytes, size_t size, off64_t offset)
{
    return transfer(SYS_pread64, fd, bytes, size, offset, fault.alsoReading);
}

AXLE_INTERPOSED ssize_t pread(int fd, void *bytes, size_t size, off_t offset)
{
    return transfer(SYS_pread64, fd, bytes, size, offset, fault.alsoReading);
}

AXLE_INTERPOSED int open(const char *path, int flags, ...) // also open64, which is the same here
{
    std::va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    const bool isCounted = (flags & O_CREAT) != 0 && fault.kind == Fault::Kind::Error;
    return isCounted && fault.hits() ? fault.fail() : static_cast<int>(::syscall(SYS_open, path, flags, mode));
}

AXLE_INTERPOSED int fsync(int fd)
{
    return fault.fails() ? fault.fail() : static_cast<int>(::syscall(SYS_fsync, fd));
}

AXLE_INTERPOSED int rename(const char *from, const char *to) noexcept
{
    const bool canBeInterrupted = fault.kind == Fault::Kind::Interruption;
    return !canBeInterrupted && fault.fails() ? fault.fail() : static_cast<int>(::syscall(SYS_rename, from, to));
}

namespace {

constexpr auto Old = "an older build of it";

WheelWriter demo()
{
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    writer.addFile(QStringLiteral("demo/__init__.py"), "VALUE = 1\n");
    QByteArray noise; // that does not fit into one buffer
    for (quint32 state = 1; noise.size() < 40'000; state = state * 1664525 + 1013904223)
        noise += static_cast<char>(state >> 24);
    writer.addFile(QStringLiteral("demo/noise.bin"), noise);
    writer.addLicenseFile(QStringLiteral("LICENSE"), "free\n");
    return writer;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Q_DECLARE_METATYPE(Fault)

/// The k-th call to the system goes wrong, for each k there is: an error is reported or overcome, and what bears the
/// wheel's name is good.
class WheelWriterFaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void everyCallFails_data();
    void everyCallFails();
    void theOrderOfDurability();

private:
    void judge(const Result<QString> &written, const QString &folder, bool mustSucceed);

    QByteArray m_expected; // what the wheel is when nothing fails
    int m_reported = 0;
};

void WheelWriterFaultsTest::everyCallFails_data()
{
    QTest::addColumn<Fault>("planned");
    QTest::addColumn<bool>("mustSucceed");
    QTest::addColumn<bool>("replaces");
    for (const bool replaces : {false, true}) {
        const auto row = [&](const char *name, Fault planned) {
            QTest::addRow("%s%s", name, replaces ? ", in place of an older wheel" : "")
                << planned << (planned.kind != Fault::Kind::Error) << replaces;
        };
        row("disk full", {.kind = Fault::Kind::Error, .error = ENOSPC, .alsoReading = false});
        row("quota exceeded", {.kind = Fault::Kind::Error, .error = EDQUOT, .alsoReading = false});
        row("device broken", {.kind = Fault::Kind::Error, .error = EIO});
        row("short counts", {.kind = Fault::Kind::ShortCount});
        row("interrupted", {.kind = Fault::Kind::Interruption});
    }
}

/// Fails the test unless what the writer says is true and what it left is whole.
void WheelWriterFaultsTest::judge(const Result<QString> &written, const QString &folder, bool mustSucceed)
{
    if (mustSucceed)
        QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().toString()));
    if (!written) {
        ++m_reported;
        // Bytes that cannot be read again are the strict reader's to report.
        const QString code = written.error().code().name();
        QVERIFY2(code == u"wheel-not-written" || code == u"file-unreadable", qPrintable(written.error().toString()));
    }
    const QString fileName = demo().fileName();
    const QStringList left = QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    QVERIFY2(left.isEmpty() || left == QStringList(fileName), qPrintable(left.join(u' ')));
    const QByteArray bytes = contentsOf(folder + u'/' + fileName);
    if (written)
        QCOMPARE(bytes, m_expected);
    else
        QVERIFY(left.isEmpty() || bytes == Old || bytes == m_expected);
}

void WheelWriterFaultsTest::everyCallFails()
{
    QFETCH(Fault, planned);
    QFETCH(bool, mustSucceed);
    QFETCH(bool, replaces);
    const QTemporaryDir reference;
    const QString good = *demo().write(reference.path());
    QCOMPARE(Wheel::verify(good), QList<Finding>());
    m_expected = contentsOf(good);
    m_reported = 0;

    constexpr int Enough = 2000;
    bool wasHit = true;
    int calls = 0;
    for (; wasHit && calls < Enough; ++calls) {
        const QTemporaryDir folder;
        if (replaces)
            Test::writeFile(folder.path(), demo().fileName(), Old);
        fault = planned;
        fault.failing = calls;
        const Result<QString> written = demo().write(folder.path());
        wasHit = fault.wasHit;
        fault = {};
        judge(written, folder.path(), mustSucceed || !wasHit);
        if (QTest::currentTestFailed()) {
            qInfo() << "at call" << calls;
            return;
        }
    }
    QVERIFY2(!wasHit, "there is always one more call");
    QVERIFY2(calls > 5, "hardly a call was seen, expected all of them");
    qInfo() << calls - 1 << "calls went wrong, reported:" << m_reported;
    // Bytes that could not be read may be read again; what could not be written is lost.
    if (!planned.alsoReading)
        QCOMPARE(m_reported, calls - 1);
}

/// fsync(file), rename, fsync(folder): the last three calls that can fail, in this order.
void WheelWriterFaultsTest::theOrderOfDurability()
{
    int calls = 0;
    {
        const QTemporaryDir folder;
        fault = {.kind = Fault::Kind::Error, .error = EIO, .alsoReading = true, .failing = -1};
        QVERIFY(demo().write(folder.path()).has_value());
        calls = std::exchange(fault, {}).calls;
    }
    for (const int fromTheEnd : {3, 2, 1}) {
        const QTemporaryDir folder;
        fault = {.kind = Fault::Kind::Error, .error = EIO, .alsoReading = true, .failing = calls - fromTheEnd};
        const Result<QString> written = demo().write(folder.path());
        fault = {};
        QVERIFY(!written.has_value());
        static constexpr std::array Steps{"make durable", "rename to", "write"};
        QVERIFY2(written.error().message().contains(QLatin1StringView(Steps.at(size_t(fromTheEnd) - 1))),
            qPrintable(written.error().message()));
        QCOMPARE(QFile::exists(folder.filePath(demo().fileName())), fromTheEnd == 1);
    }
}

QTEST_APPLESS_MAIN(WheelWriterFaultsTest)
#include "tst_wheelwriterfaults.moc"
