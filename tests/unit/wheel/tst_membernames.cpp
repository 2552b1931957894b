#include "support/memoryfile.h"
#include "support/rawzip.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheelarchive.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

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

QByteArray named(const QByteArray &name)
{
    return changed([&](RawZip &zip) { zip.members[0].setName(name); });
}

QByteArray withMode(std::uint32_t mode)
{
    return changed([&](RawZip &zip) { zip.members[0].central.mode = mode; });
}

QByteArray withTwo(const QByteArray &first, const QByteArray &second)
{
    RawZip zip;
    zip.add(first);
    zip.add(second);
    return zip.bytes();
}

/// One rule broken: what the reader must say, word for word.
void row(const char *name, const QByteArray &bytes, const char *code, const char *message)
{
    QTest::newRow(name) << bytes << QString::fromLatin1(code) << QString::fromUtf8(message);
}

} // namespace

/// Names and kinds of members that the strict reader refuses.
class MemberNamesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void names_data();
    void names() { judge(); }
    void kinds_data();
    void kinds() { judge(); }
    void oneAmongMany_data();
    void oneAmongMany();

private:
    static void columns();
    static void judge();
};

void MemberNamesTest::columns()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
}

void MemberNamesTest::judge()
{
    QFETCH(QByteArray, bytes);
    for (const Rules rules : {Rules::Strict, Rules::Tolerant}) {
        const auto archive = WheelArchive::open(memoryFile(bytes), rules);
        QVERIFY(!archive);
        QTEST(QString(archive.error().code().name()), "code");
        QTEST(archive.error().message(), "message");
    }
}

