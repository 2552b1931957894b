#include "support/memoryfile.h"
#include "support/rawzip.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/plainzip.h>

#include <QtTest/QtTest>

#include <random>

#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

using Archive = std::shared_ptr<const PlainZip>;

RawZip good()
{
    RawZip zip;
    zip.add("a.txt", "aaaa", RawMethod::Stored);
    zip.add("b/b.py", QByteArray(1000, 'b'));
    return zip;
}

Result<Archive> open(const RawZip &zip)
{
    return PlainZip::open(memoryFile(zip.bytes()));
}

QByteArray contents(const Archive &archive, const char *name)
{
    const PlainZipMember *member = archive->find(QString::fromUtf8(name));
    if (!member)
        return "no such member";
    const auto data = archive->read(*member);
    return data ? *data : QByteArray(data.error().code().name().data());
}

/// What zipimport_view.py prints of an archive.
QByteArrayList view(const QByteArray &bytes)
{
    const auto archive = PlainZip::open(memoryFile(bytes));
    if (!archive)
        return {"refused"};
    QByteArrayList lines;
    for (const PlainZipMember &member : (*archive)->members()) {
        const auto data = (*archive)->read(member);
        const bool isDamaged = !data && data.error().code() == Codes::ZipCrc;
        QByteArrayList fields{member.name.toUtf8().toHex()};
        for (const std::int64_t value :
            {std::int64_t(member.method), std::int64_t(member.compressedSize), std::int64_t(member.size),
                member.headerOffset, std::int64_t(member.time), std::int64_t(member.date), std::int64_t(member.crc32)})
            fields += QByteArray::number(qint64(value));
        if (data)
            fields += QCryptographicHash::hash(*data, QCryptographicHash::Sha256).toHex();
        else
            fields += isDamaged ? "crc" : "unreadable";
        lines += fields.join(' ');
    }
    return lines;
}

