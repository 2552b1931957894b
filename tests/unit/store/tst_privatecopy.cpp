#include "privatecopy_p.h"

#include <axle/wheel/digest.h>

#include <QtCore/QDir>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Internal;

namespace {

constexpr std::int64_t Limit = 3 << 20;
constexpr int CannotDeny = 77;

/// From here on memfd_create fails in this process with EPERM, as in some containers.
bool denyMemoryFiles()
{
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_memfd_create, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog program{std::size(filter), filter};
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

} // namespace

class TestPrivateCopy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void copies_data();
    void copies();
    void askedForTheFolderOnlyWhenNeeded();
    void memoryFilesDenied();
    void folderThatFails();
    void shorterThanSaid();

private:
    FileDescriptor source(const QByteArray &bytes)
    {
        QFile file(m_folder->filePath(QStringLiteral("source")));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            return {};
        file.close();
        auto opened = FileDescriptor::openRegular(file.fileName());
        return opened ? std::move(*opened) : FileDescriptor();
    }
    Result<PrivateFolder> folder() { return openPrivateFolder(m_folder->filePath(QStringLiteral("store"))); }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPrivateCopy::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestPrivateCopy::copies_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("inMemory");
    QTest::newRow("empty") << qsizetype(0) << true;
    QTest::newRow("one byte") << qsizetype(1) << true;
    QTest::newRow("one chunk") << qsizetype(1 << 20) << true;
    QTest::newRow("one chunk and a byte") << qsizetype((1 << 20) + 1) << true;
    QTest::newRow("the limit") << qsizetype(Limit) << true;
    QTest::newRow("above the limit") << qsizetype(Limit + 1) << false;
}

void TestPrivateCopy::copies()
{
    QFETCH(const qsizetype, size);
    QFETCH(const bool, inMemory);
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 7 + i / 1000);
    const FileDescriptor original = source(bytes);
    const auto copy = copyPrivately(original, size, Limit, [this] { return folder(); });
    QVERIFY2(copy, qPrintable(copy ? QString() : copy.error().toString()));
    QCOMPARE(copy->sha256, Digest::of(HashAlgorithm::Sha256, bytes));
    QCOMPARE(*copy->file.readAt(0, size), bytes);
    QCOMPARE(copy->file.identity()->size, std::int64_t(size));
    const int seals = ::fcntl(copy->file.get(), F_GET_SEALS);
    QCOMPARE(inMemory ? (seals & F_SEAL_WRITE) != 0 : seals <= 0 || (seals & F_SEAL_WRITE) == 0, true);
    struct stat status = {};
    QCOMPARE(::fstat(copy->file.get(), &status), 0);
    QCOMPARE(status.st_nlink, nlink_t(0));
    QCOMPARE(QDir(m_folder->filePath(QStringLiteral("store"))).entryList(QDir::Files | QDir::Hidden), QStringList());
}

void TestPrivateCopy::askedForTheFolderOnlyWhenNeeded()
{
    const FileDescriptor original = source("abc");
    bool isAsked = false;
    const auto never = [this, &isAsked] {
        isAsked = true;
        return folder();
    };
    QVERIFY(copyPrivately(original, 3, Limit, never));
    QVERIFY(!isAsked);
    QVERIFY(copyPrivately(original, 3, 2, never));
    QVERIFY(isAsked);
}

void TestPrivateCopy::memoryFilesDenied()
{
    const FileDescriptor original = source("abc");
    const pid_t child = ::fork();
    if (child == 0) {
        if (!denyMemoryFiles())
            ::_exit(CannotDeny);
        const bool isDenied = !createMemoryFile().isValid() && errno == EPERM;
        const auto copy = copyPrivately(original, 3, Limit, [this] { return folder(); });
        ::_exit(isDenied && copy && *copy->file.readAt(0, 3) == "abc" ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(WIFEXITED(status));
    if (WEXITSTATUS(status) == CannotDeny)
        QSKIP("no seccomp filters here");
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestPrivateCopy::folderThatFails()
{
    const FileDescriptor original = source("abc");
    const Error reason(ErrorCode("store-unusable"), QStringLiteral("no folder"));
    const auto copy = copyPrivately(original, 3, 0, [&reason]() -> Result<PrivateFolder> { return reason; });
    QVERIFY(!copy);
    QCOMPARE(copy.error(), reason);
}

void TestPrivateCopy::shorterThanSaid()
{
    const FileDescriptor original = source("abc");
    const auto copy = copyPrivately(original, 4, Limit, [this] { return folder(); });
    QVERIFY(!copy);
    QCOMPARE(copy.error().code().name(), QLatin1StringView("file-truncated"));
}

QTEST_GUILESS_MAIN(TestPrivateCopy)
#include "tst_privatecopy.moc"
