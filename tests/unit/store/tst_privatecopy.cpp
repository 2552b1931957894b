#include "privatecopy_p.h"

#include <axle/wheel/digest.h>

#include <QtCore/QDir>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace Axle;
using namespace Axle::Internal;

namespace {

constexpr std::int64_t Limit = 3 << 20;

} // namespace

class TestPrivateCopy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void copies_data();
    void copies();
    void askedForTheFolderOnlyWhenNeeded();
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