/// Archives that zipimport takes one way or the other.
QMap<QByteArray, QByteArray> specimens()
{
    QMap<QByteArray, QByteArray> all;
    const auto add = [&](const char *name, auto change) {
        RawZip zip = good();
        change(zip);
        all[name] = zip.bytes();
    };
    add("good", [](RawZip &) {});
    add("empty", [](RawZip &zip) { zip.members.clear(); });
    add("prefix", [](RawZip &zip) { zip.prefix = "#!/usr/bin/env python3\n"; });
    add("prefix that offsets count", [](RawZip &zip) { zip.members[0].before = "#!/bin/sh\n"; });
    add("comment", [](RawZip &zip) { zip.end.comment = "a comment"; });
    add("binary comment", [](RawZip &zip) { zip.end.comment = QByteArray(60000, '\377'); });
    add("comment with an end record", [](RawZip &zip) { zip.end.comment = good().bytes().last(22); });
    add("comment with an archive", [](RawZip &zip) { zip.end.comment = good().bytes(); });
    add("comment cut", [](RawZip &zip) { zip.end.commentSize = 500; });
    add("trailing bytes", [](RawZip &zip) { zip.suffix = "more"; });
    add("too many trailing bytes", [](RawZip &zip) { zip.suffix = QByteArray(65536, '\0'); });
    add("signature at the end", [](RawZip &zip) { zip.suffix = "PK\5\6"; });
    add("duplicates", [](RawZip &zip) { zip.add("a.txt", "second"); });
    add("traversal", [](RawZip &zip) { zip.members[0].setName("../../etc/passwd"); });
    add("absolute", [](RawZip &zip) { zip.members[0].setName("/etc/passwd"); });
    add("NUL in a name", [](RawZip &zip) { zip.members[0].setName(QByteArray("a\0b", 3)); });
    add("empty name", [](RawZip &zip) { zip.members[0].setName({}); });
    add("backslash", [](RawZip &zip) { zip.members[0].setName("a\\b"); });
    add("UTF-8 name", [](RawZip &zip) { zip.add("\303\251.py", "e"); });
    add("byte order mark", [](RawZip &zip) { zip.add("\357\273\277x", "e"); });
    add("beyond the first plane", [](RawZip &zip) { zip.add("\360\237\220\215.py", "e"); });
    add("broken UTF-8 name", [](RawZip &zip) { zip.add("\303(.py", "e"); });
    add("surrogate", [](RawZip &zip) { zip.add("\355\240\200", "e"); });
    QByteArray upperHalf;
    for (int code = 1; code < 256; ++code)
        upperHalf += static_cast<char>(code);
    add("code page 437", [&](RawZip &zip) { zip.members[0].setName(upperHalf); });
    add("data descriptor", [](RawZip &zip) { zip.members[0].useDescriptor(); });
    add("folder", [](RawZip &zip) { zip.add("b/"); });
    add("member comment", [](RawZip &zip) { zip.members[0].central.comment = "hello"; });
    add("extra fields", [](RawZip &zip) { zip.members[0].central.extra = zip.members[0].local.extra = "junk"; });
    add("other local name", [](RawZip &zip) { zip.members[0].local.name = "other"; });
    add("count too low", [](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 1; });
    add("count too high", [](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 9; });
    add("no central signature", [](RawZip &zip) { zip.members[1].central.signature = 0; });
    add("no local signature", [](RawZip &zip) { zip.members[0].local.signature = 0; });
    add("bytes behind the directory", [](RawZip &zip) { zip.afterDirectory = "junk"; });
    add("directory too small", [](RawZip &zip) { zip.end.directorySize = 10; });
    add("directory too large", [](RawZip &zip) { zip.end.directorySize = 0xfffffff0; });
    add("offset too large", [](RawZip &zip) { zip.end.directoryOffset = 0xfffffff0; });
    add("offset too small", [](RawZip &zip) { zip.end.directoryOffset = 3; });
    add("member behind the directory", [](RawZip &zip) { zip.members[1].central.offset = 0x7ffffff0; });
    add("member in the directory", [](RawZip &zip) { zip.members[1].central.offset = 88; });
    add("member at the directory", [](RawZip &zip) { zip.members[1].central.offset = 86; });
    add("overlap", [](RawZip &zip) { zip.members[1].central.offset = 0; });
    add("data beyond the file", [](RawZip &zip) { zip.members[0].setCompressedSize(0x7fffffff); });
    add("data to the end of the file", [](RawZip &zip) { zip.members[0].setCompressedSize(100); });
    add("size too small", [](RawZip &zip) { zip.members[1].setSize(3); });
    add("size too large", [](RawZip &zip) { zip.members[1].setSize(0x7fffffff); });
    add("wrong CRC", [](RawZip &zip) { zip.members[1].setCrc32(5); });
    add("encrypted", [](RawZip &zip) { zip.members[0].setFlags(1); });
    add("bzip2", [](RawZip &zip) { zip.members[1].setMethod(12); });
    add("deflated data said to be stored", [](RawZip &zip) { zip.members[1].setMethod(0); });
    add("bytes behind the stream", [](RawZip &zip) {
        zip.members[1].payload += "more";
        zip.members[1].setCompressedSize(static_cast<std::uint32_t>(zip.members[1].payload.size()));
    });
    add("cut stream", [](RawZip &zip) { zip.members[1].setCompressedSize(5); });
    add("ZIP64", [](RawZip &zip) { zip.zip64 = RawZip64(); });
    add("ZIP64 sizes", [](RawZip &zip) { zip.members[0].useZip64(0); });
    add("ZIP64 for real", [](RawZip &zip) {
        zip.zip64 = RawZip64();
        zip.end.members = zip.end.membersOnDisk = 0xffff;
        zip.end.directoryOffset = zip.end.directorySize = 0xffffffff;
    });
    add("second disk", [](RawZip &zip) { zip.end.disk = zip.end.directoryDisk = 1; });
    add("large text", [](RawZip &zip) { zip.add("large", QByteArray(3'000'000, 'l')).setSize(1); });
    all["nothing"] = {};
    all["text"] = "hello, I am not a zip\n";
    all["end record only"] = good().bytes().last(22);
    all["cut"] = good().bytes().chopped(1);
    return all;
}

/// `count` archives, each one of `originals` with some bytes changed, taken out or put in; always the same ones.
QMap<QByteArray, QByteArray> mutants(const QMap<QByteArray, QByteArray> &originals, int count)
{
    std::mt19937 random(20260401);
    const auto below = [&](qsizetype limit) { return static_cast<qsizetype>(random() % static_cast<quint64>(limit)); };
    QList<QByteArray> small;
    for (const QByteArray &bytes : originals) {
        if (bytes.size() > 60 && bytes.size() < 5000)
            small += bytes;
    }
    QMap<QByteArray, QByteArray> all;
    for (int i = 0; i < count; ++i) {
        QByteArray bytes = small.at(below(small.size()));
        for (qsizetype change = below(3); change >= 0; --change) {
            const qsizetype at = below(bytes.size());
            switch (below(4)) {
            case 0:
                bytes.remove(at, below(8));
                break;
            case 1:
                bytes.insert(at, "\0\377PK\1\2", below(7));
                break;
            default:
                bytes[at] = static_cast<char>(random());
            }
        }
        all["mutant " + QByteArray::number(i).rightJustified(5, '0')] = bytes;
    }
    return all;
}

} // namespace

