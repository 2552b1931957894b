#include <axle/packaging/marker.h>

#include "marker_p.h"

#include <axle/packaging/codes.h>

#include <algorithm>

namespace Axle {

namespace {

using Operator = MarkerNode::Operator;

/// Evaluates the nodes of one marker.
class Evaluation
{
public:
    Evaluation(const MarkerEnvironment &environment, const QSet<QString> &extras)
        : m_environment(environment)
        , m_extras(extras)
    {
    }

    bool holds(const MarkerNode &node) const;

private:
    bool holdsForExtra(const MarkerNode &node) const;
    bool holdsForExtras(const MarkerNode &node) const;
    bool holdsComparison(const MarkerNode &node) const;
    std::optional<QString> value(const MarkerNode::Operand &operand) const;

    const MarkerEnvironment &m_environment;
    const QSet<QString> &m_extras;
};

/// How strings compare: PEP 508 gives them no order, so that `<` and `>` never hold and `<=` and `>=` mean `==`.
bool compareStrings(const QString &left, Operator op, const QString &right)
{
    switch (op) {
    case Operator::In:
        return right.contains(left);
    case Operator::NotIn:
        return !right.contains(left);
    case Operator::Equal:
    case Operator::LessOrEqual:
    case Operator::GreaterOrEqual:
        return left == right;
    case Operator::NotEqual:
        return left != right;
    case Operator::Less:
    case Operator::Greater:
    case Operator::Compatible:
    case Operator::Arbitrary:
        return false;
    }
    Q_UNREACHABLE();
}

bool admits(const Internal::Clause &clause, const QString &text)
{
    if (const auto version = Version::parse(text))
        return clause.admits(*version);
    return clause.specifier.op == Specifier::Operator::Arbitrary
        && text.compare(clause.specifier.version, Qt::CaseInsensitive) == 0;
}

bool isVariable(const MarkerNode::Operand &operand, QStringView name)
{
    return operand.isVariable && operand.text == name;
}

std::optional<QString> Evaluation::value(const MarkerNode::Operand &operand) const
{
    if (!operand.isVariable)
        return operand.text;
    const auto found = m_environment.variables.constFind(operand.text);
    if (found == m_environment.variables.constEnd())
        return {};
    // Python built from an untagged commit calls itself `3.13.0a1+`, which is no version.
    return found->endsWith(u'+') && operand.text == u"python_full_version" ? *found + QStringLiteral("local") : *found;
}

bool Evaluation::holdsForExtra(const MarkerNode &node) const
{
    const bool isNegated = node.op == Operator::NotEqual || node.op == Operator::NotIn;
    const Operator op = node.op == Operator::NotEqual ? Operator::Equal
        : node.op == Operator::NotIn                  ? Operator::In
                                                      : node.op;
    const bool extraIsLeft = isVariable(node.left, u"extra");
    const auto other = value(extraIsLeft ? node.right : node.left);
    if (!other)
        return false;
    const QSet<QString> asked = m_extras.isEmpty() ? QSet<QString>{QString()} : m_extras;
    const bool any = std::any_of(asked.begin(), asked.end(), [&](const QString &extra) {
        return extraIsLeft ? compareStrings(extra, op, *other) : compareStrings(*other, op, extra);
    });
    return any != isNegated;
}

bool Evaluation::holdsForExtras(const MarkerNode &node) const
{
    const auto left = value(node.left);
    if (!left || (node.op != Operator::In && node.op != Operator::NotIn))
        return false;
    return m_extras.contains(*left) == (node.op == Operator::In);
}

bool Evaluation::holdsComparison(const MarkerNode &node) const
{
    const auto left = value(node.left);
    const auto right = value(node.right);
    if (!left || !right || (!node.left.isVariable && !node.right.isVariable))
        return false;
    if (node.clause)
        return admits(*node.clause, *left);
    if (node.right.isVariable && Internal::holdsVersion(node.left.isVariable ? node.left.text : node.right.text)) {
        if (const auto clause = Internal::toClause(node.op, *right))
            return admits(*clause, *left);
    }
    return compareStrings(*left, node.op, *right);
}

bool Evaluation::holds(const MarkerNode &node) const
{
    const auto holdsChild = [this](const MarkerNode &child) { return holds(child); };
    if (node.kind == MarkerNode::Kind::And)
        return std::all_of(node.children.begin(), node.children.end(), holdsChild);
    if (node.kind == MarkerNode::Kind::Or)
        return std::any_of(node.children.begin(), node.children.end(), holdsChild);
    if (isVariable(node.left, u"extra") || isVariable(node.right, u"extra"))
        return holdsForExtra(node);
    if (isVariable(node.right, u"extras"))
        return holdsForExtras(node);
    return holdsComparison(node);
}

QString operandText(const MarkerNode::Operand &operand)
{
    if (operand.isVariable)
        return operand.text;
    const QChar quote = operand.text.contains(u'"') ? u'\'' : u'"';
    return quote + operand.text + quote;
}

void appendText(const MarkerNode &node, bool isRoot, QString &text)
{
    if (node.kind == MarkerNode::Kind::Comparison) {
        text += operandText(node.left) + u' ' + Internal::operatorText(node.op) + u' ' + operandText(node.right);
        return;
    }
    const bool parenthesise = node.inParentheses && !isRoot;
    if (parenthesise)
        text += u'(';
    bool isFirst = true;
    for (const MarkerNode &child : node.children) {
        if (!std::exchange(isFirst, false))
            text += node.kind == MarkerNode::Kind::And ? u" and " : u" or ";
        appendText(child, false, text);
    }
    if (parenthesise)
        text += u')';
}

} // namespace

Result<Marker> Marker::parse(QStringView text)
{
    Internal::TextCursor cursor(text);
    Internal::Fault fault;
    cursor.skipBlanks();
    Marker marker;
    if (cursor.atEnd())
        return marker;
    auto node = Internal::scanMarker(cursor, fault);
    if (!node)
        return Internal::faultError(Codes::MarkerInvalid, fault, QStringLiteral("marker"), text);
    if (!cursor.atEnd()) {
        fault =
            cursor.faultHere(QStringLiteral("expected 'and', 'or' or the end, found %1").arg(cursor.describeNext()));
        return Internal::faultError(Codes::MarkerInvalid, fault, QStringLiteral("marker"), text);
    }
    marker.m_root = QSharedPointer<const MarkerNode>::create(std::move(*node));
    return marker;
}

bool Marker::evaluate(const MarkerEnvironment &environment, const QSet<QString> &extras) const
{
    return !m_root || Evaluation(environment, extras).holds(*m_root);
}

QString Marker::toString() const
{
    QString text;
    if (m_root)
        appendText(*m_root, true, text);
    return text;
}

bool operator==(const Marker &a, const Marker &b)
{
    return a.m_root == b.m_root || a.toString() == b.toString();
}

} // namespace Axle
