#include "support/rawzip.h"
#include "support/wheelbuilder.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

constexpr qsizetype MegaByte = 1024 * 1024;

WheelBuilder demo()
{
    return WheelBuilder("demo", "1.0")
        .file("demo/__init__.py", "VALUE = 1\n")
        .file("demo/data.txt", QByteArray(2000, 'd'))
        .requires_("numpy>=1.24")
        .entryPoint("axle.plugins", "main", "demo:Plugin");
}

QString describe(const Result<Wheel> &result)
{
    return result ? QString() : result.error().toString();
}

QString codeOf(const Result<void> &result)
{
    return result ? QString() : QString(result.error().code().name());
}

} // namespace

class WheelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatAWheelSays();
    void reading();
    void readAllHandsEveryFileOn();
    void readAllStopsWhereItIsTold();
    void signaturesNeedNotBeListed();
    void folderEntriesNeedNotBeListed();
    void namesAreComparedNormalised();
    void wheelInfo();
    void wheelInfoMalformed_data();
    void wheelInfoMalformed();
    void refusedByOpen_data();
    void refusedByOpen();
    void anUnknownFormatIsForToolsOnly();
    void aLargeMetadataIsForToolsOnly();
    void refusedByReadAll_data();
    void refusedByReadAll();
    void aDamagedMemberIsNamed();
    void aRenamedWheelIsRefused_data();
    void aRenamedWheelIsRefused();
    void aBadNameIsToldBeforeTheFileIsLookedFor();
    void compatible_data();
    void compatible();
    void incompatibleNamesWantedAndOffered();

private:
    void row(const char *name, const WheelBuilder &builder, const char *code, const char *message);
    QString freshFolder();

    QTemporaryDir m_folder;
    int m_folderCount = 0;
};