/// Any zip file, read as zipimport reads it.
class PlainZipTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void members();
    void theLastOfOneNameCounts();
    void bytesBeforeTheArchive();
    void refused_data();
    void refused();
    void unreadable_data();
    void unreadable();
    void membersMayShareBytes();
    void linksAreFollowed();
    void tooManyMembers();
    void tooLarge();
    void statedSizesCountForNothing();
    void seesWhatZipimportSees();
};

void PlainZipTest::members()
{
    const auto archive = open(good());
    QVERIFY(archive.has_value());
    QCOMPARE((*archive)->members().size(), 2);
    const PlainZipMember &second = (*archive)->members().at(1);
    QCOMPARE(second.name, QStringLiteral("b/b.py"));
    QCOMPARE(second.method, std::uint16_t(8));
    QCOMPARE(second.size, 1000U);
    QCOMPARE(second.date, std::uint16_t(0x21));
    QCOMPARE(second.headerOffset, 39);
    QCOMPARE(second.crc32, rawCrc32(QByteArray(1000, 'b')));
    QCOMPARE(contents(*archive, "a.txt"), QByteArray("aaaa"));
    QCOMPARE(contents(*archive, "b/b.py"), QByteArray(1000, 'b'));
    QCOMPARE(contents(*archive, "b"), QByteArray("no such member"));
}

void PlainZipTest::theLastOfOneNameCounts()
{
    RawZip zip = good();
    zip.add("a.txt", "second");
    const auto archive = open(zip);
    QCOMPARE((*archive)->members().size(), 2);
    QCOMPARE((*archive)->members().first().name, QStringLiteral("a.txt"));
    QCOMPARE(contents(*archive, "a.txt"), QByteArray("second"));
}

void PlainZipTest::bytesBeforeTheArchive()
{
    RawZip zip = good();
    zip.prefix = QByteArray(70'000, '#');
    zip.end.comment = QByteArray(65535, 'c');
    const auto archive = open(zip);
    QVERIFY(archive.has_value());
    QCOMPARE((*archive)->members().first().headerOffset, 70'000);
    QCOMPARE(contents(*archive, "b/b.py"), QByteArray(1000, 'b'));
}

void PlainZipTest::refused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QByteArray &bytes, const char *code, const char *message) {
        QTest::newRow(name) << bytes << QString::fromUtf8(message) << QString::fromUtf8(code);
    };
    const QMap<QByteArray, QByteArray> all = specimens();
    row("empty", {}, "zip-no-end-record", "there is no zip end record, expected one at the end");
    row("cut end record", all["signature at the end"], "zip-truncated",
        "at offset 211: the file ends 4 bytes after the beginning of the end record, expected 22");
    row("directory too large", all["directory too large"], "zip-central-directory-bounds",
        "at offset 189: the central directory has 4294967280 bytes from offset 86, expected it to end before 189");
    row("member behind the directory", all["member behind the directory"], "zip-central-directory-bounds",
        "'b/b.py' at offset 137: the local header is at offset 2147483632, expected it before the central directory at "
        "86");
    row("broken UTF-8 name", all["broken UTF-8 name"], "zip-name-encoding",
        "'\\xc3(.py' at offset 230: the name is not UTF-8, though marked so");
    RawZip passing = good();
    passing.members[1].central.comment = "c";
    QByteArray bytes = passing.bytes();
    bytes[137 + 33] = '\177';
    row("directory to the end of the file", QByteArray(all["good"]).replace(137 + 32, 2, le16(21)),
        "zip-central-directory-bounds",
        "at offset 210: the central directory reaches the end of the file, expected an end record behind it");
    row("header passes the end", bytes, "zip-central-directory-bounds",
        "at offset 137: a central header passes the end of the file, expected it to end within");
}

void PlainZipTest::refused()
{
    QFETCH(QByteArray, bytes);
    const auto archive = PlainZip::open(memoryFile(bytes));
    QVERIFY(!archive);
    QTEST(archive.error().message(), "message");
    QTEST(QString(archive.error().code().name()), "code");
}

void PlainZipTest::unreadable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("no local signature") << QStringLiteral("a.txt") << QByteArray("zip-local-header");
    QTest::newRow("member at the directory") << QStringLiteral("b/b.py") << QByteArray("zip-local-header");
    QTest::newRow("data beyond the file") << QStringLiteral("a.txt") << QByteArray("zip-central-directory-bounds");
    QTest::newRow("wrong CRC") << QStringLiteral("b/b.py") << QByteArray("zip-crc");
    QTest::newRow("cut stream") << QStringLiteral("b/b.py") << QByteArray("zip-deflate");
}

