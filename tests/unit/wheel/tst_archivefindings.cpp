#include "support/memoryfile.h"
#include "support/rawzip.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheelarchive.h>

#include <QtTest/QtTest>

#include <unistd.h>

using namespace Axle;
using namespace Axle::Test;

namespace {

using Depth = WheelArchive::Depth;

/// `severity code 'member'`, one a line.
QStringList worded(const QList<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings) {
        const QString member = finding.error.place().member;
        lines += QStringLiteral("%1 %2").arg(toString(finding.severity), finding.error.code().name());
        if (!member.isEmpty())
            lines.last() += QStringLiteral(" '%1'").arg(member);
    }
    return lines;
}

QStringList examined(const RawZip &zip, Rules rules = Rules::Strict, Depth depth = Depth::Data)
{
    return worded(WheelArchive::examine(memoryFile(zip.bytes()), rules, depth));
}

RawZip good()
{
    RawZip zip;
    zip.add("a.txt", "aaaa", RawMethod::Stored);
    zip.add("b.txt", QByteArray(1000, 'b'));
    zip.add("c.txt", "cc", RawMethod::Stored);
    return zip;
}

} // namespace

/// All that is wrong with an archive, and what the rules let pass.
class ArchiveFindingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nothing();
    void everyMembersFaults();
    void everyFaultOfOneMember();
    void faultsOfTheArchiveThatLeaveTheRestReadable();
    void faultsThatEndTheList_data();
    void faultsThatEndTheList();
    void aMemberWithoutAPlaceAccusesNoOther();
    void data();
    void bombsAreNotRead();
    void openStopsAtTheFirst();
    void thereIsAnEndOfFindings();
    void tolerantRulesLetPass_data();
    void tolerantRulesLetPass();
    void nonPortableNames_data();
    void nonPortableNames();
    void linksAreFollowedAndNoted();
    void filesThatCannotBeOpened();
    void filesOfOtherUsers();
};

void ArchiveFindingsTest::nothing()
{
    QCOMPARE(examined(good()), QStringList());
    const auto archive = WheelArchive::open(memoryFile(good().bytes()));
    QVERIFY(archive.has_value());
    QVERIFY((*archive)->findings().isEmpty());
}

void ArchiveFindingsTest::everyMembersFaults()
{
    RawZip zip = good();
    zip.members[0].setName("../a");
    zip.members[1].setMethod(12);
    zip.members[2].central.mode = 0120777;
    zip.add("C.TXT");
    zip.add("d.txt").local.name = "e.txt";
    QCOMPARE(examined(zip),
        QStringList({"fatal zip-name-traversal '../a'", "fatal zip-method 'b.txt'", "fatal zip-special-file 'c.txt'",
            "fatal zip-duplicate-name 'C.TXT'", "fatal zip-local-header-mismatch 'd.txt'"}));
}

void ArchiveFindingsTest::everyFaultOfOneMember()
{
    RawZip zip = good();
    RawMember &member = zip.members[0];
    member.setName("/a");
    member.setFlags(1U << 5);
    member.setMethod(99);
    member.central.version = 63;
    member.central.disk = 1;
    member.central.comment = "hello";
    member.central.mode = 0106755;
    QCOMPARE(examined(zip),
        QStringList({"fatal zip-flags '/a'", "fatal zip-method '/a'", "fatal zip-version '/a'",
            "fatal zip-multidisk '/a'", "fatal zip-entry-comment '/a'", "fatal zip-name-absolute '/a'",
            "fatal zip-setuid '/a'", "fatal zip-flags '/a'"}));
}

void ArchiveFindingsTest::faultsOfTheArchiveThatLeaveTheRestReadable()
{
    RawZip zip = good();
    zip.end.comment = "PK";
    zip.members[0].before = "#!/bin/sh\n";
    zip.members[1].before = "gap";
    zip.members[2].setName("c:");
    QCOMPARE(examined(zip),
        QStringList(
            {"fatal zip-comment", "fatal zip-name-drive 'c:'", "fatal zip-prefix-data", "fatal zip-gap 'a.txt'"}));
}

