#include <axle/wheel/wheelwriter.h>

#include "pendingfile_p.h"
#include "sentence_p.h"
#include "zipoutput_p.h"

#include <axle/packaging/projectname.h>
#include <axle/packaging/tag.h>
#include <axle/packaging/version.h>
#include <axle/wheel/codes.h>
#include <axle/wheel/digest.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QDateTime>
#include <QtCore/QFile>

#include <algorithm>

namespace Axle {

using Internal::sentence;

namespace {

/// As the binary distribution format escapes names; text that is no name stays, for `write` to refuse.
QString escapedName(const QString &name)
{
    const auto parsed = ProjectName::parse(name);
    return parsed ? parsed->normalized().replace(u'-', u'_') : name;
}

QString normalizedVersion(const QString &version)
{
    const auto parsed = Version::parse(version);
    return parsed ? parsed->toString() : version;
}

QString csvField(const QString &text)
{
    if (!text.contains(u',') && !text.contains(u'"'))
        return text;
    return u'"' + QString(text).replace(u'"', QStringLiteral("\"\"")) + u'"';
}

QString recordRow(const QString &path, const QByteArray &data)
{
    const QByteArray digest = Digest::of(HashAlgorithm::Sha256, data)
                                  .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    return QStringLiteral("%1,sha256=%2,%3\n")
        .arg(csvField(path), QString::fromLatin1(digest), QString::number(data.size()));
}

/// Zip files have no earlier date than 1980 and no later one than 2107.
QDateTime buildDate()
{
    const QDateTime first(QDate(1980, 1, 1), QTime(0, 0), Qt::UTC);
    const QDateTime last(QDate(2107, 12, 31), QTime(23, 59, 58), Qt::UTC);
    bool isNumber = false;
    const qint64 epoch = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&isNumber);
    const bool isInRange = isNumber && epoch >= first.toSecsSinceEpoch() && epoch <= last.toSecsSinceEpoch();
    if (isInRange)
        return QDateTime::fromSecsSinceEpoch(epoch, Qt::UTC);
    return isNumber && epoch > last.toSecsSinceEpoch() ? last : first;
}

QString folderOf(WheelWriter::Scheme scheme)
{
    switch (scheme) {
    case WheelWriter::Scheme::Purelib:
        return QStringLiteral("purelib");
    case WheelWriter::Scheme::Platlib:
        return QStringLiteral("platlib");
    case WheelWriter::Scheme::Headers:
        return QStringLiteral("headers");
    case WheelWriter::Scheme::Scripts:
        return QStringLiteral("scripts");
    case WheelWriter::Scheme::Data:
        return QStringLiteral("data");
    }
    Q_UNREACHABLE();
}

QString header(const QString &name, const QString &value)
{
    return name + QStringLiteral(": ") + QString(value).replace(u'\n', QStringLiteral("\n        ")) + u'\n';
}

} // namespace

WheelWriter::WheelWriter(const QString &name, const QString &version, const QString &tag)
    : m_name(name)
    , m_version(normalizedVersion(version))
    , m_tag(tag)
{
}

void WheelWriter::setBuild(const QString &build)
{
    m_build = build;
}

void WheelWriter::addFile(const QString &path, const QByteArray &data, bool executable)
{
    m_files.insert(path, {data, executable});
}

void WheelWriter::addDataFile(Scheme scheme, const QString &path, const QByteArray &data, bool executable)
{
    addFile(QStringLiteral("%1.data/%2/%3").arg(stem(), folderOf(scheme), path), data, executable);
}

void WheelWriter::addMetadata(const QString &header, const QString &value)
{
    m_metadata += {header, value};
}

void WheelWriter::setDescription(const QString &text)
{
    m_description = text;
}

void WheelWriter::addEntryPoint(const QString &group, const QString &name, const QString &value)
{
    m_entryPoints += {group, name, value};
}

void WheelWriter::addLicenseFile(const QString &path, const QByteArray &data)
{
    addMetadata(QStringLiteral("License-File"), path);
    addDistInfoFile(QStringLiteral("licenses/") + path, data);
}

void WheelWriter::addDistInfoFile(const QString &path, const QByteArray &data)
{
    m_distInfoFiles.insert(path, data);
}

QString WheelWriter::fileName() const
{
    const QString build = m_build.isEmpty() ? QString() : m_build + u'-';
    return QStringLiteral("%1-%2%3.whl").arg(stem(), build, m_tag);
}

/// What its folders begin with.
QString WheelWriter::stem() const
{
    return escapedName(m_name) + u'-' + m_version;
}

QString WheelWriter::distInfo() const
{
    return stem() + QStringLiteral(".dist-info/");
}

