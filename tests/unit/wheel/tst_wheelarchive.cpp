#include "support/memoryfile.h"
#include "support/rawzip.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheelarchive.h>

#include <QtTest/QtTest>

#include <thread>

using namespace Axle;
using namespace Axle::Test;

namespace {

using Archive = std::shared_ptr<const WheelArchive>;

Result<Archive> open(const RawZip &zip, Rules rules = Rules::Strict)
{
    return WheelArchive::open(memoryFile(zip.bytes()), rules);
}

QString describe(const Result<Archive> &result)
{
    return result ? QString() : result.error().toString();
}

QByteArray contents(const Archive &archive, const char *name)
{
    const ArchiveMember *member = archive->find(QString::fromUtf8(name));
    if (!member)
        return "no such member";
    const auto data = archive->read(*member);
    return data ? *data : data.error().toString().toUtf8();
}

RawZip twoFiles()
{
    RawZip zip;
    zip.add("a/b.txt", "stored", RawMethod::Stored);
    zip.add("a/c.txt", QByteArray(5000, 'c'));
    return zip;
}

} // namespace

/// What the reader accepts, and gives; what it refuses is in tst_archiverules.cpp.
class WheelArchiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void members();
    void reading();
    void accepted_data();
    void accepted();
    void foldersAreMembersWithoutData();
    void executableBits();
    void dataDescriptors();
    void zip64();
    void tolerantRules_data();
    void tolerantRules();
    void aToolFollowsSymbolicLinks();
    void filesThatAreNone_data();
    void filesThatAreNone();
    void completeEnd();
    void manyThreadsReadOneArchive();
};

void WheelArchiveTest::members()
{
    const auto archive = open(twoFiles());
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QCOMPARE((*archive)->members().size(), 2);
    const ArchiveMember &stored = (*archive)->members().at(0);
    QCOMPARE(stored.name(), QStringLiteral("a/b.txt"));
    QCOMPARE(stored.size, 6);
    QCOMPARE(stored.compressedSize, 6);
    QCOMPARE(stored.dataOffset, 30 + 7);
    QCOMPARE(stored.method, ArchiveMember::Method::Stored);
    QCOMPARE(stored.crc32, rawCrc32("stored"));
    QVERIFY(!stored.isFolder());
    const ArchiveMember *deflated = (*archive)->find(QStringLiteral("a/c.txt"));
    QCOMPARE(deflated, &(*archive)->members().at(1));
    QCOMPARE(deflated->method, ArchiveMember::Method::Deflated);
    QVERIFY(deflated->compressedSize < deflated->size);
    QCOMPARE((*archive)->find(deflated->rawName), deflated);
    QVERIFY(!(*archive)->find(QStringLiteral("a/C.txt")));
    QVERIFY(!(*archive)->find(QStringLiteral("a/c.tx")));
}

void WheelArchiveTest::reading()
{
    const auto archive = open(twoFiles());
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QCOMPARE(contents(*archive, "a/b.txt"), QByteArray("stored"));
    QCOMPARE(contents(*archive, "a/c.txt"), QByteArray(5000, 'c'));
}