void ArchiveFindingsTest::faultsThatEndTheList_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("findings");
    QTest::newRow("no archive") << QByteArray("text") << QStringList("fatal zip-no-end-record");
    QTest::newRow("cut") << good().bytes().first(60) << QStringList("fatal zip-truncated");
    RawZip directory = good();
    directory.members[0].setName("../a");
    directory.members[1].central.signature = 0;
    directory.members[2].setName("../c");
    QTest::newRow("broken central header")
        << directory.bytes() << QStringList({"fatal zip-name-traversal '../a'", "fatal zip-central-header"});
    RawZip few = good();
    few.members[0].local.crc32 = 1;
    few.end.members = few.end.membersOnDisk = 2;
    QTest::newRow("more members than said") << few.bytes() << QStringList("fatal zip-entry-count");
}

void ArchiveFindingsTest::faultsThatEndTheList()
{
    QFETCH(QByteArray, bytes);
    QTEST(worded(WheelArchive::examine(memoryFile(bytes))), "findings");
}

/// Where one member lies is not known, so that what looks like a gap may be its place.
void ArchiveFindingsTest::aMemberWithoutAPlaceAccusesNoOther()
{
    RawZip zip = good();
    zip.members[1].central.offset = 0x7ffffff0;
    zip.members[2].setCrc32(5);
    QCOMPARE(examined(zip), QStringList({"fatal zip-central-directory-bounds 'b.txt'", "fatal zip-crc 'c.txt'"}));
}

void ArchiveFindingsTest::data()
{
    RawZip zip = good();
    zip.members[0].setCrc32(5);
    zip.members[1].setSize(999);
    QCOMPARE(examined(zip), QStringList({"fatal zip-crc 'a.txt'", "fatal zip-size-mismatch 'b.txt'"}));
    QCOMPARE(examined(zip, Rules::Strict, Depth::Structure), QStringList());
}

void ArchiveFindingsTest::bombsAreNotRead()
{
    RawZip zip;
    const RawMember zeros = zip.add("zeros0", QByteArray(17 * 1024 * 1024, '\0'));
    for (int i = 1; i < 4; ++i) {
        zip.members += zeros;
        zip.members.last().setName("zeros" + QByteArray::number(i));
        zip.members.last().setCrc32(7);
    }
    QCOMPARE(examined(zip), QStringList("fatal zip-bomb"));
}

void ArchiveFindingsTest::openStopsAtTheFirst()
{
    RawZip zip = good();
    zip.members[1].setMethod(12);
    zip.members[2].setName("../c");
    const auto archive = WheelArchive::open(memoryFile(zip.bytes()));
    QVERIFY(!archive);
    QCOMPARE(archive.error(), WheelArchive::examine(memoryFile(zip.bytes())).first().error);
}

void ArchiveFindingsTest::thereIsAnEndOfFindings()
{
    RawZip zip;
    for (int i = 0; i < 5000; ++i)
        zip.add("../" + QByteArray::number(i), {}, RawMethod::Stored).central.comment = "c";
    QVERIFY(examined(zip).size() < 1010);
    const QStringList tolerant = examined(zip, Rules::Tolerant);
    QVERIFY(tolerant.size() < 2010);
    QVERIFY(tolerant.last().startsWith("fatal"));
}

void ArchiveFindingsTest::tolerantRulesLetPass_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    RawZip comment = good();
    comment.end.comment = QByteArray(2000, '\1');
    QTest::newRow("archive comment") << comment.bytes() << QStringLiteral("zip-comment");
    RawZip memberComment = good();
    memberComment.members[0].central.comment = "hello";
    QTest::newRow("member comment") << memberComment.bytes() << QStringLiteral("zip-entry-comment 'a.txt'");
    RawZip many;
    for (int i = 0; i < 20'001; ++i)
        many.add("m" + QByteArray::number(i), {}, RawMethod::Stored);
    QTest::newRow("20,001 members") << many.bytes() << QStringLiteral("zip-too-many-members");
}

