#include "support/rawzip.h"
#include "support/wheelbuilder.h"

#include <axle/wheel/wheel.h>

#include <QtTest/QtTest>

#include <algorithm>

using namespace Axle;
using namespace Axle::Test;

namespace {

WheelBuilder demo()
{
    return WheelBuilder("demo", "1.0").file("demo/__init__.py", "VALUE = 1\n").file("demo/data.txt", "data\n");
}

/// `severity code member`, a line each.
QStringList summary(const QList<Finding> &findings)
{
    QStringList lines;
    for (const Finding &finding : findings) {
        const QString member = finding.error.place().member;
        lines += toString(finding.severity) + u' ' + finding.error.code().name()
            + (member.isEmpty() ? QString() : u' ' + member);
    }
    return lines;
}

} // namespace

class VerifyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void aGoodWheelHasNoFindings();
    void oneWheelOneFinding_data();
    void oneWheelOneFinding();
    void everythingThatIsWrongIsListed();
    void contentsAreJudgedWithoutRecord();
    void faultsOfTheArchiveAreListed();
    void aStrangeCommentIsForToolsOnly();
    void theNumberOfFindingsIsBounded();
    void policyFindings();
    void jsonOfAFinding();
    void severities();

private:
    QString freshFolder();
    void row(const char *name, const WheelBuilder &builder, const char *finding);

    QTemporaryDir m_folder;
    int m_folderCount = 0;
};

QString VerifyTest::freshFolder()
{
    const QString folder = m_folder.filePath(QString::number(++m_folderCount));
    QDir().mkpath(folder);
    return folder;
}

void VerifyTest::row(const char *name, const WheelBuilder &builder, const char *finding)
{
    QTest::newRow(name) << builder.write(freshFolder()) << QString::fromLatin1(finding);
}

void VerifyTest::aGoodWheelHasNoFindings()
{
    QCOMPARE(summary(Wheel::verify(demo().write(freshFolder()))), QStringList());
    // Nobody asks for the extra.
    const WheelBuilder extra = demo().requires_("other @ https://example.org/other-1.0.zip ; extra == 'dev'");
    QCOMPARE(summary(Wheel::verify(WheelBuilder(extra).write(freshFolder()))), QStringList());
}

