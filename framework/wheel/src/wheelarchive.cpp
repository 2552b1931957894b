#include <axle/wheel/wheelarchive.h>

#include "archivefault_p.h"
#include "endrecord_p.h"
#include "inflate_p.h"
#include "localheaders_p.h"
#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QFileInfo>

namespace Axle {

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

} // namespace

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(FileDescriptor file, Rules rules)
{
    const auto identity = file.identity();
    if (!identity)
        return identity.error();
    const std::int64_t fileSize = identity->size;
    const auto end = Internal::readEndRecord(file, fileSize, rules);
    if (!end)
        return end.error();
    if (fileSize > MaximumFileSize) {
        return Error(
            Codes::FileTooLarge, sentence("the file has %1 bytes, expected at most %2", fileSize, MaximumFileSize));
    }
    if (const auto checked = checkPolyglot(file, fileSize); !checked)
        return checked.error();
    auto entries = Internal::readCentralDirectory(file, *end, rules);
    if (!entries)
        return entries.error();
    if (const auto placed = Internal::placeMembers(file, *end, *entries); !placed)
        return placed.error();
    if (const auto checked = Internal::checkTotalSize(*entries, fileSize); !checked)
        return checked.error();

    std::shared_ptr<WheelArchive> archive(new WheelArchive);
    archive->m_file = std::move(file);
    archive->m_rules = rules;
    archive->m_members.reserve(entries->size());
    archive->m_index.reserve(entries->size());
    for (Internal::CentralEntry &entry : *entries) {
        archive->m_index.insert(entry.member.name, archive->m_members.size());
        archive->m_members += std::move(entry.member);
    }
    return std::shared_ptr<const WheelArchive>(std::move(archive));
}

Result<std::shared_ptr<const WheelArchive>> WheelArchive::open(const QString &path, Rules rules)
{
    // A host loads what lies in its folder, a tool what it is pointed to; the resolved path may be empty, then `path`
    // says what is wrong.
    const QString target = rules == Rules::Tolerant ? QFileInfo(path).canonicalFilePath() : QString();
    auto file = FileDescriptor::openRegular(target.isEmpty() ? path : target);
    if (!file)
        return file.error();
    return open(std::move(*file), rules);
}

const ArchiveMember *WheelArchive::find(const QString &name) const
{
    const qsizetype index = m_index.value(name, -1);
    return index < 0 ? nullptr : &m_members.at(index);
}

Result<QByteArray> WheelArchive::read(const ArchiveMember &member) const
{
    if (member.isFolder())
        return QByteArray();
    const auto compressed = m_file.readAt(member.dataOffset, member.compressedSize);
    if (!compressed)
        return compressed.error();
    return Internal::inflateMember(member, *compressed);
}

bool hasCompleteEnd(const FileDescriptor &file)
{
    const auto identity = file.identity();
    return identity && Internal::readEndRecord(file, identity->size, Rules::Tolerant).has_value();
}

} // namespace Axle