void ArchiveFindingsTest::tolerantRulesLetPass()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, code);
    const auto archive = WheelArchive::open(memoryFile(bytes), Rules::Tolerant);
    QVERIFY(archive.has_value());
    QCOMPARE(worded((*archive)->findings()), QStringList("policy " + code));
    QCOMPARE(WheelArchive::examine(memoryFile(bytes), Rules::Tolerant), (*archive)->findings());
    QCOMPARE(worded(WheelArchive::examine(memoryFile(bytes))), QStringList("fatal " + code));
}

void ArchiveFindingsTest::nonPortableNames_data()
{
    QTest::addColumn<QString>("part");
    for (const char *part : {"dot.", "blank ", "con", "PRN", "Aux.txt", "nul.tar.gz", "COM1", "lpt9.py", "what?", "a*b",
             "a<b", "a>b", "a|b", "a\"b"})
        QTest::newRow(part) << QString::fromUtf8(part);
    for (const char *part : {"console", "com", "COM0", "com10", "lpt", "nu.l", "a.con", "null", "x.CON"})
        QTest::newRow(part) << QString();
}

void ArchiveFindingsTest::nonPortableNames()
{
    QFETCH(QString, part);
    for (const Rules rules : {Rules::Strict, Rules::Tolerant}) {
        RawZip zip;
        zip.add("demo/" + QByteArray(QTest::currentDataTag()) + "/x.py", {}, RawMethod::Stored);
        const auto archive = WheelArchive::open(memoryFile(zip.bytes()), rules);
        QVERIFY(archive.has_value());
        const QList<Finding> &findings = (*archive)->findings();
        QCOMPARE(findings.size(), part.isEmpty() ? 0 : 1);
        if (part.isEmpty())
            continue;
        QCOMPARE(toString(findings.first().severity), QStringLiteral("warning"));
        QCOMPARE(findings.first().error.code(), ErrorCode("zip-name-nonportable"));
        QCOMPARE(findings.first().error.message(),
            QStringLiteral(
                "'demo/%1/x.py' at offset %2: the name has the part '%1', expected one that all systems allow")
                .arg(part)
                .arg(30 + 5 + part.size() + 5));
    }
}

void ArchiveFindingsTest::linksAreFollowedAndNoted()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("real.zip")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(good().bytes()) > 0);
    file.close();
    const QString link = folder.filePath(QStringLiteral("link.zip"));
    QVERIFY(QFile::link(file.fileName(), link));
    QCOMPARE(worded(WheelArchive::examine(link)), QStringList("fatal file-not-regular"));
    QCOMPARE(worded(WheelArchive::examine(link, Rules::Tolerant)), QStringList("policy file-not-regular"));
    const auto archive = WheelArchive::open(link, Rules::Tolerant);
    QVERIFY(archive.has_value());
    QCOMPARE(worded((*archive)->findings()), QStringList("policy file-not-regular"));
}

void ArchiveFindingsTest::filesThatCannotBeOpened()
{
    QCOMPARE(worded(WheelArchive::examine(QStringLiteral("/nowhere/x.whl"))), QStringList("fatal file-not-found"));
    QCOMPARE(worded(WheelArchive::examine(FileDescriptor())), QStringList("fatal file-unreadable"));
}

/// Z01: another user's file is no better than another user's folder.
void ArchiveFindingsTest::filesOfOtherUsers()
{
    const FileDescriptor file = memoryFile(good().bytes());
    constexpr uid_t Nobody = 65534;
    if (::fchown(file.get(), Nobody, static_cast<gid_t>(-1)) != 0)
        QSKIP("only root can give a file to another user");
    QCOMPARE(worded(WheelArchive::examine(file)), QStringList("fatal file-foreign-owner"));
    const QList<Finding> tolerated = WheelArchive::examine(file, Rules::Tolerant);
    QCOMPARE(worded(tolerated), QStringList("policy file-foreign-owner"));
    QCOMPARE(tolerated.first().error.message(), QStringLiteral("the file belongs to user 65534, expected root"));
}

QTEST_APPLESS_MAIN(ArchiveFindingsTest)
#include "tst_archivefindings.moc"