void WheelTest::whatAWheelSays()
{
    const auto wheel = Wheel::open(demo().distInfoFile("EXTENSIONS", "{}").write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(wheel->fileName().toString(), QStringLiteral("demo-1.0-py3-none-any.whl"));
    QCOMPARE(wheel->metadata().name.toString(), QStringLiteral("demo"));
    QCOMPARE(wheel->metadata().requiresDist.size(), 1);
    QCOMPARE(wheel->info().wheelVersion, QStringLiteral("1.0"));
    QVERIFY(wheel->info().rootIsPurelib);
    QCOMPARE(wheel->distInfo(), QStringLiteral("demo-1.0.dist-info"));
    QCOMPARE(wheel->entryPoints().group(u"axle.plugins").size(), 1);
    QCOMPARE(wheel->entryPoints().group(u"axle.plugins").first().module, QStringLiteral("demo"));
    QVERIFY(wheel->extensions().modules().isEmpty());
    QVERIFY(wheel->record().find(QStringLiteral("demo/__init__.py")));
    QCOMPARE(wheel->archive().members().size(), 7);
    QCOMPARE(wheel->sharedArchive().get(), &wheel->archive());
    QCOMPARE(codeOf(wheel->readAll()), QString());
}

void WheelTest::reading()
{
    const auto wheel = Wheel::open(demo().write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(*wheel->read(QStringLiteral("demo/__init__.py")), QByteArray("VALUE = 1\n"));
    QVERIFY(wheel->read(QStringLiteral("demo-1.0.dist-info/RECORD"))->contains("demo/data.txt,sha256="));
    const auto missing = wheel->read(QStringLiteral("demo/x.py"));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code(), ErrorCode("file-not-found"));
    QCOMPARE(missing.error().message(), QStringLiteral("there is no 'demo/x.py' in 'demo-1.0-py3-none-any.whl'"));
}

void WheelTest::readAllHandsEveryFileOn()
{
    const auto wheel = Wheel::open(demo().write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QStringList names;
    qsizetype size = 0;
    const auto verified = wheel->readAll([&](const ArchiveMember &member, const QByteArray &data) -> Result<void> {
        names += member.name();
        size += data.size() - member.size;
        return {};
    });
    QCOMPARE(codeOf(verified), QString());
    QCOMPARE(names,
        QStringList({QStringLiteral("demo/__init__.py"), QStringLiteral("demo/data.txt"),
            QStringLiteral("demo-1.0.dist-info/METADATA"), QStringLiteral("demo-1.0.dist-info/WHEEL"),
            QStringLiteral("demo-1.0.dist-info/entry_points.txt"), QStringLiteral("demo-1.0.dist-info/RECORD")}));
    QCOMPARE(size, 0);
}

void WheelTest::readAllStopsWhereItIsTold()
{
    const auto wheel = Wheel::open(demo().write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    int calls = 0;
    const auto verified = wheel->readAll([&](const ArchiveMember &, const QByteArray &) -> Result<void> {
        ++calls;
        return Error(ErrorCode("disk-full"), QStringLiteral("no space"));
    });
    QCOMPARE(codeOf(verified), QStringLiteral("disk-full"));
    QCOMPARE(calls, 1);
}

void WheelTest::signaturesNeedNotBeListed()
{
    const QString path = demo()
                             .smuggled("{dist-info}/RECORD.jws", "{}")
                             .smuggled("{dist-info}/RECORD.p7s", "signature")
                             .write(freshFolder());
    const auto wheel = Wheel::open(path);
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(codeOf(wheel->readAll()), QString());
    QCOMPARE(*wheel->read(QStringLiteral("demo-1.0.dist-info/RECORD.jws")), QByteArray("{}"));
}

void WheelTest::folderEntriesNeedNotBeListed()
{
    const auto wheel = Wheel::open(demo().smuggled("demo/sub/", {}).write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(codeOf(wheel->readAll()), QString());
    QCOMPARE(*wheel->read(QStringLiteral("demo/sub/")), QByteArray());
}

void WheelTest::namesAreComparedNormalised()
{
    const auto wheel = Wheel::open(WheelBuilder("Demo.Plugin_x", "v1.0-RC.1").write(freshFolder()));
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(wheel->fileName().toString(), QStringLiteral("demo_plugin_x-1.0rc1-py3-none-any.whl"));
    QCOMPARE(wheel->metadata().name.toString(), QStringLiteral("Demo.Plugin_x"));
}

void WheelTest::wheelInfo()
{
    const auto info = WheelInfo::parse("Wheel-Version: 1.9\n"
                                       "Generator: builder 3\n"
                                       "Root-Is-Purelib: False\n"
                                       "Tag: cp311-cp311-linux_x86_64\n"
                                       "Tag: cp311-cp311-manylinux_2_17_x86_64\n"
                                       "Build: 1\n");
    QVERIFY2(info.has_value(), qPrintable(info ? QString() : info.error().toString()));
    QCOMPARE(info->wheelVersion, QStringLiteral("1.9"));
    QCOMPARE(info->generator, QStringLiteral("builder 3"));
    QVERIFY(!info->rootIsPurelib);
    QCOMPARE(info->tags.tags().size(), 2);
    QCOMPARE(info->headers.size(), 6);
    QVERIFY(!WheelInfo::parse("Wheel-Version: 1.0\n")->rootIsPurelib);
}

void WheelTest::wheelInfoMalformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &text, const char *code, const char *message) {
        QTest::newRow(name) << text << QString::fromLatin1(code) << QString::fromLatin1(message);
    };
    row("empty", "", "wheel-info-invalid", "no header 'Wheel-Version', expected one");
    row("no version", "Tag: py3-none-any\n", "wheel-info-invalid", "no header 'Wheel-Version', expected one");
    row("version is a word", "Wheel-Version: one\n", "wheel-info-invalid",
        "line 1: Wheel-Version is 'one', expected one as '1.0'");
    row("one number", "Wheel-Version: 1\n", "wheel-info-invalid",
        "line 1: Wheel-Version is '1', expected one as '1.0'");
    row("version twice", "Wheel-Version: 1.0\nWheel-Version: 1.0\n", "wheel-info-invalid",
        "line 2: Wheel-Version is '1.0', expected one as '1.0'");
    row("purelib maybe", "Wheel-Version: 1.0\nRoot-Is-Purelib: maybe\n", "wheel-info-invalid",
        "line 2: Root-Is-Purelib is 'maybe', expected 'true' or 'false'");
    QByteArray many = "Wheel-Version: 1.0\n";
    for (int i = 0; i < 2001; ++i)
        many += "Tag: py" + QByteArray::number(i) + "-none-any\n";
    row("2,001 tags", many, "wheel-info-invalid", "line 2002: there are 2001 tags, expected at most 2000");
    row("not UTF-8", "Wheel-Version: 1.0\nX: \377\n", "wheel-info-invalid", "WHEEL is not UTF-8 text");
    row("no header", "garbage\n", "wheel-info-invalid", "line 1: 'garbage' is no header, expected 'Name: value'");
}

void WheelTest::wheelInfoMalformed()
{
    QFETCH(QByteArray, text);
    const auto info = WheelInfo::parse(text);
    QVERIFY(!info);
    QTEST(QString(info.error().code().name()), "code");
    QTEST(info.error().message(), "message");
    const auto tag = WheelInfo::parse("Wheel-Version: 1.0\nTag: nonsense\n");
    QVERIFY(!tag);
    QCOMPARE(tag.error().code(), ErrorCode("tag-invalid"));
    QCOMPARE(tag.error().span().line, 2);
}

/// A broken wheel in a folder of its own, and what must be said of it.
void WheelTest::row(const char *name, const WheelBuilder &builder, const char *code, const char *message)
{
    QTest::newRow(name) << builder.write(freshFolder()) << QString::fromLatin1(code) << QString::fromUtf8(message);
}

QString WheelTest::freshFolder()
{
    const QString path = m_folder.filePath(QString::number(++m_folderCount));
    return QDir().mkpath(path) ? path : QString();
}

void WheelTest::refusedByOpen_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    row("no dist-info",
        demo()
            .removed("{dist-info}/METADATA")
            .removed("{dist-info}/WHEEL")
            .removed("{dist-info}/RECORD")
            .removed("{dist-info}/entry_points.txt"),
        "wheel-dist-info", "there is no .dist-info folder, expected one at the top of the wheel");
    row("two dist-infos", demo().smuggled("other-1.0.dist-info/METADATA", "x"), "wheel-dist-info",
        "there are the folders 'demo-1.0.dist-info' and 'other-1.0.dist-info', expected one .dist-info folder");
    row("no WHEEL", demo().removed("{dist-info}/WHEEL"), "wheel-info-missing",
        "'demo-1.0.dist-info/WHEEL': there is no such file, expected every wheel to have it");
    row("no METADATA", demo().removed("{dist-info}/METADATA"), "metadata-missing",
        "'demo-1.0.dist-info/METADATA': there is no such file, expected every wheel to have it");
    row("no RECORD", demo().removed("{dist-info}/RECORD"), "record-missing",
        "'demo-1.0.dist-info/RECORD': there is no such file, expected every wheel to have it");
    row("WHEEL too large", demo().replaced("{dist-info}/WHEEL", QByteArray(64 * 1024 + 1, ' ')), "wheel-info-invalid",
        "'demo-1.0.dist-info/WHEEL': 65537 bytes, expected at most 65536");
    row("RECORD too large", demo().replaced("{dist-info}/RECORD", QByteArray(8 * MegaByte + 1, ' ')),
        "record-too-large", "'demo-1.0.dist-info/RECORD': 8388609 bytes, expected at most 8388608");
    row("entry points too large", demo().replaced("{dist-info}/entry_points.txt", QByteArray(256 * 1024 + 1, ' ')),
        "entry-points-invalid", "'demo-1.0.dist-info/entry_points.txt': 262145 bytes, expected at most 262144");
    row("another project",
        demo().replaced("{dist-info}/METADATA", "Metadata-Version: 2.1\nName: other\nVersion: 1.0\n"),
        "wheel-name-mismatch",
        "METADATA names the project 'other', expected 'demo' as in the file name 'demo-1.0-py3-none-any.whl'");
    row("another version", demo().replaced("{dist-info}/METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 2\n"),
        "wheel-version-mismatch",
        "METADATA names the version '2', expected '1.0' as in the file name 'demo-1.0-py3-none-any.whl'");
    row("other tags", demo().replaced("{dist-info}/WHEEL", "Wheel-Version: 1.0\nTag: py2-none-any\n"),
        "wheel-tag-mismatch",
        "WHEEL names the tags 'py2-none-any', expected 'py3-none-any' as in the file name 'demo-1.0-py3-none-any.whl'");
    row("EXTENSIONS of an absent file", demo().smuggled("{dist-info}/EXTENSIONS", R"({"demo._x": "demo/_x.so"})"),
        "extensions-invalid",
        "'demo-1.0.dist-info/EXTENSIONS': the file 'demo/_x.so' for the module 'demo._x', expected the wheel to have "
        "it");
}

void WheelTest::refusedByOpen()
{
    QFETCH(QString, path);
    const auto wheel = Wheel::open(path);
    QVERIFY(!wheel);
    QTEST(QString(wheel.error().code().name()), "code");
    QTEST(wheel.error().message(), "message");
}

void WheelTest::anUnknownFormatIsForToolsOnly()
{
    WheelBuilder builder("demo");
    builder.replaced("{dist-info}/WHEEL", "Wheel-Version: 2.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    const QString path = builder.write(freshFolder());
    QCOMPARE(Wheel::open(path).error().message(),
        QStringLiteral("'demo-1.0.dist-info/WHEEL': Wheel-Version is '2.0', expected 1.x"));
    const auto wheel = Wheel::open(path, Rules::Tolerant);
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    QCOMPARE(wheel->info().wheelVersion, QStringLiteral("2.0"));
    QCOMPARE(codeOf(wheel->readAll()), QStringLiteral("wheel-format-version"));
}

void WheelTest::aLargeMetadataIsForToolsOnly()
{
    QByteArray large = "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n\n";
    for (int i = 0; large.size() <= MegaByte; ++i)
        large += "line " + QByteArray::number(i) + '\n';
    const QString path = demo().replaced("{dist-info}/METADATA", large).write(freshFolder());
    const auto strict = Wheel::open(path);
    QVERIFY(!strict);
    QCOMPARE(strict.error().code(), ErrorCode("metadata-too-large"));
    const auto tolerant = Wheel::open(path, Rules::Tolerant);
    QVERIFY2(tolerant.has_value(), qPrintable(describe(tolerant)));
}

void WheelTest::refusedByReadAll_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    row("file that RECORD does not list", demo().smuggled("demo/evil.py", "x"), "record-unlisted",
        "'demo/evil.py': not listed in RECORD, expected every file to be");
    row("signature elsewhere", demo().smuggled("demo/RECORD.jws", "x"), "record-unlisted",
        "'demo/RECORD.jws': not listed in RECORD, expected every file to be");
    row("file that is not there", demo().removed("demo/data.txt"), "record-ghost",
        "'demo/data.txt': listed in RECORD but not there, expected the wheel to have it");
    row("other size", demo().replaced("demo/__init__.py", "VALUE = 22\n"), "record-size-mismatch",
        "'demo/__init__.py': 11 bytes, expected 10 as in RECORD");
    row("other bytes", demo().replaced("demo/__init__.py", "VALUE = 2\n"), "record-hash-mismatch",
        "'demo/__init__.py': the hash is sha256=PabEs1WASyZezvGd_llF_ieQqMw43J0FR_sWNMlMu-c, expected "
        "sha256=4T34xEr13qHkEkA5ELmcxaSPLMv2imazN01quc75_GU as in RECORD");
    row("RECORD without rows", demo().replaced("{dist-info}/RECORD", ""), "record-unlisted",
        "'demo/__init__.py': not listed in RECORD, expected every file to be");
    row("RECORD without hashes",
        WheelBuilder("demo").replaced("{dist-info}/RECORD",
            "demo-1.0.dist-info/METADATA,,\ndemo-1.0.dist-info/WHEEL,,\ndemo-1.0.dist-info/RECORD,,\n"),
        "record-hash-missing", "'demo-1.0.dist-info/METADATA': RECORD has no hash of it, expected one");
}

void WheelTest::refusedByReadAll()
{
    QFETCH(QString, path);
    const auto wheel = Wheel::open(path);
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    const auto verified = wheel->readAll();
    QVERIFY(!verified);
    QTEST(QString(verified.error().code().name()), "code");
    QTEST(verified.error().message(), "message");
}

void WheelTest::aDamagedMemberIsNamed()
{
    const QString path = demo().write(freshFolder());
    corruptMember(path, QStringLiteral("demo/data.txt"));
    const auto wheel = Wheel::open(path);
    QVERIFY2(wheel.has_value(), qPrintable(describe(wheel)));
    const auto verified = wheel->readAll();
    QVERIFY(!verified);
    QVERIFY(verified.error().message().startsWith(QStringLiteral("'demo/data.txt' at offset ")));
    QVERIFY(wheel->read(QStringLiteral("demo/__init__.py")).has_value());

    truncateFile(path, 100);
    QCOMPARE(Wheel::open(path).error().code(), ErrorCode("zip-truncated"));
}

void WheelTest::aRenamedWheelIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::newRow("project") << QStringLiteral("other-1.0-py3-none-any.whl") << QStringLiteral("wheel-name-mismatch");
    QTest::newRow("version") << QStringLiteral("demo-2.0-py3-none-any.whl") << QStringLiteral("wheel-version-mismatch");
    QTest::newRow("tag") << QStringLiteral("demo-1.0-py2-none-any.whl") << QStringLiteral("wheel-tag-mismatch");
    QTest::newRow("no wheel") << QStringLiteral("demo.zip") << QStringLiteral("wheel-filename");
    QTest::newRow("spelled otherwise") << QStringLiteral("Demo-1.0.0-py3-none-any.whl") << QString();
    QTest::newRow("build number added") << QStringLiteral("demo-1.0-1-py3-none-any.whl") << QString();
}

