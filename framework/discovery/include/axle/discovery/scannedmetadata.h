#pragma once

#include <axle/packaging/entrypoints.h>
#include <axle/packaging/projectname.h>
#include <axle/packaging/requirement.h>
#include <axle/packaging/specifierset.h>
#include <axle/packaging/version.h>

#include <QtCore/QList>
#include <QtCore/QStringList>

namespace Axle {

struct WheelSummary;

/// What a scan keeps of METADATA, entry_points.txt and the names of files: enough to list a wheel and to choose it. The
/// rest is a Wheel::open away.
///
/// Law: `parse(m.toText()) == m`.
struct AXLE_EXPORT ScannedMetadata
{
    ProjectName name;
    Version version;
    QString summary;
    SpecifierSet requiresPython;
    QList<Requirement> requiresDist;
    QList<int> requiresDistLines; ///< in METADATA, from 1
    QStringList providesExtra;    ///< normalised
    EntryPoints entryPoints;
    QStringList topLevels = {};  ///< modules and packages that it brings, sorted
    QStringList namespaces = {}; ///< packages of which it brings a part, sorted

    static ScannedMetadata of(const WheelSummary &wheel);
    /// Of what `toText` wrote; what is no part of it is left out.
    static ScannedMetadata parse(QByteArrayView text);
    QByteArray toText() const;

    friend bool operator==(const ScannedMetadata &, const ScannedMetadata &) = default;
};

} // namespace Axle
