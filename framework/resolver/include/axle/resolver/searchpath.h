#pragma once

#include <axle/core/export.h>

#include <QtCore/QStringList>

#include <functional>

namespace Axle {

/// How a location is brought onto a search path such as `sys.path`.
struct AXLE_EXPORT PathInsertion
{
    QString location;
    /// An archive goes right before the folder that it lies in, where the path has that.
    bool isAheadOfFolder = true;
    /// Where it is on the path already, but behind its folder, it moves up; what has no folder there comes first, not last.
    bool isReplacing = false;
    /// Makes two texts for one place equal. Called once for each entry.
    std::function<QString(const QString &)> normalize;

    /// The path with the location on it. Law: applying it twice is applying it once.
    QStringList applied(const QStringList &path) const;
};

} // namespace Axle
