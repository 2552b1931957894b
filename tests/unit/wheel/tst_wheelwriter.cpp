#include "support/wheelbuilder.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>
#include <axle/wheel/wheelwriter.h>

#include <QtCore/QtEndian>
#include <QtTest/QtTest>

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace Axle;

namespace {

WheelWriter demo()
{
    WheelWriter writer(QStringLiteral("Demo-Plugin"), QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    writer.addFile(QStringLiteral("demo/b.py"), "B = 2\n");
    writer.addFile(QStringLiteral("demo/__init__.py"), "");
    writer.addFile(QStringLiteral("demo/run.sh"), "#!/bin/sh\n", true);
    writer.addMetadata(QStringLiteral("Summary"), QStringLiteral("a demo"));
    writer.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("numpy>=1.24"));
    writer.setDescription(QStringLiteral("Long text.\n"));
    writer.addEntryPoint(QStringLiteral("axle.plugins"), QStringLiteral("main"), QStringLiteral("demo:Plugin"));
    writer.addEntryPoint(QStringLiteral("other"), QStringLiteral("x"), QStringLiteral("demo"));
    writer.addEntryPoint(QStringLiteral("axle.plugins"), QStringLiteral("second"), QStringLiteral("demo:Second [e]"));
    writer.addLicenseFile(QStringLiteral("LICENSE"), "free\n");
    return writer;
}

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString codeOf(const Result<QString> &result)
{
    return result ? QString() : QString(result.error().code().name());
}

QStringList everythingIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// The central headers of an archive without comment, as they stand in the file.
QList<QByteArray> centralHeaders(const QByteArray &bytes)
{
    const char *end = bytes.constData() + bytes.size() - 22;
    qsizetype offset = qFromLittleEndian<quint32>(end + 16);
    QList<QByteArray> headers;
    for (int i = qFromLittleEndian<quint16>(end + 10); i > 0; --i) {
        const char *header = bytes.constData() + offset;
        const qsizetype size = 46 + qFromLittleEndian<quint16>(header + 28) + qFromLittleEndian<quint16>(header + 30);
        headers += bytes.sliced(offset, size);
        offset += size;
    }
    return headers;
}

} // namespace

class WheelWriterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { qunsetenv("SOURCE_DATE_EPOCH"); }

    void whatIsWrittenIsRead();
    void distInfoComesLastAndRecordAtTheEnd();
    void equalInputGivesEqualBytes();
    void headersAreAsAgreed();
    void dates_data();
    void dates();
    void fileNames_data();
    void fileNames();
    void purelibFollowsTheTag_data();
    void purelibFollowsTheTag();
    void buildsOfOneVersion();
    void filesOfTheDataFolder();
    void licences();
    void metadataVersions_data();
    void metadataVersions();
    void extras();
    void metadataIsFolded();
    void pathsAreQuotedInRecord();
    void theFileIsReadableAsTheUmaskSays();
    void anOlderFileIsReplaced();
    void refused_data();
    void refused();
    void aFullDiskLeavesNothing();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void WheelWriterTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

void WheelWriterTest::whatIsWrittenIsRead()
{
    const auto path = demo().write(m_folder->path());
    QVERIFY2(path.has_value(), qPrintable(path ? QString() : path.error().toString()));
    QCOMPARE(*path, m_folder->filePath(QStringLiteral("demo_plugin-1.0-py3-none-any.whl")));
    QCOMPARE(everythingIn(m_folder->path()), QStringList(demo().fileName()));
    const auto wheel = Wheel::open(*path);
    QVERIFY2(wheel.has_value(), qPrintable(wheel ? QString() : wheel.error().toString()));
    QVERIFY(wheel->readAll().has_value());
    QCOMPARE(wheel->metadata().name.toString(), QStringLiteral("Demo-Plugin"));
    QCOMPARE(wheel->metadata().summary, QStringLiteral("a demo"));
    QCOMPARE(wheel->metadata().description, QStringLiteral("Long text.\n"));
    QCOMPARE(wheel->metadata().requiresDist.size(), 1);
    QCOMPARE(wheel->entryPoints().group(u"axle.plugins").size(), 2);
    QCOMPARE(wheel->entryPoints().group(u"other").size(), 1);
    QCOMPARE(*wheel->read(QStringLiteral("demo/b.py")), QByteArray("B = 2\n"));
    QVERIFY(wheel->archive().find(QStringLiteral("demo/run.sh"))->isExecutable);
    QVERIFY(!wheel->archive().find(QStringLiteral("demo/b.py"))->isExecutable);
}

