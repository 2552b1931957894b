#include "support/wheelbuilder.h"

#include <axle/packaging/targetpython.h>
#include <axle/wheel/sharedobject.h>
#include <axle/wheel/wheel.h>

#include <QtTest/QtTest>

#include <elf.h>
#include <random>

using namespace Axle;
using namespace Axle::Test;

namespace {

/// An extension module that comes with every Python of Debian.
QByteArray asyncio()
{
    const TargetPython python = TargetPython::current();
    QFile file(QStringLiteral("/usr/lib/python%1/lib-dynload/_asyncio%2")
                   .arg(python.shortVersion(), python.extensionSuffixes().first()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

template<class T>
T structAt(const QByteArray &bytes, quint64 offset)
{
    T value;
    std::memcpy(&value, bytes.constData() + offset, sizeof value);
    return value;
}

template<class T>
void put(QByteArray &bytes, quint64 offset, const T &value)
{
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

/// The offset of the first program header of `type`.
quint64 segmentOffset(const QByteArray &bytes, Elf64_Word type)
{
    const auto header = structAt<Elf64_Ehdr>(bytes, 0);
    for (quint64 i = 0; i < header.e_phnum; ++i) {
        const quint64 offset = header.e_phoff + i * sizeof(Elf64_Phdr);
        if (structAt<Elf64_Phdr>(bytes, offset).p_type == type)
            return offset;
    }
    qFatal("no such segment");
}

QByteArray withFlags(QByteArray bytes, Elf64_Word type, Elf64_Word flags)
{
    const quint64 offset = segmentOffset(bytes, type);
    auto segment = structAt<Elf64_Phdr>(bytes, offset);
    segment.p_flags |= flags;
    put(bytes, offset, segment);
    return bytes;
}

/// Sets the value of a dynamic entry, and its tag when told.
QByteArray withDynamic(QByteArray bytes, Elf64_Sxword tag, quint64 value, Elf64_Sxword newTag)
{
    const auto segment = structAt<Elf64_Phdr>(bytes, segmentOffset(bytes, PT_DYNAMIC));
    for (quint64 at = segment.p_offset; at < segment.p_offset + segment.p_filesz; at += sizeof(Elf64_Dyn)) {
        auto entry = structAt<Elf64_Dyn>(bytes, at);
        if (entry.d_tag != tag)
            continue;
        entry.d_un.d_val = value;
        entry.d_tag = newTag;
        put(bytes, at, entry);
        return bytes;
    }
    qFatal("no such entry");
}

QByteArray withMachine(QByteArray bytes, Elf64_Half machine)
{
    put(bytes, offsetof(Elf64_Ehdr, e_machine), machine);
    return bytes;
}

QByteArray withType(QByteArray bytes, Elf64_Half type)
{
    put(bytes, offsetof(Elf64_Ehdr, e_type), type);
    return bytes;
}

QString ownSuffix()
{
    return TargetPython::current().extensionSuffixes().first();
}

} // namespace

class SharedObjectTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void whatAModuleSays();
    void whatALibrarySays();
    void malformed_data();
    void malformed();
    void anyTruncationIsRefused();
    void mutantsDoNoHarm();
    void findings_data();
    void findings();

private:
    QTemporaryDir m_folder;
};

void SharedObjectTest::whatAModuleSays()
{
    const auto module = SharedObject::parse(asyncio());
    QVERIFY2(module.has_value(), module ? "" : qPrintable(module.error().toString()));
    QCOMPARE(module->moduleNames, QStringList{QStringLiteral("_asyncio")});
    QVERIFY(module->needed.contains(QStringLiteral("libc.so.6")));
    QVERIFY(!module->hasExecutableStack);
    QVERIFY(!module->hasWritableCode);
    QVERIFY(!module->hasStaticTls);
    QVERIFY(module->runPaths.isEmpty());
}

void SharedObjectTest::whatALibrarySays()
{
    QFile file(QLibraryInfo::path(QLibraryInfo::LibrariesPath) + QStringLiteral("/libQt6Core.so.6"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto library = SharedObject::parse(file.readAll());
    QVERIFY2(library.has_value(), library ? "" : qPrintable(library.error().toString()));
    QCOMPARE(library->soname, QStringLiteral("libQt6Core.so.6"));
    QVERIFY(library->moduleNames.isEmpty());

    const auto path = SharedObject::parse(withDynamic(asyncio(), DT_NEEDED, 1, DT_RUNPATH));
    QVERIFY(path.has_value());
    QCOMPARE(path->runPaths.size(), 1);
    QVERIFY(SharedObject::parse(withDynamic(asyncio(), DT_FINI, DF_STATIC_TLS, DT_FLAGS))->hasStaticTls);
}

void SharedObjectTest::malformed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &bytes, const char *message) {
        QTest::newRow(name) << bytes << QString::fromLatin1(message);
    };
    const QByteArray good = asyncio();
    QByteArray small = good;
    small[EI_CLASS] = ELFCLASS32;
    QByteArray segment = good;
    auto header = structAt<Elf64_Phdr>(good, segmentOffset(good, PT_LOAD));
    header.p_filesz = ~quint64(0);
    put(segment, segmentOffset(good, PT_LOAD), header);
    QByteArray headers = good;
    put(headers, offsetof(Elf64_Ehdr, e_phoff), ~quint64(0));
    QByteArray headerSize = good;
    put(headerSize, offsetof(Elf64_Ehdr, e_phentsize), Elf64_Half(32));
    QByteArray noDynamic = good;
    auto dynamic = structAt<Elf64_Phdr>(good, segmentOffset(good, PT_DYNAMIC));
    dynamic.p_type = PT_NULL;
    put(noDynamic, segmentOffset(good, PT_DYNAMIC), dynamic);
    QByteArray endless = good;
    dynamic.p_type = PT_DYNAMIC;
    dynamic.p_filesz = sizeof(Elf64_Dyn);
    put(endless, segmentOffset(good, PT_DYNAMIC), dynamic);

    row("empty", "", "at offset 0: no ELF file, expected a shared object");
    row("text", QByteArray(100, 'x'), "at offset 0: no ELF file, expected a shared object");
    row("32 bits", small, "at offset 4: class 1 and byte order 1, expected 64 bits (2) and little-endian (1)");
    row("program", withType(good, ET_EXEC), "at offset 16: an ELF file of type 2, expected 3");
    row("size of the headers", headerSize, "at offset 54: program headers of 32 bytes, expected 56");
    row("headers behind the end", headers, "a program header behind the end, expected all");
    row("segment behind the end", segment, "a segment of 18446744073709551615 bytes at offset 0, expected it within");
    row("no dynamic section", noDynamic, "no dynamic section, expected one in a shared object");
    row("endless dynamic section", endless, "a dynamic section without an end, expected DT_NULL in it");
    row("strings behind the end", withDynamic(good, DT_STRSZ, ~quint64(0), DT_STRSZ),
        "a string table of 18446744073709551615 bytes, expected it within the file");
    row("name behind the strings", withDynamic(good, DT_NEEDED, 1 << 30, DT_NEEDED),
        "a name at 1073741824, expected it within the string table");
    row("no symbols", withDynamic(good, DT_SYMTAB, ~quint64(0), DT_SYMTAB), "no table of symbols, expected one");
    row("no hash table", withDynamic(good, DT_GNU_HASH, ~quint64(0), DT_GNU_HASH), "no table of symbols, expected one");
}

void SharedObjectTest::malformed()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, message);
    const auto object = SharedObject::parse(bytes);
    QVERIFY(!object);
    QCOMPARE(object.error().code(), ErrorCode("elf-invalid"));
    QVERIFY2(object.error().message().contains(message), qPrintable(object.error().message()));
}

/// The loader maps segments whole, so that a file which lacks the end of one cannot be good.
void SharedObjectTest::anyTruncationIsRefused()
{
    const QByteArray good = asyncio();
    qsizetype end = 0;
    const auto header = structAt<Elf64_Ehdr>(good, 0);
    for (quint64 i = 0; i < header.e_phnum; ++i) {
        const auto segment = structAt<Elf64_Phdr>(good, header.e_phoff + i * sizeof(Elf64_Phdr));
        end = qMax(end, qsizetype(segment.p_offset + segment.p_filesz));
    }
    QVERIFY(SharedObject::parse(good.first(end)).has_value());
    for (qsizetype size = 0; size < end; size += size < 4096 ? 1 : 97)
        QVERIFY2(!SharedObject::parse(good.first(size)).has_value(), qPrintable(QString::number(size)));
}

void SharedObjectTest::mutantsDoNoHarm()
{
    const QByteArray good = asyncio();
    std::mt19937 random(20130604); // any number will do, so long as a failure can be repeated
    int refused = 0;
    for (int round = 0; round < 20000; ++round) {
        QByteArray bytes = good;
        // Where the structures are: the headers, and the tables behind them.
        for (int changes = 0; changes < 3; ++changes)
            bytes[qsizetype(random() % 4096)] = char(random());
        refused += !SharedObject::parse(bytes).has_value();
    }
    QVERIFY(refused > 100);
    QVERIFY(refused < 20000);
}

void SharedObjectTest::findings_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char *name, const QString &file, const QByteArray &bytes, const QStringList &expected) {
        QTest::newRow(name) << file << bytes << expected;
    };
    const QByteArray good = asyncio();
    const QString own = QStringLiteral("demo/_asyncio") + ownSuffix();
    const QString bare = QStringLiteral("demo/_asyncio.so");
    const QString fatal = QStringLiteral("fatal ");
    const QString warning = QStringLiteral("warning ");
    row("good", own, good, {});
    row("good in a package", QStringLiteral("demo/_asyncio/__init__") + ownSuffix(), good, {});
    row("stable ABI", QStringLiteral("demo/_asyncio.abi3.so"), good, {});
    row("not ELF", own, "x", {fatal + QStringLiteral("elf-invalid")});
    row("not ELF, for any Python", bare, "x", {warning + QStringLiteral("elf-invalid")});
    row("not ELF, and no module", QStringLiteral("demo.libs/libx.so.1"), "x", {});
    row("other machine", own, withMachine(good, EM_SPARC), {fatal + QStringLiteral("elf-machine")});
    row("other machine, for any Python", bare, withMachine(good, EM_SPARC), {warning + QStringLiteral("elf-machine")});
    row("other name", QStringLiteral("demo/fast") + ownSuffix(), good, {warning + QStringLiteral("elf-no-init")});
    row("library that is no module", QStringLiteral("demo/fast.so"), good, {});
    row("executable stack", own, withFlags(good, PT_GNU_STACK, PF_X), {warning + QStringLiteral("elf-unsafe")});
    row("writable code", own, withFlags(good, PT_LOAD, PF_X | PF_W), {warning + QStringLiteral("elf-unsafe")});
    row("library path", own, withDynamic(good, DT_NEEDED, 1, DT_RUNPATH), {warning + QStringLiteral("elf-unsafe")});
}

void SharedObjectTest::findings()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    const QString folder = m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(QDir().mkpath(folder));
    const QString path = WheelBuilder("demo").tag("cp311-cp311-linux_x86_64").unchecked(file, bytes).write(folder);
    QStringList found;
    for (const Finding &finding : Wheel::verify(path)) {
        QCOMPARE(finding.error.place().member, file);
        found += toString(finding.severity) + u' ' + finding.error.code().name();
    }
    QTEST(found, "expected");
    const auto wheel = Wheel::open(path);
    QVERIFY(wheel.has_value());
    QCOMPARE(wheel->readAll().has_value(), found.filter(QStringLiteral("fatal")).isEmpty());
}

QTEST_APPLESS_MAIN(SharedObjectTest)
#include "tst_sharedobject.moc"
