#include <axle/discovery/discoveredfile.h>

#include <axle/resolver/codes.h>
#include <axle/wheel/codes.h>

namespace Axle {

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
    Distribution distribution{metadata->name, metadata->version, path, metadata->requiresPython, metadata->requiresDist,
        metadata->providesExtra, metadata->entryPoints.all(), tagRank.value_or(0), metadata->requiresDistLines};
    distribution.topLevels = metadata->topLevels;
    distribution.namespaces = metadata->namespaces;
    return distribution;
}

} // namespace Axle