void VerifyTest::oneWheelOneFinding_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("finding");
    // What the wheel contains.
    row("newer wheel format",
        demo().replaced("{dist-info}/WHEEL", "Wheel-Version: 1.1\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        "warning wheel-format-newer demo-1.0.dist-info/WHEEL");
    row("newer metadata format",
        demo().replaced("{dist-info}/METADATA", "Metadata-Version: 2.9\nName: demo\nVersion: 1.0\n"),
        "warning metadata-format-newer demo-1.0.dist-info/METADATA");
    row("METADATA for tools only",
        WheelBuilder("demo").replaced("{dist-info}/METADATA",
            "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n\n" + QByteArray(1024 * 1024, 'x')),
        "policy metadata-too-large demo-1.0.dist-info/METADATA");
    row("module of the standard library", demo().file("json/__init__.py", ""),
        "policy wheel-shadows-stdlib json/__init__.py");
    row("single module of the standard library", demo().file("abc.py", ""), "policy wheel-shadows-stdlib abc.py");
    row("the name of the host's package", demo().file("axle/__init__.py", ""),
        "policy wheel-shadows-stdlib axle/__init__.py");
    row("module of the standard library in purelib", demo().file("demo-1.0.data/purelib/json.py", ""),
        "policy wheel-shadows-stdlib demo-1.0.data/purelib/json.py");
    row("requirement by URL", demo().requires_("other @ https://example.org/other-1.0.zip"),
        "policy wheel-url-requirement demo-1.0.dist-info/METADATA");
    row("path configuration file", demo().file("demo.pth", "import demo\n"), "warning wheel-startup-file demo.pth");
    row("site customisation", demo().file("sitecustomize.py", ""), "warning wheel-startup-file sitecustomize.py");
    row("path configuration file in purelib", demo().file("demo-1.0.data/purelib/demo.pth", ""),
        "warning wheel-startup-file demo-1.0.data/purelib/demo.pth");
    row("bytecode only", demo().file("demo/fast.pyc", "x"), "policy wheel-bytecode-only demo/fast.pyc");
    row("files for an installer", demo().file("demo-1.0.data/scripts/demo", "#!python\n"),
        "warning wheel-data-ignored demo-1.0.data/scripts/demo");
    row("files of an unknown scheme", demo().file("demo-1.0.data/other/demo", "x"),
        "warning wheel-data-ignored demo-1.0.data/other/demo");
    row("native code for any platform", demo().file("demo.libs/libx.so.1", "x"),
        "warning wheel-native-in-pure demo.libs/libx.so.1");
    row("licence file that is not there", demo().metadata("License-File", QStringLiteral("LICENSE")),
        "warning license-file-missing demo-1.0.dist-info/licenses/LICENSE");
    // What is refused.
    row("unknown wheel format",
        demo().replaced("{dist-info}/WHEEL", "Wheel-Version: 2.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        "fatal wheel-format-version demo-1.0.dist-info/WHEEL");
    row("file that RECORD does not list", demo().smuggled("demo/evil.py", "x"), "fatal record-unlisted demo/evil.py");
    row("file that is not there", demo().removed("demo/data.txt"), "fatal record-ghost demo/data.txt");
    row("other bytes", demo().replaced("demo/data.txt", "atad\n"), "fatal record-hash-mismatch demo/data.txt");
}

/// RECORD does not know of what was replaced, so that its own finding follows.
void VerifyTest::oneWheelOneFinding()
{
    QFETCH(QString, path);
    QStringList found = summary(Wheel::verify(path));
    found.removeIf([](const QString &line) {
        return line.startsWith(u"fatal record-") && line.contains(u"-mismatch demo-1.0.dist-info/");
    });
    QCOMPARE(found.size(), 1);
    QTEST(found.first(), "finding");
}

void VerifyTest::everythingThatIsWrongIsListed()
{
    const QString path = demo()
                             .file("demo.pth", "import demo\n")
                             .file("json.py", "")
                             .file("demo/broken.txt", QByteArray(400, 'b'))
                             .replaced("{dist-info}/WHEEL", "Wheel-Version: 2.0\nTag: py2-none-any\n")
                             .replaced("{dist-info}/METADATA", "Metadata-Version: 2.1\nVersion: 1.0\n")
                             .replaced("demo/__init__.py", "VALUE = 2\n")
                             .removed("demo/data.txt")
                             .smuggled("demo/evil.py", "x")
                             .smuggled("demo/worse.py", "x")
                             .write(freshFolder());
    corruptMember(path, QStringLiteral("demo/broken.txt"));
    QStringList found = summary(Wheel::verify(path));
    // Which rule a flipped bit breaks depends on where it is.
    QCOMPARE(found.removeIf([](const QString &line) {
        return line.startsWith(u"fatal zip-") && line.endsWith(u" demo/broken.txt");
    }),
        1);
    const QStringList expected{
        QStringLiteral("fatal wheel-format-version demo-1.0.dist-info/WHEEL"),
        QStringLiteral("fatal metadata-invalid demo-1.0.dist-info/METADATA"),
        QStringLiteral("fatal wheel-tag-mismatch"),
        QStringLiteral("policy wheel-shadows-stdlib json.py"),
        QStringLiteral("warning wheel-startup-file demo.pth"),
        QStringLiteral("fatal record-unlisted demo/evil.py"),
        QStringLiteral("fatal record-unlisted demo/worse.py"),
        QStringLiteral("fatal record-ghost demo/data.txt"),
        QStringLiteral("fatal record-hash-mismatch demo/__init__.py"),
        QStringLiteral("fatal record-size-mismatch demo-1.0.dist-info/METADATA"),
        QStringLiteral("fatal record-size-mismatch demo-1.0.dist-info/WHEEL"),
    };
    QCOMPARE(found, expected);
}

void VerifyTest::contentsAreJudgedWithoutRecord()
{
    const QString path = demo().file("abc.py", "").removed("{dist-info}/RECORD").write(freshFolder());
    QCOMPARE(summary(Wheel::verify(path)),
        (QStringList{QStringLiteral("fatal record-missing demo-1.0.dist-info/RECORD"),
            QStringLiteral("policy wheel-shadows-stdlib abc.py")}));
}

void VerifyTest::faultsOfTheArchiveAreListed()
{
    RawZip zip;
    zip.add("demo/../a.py", "x");
    zip.add("demo/b.py", "x");
    zip.add("/demo/c.py", "x");
    const QString path = writeFile(freshFolder(), QStringLiteral("demo-1.0-py3-none-any.whl"), zip.bytes());
    QCOMPARE(summary(Wheel::verify(path)),
        (QStringList{QStringLiteral("fatal zip-name-traversal demo/../a.py"),
            QStringLiteral("fatal zip-name-absolute /demo/c.py")}));
    QCOMPARE(summary(Wheel::verify(QStringLiteral("/nowhere/demo-1.0-py3-none-any.whl"))),
        QStringList{QStringLiteral("fatal file-not-found")});
    QCOMPARE(summary(Wheel::verify(QStringLiteral("/nowhere/demo.zip"))),
        (QStringList{QStringLiteral("fatal wheel-filename"), QStringLiteral("fatal file-not-found")}));
}

void VerifyTest::aStrangeCommentIsForToolsOnly()
{
    const QString path = demo().write(freshFolder());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 2));
    QCOMPARE(file.write(QByteArray("\2\0PK", 4)), 4);
    file.close();
    QCOMPARE(summary(Wheel::verify(path)), QStringList{QStringLiteral("policy zip-comment")});
    QVERIFY(!Wheel::open(path).has_value());
}

void VerifyTest::theNumberOfFindingsIsBounded()
{
    WheelBuilder builder = demo();
    for (int i = 0; i < 1500; ++i)
        builder.smuggled(qPrintable(QStringLiteral("demo/evil%1.py").arg(i)), "x");
    QCOMPARE(Wheel::verify(builder.write(freshFolder())).size(), 1000);
}

void VerifyTest::policyFindings()
{
    const auto wheel =
        Wheel::open(demo().file("abc.py", "").file("demo/fast.pyc", "x").file("demo.pth", "x").write(freshFolder()));
    QVERIFY(wheel.has_value());
    QCOMPARE(summary(wheel->policyFindings()),
        (QStringList{QStringLiteral("policy wheel-shadows-stdlib abc.py"),
            QStringLiteral("policy wheel-bytecode-only demo/fast.pyc")}));
    QVERIFY(wheel->readAll().has_value());
}

void VerifyTest::jsonOfAFinding()
{
    const Finding finding{Finding::Severity::Policy,
        Error(ErrorCode("zip-crc"), QStringLiteral("the CRC is 1, expected 2"), QStringLiteral("copy it again"))
            .withPlace({QStringLiteral("a.py"), 7})};
    const QJsonObject expected{{QStringLiteral("severity"), QStringLiteral("policy")},
        {QStringLiteral("code"), QStringLiteral("zip-crc")},
        {QStringLiteral("message"), QStringLiteral("'a.py' at offset 7: the CRC is 1, expected 2")},
        {QStringLiteral("member"), QStringLiteral("a.py")}, {QStringLiteral("offset"), 7},
        {QStringLiteral("found"), QStringLiteral("the CRC is 1")}, {QStringLiteral("expected"), QStringLiteral("2")},
        {QStringLiteral("hint"), QStringLiteral("copy it again")}};
    QCOMPARE(finding.toJson(), expected);
}

void VerifyTest::severities()
{
    QCOMPARE(toString(Finding::Severity::Warning), QStringLiteral("warning"));
    QCOMPARE(toString(Finding::Severity::Policy), QStringLiteral("policy"));
    QCOMPARE(toString(Finding::Severity::Fatal), QStringLiteral("fatal"));
}

QTEST_APPLESS_MAIN(VerifyTest)
#include "tst_verify.moc"
