#include <axle/wheel/wheelarchive.h>

#include "archivefault_p.h"
#include "endrecord_p.h"
#include "fileowner_p.h"
#include "findings_p.h"
#include "inflate_p.h"
#include "limits_p.h"
#include "localheaders_p.h"
#include "sentence_p.h"
#include "storedarchive_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <bit>

namespace Axle {

using Internal::ArchiveBytes;
using Internal::CentralDirectory;
using Internal::Findings;
using Internal::FolderListing;

namespace {

constexpr std::int64_t TarMagicOffset = 257;
constexpr QByteArrayView TarMagic("ustar", 5);

// The first bytes are a local header's, which leaves tar as the one common format that can begin the same way.
Result<void> checkPolyglot(const ArchiveBytes &file, std::int64_t fileSize)
{
    if (fileSize < TarMagicOffset + TarMagic.size())
        return {};
    const auto magic = file.readAt(TarMagicOffset, TarMagic.size());
    if (!magic)
        return magic.error();
    if (magic->view == TarMagic) {
        return Internal::fault(Codes::ZipPolyglot, {{}, TarMagicOffset},
            QStringLiteral("the file is a tar archive as well, expected nothing but a zip archive"));
    }
    return {};
}

void judgeOwner(const FileStatus &status, Rules rules, Findings &findings)
{
    if (const auto checked = Internal::checkOwner(status, {{}, -1}); !checked)
        addStrict(findings, rules, checked.error());
}

/// All but the members' data. Nothing when a fault leaves nothing behind it to be believed, or is all that is wanted.
std::optional<CentralDirectory> readStructure(
    const ArchiveBytes &file, std::int64_t fileSize, Rules rules, Findings &findings)
{
    const auto end = Internal::readEndRecord(file, fileSize, rules, findings);
    if (!end)
        return std::nullopt;
    findings.add(Internal::checkFileSize(fileSize));
    findings.add(checkPolyglot(file, fileSize));
    if (findings.isEnough())
        return std::nullopt;
    auto directory = Internal::readCentralDirectory(file, *end, rules, findings);
    if (!directory)
        return std::nullopt;
    Internal::placeMembers(file, *end, *directory, findings);
    findings.add(Internal::checkTotalSize(*directory, fileSize));
    return directory;
}

/// A file, or a folder with the name of a wheel.
Result<OpenedFile> openFileOrFolder(const QString &path, bool mayBeFolder)
{
    auto file = FileDescriptor::openWithStatus(path);
    if (file || !mayBeFolder)
        return file;
    FileDescriptor folder = Internal::openFolder(path);
    const auto status = folder.status();
    return status ? OpenedFile{std::move(folder), *status} : std::move(file);
}

/// A host loads what lies in its folder, a tool what it is pointed to.
Result<OpenedFile> openPath(const QString &path, Rules rules, Findings &findings)
{
    // A slash at the end would have a link followed.
    const QString clean = path.endsWith(u'/') ? QDir::cleanPath(path) : path;
    const bool mayBeFolder = clean.endsWith(QLatin1StringView(".whl"));
    auto file = openFileOrFolder(clean, mayBeFolder);
    if (file || rules == Rules::Strict)
        return file;
    const QFileInfo info(clean);
    // Empty where the link leads nowhere.
    const QString target = info.isSymLink() ? info.canonicalFilePath() : QString();
    if (target.isEmpty())
        return file;
    addStrict(findings, rules, file.error());
    return openFileOrFolder(target, mayBeFolder);
}

Result<FileIdentity> contentIdentity(const FileDescriptor &file, const FileStatus &status, Rules rules)
{
    if (!status.isFolder())
        return status.identity;
    Findings findings(Findings::Wanted::FirstFault);
    const auto listing = Internal::listFolder(file, rules, findings);
    if (const auto fault = findings.fault())
        return *fault;
    return listing->identity;
}

Result<QByteArray> readMember(const ArchiveBytes &file, const ArchiveMember &member)
{
    if (member.isFolder())
        return QByteArray();
    const auto compressed = file.readAt(member.dataOffset, member.compressedSize);
    if (!compressed)
        return compressed.error();
    return Internal::inflateMember(member, compressed->view);
}

} // namespace

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(FileDescriptor file, Rules rules)
{
    const auto status = file.status();
    return status ? open({std::move(file), *status}, rules, Findings(Findings::Wanted::FirstFault)) : status.error();
}

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(const QString &path, Rules rules)
{
    Findings findings(Findings::Wanted::FirstFault);
    auto opened = openPath(path, rules, findings);
    if (!opened)
        return std::move(opened).error();
    return open(std::move(*opened), rules, std::move(findings));
}

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(OpenedFile opened, Rules rules, Findings findings)
{
    std::shared_ptr<WheelArchive> archive(new WheelArchive);
    if (opened.status.isFolder()) {
        if (auto listing = Internal::listFolder(opened.file, rules, findings))
            archive->take(std::move(*listing));
    } else {
        archive->m_identity = opened.status.identity;
        judgeOwner(opened.status, rules, findings);
        const ArchiveBytes bytes(opened.file, archive->m_identity.size);
        if (auto directory = readStructure(bytes, archive->m_identity.size, rules, findings))
            archive->take(std::move(*directory));
        archive->m_whole = bytes.whole();
    }
    if (const auto fault = findings.fault())
        return *fault;
    archive->m_file = std::move(opened.file);
    archive->m_rules = rules;
    archive->m_findings = findings.list();
    return std::shared_ptr<const WheelArchive>(std::move(archive));
}

void WheelArchive::take(CentralDirectory directory)
{
    m_directory = std::move(directory.owner);
    m_members = std::move(directory.members);
    indexMembers();
}

void WheelArchive::take(FolderListing listing)
{
    m_members.reserve(std::ssize(listing.files));
    for (const Internal::ListedFile &file : listing.files)
        m_members += file.member;
    indexMembers();
    m_identity = listing.identity;
    m_folder = std::make_shared<const FolderListing>(std::move(listing));
}

void WheelArchive::indexMembers()
{
    m_slots.assign(std::bit_ceil(static_cast<size_t>(m_members.size()) * 3 / 2 + 1), 0);
    for (qsizetype i = 0; i < m_members.size(); ++i)
        m_slots[slotOf(m_members.at(i).rawName)] = static_cast<std::uint32_t>(i + 1);
}

size_t WheelArchive::slotOf(QByteArrayView rawName) const
{
    const size_t mask = m_slots.size() - 1;
    size_t slot = qHash(rawName, QHashSeed::globalSeed()) & mask;
    while (m_slots[slot] != 0 && m_members.at(m_slots[slot] - 1).rawName != rawName)
        slot = (slot + 1) & mask;
    return slot;
}

Result<FileIdentity> WheelArchive::currentIdentity() const
{
    const auto status = m_file.status();
    return status ? contentIdentity(m_file, *status, m_rules) : status.error();
}

Result<FileIdentity> WheelArchive::identityOf(const QString &path, Rules rules)
{
    Findings findings(Findings::Wanted::FirstFault);
    const auto opened = openPath(path, rules, findings);
    return opened ? contentIdentity(opened->file, opened->status, rules) : opened.error();
}

QList<Finding> WheelArchive::examine(const QString &path, Rules rules, Depth depth)
{
    Findings findings(Findings::Wanted::All);
    if (const auto opened = findings.take(openPath(path, rules, findings)))
        examine(opened->file, opened->status, rules, depth, findings);
    return findings.list();
}

QList<Finding> WheelArchive::examine(const FileDescriptor &file, Rules rules, Depth depth)
{
    Findings findings(Findings::Wanted::All);
    if (const auto status = findings.take(file.status()))
        examine(file, *status, rules, depth, findings);
    return findings.list();
}

void WheelArchive::examine(
    const FileDescriptor &file, const FileStatus &status, Rules rules, Depth depth, Findings &findings)
{
    // Files in a folder have nothing that their bytes could contradict.
    if (status.isFolder()) {
        Internal::listFolder(file, rules, findings);
        return;
    }
    judgeOwner(status, rules, findings);
    const ArchiveBytes bytes(file, status.identity.size);
    const auto directory = readStructure(bytes, status.identity.size, rules, findings);
    const auto isBomb = [](const Finding &finding) { return finding.error.code() == Codes::ZipBomb; };
    const bool isHarmless = std::none_of(findings.list().begin(), findings.list().end(), isBomb);
    if (!directory || depth == Depth::Structure || !isHarmless)
        return;
    for (size_t i = 0; i < directory->entries.size(); ++i) {
        if (findings.isEnough())
            return;
        if (!directory->entries[i].isSound)
            continue;
        if (const auto data = readMember(bytes, directory->members.at(static_cast<qsizetype>(i))); !data)
            findings.add(data.error());
    }
}

const ArchiveMember *WheelArchive::find(const QString &name) const
{
    return find(QByteArrayView(name.toUtf8()));
}

const ArchiveMember *WheelArchive::find(QByteArrayView rawName) const
{
    const std::uint32_t number = m_slots[slotOf(rawName)];
    return number == 0 ? nullptr : &m_members.at(number - 1);
}

Result<QByteArray> WheelArchive::read(const ArchiveMember &member) const
{
    if (!m_folder)
        return readMember(ArchiveBytes(m_file, m_whole), member);
    return Internal::readListed(m_file, m_folder->files.at(m_slots[slotOf(member.rawName)] - 1));
}

Result<void> WheelArchive::pack(const Sink &sink) const
{
    Q_ASSERT(m_folder);
    return Internal::writeStored(m_file, m_folder->files, sink);
}

bool hasCompleteEnd(const FileDescriptor &file)
{
    const auto identity = file.identity();
    Findings findings(Findings::Wanted::FirstFault);
    return identity
        && Internal::readEndRecord(ArchiveBytes(file, identity->size), identity->size, Rules::Tolerant, findings)
               .has_value();
}

} // namespace Axle