/// Indexes and older tools refuse a newer version than the headers need, and headers that the version does not have.
QString WheelWriter::metadataVersion() const
{
    const auto has = [this](QLatin1StringView wanted) {
        return std::any_of(m_metadata.begin(), m_metadata.end(),
            [&](const auto &pair) { return pair.first.compare(wanted, Qt::CaseInsensitive) == 0; });
    };
    if (has(QLatin1StringView("License-Expression")) || has(QLatin1StringView("License-File")))
        return QStringLiteral("2.4");
    return has(QLatin1StringView("Dynamic")) ? QStringLiteral("2.2") : QStringLiteral("2.1");
}

QByteArray WheelWriter::metadataText() const
{
    QString text = header(QStringLiteral("Metadata-Version"), metadataVersion())
        + header(QStringLiteral("Name"), m_name) + header(QStringLiteral("Version"), m_version);
    for (const auto &[name, value] : m_metadata)
        text += header(name, value);
    if (!m_description.isEmpty())
        text += u'\n' + m_description;
    return text.toUtf8();
}

QByteArray WheelWriter::wheelText() const
{
    const bool isPure = m_tag.endsWith(QStringLiteral("-none-any"));
    QString text = header(QStringLiteral("Wheel-Version"), QStringLiteral("1.0"))
        + header(QStringLiteral("Generator"), QStringLiteral("axle"))
        + header(QStringLiteral("Root-Is-Purelib"), isPure ? QStringLiteral("true") : QStringLiteral("false"));
    if (!m_build.isEmpty())
        text += header(QStringLiteral("Build"), m_build);
    const auto tags = TagSet::parse(m_tag);
    for (const Tag &tag : tags ? tags->tags() : QList<Tag>())
        text += header(QStringLiteral("Tag"), tag.toString());
    return text.toUtf8();
}

QByteArray WheelWriter::entryPointsText() const
{
    QStringList groups;
    for (const EntryPointLine &line : m_entryPoints) {
        if (!groups.contains(line.group))
            groups += line.group;
    }
    QString text;
    for (const QString &group : groups) {
        text += QStringLiteral("[%1]\n").arg(group);
        for (const EntryPointLine &line : m_entryPoints) {
            if (line.group == group)
                text += QStringLiteral("%1 = %2\n").arg(line.name, line.value);
        }
    }
    return text.toUtf8();
}

/// Everything that the archive will hold, in its order; RECORD last.
WheelWriter::Members WheelWriter::members() const
{
    QMap<QString, File> distInfoFiles;
    for (auto file = m_distInfoFiles.begin(); file != m_distInfoFiles.end(); ++file)
        distInfoFiles.insert(distInfo() + file.key(), {file.value(), false});
    distInfoFiles.insert(distInfo() + QStringLiteral("METADATA"), {metadataText(), false});
    distInfoFiles.insert(distInfo() + QStringLiteral("WHEEL"), {wheelText(), false});
    if (!m_entryPoints.isEmpty())
        distInfoFiles.insert(distInfo() + QStringLiteral("entry_points.txt"), {entryPointsText(), false});

    Members members;
    QString record;
    for (const QMap<QString, File> *files : {&m_files, static_cast<const QMap<QString, File> *>(&distInfoFiles)}) {
        for (auto file = files->begin(); file != files->end(); ++file) {
            members += {file.key(), file.value()};
            record += recordRow(file.key(), file->data);
        }
    }
    const QString recordPath = distInfo() + QStringLiteral("RECORD");
    record += csvField(recordPath) + QStringLiteral(",,\n");
    members += {recordPath, {record.toUtf8(), false}};
    return members;
}

Result<QString> WheelWriter::write(const QString &folder) const
{
    if (const auto name = WheelFileName::parse(fileName()); !name)
        return name.error();
    const QString target = folder + u'/' + fileName();
    Internal::PendingFile pending(target);
    if (const auto opened = pending.open(); !opened)
        return opened.error();
    if (const auto written = writeTo(pending.device()); !written)
        return written.error();

    auto archive = WheelArchive::open(pending.path());
    if (!archive)
        return archive.error();
    const auto wheel = Wheel::open(std::move(*archive), fileName());
    if (!wheel)
        return wheel.error();
    if (const auto verified = wheel->readAll(); !verified)
        return verified.error();
    if (const auto committed = pending.commit(); !committed)
        return committed.error();
    return target;
}

Result<void> WheelWriter::writeTo(QFile &file) const
{
    Internal::ZipOutput zip(file, buildDate());
    if (const auto opened = zip.open(); !opened)
        return opened.error();
    for (const auto &[path, member] : members()) {
        if (const auto added = zip.add(path, member.data, member.executable); !added)
            return added.error();
    }
    if (const auto closed = zip.close(); !closed)
        return closed.error();
    if (!file.flush())
        return Error(Codes::WheelNotWritten, sentence("cannot write '%1': %2", fileName(), file.errorString()));
    return {};
}

} // namespace Axle
