#include "pluginrecord_p.h"

#include <QtCore/QFileInfo>

#include <algorithm>

namespace Axle::Internal {

namespace {

QString nameOf(const DiscoveredFile &file)
{
    if (file.metadata)
        return file.metadata->name.toString();
    return file.fileName ? file.fileName->name.toString() : QFileInfo(file.path).fileName();
}

QString versionOf(const DiscoveredFile &file)
{
    if (file.metadata)
        return file.metadata->version.toString();
    return file.fileName ? file.fileName->version.toString() : QString();
}

} // namespace

QString pluginId(const QString &packageId, qsizetype index, const EntryPoint &entryPoint)
{
    return index == 0 ? packageId : packageId + u':' + entryPoint.name;
}

bool isNative(const DiscoveredFile &file)
{
    const QList<Tag> tags = file.fileName->tags.tags();
    return std::any_of(tags.cbegin(), tags.cend(), [](const Tag &tag) { return tag.platform != u"any"; });
}

DistributionInfo Package::distributionInfo() const
{
    DistributionInfo info;
    info.id = id;
    info.name = nameOf(current);
    info.version = versionOf(current);
    info.filePath = current.path;
    info.isMaterialised = mounted && mounted->source->isMaterialised();
    return info;
}

} // namespace Axle::Internal
