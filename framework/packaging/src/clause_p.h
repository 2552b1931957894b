#pragma once

#include "textcursor_p.h"

#include <axle/packaging/specifierset.h>

#include <optional>
#include <string>

namespace Axle::Internal {

/// A specifier made ready for comparison.
struct Clause
{
    Specifier specifier;
    QString text;                 ///< `specifier.toString()`
    Version version;              ///< that of the specifier; for a wildcard its release, for `===` the default
    std::string releasePrefix;    ///< what a release must begin with, for wildcards and `~=`
    std::string identity;         ///< equal for spellings of the same clause
    bool namesPrerelease = false; ///< lets pre-releases in

    bool admits(const Version &candidate) const;
};

/// Reads one clause (operator and version) at the cursor, or says in `fault` why there is none.
std::optional<Clause> scanClause(TextCursor &cursor, Fault &fault);

/// Sorted by text, each clause once.
void normalizeClauses(std::vector<Clause> &clauses);

} // namespace Axle::Internal
