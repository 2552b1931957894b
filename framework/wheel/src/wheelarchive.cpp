#include <axle/wheel/wheelarchive.h>

#include "archivefault_p.h"
#include "endrecord_p.h"
#include "findings_p.h"
#include "inflate_p.h"
#include "localheaders_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

namespace Axle {

using Internal::CentralDirectory;
using Internal::CentralEntry;
using Internal::Findings;
using Internal::sentence;

namespace {

constexpr std::int64_t MaximumFileSize = 512LL * 1024 * 1024;
constexpr std::int64_t TarMagicOffset = 257;
constexpr QByteArrayView TarMagic("ustar", 5);

// The first bytes are a local header's, which leaves tar as the one common format that can begin the same way.
Result<void> checkPolyglot(const FileDescriptor &file, std::int64_t fileSize)
{
    if (fileSize < TarMagicOffset + TarMagic.size())
        return {};
    const auto magic = file.readAt(TarMagicOffset, TarMagic.size());
    if (!magic)
        return magic.error();
    if (*magic == TarMagic) {
        return Internal::fault(Codes::ZipPolyglot, {{}, TarMagicOffset},
            QStringLiteral("the file is a tar archive as well, expected nothing but a zip archive"));
    }
    return {};
}

// Who owns a file can change it at any time, also between two looks at it.
void judgeOwner(const FileDescriptor &file, Rules rules, Findings &findings)
{
    struct stat status = {};
    if (::fstat(file.get(), &status) != 0 || status.st_uid == 0 || status.st_uid == ::geteuid())
        return;
    addStrict(findings, rules,
        Error(Codes::FileForeignOwner,
            sentence("the file belongs to user %1, expected user %2 or root", status.st_uid, ::geteuid()),
            QStringLiteral("copy the file, so that it is yours")));
}

Result<void> checkFileSize(std::int64_t fileSize)
{
    if (fileSize <= MaximumFileSize)
        return {};
    return Error(
        Codes::FileTooLarge, sentence("the file has %1 bytes, expected at most %2", fileSize, MaximumFileSize));
}

/// All but the members' data. Nothing when a fault leaves nothing behind it to be believed, or is all that is wanted.
std::optional<CentralDirectory> readStructure(const FileDescriptor &file, Rules rules, Findings &findings)
{
    const auto identity = findings.take(file.identity());
    if (!identity)
        return std::nullopt;
    judgeOwner(file, rules, findings);
    const auto end = Internal::readEndRecord(file, identity->size, rules, findings);
    if (!end)
        return std::nullopt;
    findings.add(checkFileSize(identity->size));
    findings.add(checkPolyglot(file, identity->size));
    if (findings.isEnough())
        return std::nullopt;
    auto directory = Internal::readCentralDirectory(file, *end, rules, findings);
    if (!directory)
        return std::nullopt;
    Internal::placeMembers(file, *end, directory->entries, findings);
    findings.add(Internal::checkTotalSize(directory->entries, identity->size));
    return directory;
}

/// A host loads what lies in its folder, a tool what it is pointed to.
Result<FileDescriptor> openFile(const QString &path, Rules rules, Findings &findings)
{
    auto file = FileDescriptor::openRegular(path);
    if (file || rules == Rules::Strict)
        return file;
    const QFileInfo info(path);
    // Empty where the link leads nowhere.
    const QString target = info.isSymLink() ? info.canonicalFilePath() : QString();
    if (target.isEmpty())
        return file;
    addStrict(findings, rules, file.error());
    return FileDescriptor::openRegular(target);
}

Result<QByteArray> readMember(const FileDescriptor &file, const ArchiveMember &member)
{
    if (member.isFolder())
        return QByteArray();
    const auto compressed = file.readAt(member.dataOffset, member.compressedSize);
    if (!compressed)
        return compressed.error();
    return Internal::inflateMember(member, *compressed);
}

} // namespace

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(FileDescriptor file, Rules rules)
{
    return open(std::move(file), rules, Findings(Findings::Wanted::FirstFault));
}

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(const QString &path, Rules rules)
{
    Findings findings(Findings::Wanted::FirstFault);
    auto file = openFile(path, rules, findings);
    if (!file)
        return std::move(file).error();
    return open(std::move(*file), rules, std::move(findings));
}

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(FileDescriptor file, Rules rules, Findings findings)
{
    auto directory = readStructure(file, rules, findings);
    if (const auto fault = findings.fault())
        return *fault;
    std::shared_ptr<WheelArchive> archive(new WheelArchive);
    archive->m_file = std::move(file);
    archive->m_rules = rules;
    archive->m_findings = findings.list();
    archive->m_members.reserve(std::ssize(directory->entries));
    archive->m_index.reserve(std::ssize(directory->entries));
    for (CentralEntry &entry : directory->entries) {
        archive->m_index.insert(entry.member.name, archive->m_members.size());
        archive->m_members += std::move(entry.member);
    }
    return std::shared_ptr<const WheelArchive>(std::move(archive));
}

QList<Finding> WheelArchive::examine(const QString &path, Rules rules, Depth depth)
{
    Findings findings(Findings::Wanted::All);
    if (const auto file = findings.take(openFile(path, rules, findings)))
        examine(*file, rules, depth, findings);
    return findings.list();
}

QList<Finding> WheelArchive::examine(const FileDescriptor &file, Rules rules, Depth depth)
{
    Findings findings(Findings::Wanted::All);
    examine(file, rules, depth, findings);
    return findings.list();
}

void WheelArchive::examine(const FileDescriptor &file, Rules rules, Depth depth, Findings &findings)
{
    const auto directory = readStructure(file, rules, findings);
    const auto isBomb = [](const Finding &finding) { return finding.error.code() == Codes::ZipBomb; };
    const bool isHarmless = std::none_of(findings.list().begin(), findings.list().end(), isBomb);
    if (!directory || depth == Depth::Structure || !isHarmless)
        return;
    for (const CentralEntry &entry : directory->entries) {
        if (findings.isEnough())
            return;
        if (!entry.isSound)
            continue;
        if (const auto data = readMember(file, entry.member); !data)
            findings.add(data.error());
    }
}

const ArchiveMember *WheelArchive::find(const QString &name) const
{
    const qsizetype index = m_index.value(name, -1);
    return index < 0 ? nullptr : &m_members.at(index);
}

Result<QByteArray> WheelArchive::read(const ArchiveMember &member) const
{
    return readMember(m_file, member);
}

bool hasCompleteEnd(const FileDescriptor &file)
{
    const auto identity = file.identity();
    Findings findings(Findings::Wanted::FirstFault);
    return identity && Internal::readEndRecord(file, identity->size, Rules::Tolerant, findings).has_value();
}

} // namespace Axle
