#pragma once

#include "specifiervalue_p.h"
#include "syntaxreader_p.h"

#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace Axle::Internal {

struct MarkerOperand
{
    bool isVariable = false;
    QString text; ///< the variable's name or the value of the string
};

struct MarkerComparison
{
    MarkerOperand left;
    QString op;
    MarkerOperand right;
    std::optional<SpecifierValue> clause; ///< of operator and string, where a version is compared with it
};

/// A marker as it was written: terms one behind the other, in which `and` binds more closely than `or`.
struct MarkerTree
{
    struct Term
    {
        std::variant<MarkerComparison, std::shared_ptr<const MarkerTree>> content; ///< a tree was in parentheses
        bool isAlternative = false;                                                ///< has `or` before it
    };

    std::vector<Term> terms;
    int depth = 1;
};

inline constexpr int MostMarkerDepth = 200;

/// Reads a marker up to where it stops being one; throws SyntaxFault where it is none.
std::shared_ptr<const MarkerTree> readMarker(SyntaxReader &reader);
/// A marker, and nothing behind it.
std::shared_ptr<const MarkerTree> parseMarker(QStringView text);

/// Throws ValueError for a string that has both kinds of quotes.
QString markerText(const MarkerTree &tree);

/// Whether values of the variable are compared as versions where they are versions.
bool isVersionVariable(QStringView name);
/// Whether the value of the variable is a set of names.
bool isSetVariable(QStringView name);

} // namespace Axle::Internal