void WheelTest::aRenamedWheelIsRefused()
{
    QFETCH(QString, name);
    const QString path = demo().write(freshFolder());
    const QString renamed = QFileInfo(path).path() + u'/' + name;
    QVERIFY(QFile::rename(path, renamed));
    const auto wheel = Wheel::open(renamed);
    QTEST(wheel ? QString() : QString(wheel.error().code().name()), "code");
}

void WheelTest::aBadNameIsToldBeforeTheFileIsLookedFor()
{
    QCOMPARE(Wheel::open(QStringLiteral("/nowhere/demo.whl")).error().code(), ErrorCode("wheel-filename"));
    QCOMPARE(
        Wheel::open(QStringLiteral("/nowhere/demo-1-py3-none-any.whl")).error().code(), ErrorCode("file-not-found"));
}

namespace {

TargetPython python311()
{
    TargetPython python;
    python.major = 3;
    python.minor = 11;
    python.micro = 2;
    python.platforms = {QStringLiteral("manylinux_2_36_x86_64"), QStringLiteral("manylinux_2_17_x86_64"),
        QStringLiteral("manylinux2014_x86_64"), QStringLiteral("linux_x86_64")};
    return python;
}

} // namespace

void WheelTest::compatible_data()
{
    QTest::addColumn<QString>("tags");
    QTest::addColumn<bool>("fits");
    for (const char *tags : {"py3-none-any", "py2.py3-none-any", "cp311-cp311-manylinux_2_17_x86_64",
             "cp38-abi3-manylinux2014_x86_64", "cp311-none-linux_x86_64", "py311-none-any"})
        QTest::newRow(tags) << QString::fromLatin1(tags) << true;
    for (const char *tags : {"cp27-cp27m-win32", "cp312-cp312-manylinux_2_17_x86_64", "cp312-abi3-linux_x86_64",
             "cp311-cp311-manylinux_2_99_x86_64", "cp311-cp311-win_amd64", "py2-none-any",
             "cp311-cp311-musllinux_1_2_x86_64", "py3-none-macosx_11_0_arm64"})
        QTest::newRow(tags) << QString::fromLatin1(tags) << false;
}

