#pragma once

#include "search_p.h"

#include <QtCore/QStringList>

namespace Axle::Internal {

/// One who needs something: one or several versions of a project that need the same, or the request itself.
struct Side
{
    QString project; ///< as written; empty: it was asked for
    QStringList versions;
    const Requirement *requirement = nullptr;
    NeederChain chain; ///< of the first version
};

/// One fact that stands in the way, made for people: several failures that differ in versions only are one reason.
struct Reason
{
    enum class Kind {
        Missing,         ///< there is no such project
        NoVersion,       ///< no version of it fits
        OnlyPrereleases, ///< what fits is refused as a pre-release
        Python,          ///< what fits is for another Python
        Extra,           ///< what fits does not have the extra
        Conflict,        ///< the sides do not agree on a version
        Chosen,          ///< the side does not agree with a version that others of the proof call for
        Prerelease,      ///< a pre-release that no requirement names
    };
    Kind kind = Kind::Missing;
    QList<Side> sides;
    int variable = -1;
    const Distribution *example = nullptr; ///< the best candidate that nearly fits
    QString extra;                         ///< of Kind::Extra

    bool isSame(const Reason &other) const;
};

/// The reasons at the ends of a proof, the most wanted candidates' first, each once. Those that only follow from
/// another choice (Chosen, Prerelease) are left out where there are others. What `subject`, one of the roots, needs is
/// told first: it is the one that the explanation is for.
QList<Reason> collectReasons(Universe &universe, const Failure &proof, const Requirement *subject = nullptr);

} // namespace Axle::Internal
