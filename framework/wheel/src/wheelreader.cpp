#include "wheelreader_p.h"

#include "sentence_p.h"

#include <axle/packaging/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QSet>
#include <QtCore/QStringBuilder>

namespace Axle::Internal {

namespace {

constexpr std::int64_t KiloByte = 1024;
constexpr std::int64_t MegaByte = 1024 * KiloByte;
constexpr QByteArrayView DistInfoSuffix(".dist-info");

std::int64_t metadataLimit(Rules rules)
{
    return rules == Rules::Strict ? MegaByte : 16 * MegaByte;
}

Error missing(ErrorCode code)
{
    return Error(code, QStringLiteral("there is no such file, expected every wheel to have it"));
}

Error tooLarge(ErrorCode code, std::int64_t size, std::int64_t limit)
{
    return Error(code, sentence("%1 bytes, expected at most %2", size, limit));
}

Result<QString> distInfoOf(const WheelArchive &archive)
{
    QStringList found;
    for (const ArchiveMember &member : archive.members()) {
        const qsizetype slash = member.rawName.indexOf('/');
        if (slash < 0 || !member.rawName.first(slash).endsWith(DistInfoSuffix))
            continue;
        if (const QString folder = QString::fromUtf8(member.rawName.first(slash)); !found.contains(folder))
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
    if (info.tags == fileName.tags || setOf(info.tags) == setOf(fileName.tags))
        return {};
    return Error(Codes::WheelTagMismatch,
        sentence("WHEEL names the tags '%1', expected '%2' as in the file name '%3'", info.tags.toString(),
            fileName.tags.toString(), fileName.text),
        QStringLiteral("do not rename wheels; 'wheel tags' changes the tags of one"));
}

} // namespace

/// A file of the dist-info folder: what to say when it is not there, or larger than anything sensible.
struct WheelReader::Source
{
    const char *name;
    ErrorCode missing;
    ErrorCode tooLarge;
    std::int64_t limit = 0;
};

WheelReader::WheelReader(std::shared_ptr<const WheelArchive> archive, const WheelFileName &fileName, Findings &findings)
    : m_findings(findings)
{
    m_wheel.m_archive = std::move(archive);
    m_wheel.m_fileName = fileName;
}

void WheelReader::read(Depth depth)
{
    m_depth = depth;
    findDistInfo();
    if (m_wheel.m_distInfo.isEmpty())
        return;
    const auto record = depth == Depth::Summary ? &WheelReader::findRecord : &WheelReader::readRecord;
    for (const auto step : {&WheelReader::readInfo, record, &WheelReader::readMetadata, &WheelReader::checkNames,
             &WheelReader::readEntryPoints, &WheelReader::readExtensions}) {
        if (m_findings.isEnough())
            return;
        (this->*step)();
    }
}

QString WheelReader::path(const char *file) const
{
    return m_wheel.m_distInfo % u'/' % QLatin1StringView(file);
}

Result<QByteArray> WheelReader::textOf(const Source &source) const
{
    const ArchiveMember *member = m_wheel.m_archive->find(path(source.name));
    if (!member)
        return missing(source.missing);
    if (member->size > source.limit)
        return tooLarge(source.tooLarge, member->size, source.limit);
    return m_wheel.m_archive->read(*member);
}

template<class T>
std::optional<T> WheelReader::parse(const Source &source, Result<T> (*parsed)(const QByteArray &text))
{
    auto result = textOf(source).and_then(parsed);
    if (!result && result.error().place().isEmpty())
        result = Error(result.error()).withPlace({printable(path(source.name))});
    return m_findings.take(std::move(result));
}

bool WheelReader::isThere(const char *file) const
{
    return m_wheel.m_archive->find(path(file)) != nullptr;
}

void WheelReader::findDistInfo()
{
    if (auto distInfo = m_findings.take(distInfoOf(*m_wheel.m_archive)))
        m_wheel.m_distInfo = std::move(*distInfo);
}

void WheelReader::readInfo()
{
    auto info = parse<WheelInfo>({"WHEEL", Codes::WheelInfoMissing, Codes::WheelInfoInvalid, 64 * KiloByte});
    if (!info)
        return;
    m_hasInfo = true;
    m_wheel.m_info = std::move(*info);
    // Tools may look at a wheel that they cannot use.
    const bool isUsed = m_wheel.m_archive->rules() == Rules::Strict || m_findings.wanted() == Findings::Wanted::All;
    if (const auto known = m_wheel.m_info.checkFormat(); isUsed && !known)
        m_findings.add(Finding::Severity::Fatal, Error(known.error()).withPlace({printable(path("WHEEL"))}));
}

void WheelReader::findRecord()
{
    if (!isThere("RECORD"))
        m_findings.add(Finding::Severity::Fatal, missing(Codes::RecordMissing).withPlace({printable(path("RECORD"))}));
}

void WheelReader::readRecord()
{
    auto record = parse<Record>({"RECORD", Codes::RecordMissing, Codes::RecordTooLarge, 8 * MegaByte});
    if (!record)
        return;
    m_hasRecord = true;
    m_wheel.m_record = std::move(*record);
}

void WheelReader::readMetadata()
{
    const Rules rules = m_wheel.m_archive->rules();
    auto metadata =
        parse<CoreMetadata>({"METADATA", Codes::MetadataMissing, Codes::MetadataTooLarge, metadataLimit(rules)},
            m_depth == Depth::Summary ? &CoreMetadata::parseForChoice : &CoreMetadata::parse);
    if (!metadata)
        return;
    m_hasMetadata = true;
    m_wheel.m_metadata = std::move(*metadata);
    const std::int64_t size = m_wheel.m_archive->find(path("METADATA"))->size;
    if (size > metadataLimit(Rules::Strict)) {
        m_findings.add(Finding::Severity::Policy,
            tooLarge(Codes::MetadataTooLarge, size, metadataLimit(Rules::Strict))
                .withPlace({printable(path("METADATA"))}));
    }
}

void WheelReader::checkNames()
{
    const WheelFileName &fileName = m_wheel.m_fileName;
    const QStringView stem = QStringView(m_wheel.m_distInfo).chopped(DistInfoSuffix.size());
    const qsizetype dash = stem.indexOf(u'-');
    const auto name = ProjectName::parse(stem.first(qMax<qsizetype>(dash, 0)));
    const auto version = Version::parse(stem.sliced(dash + 1));
    const auto check = [this](const Result<void> &checked) {
        if (!m_findings.isEnough())
            m_findings.add(checked);
    };
    if (name && version) {
        constexpr auto folder = QLatin1StringView("the .dist-info folder");
        check(sameName(*name, folder, fileName));
        check(sameVersion(*version, folder, fileName));
    } else {
        check(Error(Codes::WheelDistInfo,
            sentence("the folder '%1' has no name and version, expected 'name-version.dist-info'",
                printable(m_wheel.m_distInfo))));
    }
    if (m_hasMetadata) {
        constexpr auto metadata = QLatin1StringView("METADATA");
        check(sameName(m_wheel.m_metadata.name, metadata, fileName));
        check(sameVersion(m_wheel.m_metadata.version, metadata, fileName));
    }
    if (m_hasInfo)
        check(sameTags(m_wheel.m_info, fileName));
}

void WheelReader::readEntryPoints()
{
    if (!isThere("entry_points.txt"))
        return;
    auto entryPoints =
        parse<EntryPoints>({"entry_points.txt", Codes::EntryPointsInvalid, Codes::EntryPointsInvalid, 256 * KiloByte});
    if (entryPoints)
        m_wheel.m_entryPoints = std::move(*entryPoints);
}

void WheelReader::readExtensions()
{
    if (!isThere("EXTENSIONS"))
        return;
    auto extensions =
        parse<ExtensionMap>({"EXTENSIONS", Codes::ExtensionsInvalid, Codes::ExtensionsInvalid, 256 * KiloByte});
    if (!extensions)
        return;
    const QMap<QString, QString> &modules = extensions->modules();
    for (auto module = modules.begin(); module != modules.end() && !m_findings.isEnough(); ++module) {
        if (m_wheel.m_archive->find(module.value()))
            continue;
        m_findings.add(Finding::Severity::Fatal,
            Error(Codes::ExtensionsInvalid,
                sentence("the file '%1' for the module '%2', expected the wheel to have it", printable(module.value()),
                    printable(module.key())))
                .withPlace({printable(path("EXTENSIONS"))}));
    }
    m_wheel.m_extensions = std::move(*extensions);
}

} // namespace Axle::Internal