void WheelWriterTest::distInfoComesLastAndRecordAtTheEnd()
{
    const auto archive = WheelArchive::open(*demo().write(m_folder->path()));
    QVERIFY(archive.has_value());
    QStringList names;
    for (const ArchiveMember &member : (*archive)->members())
        names += member.name();
    const QString distInfo = QStringLiteral("demo_plugin-1.0.dist-info/");
    QCOMPARE(names,
        QStringList({QStringLiteral("demo/__init__.py"), QStringLiteral("demo/b.py"), QStringLiteral("demo/run.sh"),
            distInfo + QStringLiteral("METADATA"), distInfo + QStringLiteral("WHEEL"),
            distInfo + QStringLiteral("entry_points.txt"), distInfo + QStringLiteral("licenses/LICENSE"),
            distInfo + QStringLiteral("RECORD")}));
}

void WheelWriterTest::equalInputGivesEqualBytes()
{
    const QByteArray first = contentsOf(*demo().write(m_folder->path()));
    const QTemporaryDir other;
    WheelWriter reordered(QStringLiteral("Demo-Plugin"), QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    reordered.addFile(QStringLiteral("demo/run.sh"), "#!/bin/sh\n", true);
    reordered.addFile(QStringLiteral("demo/__init__.py"), "");
    reordered.addFile(QStringLiteral("demo/b.py"), "B = 2\n");
    reordered.addEntryPoint(QStringLiteral("axle.plugins"), QStringLiteral("main"), QStringLiteral("demo:Plugin"));
    reordered.addEntryPoint(
        QStringLiteral("axle.plugins"), QStringLiteral("second"), QStringLiteral("demo:Second [e]"));
    reordered.addEntryPoint(QStringLiteral("other"), QStringLiteral("x"), QStringLiteral("demo"));
    reordered.addMetadata(QStringLiteral("Summary"), QStringLiteral("a demo"));
    reordered.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("numpy>=1.24"));
    reordered.addLicenseFile(QStringLiteral("LICENSE"), "free\n");
    reordered.setDescription(QStringLiteral("Long text.\n"));
    const QByteArray second = contentsOf(*reordered.write(other.path()));
    QVERIFY(!first.isEmpty());
    QCOMPARE(second, first);
}

/// What an index demands of an upload: no data descriptors, UTF-8 names, Unix modes.
void WheelWriterTest::headersAreAsAgreed()
{
    const QByteArray bytes = contentsOf(*demo().write(m_folder->path()));
    const QList<QByteArray> headers = centralHeaders(bytes);
    QCOMPARE(headers.size(), 8);
    for (const QByteArray &header : headers) {
        const char *fields = header.constData();
        QCOMPARE(fields[5], '\3'); // Unix
        const char *local = bytes.constData() + qFromLittleEndian<quint32>(fields + 42);
        QCOMPARE(QByteArray(local + 4, 10), header.sliced(6, 10)); // version needed, flags, method, date
        QVERIFY(qFromLittleEndian<quint16>(local + 4) <= 20);
        QCOMPARE(qFromLittleEndian<quint16>(fields + 8) & (1U << 3), 0U);        // no data descriptor
        QCOMPARE(qFromLittleEndian<quint16>(fields + 8) & (1U << 11), 1U << 11); // UTF-8
        QCOMPARE(qFromLittleEndian<quint16>(fields + 30), quint16(0));           // no extra field
        const quint32 mode = qFromLittleEndian<quint32>(fields + 38) >> 16;
        QCOMPARE(mode, header.endsWith(".sh") ? 0100755U : 0100644U);
    }
}

void WheelWriterTest::dates_data()
{
    QTest::addColumn<QByteArray>("epoch");
    QTest::addColumn<quint32>("dosDate");
    const auto dos = [](quint32 year, quint32 month, quint32 day, quint32 hour, quint32 minute, quint32 second) {
        return ((year - 1980) << 25) | (month << 21) | (day << 16) | (hour << 11) | (minute << 5) | (second / 2);
    };
    QTest::newRow("unset") << QByteArray() << dos(1980, 1, 1, 0, 0, 0);
    QTest::newRow("before 1980") << QByteArray("0") << dos(1980, 1, 1, 0, 0, 0);
    QTest::newRow("negative") << QByteArray("-5") << dos(1980, 1, 1, 0, 0, 0);
    QTest::newRow("no number") << QByteArray("yesterday") << dos(1980, 1, 1, 0, 0, 0);
    QTest::newRow("2024, in UTC") << QByteArray("1718454896") << dos(2024, 6, 15, 12, 34, 56);
    QTest::newRow("beyond the format") << QByteArray("99999999999") << dos(2107, 12, 31, 23, 59, 58);
}

