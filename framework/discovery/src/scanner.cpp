#include <axle/discovery/scanner.h>

#include "folderlisting_p.h"

#include <axle/core/codes.h>
#include <axle/packaging/targetpython.h>
#include <axle/resolver/codes.h>
#include <axle/wheel/codes.h>

namespace Axle {

namespace {

Result<void> checkRequiresPython(const CoreMetadata &metadata, const TargetPython &python)
{
    if (metadata.requiresPython.contains(python.version(), Prereleases::Allow))
        return {};
    return Error(Codes::ResolvePython,
        QStringLiteral("'%1 %2' needs Python '%3', but this is Python %4")
            .arg(metadata.name.toString(), metadata.version.toString(), metadata.requiresPython.toString(),
                python.version().toString()),
        QStringLiteral("use a version of '%1' that is made for Python %2")
            .arg(metadata.name.toString(), python.shortVersion()));
}

} // namespace

bool DiscoveredFile::isIncompatible() const
{
    return error.code() == Codes::WheelIncompatible || error.code() == Codes::ResolvePython;
}

bool DiscoveredFile::isCandidate() const
{
    return isUsable() || (metadata && error.code() == Codes::ResolvePython);
}

QString DiscoveredFile::id() const
{
    if (metadata)
        return metadata->name.normalized();
    return fileName ? fileName->name.normalized() : path.section(u'/', -1);
}

Distribution DiscoveredFile::toDistribution() const
{
    Q_ASSERT(isCandidate());
    return {metadata->name, metadata->version, path, metadata->requiresPython, metadata->requiresDist,
        metadata->providesExtra, entryPoints.all(), tagRank.value_or(0)};
}

Scanner::Scanner(const TargetPython &python)
    : m_python(python)
    , m_supported(TagSet::supportedBy(python))
{
}

Result<QList<DiscoveredFile>> Scanner::scan(const QString &folder, const QStringList &unfinished)
{
    const auto names = Internal::listWheels(folder);
    if (!names)
        return names.error();
    QHash<QString, DiscoveredFile> &known = m_known[folder];
    QHash<QString, DiscoveredFile> seen;
    QList<DiscoveredFile> files;
    for (const QString &name : *names) {
        const QString path = Internal::wheelPath(folder, name);
        const auto status = Internal::statusOf(path);
        // Gone since the folder was listed, or not complete: as if it were not there.
        if (!status || unfinished.contains(path))
            continue;
        const auto before = known.constFind(path);
        const bool isKnown = before != known.cend() && before->identity == status->identity;
        files.append(isKnown ? *before : examine(path));
        seen.insert(path, files.last());
    }
    known = seen;
    return files;
}

DiscoveredFile Scanner::examine(const QString &path) const
{
    DiscoveredFile file;
    file.path = path;
    if (const auto status = Internal::statusOf(path))
        file.identity = status->identity;
    auto fileName = WheelFileName::parse(path.section(u'/', -1));
    if (!fileName) {
        file.error = fileName.error();
        return file;
    }
    file.fileName = *fileName;
    file.tagRank = m_supported.rank(fileName->tags);
    const auto compatible = checkCompatible(*fileName, m_python);
    if (!compatible) {
        file.error = compatible.error();
        return file;
    }
    read(file);
    return file;
}

void Scanner::read(DiscoveredFile &file) const
{
    const auto wheel = Wheel::open(file.path);
    if (!wheel) {
        file.error = wheel.error();
        return;
    }
    // What was read may be newer than what was looked at before.
    if (const auto identity = wheel->archive().file().identity())
        file.identity = *identity;
    file.metadata = wheel->metadata();
    file.entryPoints = wheel->entryPoints();
    if (const auto python = checkRequiresPython(*file.metadata, m_python); !python)
        file.error = python.error();
}

} // namespace Axle