void WheelArchiveTest::accepted_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("members");
    RawZip empty;
    QTest::newRow("no members") << empty.bytes() << 0;
    RawZip reversed = twoFiles();
    reversed.members[0].before = {};
    std::swap(reversed.members[0].central, reversed.members[1].central);
    reversed.members[0].central.offset = 30 + 7 + 6;
    reversed.members[1].central.offset = 0;
    QTest::newRow("central directory in another order") << reversed.bytes() << 2;
    RawZip commented = twoFiles();
    commented.end.comment = "a comment, gr\303\274n";
    QTest::newRow("archive comment") << commented.bytes() << 2;
    RawZip extra = twoFiles();
    extra.members[0].local.extra = le16(0x5455) + le16(5) + QByteArray(5, '\1');
    QTest::newRow("time stamp in the local header only") << extra.bytes() << 2;
    RawZip repeated = twoFiles();
    repeated.members[0].local.extra = le16(1) + le16(16) + le64(6) + le64(6);
    QTest::newRow("ZIP64 field that repeats the sizes") << repeated.bytes() << 2;
    RawZip dos = twoFiles();
    dos.members[0].central.mode = 0;
    QTest::newRow("no Unix mode") << dos.bytes() << 2;
    RawZip names;
    names.add("\303\251t\303\251_\344\270\255.txt");
    names.add("a..b");
    names.add("..hidden/x");
    names.add("a,b \"q\".txt");
    names.add(QByteArray(255, 'n'));
    QTest::newRow("unusual names") << names.bytes() << 5;
    RawZip deep;
    deep.add(QByteArray("a/").repeated(31) + "b");
    QTest::newRow("32 parts") << deep.bytes() << 1;
    RawZip nothing;
    nothing.add("stored", {}, RawMethod::Stored);
    nothing.add("deflated", {});
    QTest::newRow("empty members") << nothing.bytes() << 2;
    RawZip nested;
    nested.add("inner.whl", twoFiles().bytes(), RawMethod::Stored);
    QTest::newRow("a stored archive within") << nested.bytes() << 1;
    RawZip unicodePath = twoFiles();
    unicodePath.members[0].central.extra = le16(0x7075) + le16(5 + 7) + '\1' + le32(rawCrc32("a/b.txt")) + "a/b.txt";
    QTest::newRow("Unicode path that equals the name") << unicodePath.bytes() << 2;
}

void WheelArchiveTest::accepted()
{
    QFETCH(QByteArray, bytes);
    const auto archive = WheelArchive::open(memoryFile(bytes));
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QTEST(int((*archive)->members().size()), "members");
    for (const ArchiveMember &member : (*archive)->members()) {
        const auto data = (*archive)->read(member);
        QVERIFY2(data.has_value(), qPrintable(data ? QString() : data.error().toString()));
        QCOMPARE(data->size(), member.size);
    }
}

void WheelArchiveTest::foldersAreMembersWithoutData()
{
    RawZip zip;
    zip.add("a/");
    zip.add("a/x", "x");
    RawMember &deflated = zip.add("b/");
    deflated.setMethod(8);
    deflated.payload = QByteArray("\3\0", 2);
    deflated.setCompressedSize(2);
    const auto archive = open(zip);
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QVERIFY((*archive)->find(QStringLiteral("a/"))->isFolder());
    QCOMPARE(contents(*archive, "a/"), QByteArray());
    QCOMPARE(contents(*archive, "b/"), QByteArray());
}

void WheelArchiveTest::executableBits()
{
    RawZip zip;
    zip.add("program").central.mode = 0100755;
    zip.add("text").central.mode = 0100644;
    const auto archive = open(zip);
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QVERIFY((*archive)->find(QStringLiteral("program"))->isExecutable);
    QVERIFY(!(*archive)->find(QStringLiteral("text"))->isExecutable);
}

void WheelArchiveTest::dataDescriptors()
{
    RawZip zip = twoFiles();
    for (RawMember &member : zip.members)
        member.useDescriptor();
    const auto archive = open(zip);
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QCOMPARE(contents(*archive, "a/b.txt"), QByteArray("stored"));

    RawMember &wide = zip.members[1];
    wide.after = wide.after.first(8) + le64(wide.central.compressedSize) + le64(wide.central.size);
    QVERIFY(open(zip).has_value());
}

void WheelArchiveTest::zip64()
{
    RawZip zip = twoFiles();
    zip.members[0].useZip64(0);
    zip.zip64 = RawZip64();
    auto archive = open(zip);
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QCOMPARE(contents(*archive, "a/b.txt"), QByteArray("stored"));

    zip.end.members = zip.end.membersOnDisk = 0xffff;
    zip.end.directoryOffset = zip.end.directorySize = 0xffffffff;
    archive = open(zip);
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    QCOMPARE((*archive)->members().size(), 2);
}