void WheelWriterTest::dates()
{
    QFETCH(QByteArray, epoch);
    if (!epoch.isEmpty())
        qputenv("SOURCE_DATE_EPOCH", epoch);
    const QByteArray bytes = contentsOf(*demo().write(m_folder->path()));
    for (const QByteArray &header : centralHeaders(bytes))
        QTEST(qFromLittleEndian<quint32>(header.constData() + 12), "dosDate");
}

void WheelWriterTest::fileNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("fileName");
    QTest::newRow("escaped") << QStringLiteral("A.b-C") << QStringLiteral("1.0")
                             << QStringLiteral("a_b_c-1.0-py3-none-any.whl");
    QTest::newRow("version normalised") << QStringLiteral("a") << QStringLiteral("v1.0-rc.1")
                                        << QStringLiteral("a-1.0rc1-py3-none-any.whl");
    QTest::newRow("local version") << QStringLiteral("a") << QStringLiteral("1.0+Build_7")
                                   << QStringLiteral("a-1.0+build.7-py3-none-any.whl");
}

void WheelWriterTest::fileNames()
{
    QFETCH(QString, name);
    QFETCH(QString, version);
    const WheelWriter writer(name, version, QStringLiteral("py3-none-any"));
    QTEST(writer.fileName(), "fileName");
    QVERIFY(writer.write(m_folder->path()).has_value());
}

void WheelWriterTest::purelibFollowsTheTag_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<bool>("pure");
    QTest::addColumn<int>("tags");
    QTest::newRow("pure") << QStringLiteral("py3-none-any") << true << 1;
    QTest::newRow("several") << QStringLiteral("py2.py3-none-any") << true << 2;
    QTest::newRow("native") << QStringLiteral("cp311-cp311-linux_x86_64") << false << 1;
    QTest::newRow("one platform") << QStringLiteral("py3-none-linux_x86_64") << false << 1;
}

void WheelWriterTest::purelibFollowsTheTag()
{
    QFETCH(QString, tag);
    const WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1"), tag);
    const auto wheel = Wheel::open(*writer.write(m_folder->path()));
    QVERIFY(wheel.has_value());
    QTEST(wheel->info().rootIsPurelib, "pure");
    QTEST(int(wheel->info().tags.tags().size()), "tags");
}

void WheelWriterTest::buildsOfOneVersion()
{
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1"), QStringLiteral("py3-none-any"));
    writer.setBuild(QStringLiteral("7b"));
    const QString path = *writer.write(m_folder->path());
    QCOMPARE(QFileInfo(path).fileName(), QStringLiteral("demo-1-7b-py3-none-any.whl"));
    QCOMPARE(Wheel::verify(path), QList<Finding>());
    const auto wheel = Wheel::open(path);
    QCOMPARE(wheel->fileName().build, QStringLiteral("7b"));
    QVERIFY(wheel->info().headers.contains(std::pair(QStringLiteral("Build"), QStringLiteral("7b"))));
    QCOMPARE(wheel->distInfo(), QStringLiteral("demo-1.dist-info"));
}

void WheelWriterTest::filesOfTheDataFolder()
{
    WheelWriter writer = demo();
    using Scheme = WheelWriter::Scheme;
    const std::pair<Scheme, QString> schemes[] = {{Scheme::Purelib, QStringLiteral("purelib")},
        {Scheme::Platlib, QStringLiteral("platlib")}, {Scheme::Headers, QStringLiteral("headers")},
        {Scheme::Scripts, QStringLiteral("scripts")}, {Scheme::Data, QStringLiteral("data")}};
    for (const auto &[scheme, folder] : schemes)
        writer.addDataFile(scheme, folder + QStringLiteral("_file/x"), "x", scheme == Scheme::Scripts);
    const auto wheel = Wheel::open(*writer.write(m_folder->path()));
    QVERIFY(wheel.has_value());
    for (const auto &[scheme, folder] : schemes) {
        const ArchiveMember *member =
            wheel->archive().find(QStringLiteral("demo_plugin-1.0.data/%1/%1_file/x").arg(folder));
        QVERIFY2(member, qPrintable(folder));
        QCOMPARE(member->isExecutable, scheme == Scheme::Scripts);
    }
}