void WheelTest::compatible()
{
    QFETCH(QString, tags);
    const auto name = WheelFileName::parse(QStringLiteral("demo-1.0-%1.whl").arg(tags));
    QVERIFY(name.has_value());
    const auto checked = checkCompatible(*name, python311());
    QTEST(checked.has_value(), "fits");
    if (!checked)
        QCOMPARE(checked.error().code(), ErrorCode("wheel-incompatible"));
}

void WheelTest::incompatibleNamesWantedAndOffered()
{
    const auto older = WheelFileName::parse(u"demo-1.0-cp310-cp310-manylinux_2_17_x86_64.whl");
    const Error wrongPython = checkCompatible(*older, python311()).error();
    QCOMPARE(wrongPython.message(),
        QStringLiteral("'demo-1.0-cp310-cp310-manylinux_2_17_x86_64.whl' offers the tags "
                       "'cp310-cp310-manylinux_2_17_x86_64', expected one that Python 3.11 here can load, such as "
                       "'cp311-cp311-manylinux_2_36_x86_64', 'cp311-abi3-manylinux_2_36_x86_64', "
                       "'cp311-none-manylinux_2_36_x86_64', 'py30-none-any'"));
    QCOMPARE(
        wrongPython.hint(), QStringLiteral("look for a wheel of this version for Python 3.11, or for any Python 3"));
    const auto windows = WheelFileName::parse(u"demo-1.0-cp311-cp311-win_amd64.whl");
    QCOMPARE(checkCompatible(*windows, python311()).error().hint(),
        QStringLiteral("look for a wheel of this version for the platform 'manylinux_2_36_x86_64' or 'any'"));
}

QTEST_APPLESS_MAIN(WheelTest)
#include "tst_wheel.moc"
