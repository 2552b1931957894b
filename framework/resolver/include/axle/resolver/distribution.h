#pragma once

#include <axle/core/error.h>
#include <axle/packaging/entrypoints.h>
#include <axle/packaging/projectname.h>
#include <axle/packaging/requirement.h>
#include <axle/packaging/version.h>

#include <QtCore/QList>

namespace Axle {

/// One version of one project, as the resolver sees it: what it is and what it needs.
struct AXLE_EXPORT Distribution
{
    ProjectName name;
    Version version;
    QString location; ///< where it is (a file's path); also its identity among equal versions
    SpecifierSet requiresPython;
    QList<Requirement> requiresDist;
    QStringList providesExtra; ///< normalised
    QList<EntryPoint> entryPoints;
    int tagRank = 0;                  ///< preference among equal versions; smaller is better
    QList<int> requirementLines = {}; ///< of `requiresDist`, in METADATA, from 1; empty: not known
    bool isYanked = false;            ///< PEP 592: chosen only where a requirement pins it
    QStringList topLevels = {};       ///< modules and packages that nobody else may bring
    QStringList namespaces = {};      ///< packages of which others may bring a part as well, but nobody the whole
    Error unusable = {};              ///< why it cannot be chosen although it is there; null: it can

    QString toString() const; ///< "numpy 2.4.6"
    friend bool operator==(const Distribution &a, const Distribution &b) { return a.location == b.location; }
};

} // namespace Axle