void WheelArchiveTest::tolerantRules_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("strict");
    RawZip comment = twoFiles();
    comment.end.comment = QByteArray(2000, '\1');
    QTest::newRow("binary comment") << comment.bytes() << QStringLiteral("zip-comment");
    RawZip memberComment = twoFiles();
    memberComment.members[0].central.comment = "hello";
    QTest::newRow("member comment") << memberComment.bytes() << QStringLiteral("zip-entry-comment");
    RawZip many;
    for (int i = 0; i < 20'001; ++i)
        many.add("m" + QByteArray::number(i), {}, RawMethod::Stored);
    QTest::newRow("20,001 members") << many.bytes() << QStringLiteral("zip-too-many-members");
}

void WheelArchiveTest::tolerantRules()
{
    QFETCH(QByteArray, bytes);
    const auto strict = WheelArchive::open(memoryFile(bytes));
    QVERIFY(!strict);
    QTEST(QString(strict.error().code().name()), "strict");
    const auto tolerant = WheelArchive::open(memoryFile(bytes), Rules::Tolerant);
    QVERIFY2(tolerant.has_value(), qPrintable(describe(tolerant)));
    QCOMPARE((*tolerant)->rules(), Rules::Tolerant);
}

void WheelArchiveTest::aToolFollowsSymbolicLinks()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("real.zip")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(twoFiles().bytes()) > 0);
    file.close();
    const QString link = folder.filePath(QStringLiteral("link.zip"));
    QVERIFY(QFile::link(file.fileName(), link));
    const auto strict = WheelArchive::open(link);
    QVERIFY(!strict);
    QCOMPARE(strict.error().code(), ErrorCode("file-not-regular"));
    QVERIFY(WheelArchive::open(link, Rules::Tolerant).has_value());

    const QString dangling = folder.filePath(QStringLiteral("dangling.zip"));
    QVERIFY(QFile::link(folder.filePath(QStringLiteral("nowhere")), dangling));
    QVERIFY(!WheelArchive::open(dangling, Rules::Tolerant));
}

void WheelArchiveTest::filesThatAreNone_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::newRow("missing") << QStringLiteral("/nowhere/at all.whl") << QStringLiteral("file-not-found");
    QTest::newRow("folder") << QStringLiteral("/") << QStringLiteral("file-not-regular");
    QTest::newRow("device") << QStringLiteral("/dev/zero") << QStringLiteral("file-not-regular");
}

void WheelArchiveTest::filesThatAreNone()
{
    QFETCH(QString, path);
    for (const Rules rules : {Rules::Strict, Rules::Tolerant}) {
        const auto archive = WheelArchive::open(path, rules);
        QVERIFY(!archive);
        QTEST(QString(archive.error().code().name()), "code");
    }
}

/// The quick test of a finished copy: true for the whole file, false for every shorter one.
void WheelArchiveTest::completeEnd()
{
    const QByteArray bytes = twoFiles().bytes();
    QVERIFY(hasCompleteEnd(memoryFile(bytes)));
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!hasCompleteEnd(memoryFile(bytes.first(size))), qPrintable(QString::number(size)));
    QVERIFY(!hasCompleteEnd(memoryFile(bytes + '\0')));
    QVERIFY(!hasCompleteEnd(FileDescriptor()));
}

void WheelArchiveTest::manyThreadsReadOneArchive()
{
    const auto archive = open(twoFiles());
    QVERIFY2(archive.has_value(), qPrintable(describe(archive)));
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                if (contents(*archive, "a/c.txt") != QByteArray(5000, 'c') || contents(*archive, "a/b.txt") != "stored")
                    ++wrong;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_APPLESS_MAIN(WheelArchiveTest)
#include "tst_wheelarchive.moc"
