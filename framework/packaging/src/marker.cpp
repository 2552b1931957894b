#include <axle/packaging/marker.h>

#include "marker_p.h"

#include <axle/packaging/codes.h>
#include <axle/packaging/projectname.h>

#include <algorithm>

namespace Axle {

namespace {

using Operator = MarkerNode::Operator;

/// Evaluates the nodes of one marker, all of them, and keeps the first that has no answer.
class Evaluation
{
public:
    enum class Faults { Keep, Ignore };
    Evaluation(const MarkerEnvironment &environment, const QSet<QString> &extras, Faults faults)
        : m_environment(environment)
        , m_extras(extras)
        , m_faults(faults)
    {
    }

    bool holds(const MarkerNode &node);
    const Error &fault() const { return m_fault; }

private:
    bool holdsForExtra(const MarkerNode &node);
    bool holdsForSet(const MarkerNode &node);
    bool holdsComparison(const MarkerNode &node);
    bool compareStrings(const QString &left, Operator op, const QString &right);
    std::optional<QString> value(const MarkerNode::Operand &operand);
    /// `message` makes the text.
    template<class Message>
    bool refuse(ErrorCode code, Message message)
    {
        if (m_faults == Faults::Keep && m_fault.isNull())
            m_fault = Error(code, message());
        return false;
    }

    const MarkerEnvironment &m_environment;
    const QSet<QString> &m_extras;
    const Faults m_faults;
    Error m_fault;
};

/// PEP 508 gives strings no order, so that `<` and `>` never hold and `<=` and `>=` mean `==`.
bool Evaluation::compareStrings(const QString &left, Operator op, const QString &right)
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
        return false;
    case Operator::Compatible:
    case Operator::Arbitrary:
        return refuse(Codes::MarkerUndefined, [&] {
            return QStringLiteral("%1 %2 %3 compares what is no version, expected versions on both sides of %2")
                .arg(Internal::quoted(left), Internal::operatorText(op), Internal::quoted(right));
        });
    }
    Q_UNREACHABLE();
}

bool admits(const Internal::Clause &clause, const QString &text)
{
    if (const auto version = Version::parse(text))
        return clause.admits(*version);
    return clause.isText(text);
}

bool isVariable(const MarkerNode::Operand &operand, QStringView name)
{
    return operand.isVariable && operand.text == name;
}

bool isSet(const MarkerNode::Operand &operand)
{
    return isVariable(operand, u"extras") || isVariable(operand, u"dependency_groups");
}

std::optional<QString> Evaluation::value(const MarkerNode::Operand &operand)
{
    if (!operand.isVariable)
        return operand.text;
    const auto found = m_environment.variables.constFind(operand.text);
    if (found == m_environment.variables.constEnd()) {
        refuse(Codes::MarkerVariableUnknown,
            [&] { return QStringLiteral("the environment has no '%1', expected a value of it").arg(operand.text); });
        return {};
    }
    // Python built from an untagged commit calls itself `3.13.0a1+`, which is no version.
    return found->endsWith(u'+') && operand.text == u"python_full_version" ? *found + QStringLiteral("local") : *found;
}

bool Evaluation::holdsForExtra(const MarkerNode &node)
{
    const bool isNegated = node.op == Operator::NotEqual || node.op == Operator::NotIn;
    const Operator op = node.op == Operator::NotEqual ? Operator::Equal
        : node.op == Operator::NotIn                  ? Operator::In
                                                      : node.op;
    const bool extraIsLeft = isVariable(node.left, u"extra");
    const auto other = value(extraIsLeft ? node.right : node.left);
    if (!other)
        return false;
    const auto fits = [&](const QString &extra) {
        return extraIsLeft ? compareStrings(extra, op, *other) : compareStrings(*other, op, extra);
    };
    const bool any = m_extras.isEmpty() ? fits(value(extraIsLeft ? node.left : node.right).value_or(QString()))
                                        : std::any_of(m_extras.begin(), m_extras.end(), fits);
    return any != isNegated;
}

bool Evaluation::holdsForSet(const MarkerNode &node)
{
    const auto left = value(node.left);
    if (!left)
        return false;
    if (!isSet(node.right) || (node.op != Operator::In && node.op != Operator::NotIn)) {
        return refuse(Codes::MarkerUndefined, [] {
            return QStringLiteral("'extras' and 'dependency_groups' are sets, expected 'in' or 'not in' before them");
        });
    }
    const auto known = m_environment.sets.constFind(node.right.text);
    const bool isKnown = known != m_environment.sets.constEnd();
    if (!isKnown)
        refuse(Codes::MarkerVariableUnknown,
            [&] { return QStringLiteral("the environment has no '%1', expected its values").arg(node.right.text); });
    if (!isKnown && node.right.text != u"extras")
        return false;
    const QSet<QString> &values = isKnown ? *known : m_extras;
    return values.contains(ProjectName::normalize(*left)) == (node.op == Operator::In);
}

bool Evaluation::holdsComparison(const MarkerNode &node)
{
    const auto left = value(node.left);
    const auto right = value(node.right);
    if (!left || !right)
        return false;
    if (node.clause)
        return admits(*node.clause, *left);
    if (node.right.isVariable && Internal::holdsVersion(node.left.isVariable ? node.left.text : node.right.text)) {
        if (const auto clause = Internal::toClause(node.op, *right))
            return admits(*clause, *left);
    }
    return compareStrings(*left, node.op, *right);
}

bool Evaluation::holds(const MarkerNode &node)
{
    if (node.kind != MarkerNode::Kind::Comparison) {
        const auto holding = std::count_if(
            node.children.begin(), node.children.end(), [this](const MarkerNode &child) { return holds(child); });
        return node.kind == MarkerNode::Kind::And ? holding == std::ssize(node.children) : holding > 0;
    }
    if (isVariable(node.left, u"extra") || isVariable(node.right, u"extra"))
        return holdsForExtra(node);
    if (isSet(node.left) || isSet(node.right))
        return holdsForSet(node);
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

Result<Marker> Marker::parse(QStringView text, Empty empty)
{
    Internal::TextCursor cursor(text);
    Internal::Fault fault;
    cursor.skipBlanks();
    Marker marker;
    if (cursor.atEnd() && empty == Empty::Allow)
        return marker;
    auto node = Internal::scanMarker(cursor, fault);
    if (!node)
        return Internal::faultError(Codes::MarkerInvalid, fault, QStringLiteral("marker"), text);
    if (!cursor.atEnd()) {
        fault =
            cursor.faultHere(QStringLiteral("found %1, expected 'and', 'or' or the end").arg(cursor.describeNext()));
        return Internal::faultError(Codes::MarkerInvalid, fault, QStringLiteral("marker"), text);
    }
    marker.m_root = QSharedPointer<const MarkerNode>::create(std::move(*node));
    return marker;
}

bool Marker::evaluate(const MarkerEnvironment &environment, const QSet<QString> &extras) const
{
    return !m_root || Evaluation(environment, extras, Evaluation::Faults::Ignore).holds(*m_root);
}

Result<bool> Marker::evaluateStrictly(const MarkerEnvironment &environment, const QSet<QString> &extras) const
{
    if (!m_root)
        return true;
    Evaluation evaluation(environment, extras, Evaluation::Faults::Keep);
    const bool holds = evaluation.holds(*m_root);
    if (!evaluation.fault().isNull())
        return evaluation.fault();
    return holds;
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
