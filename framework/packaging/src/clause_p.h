#pragma once

#include "textcursor_p.h"

#include <axle/packaging/specifierset.h>

#include <optional>
#include <vector>

namespace Axle::Internal {

/// The versions from `begin` up to, and without, `end`. All that begin with the same release are such a range.
struct VersionRange
{
    VersionKey begin;
    VersionKey end;

    bool contains(const VersionKey &key) const { return begin <= key && key < end; }
};

/// A specifier made ready for comparison: all operators ask whether a version is in one range, and some leave out a few of
/// the named release.
struct Clause
{
    enum class Exception { None, Prereleases, Locals, PostreleasesAndLocals };

    Specifier specifier;
    Version version; ///< that of the specifier; for a wildcard its release, for `===` the default
    VersionRange admitted;
    VersionRange namedRelease;
    Exception exception = Exception::None; ///< what of the named release is not admitted
    bool isNegated = false;                ///< `!=`: what is not in the range
    bool namesPrerelease = false;          ///< lets pre-releases in

    bool admits(const Version &candidate) const;
};

/// How many clauses a set may have; real ones have a dozen.
constexpr size_t MostClauses = 4096;

/// The fault of a text that has more, at the clause that ends at the cursor.
Fault tooManyClauses(const TextCursor &cursor);

/// Reads one clause (operator and version) at the cursor, or says in `fault` why there is none.
std::optional<Clause> scanClause(TextCursor &cursor, Fault &fault);

/// Negative, zero or positive as `a` comes before `b`; zero for spellings of the same clause.
std::strong_ordering compareMeaning(const Clause &a, const Clause &b);

} // namespace Axle::Internal
