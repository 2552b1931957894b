#pragma once

#include "clause_p.h"

#include <axle/packaging/marker.h>

#include <optional>
#include <vector>

namespace Axle {

/// A node of a marker's expression: a comparison, or children joined by `and` or by `or`.
struct MarkerNode
{
    enum class Kind { Comparison, And, Or };
    enum class Operator {
        In,
        NotIn,
        Compatible,
        Equal,
        NotEqual,
        LessOrEqual,
        GreaterOrEqual,
        Less,
        Greater,
        Arbitrary
    };

    struct Operand
    {
        bool isVariable = false;
        QString text; ///< the variable's name, or the value of the string
    };

    Kind kind = Kind::Comparison;

    std::vector<MarkerNode> children;
    bool inParentheses = false; ///< as written, where the parentheses hold more than one comparison

    Operand left;
    Operator op = Operator::Equal;
    Operand right;
    std::optional<Internal::Clause> clause; ///< of operator and right side, where the comparison may be one of versions
};

namespace Internal {

QLatin1StringView operatorText(MarkerNode::Operator op);
/// Whether the values of the variable are compared as versions where they are versions.
bool holdsVersion(QStringView variable);
/// The clause `op value`, when that is one.
std::optional<Clause> toClause(MarkerNode::Operator op, const QString &value);

/// Reads a marker up to where it ends, or says in `fault` why there is none.
std::optional<MarkerNode> scanMarker(TextCursor &cursor, Fault &fault);

} // namespace Internal

} // namespace Axle