/// PEP 639: METADATA names them, and they are where it says.
void WheelWriterTest::licences()
{
    WheelWriter writer = demo();
    writer.addMetadata(QStringLiteral("License-Expression"), QStringLiteral("MIT"));
    writer.addLicenseFile(QStringLiteral("vendor/é LICENSE.txt"), "also free\n");
    const QString path = *writer.write(m_folder->path());
    QCOMPARE(Wheel::verify(path), QList<Finding>());
    const auto wheel = Wheel::open(path);
    QCOMPARE(wheel->metadata().licenseFiles,
        QStringList({QStringLiteral("LICENSE"), QStringLiteral("vendor/é LICENSE.txt")}));
    QCOMPARE(
        *wheel->read(wheel->distInfo() + QStringLiteral("/licenses/vendor/é LICENSE.txt")), QByteArray("also free\n"));
}

void WheelWriterTest::metadataVersions_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("version");
    QTest::newRow("old header") << QStringLiteral("Summary") << QStringLiteral("2.1");
    QTest::newRow("dynamic") << QStringLiteral("Dynamic") << QStringLiteral("2.2");
    QTest::newRow("licence file") << QStringLiteral("License-File") << QStringLiteral("2.4");
    QTest::newRow("licence expression, in any case") << QStringLiteral("license-expression") << QStringLiteral("2.4");
}

void WheelWriterTest::metadataVersions()
{
    QFETCH(QString, header);
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1"), QStringLiteral("py3-none-any"));
    writer.addMetadata(header, QStringLiteral("MIT"));
    const auto wheel = Wheel::open(*writer.write(m_folder->path()));
    QVERIFY(wheel.has_value());
    QTEST(wheel->metadata().metadataVersion, "version");
}

void WheelWriterTest::extras()
{
    WheelWriter writer = demo();
    writer.addMetadata(QStringLiteral("Provides-Extra"), QStringLiteral("gui"));
    writer.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("qt ; extra == 'gui'"));
    const QString path = *writer.write(m_folder->path());
    QCOMPARE(Wheel::verify(path), QList<Finding>());
    const auto wheel = Wheel::open(path);
    QCOMPARE(wheel->metadata().providesExtra, QStringList(QStringLiteral("gui")));
    QCOMPARE(wheel->metadata().requiresDist.size(), 2);
}

void WheelWriterTest::metadataIsFolded()
{
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1"), QStringLiteral("py3-none-any"));
    writer.addMetadata(QStringLiteral("License"), QStringLiteral("first line\nName: not a header"));
    const auto wheel = Wheel::open(*writer.write(m_folder->path()));
    QVERIFY(wheel.has_value());
    QCOMPARE(wheel->metadata().license, QStringLiteral("first line Name: not a header"));
}

void WheelWriterTest::pathsAreQuotedInRecord()
{
    WheelWriter writer(QStringLiteral("demo"), QStringLiteral("1"), QStringLiteral("py3-none-any"));
    const QString odd = QStringLiteral("demo/a, \"b\" é.txt");
    writer.addFile(odd, "x");
    const auto wheel = Wheel::open(*writer.write(m_folder->path()));
    QVERIFY(wheel.has_value());
    QVERIFY(wheel->record().find(odd));
    QVERIFY(wheel->readAll().has_value());
}

