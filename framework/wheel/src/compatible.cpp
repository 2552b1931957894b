#include <axle/wheel/wheel.h>

#include "sentence_p.h"

#include <axle/wheel/codes.h>

#include <QtCore/QSet>

namespace Axle {

using Internal::sentence;

namespace {

/// The best tag of each interpreter and ABI that matter, instead of some hundreds.
QString wantedTags(const TagSet &supported)
{
    constexpr qsizetype MaximumShown = 4;
    QStringList shown;
    QSet<QString> abis;
    const QList<Tag> tags = supported.tags();
    for (const Tag &tag : tags) {
        if (shown.size() == MaximumShown - 1)
            break;
        if (abis.contains(tag.abi))
            continue;
        abis.insert(tag.abi);
        shown += tag.toString();
    }
    if (!tags.isEmpty())
        shown += tags.last().toString();
    return shown.join(QStringLiteral("', '"));
}

QString advice(const TagSet &offered, const TagSet &supported, const TargetPython &python)
{
    QSet<QString> platforms;
    for (const Tag &tag : supported.tags())
        platforms.insert(tag.platform);
    const QList<Tag> tags = offered.tags();
    const bool fitsPlatform =
        std::any_of(tags.begin(), tags.end(), [&](const Tag &tag) { return platforms.contains(tag.platform); });
    if (fitsPlatform)
        return QStringLiteral("look for a wheel of this version for Python %1, or for any Python 3")
            .arg(python.shortVersion());
    return QStringLiteral("look for a wheel of this version for the platform '%1' or 'any'")
        .arg(python.platforms.value(0));
}

} // namespace

Result<void> checkCompatible(const WheelFileName &fileName, const TargetPython &python)
{
    const TagSet supported = TagSet::supportedBy(python);
    if (supported.rank(fileName.tags))
        return {};
    return Error(Codes::WheelIncompatible,
        sentence("'%1' offers the tags '%2', expected one that Python %3 here can load, such as '%4'", fileName.text,
            fileName.tags.toString(), python.shortVersion(), wantedTags(supported)),
        advice(fileName.tags, supported, python));
}

} // namespace Axle