void PlainZipTest::unreadable()
{
    QFETCH(QString, name);
    const auto archive = PlainZip::open(memoryFile(specimens().value(QTest::currentDataTag())));
    QVERIFY(archive.has_value());
    const auto data = (*archive)->read(*(*archive)->find(name));
    QVERIFY(!data);
    QTEST(QByteArray(data.error().code().name().data()), "code");
    QVERIFY(data.error().message().startsWith(u'\'' + name + QStringLiteral("' at offset ")));
}

void PlainZipTest::membersMayShareBytes()
{
    RawZip zip = good();
    zip.members[1].central = zip.members[0].central;
    zip.members[1].central.name = "z.txt";
    zip.members[1].central.offset = 0;
    const auto archive = open(zip);
    QCOMPARE(contents(*archive, "a.txt"), QByteArray("aaaa"));
    QCOMPARE(contents(*archive, "z.txt"), QByteArray("aaaa"));
}

void PlainZipTest::linksAreFollowed()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("real.zip")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(good().bytes()) > 0);
    file.close();
    const QString link = folder.filePath(QStringLiteral("link.zip"));
    QVERIFY(QFile::link(file.fileName(), link));
    QVERIFY(PlainZip::open(link).has_value());
    QCOMPARE(PlainZip::open(folder.path()).error().code(), ErrorCode("file-not-regular"));
    QCOMPARE(PlainZip::open(QStringLiteral("/nowhere")).error().code(), ErrorCode("file-not-found"));
}

void PlainZipTest::tooManyMembers()
{
    RawZip zip;
    RawMember member = zip.add("m", {}, RawMethod::Stored);
    member.hasLocal = false;
    member.central.offset = 0;
    for (int i = 1; i <= 200'000; ++i) {
        member.central.name = QByteArray::number(i);
        zip.members += member;
    }
    const auto archive = open(zip);
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("zip-too-many-members"));
}

void PlainZipTest::tooLarge()
{
    const FileDescriptor file = memoryFile({});
    QCOMPARE(::ftruncate(file.get(), (512LL << 20) + 1), 0);
    const auto archive = PlainZip::open(FileDescriptor(::dup(file.get())));
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("file-too-large"));
}

/// No size that is only stated takes memory; what the data really give does.
void PlainZipTest::statedSizesCountForNothing()
{
    RawZip zip = good();
    zip.members[1].setSize(0xfffffff0);
    QCOMPARE(contents(*open(zip), "b/b.py"), QByteArray(1000, 'b'));
    zip.members[1].setSize(0);
    QCOMPARE(contents(*open(zip), "b/b.py"), QByteArray(1000, 'b'));
    zip.add("large", QByteArray(3'000'000, 'l')).setSize(1);
    QCOMPARE(contents(*open(zip), "large"), QByteArray(3'000'000, 'l'));
}

/// Every archive that we can think of, and thousands that nobody thought of. (Among ten thousands there are streams that
/// zlib refuses and libdeflate does not; the CRC says that their bytes are the right ones.)
void PlainZipTest::seesWhatZipimportSees()
{
    QMap<QByteArray, QByteArray> archives = specimens();
    archives.insert(mutants(archives, 4000));
    const QTemporaryDir folder;
    QByteArrayList expected;
    int number = 0;
    for (auto archive = archives.cbegin(); archive != archives.cend(); ++archive) {
        const QString name = QString::number(number++).rightJustified(5, u'0');
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(*archive) == archive->size());
        for (const QByteArray &line : view(*archive))
            expected += name.toLatin1() + ' ' + line;
    }
    QProcess python;
    python.start(
        QStringLiteral(AXLE_PYTHON), {QStringLiteral("-I"), QStringLiteral(AXLE_ZIPIMPORT_VIEW), folder.path()});
    QVERIFY(python.waitForFinished(120'000));
    QCOMPARE(python.readAllStandardError(), QByteArray());
    QCOMPARE(python.exitCode(), 0);
    const QByteArrayList found = python.readAllStandardOutput().trimmed().split('\n');
    for (qsizetype i = 0; i < qMin(found.size(), expected.size()); ++i) {
        const QByteArray which = archives.keys().at(expected[i].first(5).toInt());
        QVERIFY2(found[i] == expected[i], which + "\n zipimport: " + found[i] + "\n PlainZip:  " + expected[i]);
    }
    QCOMPARE(found.size(), expected.size());
}

QTEST_GUILESS_MAIN(PlainZipTest)
#include "tst_plainzip.moc"