void WheelWriterTest::theFileIsReadableAsTheUmaskSays()
{
    const mode_t previous = ::umask(027);
    const auto path = demo().write(m_folder->path());
    ::umask(previous);
    struct stat status = {};
    QCOMPARE(::stat(qPrintable(*path), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0640U);
}

void WheelWriterTest::anOlderFileIsReplaced()
{
    const QString path = Test::writeFile(m_folder->path(), demo().fileName(), "old");
    QVERIFY(demo().write(m_folder->path()).has_value());
    QVERIFY(Wheel::open(path).has_value());
    QCOMPARE(everythingIn(m_folder->path()), QStringList(demo().fileName()));
}

Q_DECLARE_METATYPE(std::shared_ptr<WheelWriter>)

void WheelWriterTest::refused_data()
{
    QTest::addColumn<std::shared_ptr<WheelWriter>>("writer");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const char *code, auto change) {
        const auto writer = std::make_shared<WheelWriter>(demo());
        change(*writer);
        QTest::newRow(name) << writer << QString::fromLatin1(code);
    };
    const QString tag = QStringLiteral("py3-none-any");
    row("bad name", "wheel-filename",
        [&](WheelWriter &w) { w = WheelWriter(QStringLiteral("no name"), QStringLiteral("1"), tag); });
    row("bad version", "wheel-filename",
        [&](WheelWriter &w) { w = WheelWriter(QStringLiteral("demo"), QStringLiteral("one"), tag); });
    row("bad tag", "wheel-filename",
        [](WheelWriter &w) { w = WheelWriter(QStringLiteral("demo"), QStringLiteral("1"), QStringLiteral("py3")); });
    row("bad requirement", "requirement-invalid",
        [](WheelWriter &w) { w.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("numpy >> 1")); });
    row("bad entry point", "entry-points-invalid",
        [](WheelWriter &w) { w.addEntryPoint(QStringLiteral("g"), QStringLiteral("x"), QStringLiteral("os;system")); });
    row("bad build", "wheel-filename", [](WheelWriter &w) { w.setBuild(QStringLiteral("beta")); });
    row("build of two words", "wheel-filename", [](WheelWriter &w) { w.setBuild(QStringLiteral("1-2")); });
    row("header with a line end", "metadata-invalid",
        [](WheelWriter &w) { w.addMetadata(QStringLiteral("A\nB"), QStringLiteral("x")); });
    row("path that leaves the wheel", "zip-name-traversal",
        [](WheelWriter &w) { w.addFile(QStringLiteral("../evil.py"), "x"); });
    row("licence outside its folder", "zip-name-traversal",
        [](WheelWriter &w) { w.addLicenseFile(QStringLiteral("../LICENSE"), "x"); });
    row("RECORD from outside", "zip-duplicate-name",
        [](WheelWriter &w) { w.addDistInfoFile(QStringLiteral("RECORD"), "x"); });
    row("path that is too long", "zip-name-length", [](WheelWriter &w) { w.addFile(QString(70'000, u'x'), "x"); });
    row("path of a folder", "zip-folder-entry", [](WheelWriter &w) { w.addFile(QStringLiteral("demo/"), "x"); });
    row("two paths that differ in case", "zip-duplicate-name",
        [](WheelWriter &w) { w.addFile(QStringLiteral("DEMO/B.py"), "x"); });
    row("second dist-info", "wheel-dist-info",
        [](WheelWriter &w) { w.addFile(QStringLiteral("x-1.dist-info/METADATA"), "x"); });
    row("bomb", "zip-bomb",
        [](WheelWriter &w) { w.addFile(QStringLiteral("zeros"), QByteArray(65 * 1024 * 1024, '\0')); });
}

/// The strict reader has the last word, and nothing is left of what it refuses.
void WheelWriterTest::refused()
{
    QFETCH(std::shared_ptr<WheelWriter>, writer);
    const auto path = writer->write(m_folder->path());
    QTEST(codeOf(path), "code");
    QCOMPARE(everythingIn(m_folder->path()), QStringList());
    const auto nowhere = demo().write(m_folder->filePath(QStringLiteral("missing")));
    QCOMPARE(codeOf(nowhere), QStringLiteral("wheel-not-written"));
}

/// Every size at which the disk can be full: an error, and nothing left; at last, a good wheel.
void WheelWriterTest::aFullDiskLeavesNothing()
{
    const qint64 whole = QFileInfo(*demo().write(m_folder->path())).size();
    QVERIFY(QFile::remove(m_folder->filePath(demo().fileName())));
    const auto previousHandler = std::signal(SIGXFSZ, SIG_IGN);
    struct rlimit unlimited = {};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &unlimited), 0);
    QString failure;
    for (qint64 size = 0; size < whole && failure.isEmpty(); size += 31) {
        const struct rlimit limited = {static_cast<rlim_t>(size), unlimited.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limited);
        const auto path = demo().write(m_folder->path());
        ::setrlimit(RLIMIT_FSIZE, &unlimited);
        if (path || path.error().code() != ErrorCode("wheel-not-written"))
            failure = QStringLiteral("limit %1: %2").arg(size).arg(path ? *path : path.error().toString());
        if (!everythingIn(m_folder->path()).isEmpty())
            failure += QStringLiteral("limit %1 left something").arg(size);
    }
    std::signal(SIGXFSZ, previousHandler);
    QCOMPARE(failure, QString());
    QVERIFY(demo().write(m_folder->path()).has_value());
}

QTEST_APPLESS_MAIN(WheelWriterTest)
#include "tst_wheelwriter.moc"
