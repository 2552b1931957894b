#include <axle/wheel/wheel.h>

#include "sentence_p.h"

#include <axle/core/codes.h>
#include <axle/packaging/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSet>

namespace Axle {

using Internal::printable;
using Internal::sentence;

namespace {

constexpr std::int64_t KiloByte = 1024;
constexpr std::int64_t MegaByte = 1024 * KiloByte;
constexpr auto DistInfoSuffix = QLatin1StringView(".dist-info");

std::int64_t metadataLimit(Rules rules)
{
    return rules == Rules::Strict ? MegaByte : 16 * MegaByte;
}

/// A file of the dist-info folder: what to say when it is not there, or larger than anything sensible.
struct Required
{
    QString member;
    ErrorCode missing;
    ErrorCode tooLarge;
    std::int64_t limit = 0;
};

Result<QByteArray> readRequired(const WheelArchive &archive, const Required &file)
{
    const ArchiveMember *member = archive.find(file.member);
    if (!member)
        return Error(file.missing,
            QStringLiteral("there is no '%1', expected every wheel to have one").arg(printable(file.member)));
    if (member->size > file.limit) {
        return Error(file.tooLarge,
            sentence("'%1' has %2 bytes, expected at most %3", printable(file.member), member->size, file.limit));
    }
    return archive.read(*member);
}

Result<QString> findDistInfo(const WheelArchive &archive)
{
    QStringList found;
    for (const ArchiveMember &member : archive.members()) {
        const qsizetype slash = member.name.indexOf(u'/');
        if (slash < 0 || !QStringView(member.name).first(slash).endsWith(DistInfoSuffix))
            continue;
        if (const QString folder = member.name.first(slash); !found.contains(folder))
            found += folder;
        if (found.size() > 1) {
            return Error(Codes::WheelDistInfo,
                sentence("there are the folders '%1' and '%2', expected one .dist-info folder", printable(found[0]),
                    printable(found[1])));
        }
    }
    if (found.isEmpty())
        return Error(Codes::WheelDistInfo,
            QStringLiteral("there is no .dist-info folder, expected one at the top of the wheel"));
    return found.first();
}

Result<void> sameName(const ProjectName &found, QLatin1StringView place, const WheelFileName &fileName)
{
    if (found == fileName.name)
        return {};
    return Error(Codes::WheelNameMismatch,
        sentence("%1 names the project '%2', expected '%3' as in the file name '%4'", place,
            printable(found.toString()), fileName.name.toString(), fileName.text),
        QStringLiteral("do not rename wheels"));
}

Result<void> sameVersion(const Version &found, QLatin1StringView place, const WheelFileName &fileName)
{
    if (found == fileName.version)
        return {};
    return Error(Codes::WheelVersionMismatch,
        sentence("%1 names the version '%2', expected '%3' as in the file name '%4'", place, found.toString(),
            fileName.version.toString(), fileName.text),
        QStringLiteral("do not rename wheels"));
}

QSet<Tag> setOf(const TagSet &tags)
{
    const QList<Tag> list = tags.tags();
    return {list.begin(), list.end()};
}

Result<void> sameTags(const WheelInfo &info, const WheelFileName &fileName)
{
    if (setOf(info.tags) == setOf(fileName.tags))
        return {};
    return Error(Codes::WheelTagMismatch,
        sentence("WHEEL names the tags '%1', expected '%2' as in the file name '%3'", info.tags.toString(),
            fileName.tags.toString(), fileName.text),
        QStringLiteral("do not rename wheels; 'wheel tags' changes the tags of one"));
}

} // namespace

Result<Wheel> Wheel::open(const QString &path, Rules rules)
{
    const QString fileName = QFileInfo(path).fileName();
    // The name is judged first: it costs no look at the file.
    if (const auto parsed = WheelFileName::parse(fileName); !parsed)
        return parsed.error();
    auto archive = WheelArchive::open(path, rules);
    if (!archive)
        return archive.error();
    return open(std::move(*archive), fileName);
}

Result<Wheel> Wheel::open(std::shared_ptr<const WheelArchive> archive, const QString &fileName)
{
    auto parsedName = WheelFileName::parse(fileName);
    if (!parsedName)
        return parsedName.error();
    Wheel wheel;
    wheel.m_fileName = std::move(*parsedName);
    wheel.m_archive = std::move(archive);
    for (const auto step : {&Wheel::openDistInfo, &Wheel::readMetadata, &Wheel::checkNames, &Wheel::readEntryPoints,
             &Wheel::readExtensions}) {
        if (const auto done = (wheel.*step)(); !done)
            return done.error();
    }
    return wheel;
}

/// The files that say how to read the rest: WHEEL and RECORD.
Result<void> Wheel::openDistInfo()
{
    auto distInfo = findDistInfo(*m_archive);
    if (!distInfo)
        return distInfo.error();
    m_distInfo = std::move(*distInfo);
    const auto wheelText = readRequired(*m_archive,
        {m_distInfo + QStringLiteral("/WHEEL"), Codes::WheelInfoMissing, Codes::WheelInfoInvalid, 64 * KiloByte});
    if (!wheelText)
        return wheelText.error();
    auto info = WheelInfo::parse(*wheelText);
    if (!info)
        return info.error();
    m_info = std::move(*info);
    const auto recordText = readRequired(*m_archive,
        {m_distInfo + QStringLiteral("/RECORD"), Codes::RecordMissing, Codes::RecordTooLarge, 8 * MegaByte});
    if (!recordText)
        return recordText.error();
    auto record = Record::parse(*recordText);
    if (!record)
        return record.error();
    m_record = std::move(*record);
    return {};
}

Result<void> Wheel::readMetadata()
{
    const auto text = readRequired(*m_archive,
        {m_distInfo + QStringLiteral("/METADATA"), Codes::MetadataMissing, Codes::MetadataTooLarge,
            metadataLimit(m_archive->rules())});
    if (!text)
        return text.error();
    auto metadata = CoreMetadata::parse(*text);
    if (!metadata)
        return metadata.error();
    m_metadata = std::move(*metadata);
    return {};
}

Result<void> Wheel::readEntryPoints()
{
    const QString file = m_distInfo + QStringLiteral("/entry_points.txt");
    if (!m_archive->find(file))
        return {};
    const auto text =
        readRequired(*m_archive, {file, Codes::EntryPointsInvalid, Codes::EntryPointsInvalid, 256 * KiloByte});
    if (!text)
        return text.error();
    auto entryPoints = EntryPoints::parse(*text);
    if (!entryPoints)
        return entryPoints.error();
    m_entryPoints = std::move(*entryPoints);
    return {};
}

Result<void> Wheel::readExtensions()
{
    const QString file = m_distInfo + QStringLiteral("/EXTENSIONS");
    if (!m_archive->find(file))
        return {};
    const auto text =
        readRequired(*m_archive, {file, Codes::ExtensionsInvalid, Codes::ExtensionsInvalid, 256 * KiloByte});
    if (!text)
        return text.error();
    auto extensions = ExtensionMap::parse(*text);
    if (!extensions)
        return extensions.error();
    const QMap<QString, QString> &modules = extensions->modules();
    for (auto module = modules.begin(); module != modules.end(); ++module) {
        if (!m_archive->find(module.value())) {
            return Error(Codes::ExtensionsInvalid,
                sentence("EXTENSIONS gives '%1' for the module '%2', expected the wheel to have that file",
                    printable(module.value()), printable(module.key())));
        }
    }
    m_extensions = std::move(*extensions);
    return {};
}

Result<void> Wheel::checkNames()
{
    const QStringView stem = QStringView(m_distInfo).chopped(DistInfoSuffix.size());
    const qsizetype dash = stem.indexOf(u'-');
    const auto name = ProjectName::parse(stem.first(qMax<qsizetype>(dash, 0)));
    const auto version = Version::parse(stem.sliced(dash + 1));
    if (!name || !version) {
        return Error(Codes::WheelDistInfo,
            QStringLiteral("the folder '%1' has no name and version, expected 'name-version.dist-info'")
                .arg(printable(m_distInfo)));
    }
    constexpr auto folder = QLatin1StringView("the .dist-info folder");
    constexpr auto metadata = QLatin1StringView("METADATA");
    if (const auto same = sameName(*name, folder, m_fileName); !same)
        return same.error();
    if (const auto same = sameVersion(*version, folder, m_fileName); !same)
        return same.error();
    if (const auto same = sameName(m_metadata.name, metadata, m_fileName); !same)
        return same.error();
    if (const auto same = sameVersion(m_metadata.version, metadata, m_fileName); !same)
        return same.error();
    return sameTags(m_info, m_fileName);
}

/// RECORD cannot list its own hash, nor the signatures that are made of it (PEP 427).
bool Wheel::isUnlisted(const QString &member) const
{
    const QString record = m_distInfo + QStringLiteral("/RECORD");
    return member == record || member == record + QStringLiteral(".jws") || member == record + QStringLiteral(".p7s");
}

Result<QByteArray> Wheel::read(const QString &member) const
{
    const ArchiveMember *found = m_archive->find(member);
    if (!found) {
        return Error(
            Axle::Codes::FileNotFound, sentence("there is no '%1' in '%2'", printable(member), m_fileName.text));
    }
    auto data = m_archive->read(*found);
    if (!data || found->isFolder() || isUnlisted(member))
        return data;
    if (const auto checked = m_record.check(member, *data); !checked)
        return checked.error();
    return data;
}

/// Names only, so that nothing is inflated for a wheel whose list is wrong.
Result<void> Wheel::checkListing() const
{
    for (const ArchiveMember &member : m_archive->members()) {
        if (!member.isFolder() && !isUnlisted(member.name) && !m_record.find(member.name))
            return m_record.check(member.name, {});
    }
    for (const RecordEntry &entry : m_record.entries()) {
        if (!m_archive->find(entry.path)) {
            return Error(Codes::RecordGhost,
                QStringLiteral("RECORD lists '%1', expected the wheel to have it").arg(printable(entry.path)),
                QStringLiteral(
                    "the file was taken out of the wheel after it was built; get the wheel from its author again"));
        }
    }
    return {};
}

Result<void> Wheel::verify(const Accept &accept) const
{
    if (const auto checked = checkListing(); !checked)
        return checked.error();
    for (const ArchiveMember &member : m_archive->members()) {
        if (member.isFolder())
            continue;
        const auto data = read(member.name);
        if (!data)
            return data.error();
        if (!accept)
            continue;
        if (const auto accepted = accept(member, *data); !accepted)
            return accepted.error();
    }
    return {};
}

} // namespace Axle
