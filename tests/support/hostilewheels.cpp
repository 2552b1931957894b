#include "hostilewheels.h"

#include "rawzip.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QMap>

#include <cstddef>
#include <cstring>
#include <elf.h>

namespace Axle::Test {

namespace {

#define DIST_INFO "demo-1.0.dist-info/"
constexpr auto PureName = QLatin1StringView("demo-1.0-py3-none-any.whl");
constexpr auto NativeName = QLatin1StringView("demo-1.0-cp311-cp311-linux_x86_64.whl");
constexpr auto Module = "demo/fast.cpython-311-x86_64-linux-gnu.so";
constexpr std::uint16_t FlagEncrypted = 1U << 0;
constexpr std::uint16_t FlagPatch = 1U << 5;
constexpr std::uint16_t FlagUtf8 = 1U << 11;
constexpr std::uint32_t Sentinel32 = 0xffffffff;

/// The files of a wheel but for RECORD.
using Files = QMap<QByteArray, QByteArray>;

Files goodFiles()
{
    return {
        {"a.py", "VALUE = 1\n"},
        {DIST_INFO "METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n"},
        {DIST_INFO "WHEEL", "Wheel-Version: 1.0\nGenerator: hostile\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
    };
}

QByteArray recordRow(const QByteArray &path, const QByteArray &data)
{
    const QByteArray hash = QCryptographicHash::hash(data, QCryptographicHash::Sha256);
    return path + ",sha256=" + hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) + ','
        + QByteArray::number(data.size()) + '\n';
}

QByteArray recordOf(const Files &files)
{
    QByteArray rows;
    for (auto file = files.begin(); file != files.end(); ++file)
        rows += recordRow(file.key(), file.value());
    return rows + DIST_INFO "RECORD,,\n";
}

RawZip zipOf(const Files &files, const QByteArray &record)
{
    RawZip zip;
    for (auto file = files.begin(); file != files.end(); ++file)
        zip.add(file.key(), file.value());
    zip.add(DIST_INFO "RECORD", record);
    return zip;
}

/// Makes a list of hostile wheels, each from a good one.
class Workshop
{
public:
    /// The archive is changed once it is made; its first member is a.py.
    template<class Change>
    void archive(const char *code, Change change)
    {
        RawZip zip = zipOf(goodFiles(), recordOf(goodFiles()));
        change(zip);
        take(code, zip.bytes());
    }
    template<class Change>
    void member(const char *code, Change change)
    {
        archive(code, [&](RawZip &zip) { change(zip.members.first()); });
    }
    /// As `archive`, with ZIP64 end records.
    template<class Change>
    void zip64(const char *code, Change change)
    {
        archive(code, [&](RawZip &zip) {
            zip.zip64.emplace();
            change(*zip.zip64);
        });
    }
    /// A file is there besides, or in place of a good one, and RECORD knows it.
    void file(const char *code, const QByteArray &path, const QByteArray &data)
    {
        Files files = goodFiles();
        files.insert(path, data);
        take(code, zipOf(files, recordOf(files)).bytes());
    }
    /// METADATA has these lines besides the good ones.
    void metadata(const char *code, const QByteArray &lines)
    {
        file(code, DIST_INFO "METADATA", goodFiles().value(DIST_INFO "METADATA") + lines);
    }
    void missing(const char *code, const QByteArray &path)
    {
        Files files = goodFiles();
        files.remove(path);
        take(code, zipOf(files, recordOf(files)).bytes());
    }
    void record(const char *code, const QByteArray &rows) { take(code, zipOf(goodFiles(), rows).bytes()); }
    /// For the CPython and the platform that tests run on, with an extension module.
    void native(const char *code, const QByteArray &sharedObject)
    {
        Files files = goodFiles();
        files[DIST_INFO "WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n";
        files[Module] = sharedObject;
        take(code, zipOf(files, recordOf(files)).bytes(), NativeName);
    }
    void take(const char *code, const QByteArray &bytes, QLatin1StringView fileName = PureName, qint64 size = 0)
    {
        m_wheels += {code, bytes, fileName, size};
    }

    QList<HostileWheel> wheels() const { return m_wheels; }

private:
    QList<HostileWheel> m_wheels;
};

QByteArray goodBytes()
{
    return zipOf(goodFiles(), recordOf(goodFiles())).bytes();
}

void addFraming(Workshop &shop)
{
    constexpr qint64 TooLarge = 512LL * 1024 * 1024 + 1;
    constexpr qint64 EndSize = 22;
    RawZip large;
    large.end.directoryOffset = static_cast<std::uint32_t>(TooLarge - EndSize);
    shop.take("file-too-large", large.bytes(), PureName, TooLarge);
    const QByteArray good = goodBytes();
    shop.take("zip-truncated", good.chopped(30));
    shop.take("zip-no-end-record", "this is no archive\n");
    shop.archive("zip-end-record-bounds", [](RawZip &zip) { zip.end.commentSize = 500; });
    shop.archive("zip-end-record-ambiguous", [&](RawZip &zip) { zip.end.comment = good.last(22); });
    shop.archive("zip-trailing-data", [](RawZip &zip) { zip.suffix = "more"; });
    shop.archive("zip-prefix-data", [](RawZip &zip) { zip.members.first().before = "#!/bin/sh\n"; });
    shop.archive("zip-comment", [](RawZip &zip) { zip.end.comment = "a\33[31mb"; });
    shop.archive("zip-multidisk", [](RawZip &zip) { zip.end.disk = 1; });
    shop.archive("zip-entry-count", [](RawZip &zip) { zip.end.members = zip.end.membersOnDisk = 1; });
    shop.archive("zip-too-many-members", [](RawZip &zip) {
        zip.zip64.emplace();
        zip.zip64->members = zip.zip64->membersOnDisk = 1ULL << 40;
        zip.end.members = zip.end.membersOnDisk = 0xffff;
    });
    shop.archive("zip-central-directory-bounds", [](RawZip &zip) { zip.end.directoryOffset = 0xfffffff0; });
    shop.member("zip-central-header", [](RawMember &member) { member.central.signature = 0; });
    shop.archive("zip64-locator", [](RawZip &zip) { zip.end.directorySize = Sentinel32; });
    shop.zip64("zip64-end-record", [](RawZip64 &zip64) { zip64.recordSize = 100; });
    shop.zip64("zip64-mismatch", [](RawZip64 &zip64) { zip64.directoryOffset = 7; });
    shop.archive("zip-gap", [](RawZip &zip) { zip.members[1].before = "between"; });
    shop.member("zip-overlap", [](RawMember &member) { member.setCompressedSize(50); });
    shop.member("zip-bomb", [](RawMember &member) { member.setSize(0x7fffffff); });

    Files files = goodFiles();
    const QByteArray first = "a";
    files[first] = QByteArray(257 - 30 - first.size(), 't') + "ustar" + QByteArray(300, 't');
    RawZip tar;
    for (auto file = files.begin(); file != files.end(); ++file)
        tar.add(file.key(), file.value(), RawMethod::Stored);
    tar.add(DIST_INFO "RECORD", recordOf(files));
    shop.take("zip-polyglot", tar.bytes());
}

void addHeaders(Workshop &shop)
{
    shop.member("zip-local-header", [](RawMember &member) { member.local.signature = 0; });
    shop.member("zip-local-header-mismatch", [](RawMember &member) { member.local.name = "b.py"; });
    shop.member("zip-data-descriptor", [](RawMember &member) {
        member.useDescriptor();
        member.after[4] = static_cast<char>(member.after[4] ^ 1);
    });
    shop.member("zip-method", [](RawMember &member) { member.setMethod(12); });
    shop.member("zip-encrypted", [](RawMember &member) { member.setFlags(FlagEncrypted); });
    shop.member("zip-flags", [](RawMember &member) { member.setFlags(FlagPatch); });
    shop.member("zip-version", [](RawMember &member) { member.central.version = 63; });
    shop.member("zip-entry-comment", [](RawMember &member) { member.central.comment = "hello"; });
    shop.member("zip-extra-field", [](RawMember &member) { member.central.extra = le16(0x5455) + le16(400); });
    shop.member("zip64-extra", [](RawMember &member) { member.central.size = Sentinel32; });
    shop.member("zip-unicode-path", [](RawMember &member) {
        const QByteArray other = "demo/evil.py";
        member.central.extra = le16(0x7075) + le16(static_cast<std::uint16_t>(5 + other.size())) + '\1'
            + le32(rawCrc32(member.central.name)) + other;
    });
}

/// RECORD cannot list these names, so that only their archive is judged.
void addNames(Workshop &shop)
{
    const auto named = [&](const char *code, const QByteArray &name) {
        shop.archive(code, [&](RawZip &zip) { zip.add(name, "x"); });
    };
    named("zip-name-length", QByteArray(513, 'n'));
    named("zip-name-control", "demo/a\33[2J.py");
    named("zip-name-absolute", "/etc/demo.py");
    named("zip-name-drive", "C:demo.py");
    named("zip-name-traversal", "demo/../../evil.py");
    named("zip-name-backslash", "demo\\evil.py");
    named("zip-duplicate-name", "a.py");
    named("zip-file-folder-conflict", "a.py/b.py");
    shop.archive("zip-name-encoding", [](RawZip &zip) { zip.add("demo/caf\351.py", "x").setFlags(FlagUtf8); });
    shop.file("zip-name-nonportable", "demo/aux.py", "x");
    shop.member("zip-special-file", [](RawMember &member) { member.central.mode = 0120777; });
    shop.member("zip-folder-entry", [](RawMember &member) { member.central.mode = 0040755; });
    shop.member("zip-setuid", [](RawMember &member) { member.central.mode = 0104755; });
}

void addData(Workshop &shop)
{
    shop.archive("zip-stored-size", [](RawZip &zip) {
        zip.members.removeFirst();
        zip.add("a.py", "VALUE = 1\n", RawMethod::Stored).setSize(9);
    });
    shop.member("zip-size-mismatch", [](RawMember &member) { member.setSize(11); });
    shop.member("zip-deflate", [](RawMember &member) { member.payload.fill('\377'); });
    shop.member("zip-deflate-trailing", [](RawMember &member) {
        member.payload += "more";
        member.setCompressedSize(static_cast<std::uint32_t>(member.payload.size()));
    });
    shop.member("zip-crc", [](RawMember &member) { member.setCrc32(5); });
}

void addDistInfo(Workshop &shop)
{
    const QByteArray good = goodBytes();
    shop.take("wheel-filename", good, QLatin1StringView("demo-1.0.whl"));
    shop.take("wheel-name-mismatch", good, QLatin1StringView("other-1.0-py3-none-any.whl"));
    shop.take("wheel-version-mismatch", good, QLatin1StringView("demo-2.0-py3-none-any.whl"));
    shop.take("wheel-tag-mismatch", good, QLatin1StringView("demo-1.0-py2.py3-none-any.whl"));
    shop.file("wheel-dist-info", "other-1.0.dist-info/METADATA", "x");
    shop.missing("wheel-info-missing", DIST_INFO "WHEEL");
    shop.file(
        "wheel-info-invalid", DIST_INFO "WHEEL", "Wheel-Version: one\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    shop.file(
        "wheel-format-version", DIST_INFO "WHEEL", "Wheel-Version: 2.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    shop.file(
        "wheel-format-newer", DIST_INFO "WHEEL", "Wheel-Version: 1.9\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    shop.file("tag-invalid", DIST_INFO "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3\n");
    shop.missing("metadata-missing", DIST_INFO "METADATA");
    shop.metadata("metadata-invalid", "no header\n");
    shop.metadata("metadata-too-large", "License: " + QByteArray(16 * 1024 * 1024, 'x') + '\n');
    shop.file("metadata-format-newer", DIST_INFO "METADATA", "Metadata-Version: 2.9\nName: demo\nVersion: 1.0\n");
    shop.file("name-invalid", DIST_INFO "METADATA", "Metadata-Version: 2.1\nName: ../demo\nVersion: 1.0\n");
    shop.file("version-invalid", DIST_INFO "METADATA", "Metadata-Version: 2.1\nName: demo\nVersion: 1.0;x\n");
    shop.metadata("specifier-invalid", "Requires-Python: >> 3\n");
    shop.metadata("requirement-invalid", "Requires-Dist: numpy >> 1\n");
    shop.metadata("license-file-missing", "License-File: LICENSE\n");
    shop.metadata("wheel-url-requirement", "Requires-Dist: other @ https://example.invalid/other.zip\n");
    shop.file("entry-points-invalid", DIST_INFO "entry_points.txt", "[axle.plugins]\nmain = os;system('id')\n");
    shop.file("extensions-invalid", DIST_INFO "EXTENSIONS", "{\"demo._fast\": \"../../evil.so\"}");
}

void addRecords(Workshop &shop)
{
    const QByteArray good = recordOf(goodFiles());
    const QByteArray first = recordRow("a.py", "VALUE = 1\n");
    const auto instead = [&](const QByteArray &row) { return QByteArray(good).replace(first, row); };
    shop.archive("record-missing", [](RawZip &zip) { zip.members.removeLast(); });
    shop.record("record-too-large", good + QByteArray(8 * 1024 * 1024, '\n'));
    shop.record("record-syntax", good + "\"open,,\n");
    shop.record("record-path", good + "../../.bashrc,,\n");
    shop.record("record-duplicate", good + first);
    shop.record("record-hash-algorithm", instead("a.py,md5=AAAA,10\n"));
    shop.record("record-hash-missing", instead("a.py,,10\n"));
    shop.record("record-unlisted", instead({}));
    shop.record("record-ghost", good + recordRow("demo/ghost.py", {}));
    shop.record("record-size-mismatch", instead(recordRow("a.py", "VALUE = 10\n")));
    shop.record("record-hash-mismatch", instead(recordRow("a.py", "VALUE = 2\n")));
}

void addContents(Workshop &shop)
{
    shop.file("wheel-shadows-stdlib", "json/__init__.py", "x = 1\n");
    shop.file("wheel-startup-file", "demo.pth", "import os\n");
    shop.file("wheel-bytecode-only", "demo/fast.pyc", "x");
    shop.file("wheel-data-ignored", "demo-1.0.data/scripts/demo", "#!python\n");
    shop.file("wheel-native-in-pure", "demo.libs/libx.so.1", "x");
    shop.native("elf-invalid", "\177ELF");
    shop.native("elf-machine", tinySharedObject("fast", EM_SPARC, 0));
    shop.native("elf-no-init", tinySharedObject("slow", EM_X86_64, 0));
    shop.native("elf-unsafe", tinySharedObject("fast", EM_X86_64, PF_X));
    Files files = goodFiles();
    files[DIST_INFO "WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: cp27-none-any\n";
    shop.take(
        "wheel-incompatible", zipOf(files, recordOf(files)).bytes(), QLatin1StringView("demo-1.0-cp27-none-any.whl"));
}

} // namespace

QList<HostileWheel> hostileWheels()
{
    Workshop shop;
    for (const auto add : {addFraming, addHeaders, addNames, addData, addDistInfo, addRecords, addContents})
        add(shop);
    return shop.wheels();
}

QByteArray tinySharedObject(const QByteArray &module, quint16 machine, quint32 stackFlags)
{
    struct Image
    {
        Elf64_Ehdr header;
        Elf64_Phdr segments[3];
        Elf64_Dyn dynamic[5];
        Elf64_Sym symbols[2];
        quint32 hash[5]; // one bucket, two chains
        char strings[40];
    };
    Image image = {};
    std::memcpy(image.header.e_ident, ELFMAG, SELFMAG);
    image.header.e_ident[EI_CLASS] = ELFCLASS64;
    image.header.e_ident[EI_DATA] = ELFDATA2LSB;
    image.header.e_ident[EI_VERSION] = EV_CURRENT;
    image.header.e_type = ET_DYN;
    image.header.e_machine = machine;
    image.header.e_version = EV_CURRENT;
    image.header.e_phoff = offsetof(Image, segments);
    image.header.e_ehsize = sizeof(Elf64_Ehdr);
    image.header.e_phentsize = sizeof(Elf64_Phdr);
    image.header.e_phnum = std::size(image.segments);
    image.segments[0] = {PT_LOAD, PF_R, 0, 0, 0, sizeof image, sizeof image, 0x1000};
    image.segments[1] = {PT_DYNAMIC, PF_R, offsetof(Image, dynamic), offsetof(Image, dynamic), 0, sizeof image.dynamic,
        sizeof image.dynamic, 8};
    image.segments[2] = {PT_GNU_STACK, PF_R | PF_W | stackFlags, 0, 0, 0, 0, 0, 16};
    image.dynamic[0] = {DT_STRTAB, {offsetof(Image, strings)}};
    image.dynamic[1] = {DT_STRSZ, {sizeof image.strings}};
    image.dynamic[2] = {DT_SYMTAB, {offsetof(Image, symbols)}};
    image.dynamic[3] = {DT_HASH, {offsetof(Image, hash)}};
    image.symbols[1].st_name = 1;
    image.symbols[1].st_shndx = SHN_ABS;
    image.hash[0] = 1;
    image.hash[1] = std::size(image.symbols);
    image.hash[2] = 1;
    const QByteArray name = "PyInit_" + module;
    std::memcpy(image.strings + 1, name.constData(), qMin<size_t>(size_t(name.size()), sizeof image.strings - 2));
    return QByteArray(reinterpret_cast<const char *>(&image), sizeof image);
}

} // namespace Axle::Test
