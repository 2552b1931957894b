#pragma once

#include "textcursor_p.h"

#include <axle/packaging/specifierset.h>

#include <QtCore/QVarLengthArray>

#include <limits>

namespace Axle::Internal {

/// The versions from `begin` up to, and without, `end`. All that begin with the same release are such a range.
struct VersionRange
{
    VersionKey begin = {};
    VersionKey end = VersionKey(std::numeric_limits<quint64>::max()); ///< behind all

    bool contains(const VersionKey &key) const { return begin <= key && key < end; }
};

/// A specifier made ready for comparison: all operators ask whether a version is in one range, and some leave out a few of
/// the named release.
struct Clause
{
    enum class Exception { None, Prereleases, Locals, PostreleasesAndLocals };

    Specifier::Operator op = Specifier::Operator::Equal;
    bool wildcard = false;
    QString text;    ///< operator and version as written, without blanks
    Version version; ///< for a wildcard its release, for `===` the default
    VersionRange admitted;
    Exception exception = Exception::None; ///< what of the named release is not admitted
    bool isNegated = false;                ///< `!=`: what is not in the range
    bool namesPrerelease = false;          ///< lets pre-releases in

    Specifier specifier() const;
    bool admits(const Version &candidate) const;
    bool isText(const QString &candidate) const; ///< what `===` asks
};

/// How many clauses a set may have, each of which is compared with all others; real ones have a dozen.
constexpr size_t MostClauses = 1024;

/// The clauses of a set; most sets have one.
struct Clauses : QVarLengthArray<Clause, 1>
{
};

/// Reads one clause (operator and version) at the cursor into a default one, or says in `fault` why there is none.
bool scanClause(TextCursor &cursor, Clause &clause, Fault &fault);
/// The same, appended to the clauses of a set.
bool appendClause(TextCursor &cursor, Clauses &clauses, Fault &fault);

/// Whether both are spellings of the same clause.
bool meansTheSame(const Clause &a, const Clause &b);

} // namespace Axle::Internal
