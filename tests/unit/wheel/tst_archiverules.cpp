#include "support/memoryfile.h"
#include "support/rawzip.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheelarchive.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

// Where things are in good().
constexpr qsizetype CentralDirectory = 85;
constexpr qsizetype CentralHeader = 46 + 5; // with its name

/// Two members: `a.txt` stored at offset 0 (35 bytes of header, 4 of data), `b.txt` deflated at 39.
RawZip good()
{
    RawZip zip;
    zip.add("a.txt", "aaaa", RawMethod::Stored);
    zip.add("b.txt", QByteArray(1000, 'b'));
    return zip;
}

template<class Change>
QByteArray changed(Change change)
{
    RawZip zip = good();
    change(zip);
    return zip.bytes();
}

QByteArray patched(qsizetype offset, const QByteArray &bytes)
{
    return good().bytes().replace(offset, bytes.size(), bytes);
}

QByteArray withFlags(std::uint16_t flags)
{
    return changed([&](RawZip &zip) { zip.members[0].setFlags(flags); });
}

/// One rule broken: what the reader must say, word for word.
void row(const char *name, const QByteArray &bytes, const char *code, const char *message)
{
    QTest::newRow(name) << bytes << QString::fromLatin1(code) << QString::fromUtf8(message);
}

} // namespace

/// Every rule of the strict reader, broken once.
class ArchiveRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theUnchangedArchiveIsGood();
    void framing_data();
    void framing() { judge(); }
    void zip64_data();
    void zip64() { judge(); }
    void headers_data();
    void headers() { judge(); }
    void layout_data();
    void layout() { judge(); }
    void data_data();
    void data();
    void bombs_data();
    void bombs() { judge(); }
    void tooLarge();
    void everyTruncationIsRefused();
    void everyFlippedByteIsRefusedOrHarmless();

private:
    static void columns();
    static void judge();
};

void ArchiveRulesTest::columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
}

void ArchiveRulesTest::judge()
{
    QFETCH(QByteArray, bytes);
    const auto archive = WheelArchive::open(memoryFile(bytes));
    QVERIFY(!archive);
    QTEST(QString(archive.error().code().name()), "code");
    QTEST(archive.error().message(), "message");
}

void ArchiveRulesTest::theUnchangedArchiveIsGood()
{
    QVERIFY(WheelArchive::open(memoryFile(good().bytes())).has_value());
}

