#include "targets.h"

#include "zipmutator.h"

#include "support/hostilewheels.h"
#include "support/rawzip.h"

#include <axle/wheel/plainzip.h>
#include <axle/wheel/sharedobject.h>
#include <axle/wheel/toplevel.h>
#include <axle/wheel/wheel.h>
#include <axle/wheel/wheellayout.h>

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>

#include <cstdlib>
#include <elf.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

namespace Axle::Fuzz {

using Test::RawMember;
using Test::RawMethod;
using Test::RawZip;

namespace {

/// The one file that all runs write anew, as making another would take longer than what is tested.
class InputFile
{
public:
    InputFile()
        : m_file(::open(QFile::encodeName(path()).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600))
    {
    }

    QString path() const { return m_folder.filePath(QStringLiteral("demo-1.0-py3-none-any.whl")); }
    FileDescriptor opened() const { return FileDescriptor(::fcntl(m_file.get(), F_DUPFD_CLOEXEC, 0)); }
    void write(const QByteArray &bytes) const
    {
        const auto size = static_cast<size_t>(bytes.size());
        // In this order: some file systems take a file that was empty for one that must reach the disk at once.
        const bool isWritten = ::pwrite(m_file.get(), bytes.constData(), size, 0) == static_cast<ssize_t>(size)
            && ::ftruncate(m_file.get(), static_cast<off_t>(size)) == 0;
        if (!isWritten)
            std::abort();
    }

private:
    QTemporaryDir m_folder;
    FileDescriptor m_file;
};

const InputFile &inputFile()
{
    static const InputFile file;
    return file;
}

bool hasFinding(const QList<Finding> &findings, Finding::Severity atLeast)
{
    return std::any_of(
        findings.begin(), findings.end(), [&](const Finding &finding) { return finding.severity >= atLeast; });
}

/// Whether the member can be read.
bool checkMember(const WheelArchive &archive, const ArchiveMember &member, std::int64_t fileSize)
{
    demand(archive.find(member.name()) == &member, "a member is found by its name");
    demand(member.size >= 0 && member.compressedSize >= 0 && member.dataOffset >= 0
            && member.compressedSize <= fileSize - member.dataOffset,
        "the data of a member lies within the file");
    const auto contents = archive.read(member);
    if (!contents) {
        demandGoodError(contents.error());
        return false;
    }
    demand(contents->size() == member.size, "a member has as many bytes as it says");
    demand(Test::rawCrc32(*contents) == member.crc32, "a member has the CRC that it says");
    return true;
}

bool checkMembers(const WheelArchive &archive, std::int64_t fileSize)
{
    constexpr std::int64_t MaximumSize = 64 * 1024 * 1024;
    constexpr std::int64_t MaximumRatio = 50;
    std::int64_t total = 0;
    for (const ArchiveMember &member : archive.members())
        total += member.size;
    demand(total <= std::max(MaximumSize, MaximumRatio * fileSize), "no archive is a bomb");
    bool isReadable = true;
    for (const ArchiveMember &member : archive.members())
        isReadable = checkMember(archive, member, fileSize) && isReadable;
    return isReadable;
}

using OpenedArchive = std::shared_ptr<const WheelArchive>;

OpenedArchive checkArchive(Rules rules, std::int64_t fileSize)
{
    const auto archive = WheelArchive::open(inputFile().opened(), rules);
    if (!archive)
        demandGoodError(archive.error());
    const bool isReadable = archive && checkMembers(**archive, fileSize);
    const auto examined = [&](WheelArchive::Depth depth) {
        const QList<Finding> findings = WheelArchive::examine(inputFile().opened(), rules, depth);
        for (const Finding &finding : findings)
            demandGoodError(finding.error);
        return hasFinding(findings, Finding::Severity::Fatal);
    };
    demand(examined(WheelArchive::Depth::Structure) != archive.has_value(), "examine() finds why open() refuses");
    demand(examined(WheelArchive::Depth::Data) != isReadable, "examine() finds why read() refuses");
    return archive ? *archive : OpenedArchive();
}

/// Whether a host would mount the archive as a wheel, but for what its policy says of the contents.
bool isGoodWheel(const OpenedArchive &archive)
{
    const auto wheel = Wheel::open(archive, QFileInfo(inputFile().path()).fileName());
    const Result<void> read = wheel ? wheel->readAll() : wheel.error();
    if (!read) {
        demandGoodError(read.error());
        return false;
    }
    for (const ArchiveMember &member : archive->members())
        demand(member.isFolder() || archive->read(member).has_value(), "what was read can be read again");
    demand(wheel->layout().importRoots().contains(QString()), "the root of a wheel is imported from");
    demand(checkTopLevels(*wheel, *wheel).has_value() || !wheel->layout().topLevelNames().isEmpty(),
        "only names can conflict");
    return true;
}

/// Any bytes as a wheel: no crash, no hang, no allocation beyond what the file's size allows, and one judgement.
void runArchive(const QByteArray &input)
{
    inputFile().write(input);
    const OpenedArchive strict = checkArchive(Rules::Strict, input.size());
    const OpenedArchive tolerant = checkArchive(Rules::Tolerant, input.size());
    demand(tolerant || !strict, "what the strict rules accept, the tolerant ones do");
    const auto areEqual = [](const ArchiveMember &a, const ArchiveMember &b) {
        return a.rawName == b.rawName && a.size == b.size && a.crc32 == b.crc32 && a.dataOffset == b.dataOffset;
    };
    demand(!strict
            || std::equal(strict->members().begin(), strict->members().end(), tolerant->members().begin(),
                tolerant->members().end(), areEqual),
        "all rules see the same members");

    if (tolerant)
        isGoodWheel(tolerant);
    const bool isGood = strict && isGoodWheel(strict);
    const QList<Finding> findings = Wheel::verify(inputFile().path());
    for (const Finding &finding : findings)
        demandGoodError(finding.error);
    demand(!isGood || !hasFinding(findings, Finding::Severity::Fatal), "what is mounted has no fatal finding");
    demand(
        isGood || hasFinding(findings, Finding::Severity::Policy), "what is not mounted has a finding that says why");
}

void checkPlainZip(const PlainZip &zip)
{
    for (const PlainZipMember &member : zip.members()) {
        demand(zip.find(member.name) == &member, "a member is found by its name");
        const auto contents = zip.read(member);
        if (!contents)
            demandGoodError(contents.error());
        demand(!contents || Test::rawCrc32(*contents) == member.crc32, "a member has the CRC that it says");
    }
}

/// Any bytes as a zip file that is no wheel: where the strict rules accept it as well, nobody sees other contents. But for
/// ZIP64 end records, which zipimport takes for a part of the central directory, so that it reads that from another place.
void runPlainZip(const QByteArray &input)
{
    inputFile().write(input);
    const auto zip = PlainZip::open(inputFile().opened());
    if (!zip)
        return demandGoodError(zip.error());
    checkPlainZip(**zip);
    const auto archive = WheelArchive::open(inputFile().opened());
    const bool mayHaveZip64End = input.contains("PK\6\7");
    if (!archive || mayHaveZip64End)
        return;
    for (const ArchiveMember &member : (*archive)->members()) {
        const PlainZipMember *plain = (*zip)->find(member.name());
        demand(plain != nullptr, "a member of an archive is one of the zip file");
        const auto expected = (*archive)->read(member);
        const auto contents = (*zip)->read(*plain);
        demand(!expected || !contents || *contents == *expected, "both readers see the same contents");
    }
}

void runSharedObject(const QByteArray &input)
{
    const auto object = SharedObject::parse(input);
    if (!object)
        return demandGoodError(object.error());
    demand(std::is_sorted(object->moduleNames.begin(), object->moduleNames.end()), "names of modules are sorted");
}

/// What zlib says about a deflate stream.
struct Inflated
{
    QByteArray data;
    bool isWhole = false; ///< it ended, exactly where the input does
};

Inflated inflatedByZlib(const QByteArray &input)
{
    constexpr qsizetype MaximumSize = 64 * 1024;
    Inflated result{QByteArray(MaximumSize, Qt::Uninitialized), false};
    z_stream stream = {};
    if (::inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        std::abort();
    QByteArray compressed(input);
    stream.next_in = reinterpret_cast<Bytef *>(compressed.data());
    stream.avail_in = static_cast<uInt>(compressed.size());
    stream.next_out = reinterpret_cast<Bytef *>(result.data.data());
    stream.avail_out = static_cast<uInt>(MaximumSize);
    result.isWhole = ::inflate(&stream, Z_FINISH) == Z_STREAM_END && stream.avail_in == 0;
    result.data.truncate(static_cast<qsizetype>(stream.total_out));
    ::inflateEnd(&stream);
    return result;
}

/// What the reader makes of a member whose data are `compressed` and whose headers claim what `inflated` is, but for the
/// size, which is `error` off.
Result<QByteArray> readMember(const QByteArray &compressed, const QByteArray &inflated, int error)
{
    RawZip zip;
    RawMember &member = zip.add("x", {}, RawMethod::Stored);
    member.payload = compressed;
    member.setMethod(8);
    member.setSize(static_cast<std::uint32_t>(inflated.size() + error));
    member.setCompressedSize(static_cast<std::uint32_t>(compressed.size()));
    member.setCrc32(Test::rawCrc32(inflated));
    inputFile().write(zip.bytes());
    const auto archive = WheelArchive::open(inputFile().opened());
    return archive ? (*archive)->read((*archive)->members().first()) : Result<QByteArray>(archive.error());
}

/// Any bytes as a deflate stream: read as zlib reads it, or refused.
void runInflate(const QByteArray &input)
{
    const Inflated expected = inflatedByZlib(input);
    const auto contents = readMember(input, expected.data, 0);
    if (!contents)
        demandGoodError(contents.error());
    demand(contents.has_value() == expected.isWhole, "a stream is good exactly when zlib finds it good");
    demand(!contents || *contents == expected.data, "it inflates to the same bytes");
    for (const int error : {1, -1}) {
        if (error >= 0 || !expected.data.isEmpty())
            demand(!readMember(input, expected.data, error), "a wrong size is noticed");
    }
}

RawZip twoFiles()
{
    RawZip zip;
    zip.add("a/b.txt", "stored", RawMethod::Stored);
    zip.add("a/c.txt", QByteArray(300, 'c'));
    return zip;
}

RawZip wheel()
{
    const QMap<QByteArray, QByteArray> files{
        {"demo/__init__.py", "VALUE = 1\n"},
        {"demo-1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: demo\nVersion: 1.0\nRequires-Dist: six (>=1) ; extra == 'x'\n\nText\n"},
        {"demo-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: seed\nRoot-Is-Purelib: true\nTag: py3-none-any\n"},
        {"demo-1.0.dist-info/entry_points.txt", "[axle.plugins]\nmain = demo:Plugin [x]\n"},
        {"demo-1.0.dist-info/EXTENSIONS", "{\"demo._fast\": \"demo/__init__.py\"}"},
    };
    RawZip zip;
    for (auto file = files.begin(); file != files.end(); ++file)
        zip.add(file.key(), file.value(), RawMethod::Stored);
    zip.add("demo-1.0.dist-info/RECORD", {}, RawMethod::Stored);
    rewriteRecord(zip);
    return zip;
}

Seeds archiveSeeds()
{
    RawZip descriptors = twoFiles();
    for (RawMember &member : descriptors.members)
        member.useDescriptor();

    RawZip zip64 = twoFiles();
    zip64.members[0].useZip64(0);
    zip64.zip64 = Test::RawZip64();
    zip64.end.members = zip64.end.membersOnDisk = 0xffff;

    RawZip folders = twoFiles();
    folders.add("a/");
    folders.add("\303\251t\303\251/");
    folders.end.comment = "a comment";

    RawZip extra = twoFiles();
    const QByteArray unicodePath =
        Test::le16(0x7075) + Test::le16(12) + '\1' + Test::le32(Test::rawCrc32("a/b.txt")) + "a/b.txt";
    extra.members[0].central.extra = extra.members[0].local.extra = unicodePath;

    RawZip nested;
    nested.add("inner.whl", twoFiles().bytes(), RawMethod::Stored);
    Seeds seeds{
        {QStringLiteral("empty"), RawZip().bytes()},
        {QStringLiteral("two-files"), twoFiles().bytes()},
        {QStringLiteral("wheel"), wheel().bytes()},
        {QStringLiteral("descriptors"), descriptors.bytes()},
        {QStringLiteral("zip64"), zip64.bytes()},
        {QStringLiteral("folders"), folders.bytes()},
        {QStringLiteral("extra-fields"), extra.bytes()},
        {QStringLiteral("nested"), nested.bytes()},
    };
    for (const Test::HostileWheel &wheel : Test::hostileWheels())
        seeds.insert(QString::fromLatin1(wheel.code), wheel.bytes);
    return seeds;
}

Seeds sharedObjectSeeds()
{
    return {
        {QStringLiteral("module"), Test::tinySharedObject("demo", EM_X86_64, 0)},
        {QStringLiteral("other-machine"), Test::tinySharedObject("demo", EM_AARCH64, PF_X)},
    };
}

Seeds inflateSeeds()
{
    QByteArray varied;
    for (int i = 0; i < 2000; ++i)
        varied += char(i * i % 251);
    return {
        {QStringLiteral("nothing"), Test::rawDeflate({})},
        {QStringLiteral("stored"), QByteArray("\1\5\0\372\377hello", 10)},
        {QStringLiteral("fixed-codes"), Test::rawDeflate("hello, hello, hello")},
        {QStringLiteral("own-codes"), Test::rawDeflate(varied + varied)},
        {QStringLiteral("runs"), Test::rawDeflate(QByteArray(5000, 'x'))},
        {QStringLiteral("two-blocks"), QByteArray("\0\1\0\376\377a\1\1\0\376\377b", 12)},
    };
}

} // namespace

QList<Target> archiveTargets()
{
    return {
        {"archive", runArchive, archiveSeeds},
        {"archive_struct", runArchive, archiveSeeds, mutateZip},
        {"inflate", runInflate, inflateSeeds},
        {"plain_zip", runPlainZip, archiveSeeds, mutateZip},
        {"shared_object", runSharedObject, sharedObjectSeeds},
    };
}

} // namespace Axle::Fuzz