void MemberNamesTest::names_data()
{
    columns();
    row("empty", named(""), "zip-name-length", "at offset 80: a name of 0 bytes, expected 1 to 512");
    row("513 bytes", named((QByteArray(127, 'n') + '/').repeated(4) + 'n'), "zip-name-length",
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnn…' at offset 593: a name of 513 bytes, expected 1 to 512");
    row("a part of 256 bytes", named(QByteArray(256, 'n')), "zip-name-length",
        "'nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
        "nnnnnnnnnnn…' at offset 336: a part of the name has 256 bytes, expected at most 255");
    row("33 parts", named(QByteArray("a/").repeated(32) + 'b'), "zip-name-length",
        "'a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/b' at offset 145: the name has 33 parts, "
        "expected at most 32");
    row("Latin-1", named("caf\351.txt"), "zip-name-encoding",
        "'caf\\xe9.txt' at offset 88: the name is not ASCII and not marked as UTF-8 (flag bit 11)");
    const auto flagged = [](const QByteArray &name) {
        return changed([&](RawZip &zip) {
            zip.members[0].setName(name);
            zip.members[0].setFlags(1U << 11);
        });
    };
    row("Latin-1, marked as UTF-8", flagged("caf\351.txt"), "zip-name-encoding",
        "'caf\\xe9.txt' at offset 88: the name is not UTF-8, though marked so");
    row("overlong dots", flagged("\300\256\300\256/x"), "zip-name-encoding",
        "'\\xc0\\xae\\xc0\\xae/x' at offset 86: the name is not UTF-8, though marked so");
    row("surrogate", flagged("\355\240\200.py"), "zip-name-encoding",
        "'\\xed\\xa0\\x80.py' at offset 86: the name is not UTF-8, though marked so");
    row("decomposed", flagged("e\314\201.txt"), "zip-name-encoding",
        "'é.txt' at offset 87: the name is decomposed Unicode, expected normalisation form C");
    row("NUL", named(QByteArray("a\0.py", 5)), "zip-name-control",
        "'a\\u{0}.py' at offset 85: the name has the character U+0000, expected printable ones");
    row("newline", named("a\nb.py"), "zip-name-control",
        "'a\\u{a}b.py' at offset 86: the name has the character U+000A, expected printable ones");
    row("escape", named("a\33[31m.py"), "zip-name-control",
        "'a\\u{1b}[31m.py' at offset 89: the name has the character U+001B, expected printable ones");
    row("delete", named("a\177.py"), "zip-name-control",
        "'a\\u{7f}.py' at offset 85: the name has the character U+007F, expected printable ones");
    row("right-to-left override", flagged("a\342\200\256gnp.py"), "zip-name-control",
        "'a\\u{202e}gnp.py' at offset 90: the name has the character U+202E, expected printable ones");
    row("zero-width space", flagged("\342\200\213x.py"), "zip-name-control",
        "'\\u{200b}x.py' at offset 87: the name has the character U+200B, expected printable ones");
    row("byte order mark", flagged("\357\273\277x.py"), "zip-name-control",
        "'\\u{feff}x.py' at offset 87: the name has the character U+FEFF, expected printable ones");
    row("line separator", flagged("a\342\200\250b"), "zip-name-control",
        "'a\\u{2028}b' at offset 85: the name has the character U+2028, expected printable ones");
    row("beyond the first plane, invisible", flagged("a\363\240\200\201b"), "zip-name-control",
        "'a\\u{e0001}b' at offset 86: the name has the character U+E0001, expected printable ones");
    row("absolute", named("/tmp/x.py"), "zip-name-absolute",
        "'/tmp/x.py' at offset 89: the name is absolute, expected a relative one");
    row("host and share", named("//host/x.py"), "zip-name-absolute",
        "'//host/x.py' at offset 91: the name is absolute, expected a relative one");
    row("drive", named("C:/x.py"), "zip-name-drive", "'C:/x.py' at offset 87: the name has a ':', expected none");
    row("stream", named("x.py:stream"), "zip-name-drive",
        "'x.py:stream' at offset 91: the name has a ':', expected none");
    row("backslash", named("..\\x.py"), "zip-name-backslash",
        "'..\\x.py' at offset 87: the name has a backslash, expected '/' between its parts");
    row("parent", named("../x.py"), "zip-name-traversal",
        "'../x.py' at offset 87: the name has a part '..', expected none that is empty, '.' or '..'");
    row("parent within", named("a/../../x.py"), "zip-name-traversal",
        "'a/../../x.py' at offset 92: the name has a part '..', expected none that is empty, '.' or '..'");
    row("parent at the end", named("a/.."), "zip-name-traversal",
        "'a/..' at offset 84: the name has a part '..', expected none that is empty, '.' or '..'");
    row("dot", named("./x.py"), "zip-name-traversal",
        "'./x.py' at offset 86: the name has a part '.', expected none that is empty, '.' or '..'");
    row("empty part", named("a//x.py"), "zip-name-traversal",
        "'a//x.py' at offset 87: the name has a part '', expected none that is empty, '.' or '..'");
    row("twice", withTwo("x.py", "x.py"), "zip-duplicate-name",
        "'x.py' at offset 128: a second member of this name, expected each name once, whatever its case");
    row("twice but for case", withTwo("Demo/X.py", "demo/x.PY"), "zip-duplicate-name",
        "'demo/x.PY' at offset 143: a second member of this name, expected each name once, whatever its case");
    row("folder twice", withTwo("x/", "X/"), "zip-duplicate-name",
        "'X/' at offset 112: a second member of this name, expected each name once, whatever its case");
    row("file and folder", withTwo("x", "x/"), "zip-file-folder-conflict",
        "'x/' at offset 115: the name is that of a file and of a folder");
    row("folder and file", withTwo("x/", "x"), "zip-file-folder-conflict",
        "'x' at offset 116: the name is that of a file and of a folder");
    row("file and part of a path", withTwo("x", "x/y/z"), "zip-file-folder-conflict",
        "'x/y/z' at offset 123: the name lies below 'x', which is a file");
    row("part of a path and file", withTwo("x/y/z", "x/y"), "zip-file-folder-conflict",
        "'x/y' at offset 129: the name is that of a file and of a folder");
}

void MemberNamesTest::kinds_data()
{
    columns();
    row("symbolic link", withMode(0120777), "zip-special-file",
        "'a.txt' at offset 85: file mode 0120777 is that of a link or device, expected a regular file or a folder");
    row("character device", withMode(0020666), "zip-special-file",
        "'a.txt' at offset 85: file mode 0020666 is that of a link or device, expected a regular file or a folder");
    row("block device", withMode(0060666), "zip-special-file",
        "'a.txt' at offset 85: file mode 0060666 is that of a link or device, expected a regular file or a folder");
    row("FIFO", withMode(0010666), "zip-special-file",
        "'a.txt' at offset 85: file mode 0010666 is that of a link or device, expected a regular file or a folder");
    row("socket", withMode(0140666), "zip-special-file",
        "'a.txt' at offset 85: file mode 0140666 is that of a link or device, expected a regular file or a folder");
    row("folder without a slash", withMode(0040755), "zip-folder-entry",
        "'a.txt' at offset 85: file mode 0040755, expected that of a file as the name says");
    const auto folder = [](auto change) {
        RawZip zip;
        change(zip.add("folder/"));
        return zip.bytes();
    };
    row("slash without a folder", folder([](RawMember &m) { m.central.mode = 0100644; }), "zip-folder-entry",
        "'folder/' at offset 37: file mode 0100644, expected that of a folder as the name says");
    row("folder with data", folder([](RawMember &m) {
        m.payload = "data";
        m.setSize(4);
        m.setCompressedSize(4);
    }),
        "zip-folder-entry", "'folder/' at offset 41: a folder with data (4 bytes, 4 in the file), expected none");
    row("folder with hidden data", folder([](RawMember &m) {
        m.setMethod(8);
        m.payload = "hidden";
        m.setCompressedSize(6);
    }),
        "zip-folder-entry", "'folder/' at offset 43: a folder with data (0 bytes, 6 in the file), expected none");
    row("setuid", withMode(0104755), "zip-setuid",
        "'a.txt' at offset 85: file mode 0104755, expected no setuid or setgid");
    row("setgid", withMode(0102755), "zip-setuid",
        "'a.txt' at offset 85: file mode 0102755, expected no setuid or setgid");
    row("stored sizes differ", changed([](RawZip &zip) { zip.members[0].setSize(3); }), "zip-stored-size",
        "'a.txt' at offset 85: a stored member of 3 bytes takes 4, expected equal sizes");
}

void MemberNamesTest::oneAmongMany_data()
{
    QTest::addColumn<QByteArray>("last");
    QTest::addColumn<QString>("code");
    QTest::newRow("another one") << QByteArray("x/y") << QString();
    QTest::newRow("the first") << QByteArray("0/a/b/c/x.py") << QStringLiteral("zip-duplicate-name");
    QTest::newRow("the last but for case") << QByteArray("1999/a/B/c/x.py") << QStringLiteral("zip-duplicate-name");
    QTest::newRow("a folder of one") << QByteArray("1000/a/b") << QStringLiteral("zip-file-folder-conflict");
    QTest::newRow("below one") << QByteArray("1000/a/b/c/x.py/y") << QStringLiteral("zip-file-folder-conflict");
}

/// Each member is alone in folders of its own, so that far more names are known than members were announced.
void MemberNamesTest::oneAmongMany()
{
    QFETCH(QByteArray, last);
    RawZip zip;
    for (int i = 0; i < 2000; ++i)
        zip.add(QByteArray::number(i) + "/a/b/c/x.py");
    zip.add(last);
    const auto archive = WheelArchive::open(memoryFile(zip.bytes()));
    QTEST(archive ? QString() : QString(archive.error().code().name()), "code");
    if (archive) {
        for (const ArchiveMember &member : (*archive)->members())
            QCOMPARE((*archive)->find(member.rawName), &member);
    }
}

QTEST_APPLESS_MAIN(MemberNamesTest)
#include "tst_membernames.moc"