void ArchiveRulesTest::framing_data()
{
    columns();
    const QByteArray whole = good().bytes();
    row("empty file", {}, "zip-no-end-record",
        "no zip end record in a file of 0 bytes, expected one within its last 65557 bytes");
    row("text", QByteArray("hello, I am not a zip\n").repeated(20), "zip-no-end-record",
        "no zip end record in a file of 440 bytes, expected one within its last 65557 bytes");
    row("cut in the middle", whole.first(60), "zip-truncated",
        "at offset 60: the file ends without an end record, though it begins like a zip archive");
    row("cut in the signature", whole.first(3), "zip-truncated",
        "at offset 3: the file ends without an end record, though it begins like a zip archive");
    row("bytes behind the end", whole + "trailing", "zip-trailing-data",
        "at offset 187: 8 bytes follow the end record, expected none");
    row("NUL bytes behind the end", whole + QByteArray(512, '\0'), "zip-trailing-data",
        "at offset 187: 512 bytes follow the end record, expected none");
    row("comment longer than the file", changed([](RawZip &zip) { zip.end.commentSize = 500; }),
        "zip-end-record-bounds",
        "at offset 187: the end record with its comment reaches offset 709, expected 209, the end of the file");
    row("end signature in the comment",
        changed([](RawZip &zip) { zip.end.comment = "see PK\5\6" + QByteArray(30, ' '); }), "zip-end-record-ambiguous",
        "at offset 187: another end record follows at offset 213, expected exactly one");
    row("another archive's end in the comment", changed([&](RawZip &zip) { zip.end.comment = whole.last(80); }),
        "zip-end-record-ambiguous", "at offset 187: another end record follows at offset 267, expected exactly one");
    row("long comment", changed([](RawZip &zip) { zip.end.comment = QByteArray(1025, 'c'); }), "zip-comment",
        "at offset 187: the archive comment has 1025 bytes, expected at most 1024");
    row("binary comment", changed([](RawZip &zip) { zip.end.comment = "a\1b"; }), "zip-comment",
        "at offset 187: the archive comment is 'a\\u{1}b', expected printable text without 'PK'");
    row("comment that looks like an archive", changed([](RawZip &zip) { zip.end.comment = "PK"; }), "zip-comment",
        "at offset 187: the archive comment is 'PK', expected printable text without 'PK'");
    row("comment not UTF-8", changed([](RawZip &zip) { zip.end.comment = "\377"; }), "zip-comment",
        "at offset 187: the archive comment is '\\xff', expected printable text without 'PK'");
    row("script in front, offsets as before", "#!/bin/sh\n" + whole, "zip-central-directory-bounds",
        "at offset 197: the central directory has 102 bytes from offset 85, expected it to end at 197");
    row("script in front, offsets counted", changed([](RawZip &zip) { zip.members[0].before = "#!/bin/sh\n"; }),
        "zip-prefix-data", "at offset 0: 10 bytes precede the first member, expected none");
    RawZip tar;
    tar.add("a.txt", QByteArray(257 - 35, 't') + "ustar" + QByteArray(300, 't'), RawMethod::Stored);
    row("a tar archive as well", tar.bytes(), "zip-polyglot",
        "at offset 257: the file is a tar archive as well, expected nothing but a zip archive");
    row("second disk", changed([](RawZip &zip) { zip.end.disk = zip.end.directoryDisk = 1; }), "zip-multidisk",
        "at offset 187: this is disk 1 and the directory is on disk 1, expected 0 for both");
    row("counts differ", changed([](RawZip &zip) { zip.end.membersOnDisk = 1; }), "zip-entry-count",
        "at offset 187: the number of members on this disk is 1, expected 2 as on all");
    row("count too low", changed([](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 1; }), "zip-entry-count",
        "at offset 136: 51 bytes of the central directory follow its last member (number 1), expected none");
    row("count too high", changed([](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 3; }), "zip-entry-count",
        "at offset 187: 3 members, but a central directory of 102 bytes has room for 2");
    row("count beyond the limit", changed([](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 20'001; }),
        "zip-too-many-members", "at offset 187: 20001 members, expected at most 20000");
    row("directory size wrong", changed([](RawZip &zip) { zip.end.directorySize = 10; }),
        "zip-central-directory-bounds",
        "at offset 187: the central directory has 10 bytes from offset 85, expected it to end at 187");
    row("directory size near 4 GiB", changed([](RawZip &zip) { zip.end.directorySize = 0xfffffff0; }),
        "zip-central-directory-bounds",
        "at offset 187: the central directory has 4294967280 bytes from offset 85, expected it to end at 187");
    row("directory offset near 4 GiB", changed([](RawZip &zip) { zip.end.directoryOffset = 0xfffffff0; }),
        "zip-central-directory-bounds",
        "at offset 187: the central directory has 102 bytes from offset 4294967280, expected it to end at 187");
    row("bytes behind the directory", changed([](RawZip &zip) { zip.afterDirectory = "junk"; }),
        "zip-central-directory-bounds",
        "at offset 191: the central directory has 102 bytes from offset 85, expected it to end at 191");
}

void ArchiveRulesTest::zip64_data()
{
    columns();
    const auto with = [](auto change) {
        return changed([&](RawZip &zip) {
            zip.zip64 = RawZip64();
            change(zip);
        });
    };
    row("sentinel without locator", changed([](RawZip &zip) { zip.end.directorySize = 0xffffffff; }), "zip64-locator",
        "at offset 187: the end record refers to ZIP64 fields, expected a ZIP64 locator directly before it");
    row("65,535 members without locator",
        changed([](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 0xffff; }), "zip64-locator",
        "at offset 187: the end record refers to ZIP64 fields, expected a ZIP64 locator directly before it");
    row("locator points elsewhere", with([](RawZip &zip) { zip.zip64->recordOffset = 5; }), "zip64-locator",
        "at offset 243: the ZIP64 locator points to offset 5, expected 187, directly before it");
    row("locator points past the end", with([](RawZip &zip) { zip.zip64->recordOffset = ~0ULL; }), "zip64-locator",
        "at offset 243: the ZIP64 locator points to offset 18446744073709551615, expected 187, directly before it");
    row(
        "locator with nothing before it",
        [] {
            RawZip zip;
            zip.afterDirectory = le32(0x07064b50) + QByteArray(16, '\0');
            return zip.bytes();
        }(),
        "zip64-locator", "at offset 0: there is no room before the ZIP64 locator, expected a ZIP64 end record");
    row("three disks", with([](RawZip &zip) { zip.zip64->disks = 3; }), "zip64-locator",
        "at offset 243: the ZIP64 locator names disk 0 of 3, expected 0 of 1");
    row("no record before the locator", with([](RawZip &zip) { zip.zip64->recordSignature = 0x12345678; }),
        "zip64-end-record", "at offset 187: signature 0x12345678, expected 0x06064b50 of a ZIP64 end record");
    row("extensible record", with([](RawZip &zip) { zip.zip64->recordSize = 100; }), "zip64-end-record",
        "at offset 187: the ZIP64 end record says 100 bytes, expected 44");
    row("record size overflows", with([](RawZip &zip) { zip.zip64->recordSize = ~0ULL; }), "zip64-end-record",
        "at offset 187: the ZIP64 end record says 18446744073709551615 bytes, expected 44");
    row("count differs", with([](RawZip &zip) { zip.zip64->members = zip.zip64->membersOnDisk = 7; }), "zip64-mismatch",
        "at offset 263: members on this disk is 2 in the end record, expected 7 as in the ZIP64 end record");
    row("size differs", with([](RawZip &zip) { zip.zip64->directorySize = 7; }), "zip64-mismatch",
        "at offset 263: directory size is 102 in the end record, expected 7 as in the ZIP64 end record");
    row("offset differs", with([](RawZip &zip) { zip.zip64->directoryOffset = 7; }), "zip64-mismatch",
        "at offset 263: directory offset is 85 in the end record, expected 7 as in the ZIP64 end record");
    row("size overflows", with([](RawZip &zip) {
        zip.zip64->directorySize = ~0ULL;
        zip.end.directorySize = 0xffffffff;
    }),
        "zip-central-directory-bounds",
        "at offset 187: the central directory has 18446744073709551615 bytes from offset 85, expected it to end at "
        "187");
    row("offset and size overflow together", with([](RawZip &zip) {
        zip.zip64->directoryOffset = 1ULL << 63;
        zip.zip64->directorySize = 1ULL << 63;
        zip.end.directoryOffset = zip.end.directorySize = 0xffffffff;
    }),
        "zip-central-directory-bounds",
        "at offset 187: the central directory has 9223372036854775808 bytes from offset 9223372036854775808, expected "
        "it to end at 187");
    row("count overflows", with([](RawZip &zip) {
        zip.zip64->members = zip.zip64->membersOnDisk = ~0ULL;
        zip.end.members = zip.end.membersOnDisk = 0xffff;
    }),
        "zip-too-many-members", "at offset 187: 18446744073709551615 members, expected at most 20000");
    row("member: sentinel without extra field", changed([](RawZip &zip) { zip.members[0].setSize(0xffffffff); }),
        "zip64-extra",
        "'a.txt' at offset 85: a ZIP64 extra field of 0 bytes, expected 8: 8 for each field that refers to it");
    row("member: extra field too short", changed([](RawZip &zip) {
        zip.members[0].central.size = 0xffffffff;
        zip.members[0].central.extra = le16(1) + le16(4) + le32(4);
    }),
        "zip64-extra",
        "'a.txt' at offset 85: a ZIP64 extra field of 4 bytes, expected 8: 8 for each field that refers to it");
    row("member: extra field that nothing refers to",
        changed([](RawZip &zip) { zip.members[0].central.extra = le16(1) + le16(8) + le64(4); }), "zip64-extra",
        "'a.txt' at offset 85: a ZIP64 extra field of 8 bytes, expected 0: 8 for each field that refers to it");
    row("member: extra field that repeats other sizes",
        changed([](RawZip &zip) { zip.members[0].local.extra = le16(1) + le16(16) + le64(4) + le64(5); }),
        "zip64-extra",
        "'a.txt' at offset 0: a ZIP64 extra field of 16 bytes, expected 0: 8 for each field that refers to it");
    row("member: extra field that repeats too much",
        changed([](RawZip &zip) { zip.members[0].local.extra = le16(1) + le16(24) + le64(4) + le64(4) + le64(0); }),
        "zip64-extra",
        "'a.txt' at offset 0: a ZIP64 extra field of 24 bytes, expected 0: 8 for each field that refers to it");
    row("member: huge size", changed([](RawZip &zip) {
        RawMember &member = zip.members[0];
        member.useZip64(0);
        member.central.extra = le16(1) + le16(24) + le64(~0ULL) + le64(~0ULL) + le64(0);
    }),
        "zip-central-directory-bounds",
        "'a.txt' at offset 105: 18446744073709551615 bytes of data at offset 0, expected them before the central "
        "directory at 105");
    row("member: local size differs", changed([](RawZip &zip) {
        RawMember &member = zip.members[0];
        member.useZip64(0);
        member.local.extra = le16(1) + le16(16) + le64(5) + le64(4);
    }),
        "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's size is 5, expected 4 as in the central directory");
}

void ArchiveRulesTest::headers_data()
{
    columns();
    const auto first = [](auto change) { return changed([&](RawZip &zip) { change(zip.members[0]); }); };
    row("central signature", first([](RawMember &m) { m.central.signature = 0x11111111; }), "zip-central-header",
        "at offset 85: signature 0x11111111, expected 0x02014b50 of a central header");
    row("central name passes the end", patched(CentralDirectory + CentralHeader + 28, le16(6)),
        "zip-central-directory-bounds",
        "at offset 136: a central header passes the end of the central directory, expected it to end within");
    row("method bzip2", first([](RawMember &m) { m.setMethod(12); }), "zip-method",
        "'a.txt' at offset 85: compression method 12, expected 0 (stored) or 8 (deflated)");
    row("method 65535", first([](RawMember &m) { m.setMethod(0xffff); }), "zip-method",
        "'a.txt' at offset 85: compression method 65535, expected 0 (stored) or 8 (deflated)");
    row("encrypted", withFlags(1U << 0), "zip-encrypted",
        "'a.txt' at offset 85: flags 0x0001 say that the member is encrypted, expected plain data");
    row("strong encryption", withFlags(1U << 6), "zip-encrypted",
        "'a.txt' at offset 85: flags 0x0040 say that the member is encrypted, expected plain data");
    row("masked header", withFlags(1U << 13), "zip-encrypted",
        "'a.txt' at offset 85: flags 0x2000 say that the member is encrypted, expected plain data");
    row("patch data", withFlags(1U << 5), "zip-flags", "'a.txt' at offset 85: flags 0x0020, expected none but 0x080e");
    row("reserved flag", withFlags(1U << 15), "zip-flags",
        "'a.txt' at offset 85: flags 0x8000, expected none but 0x080e");
    row("version 6.3 needed", first([](RawMember &m) { m.central.version = 63; }), "zip-version",
        "'a.txt' at offset 85: version 63 of the format is needed, expected at most 45");
    row("member on another disk", first([](RawMember &m) { m.central.disk = 1; }), "zip-multidisk",
        "'a.txt' at offset 85: the member begins on disk 1, expected 0");
    row("member comment", first([](RawMember &m) { m.central.comment = "hello"; }), "zip-entry-comment",
        "'a.txt' at offset 85: a member comment of 5 bytes, expected none");
    row("extra field passes the end", first([](RawMember &m) { m.central.extra = le16(0x5455) + le16(400) + "ab"; }),
        "zip-extra-field",
        "'a.txt' at offset 85: extra field 0x5455 of 400 bytes passes the end, expected records that fill 6 bytes "
        "exactly");
    row("extra field cut in its header", first([](RawMember &m) { m.central.extra = "abc"; }), "zip-extra-field",
        "'a.txt' at offset 85: extra field 0x6261 of 0 bytes passes the end, expected records that fill 3 bytes "
        "exactly");
    row("extra field twice",
        first([](RawMember &m) { m.central.extra = (le16(0x7075) + le16(5) + '\1' + le32(0)).repeated(2); }),
        "zip-extra-field", "'a.txt' at offset 85: extra field 0x7075 occurs twice, expected once");
    row("local extra field passes the end", first([](RawMember &m) { m.local.extra = le16(9) + le16(9); }),
        "zip-extra-field",
        "'a.txt' at offset 0: extra field 0x0009 of 9 bytes passes the end, expected records that fill 4 bytes "
        "exactly");
    row("Unicode path of another name", first([](RawMember &m) {
        m.central.extra = le16(0x7075) + le16(11) + '\1' + le32(m.central.crc32) + "../evil";
        m.central.extra[2] = 12;
    }),
        "zip-unicode-path",
        "'a.txt' at offset 85: the Unicode path field says '../evil', expected the name 'a.txt' of the header");
    row("local signature", first([](RawMember &m) { m.local.signature = 0x11111111; }), "zip-local-header",
        "'a.txt' at offset 0: signature 0x11111111, expected 0x04034b50 of a local header");
    row("local name passes the directory", patched(26, le16(0xffff)), "zip-local-header",
        "'a.txt' at offset 0: a name of 65535 and an extra field of 0 bytes, expected them to end before the central "
        "directory at 85");
    row("local name differs", first([](RawMember &m) { m.local.name = "x.txt"; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's name is 'x.txt', expected 'a.txt' as in the central directory");
    row("local name longer", first([](RawMember &m) { m.local.name = "a.txt.py"; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's name is 'a.txt.py', expected 'a.txt' as in the central directory");
    row("local CRC differs", first([](RawMember &m) { m.local.crc32 = 1; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's CRC is 00000001, expected ad98e545 as in the central directory");
    row("local size differs", first([](RawMember &m) { m.local.size = 5; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's size is 5, expected 4 as in the central directory");
    row("local compressed size differs", first([](RawMember &m) { m.local.compressedSize = 3; }),
        "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's compressed size is 3, expected 4 as in the central directory");
    row("local size zero without descriptor", first([](RawMember &m) { m.local.size = 0; }),
        "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's size is 0, expected 4 as in the central directory");
    row("local method differs", first([](RawMember &m) { m.local.method = 8; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's method is 8, expected 0 as in the central directory");
    row("local flags differ", first([](RawMember &m) { m.local.flags = 1U << 11; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's flags is 2048, expected 0 as in the central directory");
    row("local time differs", first([](RawMember &m) { m.local.time = 0x5a210000; }), "zip-local-header-mismatch",
        "'a.txt' at offset 0: the local header's time is 5a210000, expected 00210000 as in the central directory");
    row("locally encrypted", first([](RawMember &m) { m.local.flags = 1; }), "zip-encrypted",
        "'a.txt' at offset 0: flags 0x0001 say that the member is encrypted, expected plain data");
    row("descriptor of another CRC", first([](RawMember &m) {
        m.useDescriptor();
        m.after[4] = static_cast<char>(m.after[4] ^ 1);
    }),
        "zip-data-descriptor",
        "'a.txt' at offset 39: the data descriptor says CRC ad98e544, sizes 4 and 4, expected ad98e545, 4 and 4 as in "
        "the central directory");
    row("descriptor without signature", first([](RawMember &m) {
        m.useDescriptor();
        m.after = m.after.sliced(4);
    }),
        "zip-data-descriptor",
        "'a.txt' at offset 39: 12 bytes between the data and what follows, expected a data descriptor of 16 or 24");
    row("descriptor missing", first([](RawMember &m) {
        m.useDescriptor();
        m.after.clear();
    }),
        "zip-data-descriptor",
        "'a.txt' at offset 39: 0 bytes between the data and what follows, expected a data descriptor of 16 or 24");
}

void ArchiveRulesTest::layout_data()
{
    columns();
    row("gap", changed([](RawZip &zip) { zip.members[1].before = "gap"; }), "zip-gap",
        "'a.txt' at offset 0: 3 bytes between the end of the data at 39 and the next part, expected none");
    row("gap before the directory", changed([](RawZip &zip) { zip.beforeDirectory = "gap"; }), "zip-gap",
        "'b.txt' at offset 39: 3 bytes between the end of the data at 85 and the next part, expected none");
    row("member that only has a local header", changed([](RawZip &zip) { zip.members[1].hasCentral = false; }),
        "zip-gap", "'a.txt' at offset 0: 46 bytes between the end of the data at 39 and the next part, expected none");
    row("first member that only has a local header", changed([](RawZip &zip) { zip.members[0].hasCentral = false; }),
        "zip-prefix-data", "at offset 0: 39 bytes precede the first member, expected none");
    row("member that only has a central header", changed([](RawZip &zip) { zip.members[1].hasLocal = false; }),
        "zip-central-directory-bounds",
        "'b.txt' at offset 90: 11 bytes of data at offset 39, expected them before the central directory at 39");
    row("two members at one place", changed([](RawZip &zip) { zip.members[1].central.offset = 0; }), "zip-overlap",
        "'a.txt' at offset 0: the data reach to offset 39, expected them to end at 0 where the next part begins");
    row("offset beyond the directory", changed([](RawZip &zip) { zip.members[1].central.offset = 0x7ffffff0; }),
        "zip-central-directory-bounds",
        "'b.txt' at offset 136: 11 bytes of data at offset 2147483632, expected them before the central directory at "
        "85");
    row("offset within the directory", changed([](RawZip &zip) { zip.members[1].central.offset = 100; }),
        "zip-central-directory-bounds",
        "'b.txt' at offset 136: 11 bytes of data at offset 100, expected them before the central directory at 85");
    row("data beyond the directory", changed([](RawZip &zip) { zip.members[1].setCompressedSize(0x7fffffff); }),
        "zip-central-directory-bounds",
        "'b.txt' at offset 136: 2147483647 bytes of data at offset 39, expected them before the central directory at "
        "85");
    row("data into the next member", changed([](RawZip &zip) {
        zip.members[0].setCompressedSize(20);
        zip.members[0].setSize(20);
    }),
        "zip-overlap",
        "'a.txt' at offset 0: the data reach to offset 55, expected them to end at 39 where the next part begins");
}

void ArchiveRulesTest::data_data()
{
    columns();
    const auto second = [](auto change) { return changed([&](RawZip &zip) { change(zip.members[1]); }); };
    const auto payload = [&](const QByteArray &bytes) {
        return second([&](RawMember &m) {
            m.payload = bytes;
            m.setCompressedSize(static_cast<std::uint32_t>(bytes.size()));
        });
    };
    const QByteArray deflated = rawDeflate(QByteArray(1000, 'b'));
    row("CRC wrong in both headers", second([](RawMember &m) { m.setCrc32(5); }), "zip-crc",
        "'b.txt' at offset 74: the data have CRC b604a24f, expected 00000005");
    row("other data of that size", payload(rawDeflate(QByteArray(1000, 'x'))), "zip-crc",
        "'b.txt' at offset 74: the data have CRC 3b41c9e6, expected b604a24f");
    row("garbage", payload(QByteArray(60, '\377')), "zip-deflate",
        "'b.txt' at offset 74: 60 bytes are no complete DEFLATE stream, expected one");
    row("cut stream", payload(deflated.chopped(2)), "zip-deflate",
        "'b.txt' at offset 74: 9 bytes are no complete DEFLATE stream, expected one");
    row("no stream", payload({}), "zip-deflate",
        "'b.txt' at offset 74: 0 bytes are no complete DEFLATE stream, expected one");
    row("bytes behind the stream", payload(deflated + "more"), "zip-deflate-trailing",
        "'b.txt' at offset 74: the DEFLATE stream ends after 11 bytes, expected 15");
    row("more data than said", second([](RawMember &m) { m.setSize(999); }), "zip-size-mismatch",
        "'b.txt' at offset 74: the data inflate to more than the 999 bytes that the headers say");
    row("data where none is said", second([](RawMember &m) { m.setSize(0); }), "zip-size-mismatch",
        "'b.txt' at offset 74: the data inflate to more than the 0 bytes that the headers say");
    row("less data than said", second([](RawMember &m) { m.setSize(1001); }), "zip-size-mismatch",
        "'b.txt' at offset 74: the data inflate to 1000 bytes, expected 1001 as the headers say");
}

void ArchiveRulesTest::data()
{
    QFETCH(QByteArray, bytes);
    const auto archive = WheelArchive::open(memoryFile(bytes));
    QVERIFY2(archive.has_value(), qPrintable(archive ? QString() : archive.error().toString()));
    const auto data = (*archive)->read((*archive)->members().at(1));
    QVERIFY(!data);
    QTEST(QString(data.error().code().name()), "code");
    QTEST(data.error().message(), "message");
}

void ArchiveRulesTest::bombs_data()
{
    columns();
    row("impossible ratio", changed([](RawZip &zip) { zip.members[1].setSize(0x7fffffff); }), "zip-bomb",
        "'b.txt' at offset 136: 11 bytes would inflate to 2147483647, expected at most 1033 times as many");
    RawZip total;
    const RawMember zeros = total.add("zeros0", QByteArray(17 * 1024 * 1024, '\0'));
    for (int i = 1; i < 4; ++i) {
        total.members += zeros;
        total.members.last().setName("zeros" + QByteArray::number(i));
    }
    row("total", total.bytes(), "zip-bomb",
        "a file of 72482 bytes would inflate to 71303168, expected at most 67108864");
}

/// The size is judged without reading more than the end.
void ArchiveRulesTest::tooLarge()
{
    constexpr std::int64_t size = 512LL * 1024 * 1024 + 1;
    RawZip zip;
    zip.end.directoryOffset = static_cast<std::uint32_t>(size - 22);
    const QByteArray end = zip.bytes();
    FileDescriptor file = memoryFile({});
    QCOMPARE(::ftruncate(file.get(), size), 0);
    QCOMPARE(::pwrite(file.get(), end.constData(), static_cast<size_t>(end.size()), size - end.size()), end.size());
    const auto archive = WheelArchive::open(std::move(file));
    QVERIFY(!archive);
    QCOMPARE(archive.error().code(), ErrorCode("file-too-large"));
    QCOMPARE(archive.error().message(), QStringLiteral("the file has 536870913 bytes, expected at most 536870912"));
}

void ArchiveRulesTest::everyTruncationIsRefused()
{
    const QByteArray whole = good().bytes();
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY2(!WheelArchive::open(memoryFile(whole.first(size))), qPrintable(QString::number(size)));
}

/// Every single byte of an archive changed in every bit: what is accepted all the same gives the same bytes, because
/// nothing depends on the changed one (dates, attributes).
void ArchiveRulesTest::everyFlippedByteIsRefusedOrHarmless()
{
    const QByteArray whole = good().bytes();
    int accepted = 0;
    for (qsizetype at = 0; at < whole.size() * 8; ++at) {
        QByteArray bytes = whole;
        bytes[at / 8] = static_cast<char>(bytes[at / 8] ^ (1 << (at % 8)));
        const auto archive = WheelArchive::open(memoryFile(bytes));
        if (!archive)
            continue;
        const auto a = (*archive)->read((*archive)->members().at(0));
        const auto b = (*archive)->read((*archive)->members().at(1));
        if (!a || !b)
            continue;
        ++accepted;
        QCOMPARE(*a, QByteArray("aaaa"));
        QCOMPARE(*b, QByteArray(1000, 'b'));
    }
    QVERIFY(accepted < 500);
}

QTEST_APPLESS_MAIN(ArchiveRulesTest)
#include "tst_archiverules.moc"
