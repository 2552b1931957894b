#include "marker_p.h"

#include <axle/packaging/projectname.h>

#include <algorithm>
#include <array>

namespace Axle::Internal {

namespace {

using Operator = MarkerNode::Operator;

constexpr int MostNesting = 64;

struct OperatorText
{
    QLatin1StringView text;
    Operator op = Operator::Equal;
};

constexpr std::array OperatorTexts{
    OperatorText{QLatin1StringView("in"), Operator::In},
    OperatorText{QLatin1StringView("not in"), Operator::NotIn},
    OperatorText{QLatin1StringView("~="), Operator::Compatible},
    OperatorText{QLatin1StringView("=="), Operator::Equal},
    OperatorText{QLatin1StringView("!="), Operator::NotEqual},
    OperatorText{QLatin1StringView("<="), Operator::LessOrEqual},
    OperatorText{QLatin1StringView(">="), Operator::GreaterOrEqual},
    OperatorText{QLatin1StringView("<"), Operator::Less},
    OperatorText{QLatin1StringView(">"), Operator::Greater},
    OperatorText{QLatin1StringView("==="), Operator::Arbitrary},
};

constexpr std::array Variables{
    QLatin1StringView("os_name"),
    QLatin1StringView("sys_platform"),
    QLatin1StringView("platform_machine"),
    QLatin1StringView("platform_python_implementation"),
    QLatin1StringView("platform_release"),
    QLatin1StringView("platform_system"),
    QLatin1StringView("platform_version"),
    QLatin1StringView("python_version"),
    QLatin1StringView("python_full_version"),
    QLatin1StringView("implementation_name"),
    QLatin1StringView("implementation_version"),
    QLatin1StringView("extra"),
    QLatin1StringView("extras"),
    QLatin1StringView("dependency_groups"),
};

struct OldName
{
    QLatin1StringView written;
    QLatin1StringView name;
};

// PEP 345's names, which packages still use.
constexpr std::array OldNames{
    OldName{QLatin1StringView("os.name"), QLatin1StringView("os_name")},
    OldName{QLatin1StringView("sys.platform"), QLatin1StringView("sys_platform")},
    OldName{QLatin1StringView("platform.version"), QLatin1StringView("platform_version")},
    OldName{QLatin1StringView("platform.machine"), QLatin1StringView("platform_machine")},
    OldName{QLatin1StringView("platform.python_implementation"), QLatin1StringView("platform_python_implementation")},
    OldName{QLatin1StringView("python_implementation"), QLatin1StringView("platform_python_implementation")},
};

std::optional<QLatin1StringView> variableName(QStringView written)
{
    for (const OldName &old : OldNames) {
        if (old.written == written)
            return old.name;
    }
    const auto found = std::find(Variables.begin(), Variables.end(), written);
    return found != Variables.end() ? std::optional(*found) : std::nullopt;
}

bool isWordCharacter(QChar c)
{
    return isLetterOrDigit(c) || c == u'_';
}

/// A parser by recursive descent. Every function leaves the cursor behind what it read, blanks included.
class MarkerParser
{
public:
    MarkerParser(TextCursor &cursor, Fault &fault)
        : m_cursor(cursor)
        , m_fault(fault)
    {
    }

    std::optional<MarkerNode> parseOr() { return parseJoined(MarkerNode::Kind::Or, u"or", &MarkerParser::parseAnd); }

private:
    using Rule = std::optional<MarkerNode> (MarkerParser::*)();

    std::optional<MarkerNode> parseJoined(MarkerNode::Kind kind, QStringView word, Rule part);
    std::optional<MarkerNode> parseAnd()
    {
        return parseJoined(MarkerNode::Kind::And, u"and", &MarkerParser::parseAtom);
    }
    std::optional<MarkerNode> parseAtom();
    std::optional<MarkerNode> parseParentheses();
    std::optional<MarkerNode> parseComparison();
    std::optional<MarkerNode::Operand> parseOperand();
    std::optional<MarkerNode::Operand> parseString(QChar quote);
    std::optional<MarkerNode::Operand> parseVariable();
    std::optional<Operator> parseOperator();
    std::optional<Operator> parseWordOperator();
    bool skipKeyword(QStringView word);
    std::nullopt_t refuse(const Fault &fault)
    {
        m_fault = fault;
        return std::nullopt;
    }

    TextCursor &m_cursor;
    Fault &m_fault;
    int m_nesting = 0;
};

bool MarkerParser::skipKeyword(QStringView word)
{
    const qsizetype begin = m_cursor.position();
    if (m_cursor.skipWhile(isWordCharacter) == word)
        return true;
    m_cursor.setPosition(begin);
    return false;
}

std::optional<MarkerNode> MarkerParser::parseJoined(MarkerNode::Kind kind, QStringView word, Rule part)
{
    MarkerNode joined;
    joined.kind = kind;
    do {
        auto child = (this->*part)();
        if (!child)
            return {};
        joined.children.push_back(std::move(*child));
    } while (skipKeyword(word));
    if (joined.children.size() > 1)
        return joined;
    MarkerNode only = std::move(joined.children.front());
    return only;
}

std::optional<MarkerNode> MarkerParser::parseAtom()
{
    m_cursor.skipBlanks();
    auto node = m_cursor.peek() == u'(' ? parseParentheses() : parseComparison();
    m_cursor.skipBlanks();
    return node;
}

std::optional<MarkerNode> MarkerParser::parseParentheses()
{
    const qsizetype begin = m_cursor.position();
    m_cursor.advance();
    if (m_nesting == MostNesting) {
        return refuse(m_cursor.fault(
            QStringLiteral("parentheses are nested too deep, expected at most %1 levels").arg(MostNesting), begin,
            m_cursor.position()));
    }
    ++m_nesting;
    auto node = parseOr();
    --m_nesting;
    if (!node)
        return {};
    if (!m_cursor.skip(u')')) {
        return refuse(
            m_cursor.faultHere(QStringLiteral("found %1, expected 'and', 'or' or ')'").arg(m_cursor.describeNext())));
    }
    node->inParentheses = node->kind != MarkerNode::Kind::Comparison;
    return node;
}

std::optional<MarkerNode> MarkerParser::parseComparison()
{
    MarkerNode node;
    const auto left = parseOperand();
    if (!left)
        return {};
    m_cursor.skipBlanks();
    const auto op = parseOperator();
    if (!op)
        return {};
    m_cursor.skipBlanks();
    const auto right = parseOperand();
    if (!right)
        return {};
    node.left = *left;
    node.op = *op;
    node.right = *right;
    for (MarkerNode::Operand *operand : {&node.left, &node.right}) {
        const MarkerNode::Operand &other = operand == &node.left ? node.right : node.left;
        if (!operand->isVariable && other.isVariable && other.text.startsWith(u"extra"))
            operand->text = ProjectName::normalize(operand->text);
    }
    if (node.left.isVariable && !node.right.isVariable && holdsVersion(node.left.text))
        node.clause = toClause(node.op, node.right.text);
    return node;
}

std::optional<MarkerNode::Operand> MarkerParser::parseOperand()
{
    const QChar next = m_cursor.peek();
    return next == u'"' || next == u'\'' ? parseString(next) : parseVariable();
}

std::optional<MarkerNode::Operand> MarkerParser::parseString(QChar quote)
{
    const qsizetype begin = m_cursor.position();
    m_cursor.advance();
    const QStringView value =
        m_cursor.skipWhile([quote](QChar c) { return c != quote && c != u'\\' && c != u'\n' && c != u'\r'; });
    if (m_cursor.skip(quote))
        return MarkerNode::Operand{.isVariable = false, .text = value.toString()};
    if (m_cursor.atEnd()) {
        return refuse(m_cursor.fault(
            QStringLiteral("the string has no end, expected a closing %1").arg(quote), begin, m_cursor.position()));
    }
    return refuse(m_cursor.faultHere(m_cursor.peek() == u'\\'
            ? QStringLiteral("found a backslash in a marker's string, expected none")
            : QStringLiteral("found a line break in a marker's string, expected none")));
}

std::optional<MarkerNode::Operand> MarkerParser::parseVariable()
{
    const qsizetype begin = m_cursor.position();
    const QStringView written = m_cursor.skipWhile([](QChar c) { return isWordCharacter(c) || c == u'.'; });
    if (written.isEmpty()) {
        return refuse(m_cursor.faultHere(
            QStringLiteral("found %1, expected a marker variable or a quoted string").arg(m_cursor.describeNext())));
    }
    if (const auto name = variableName(written))
        return MarkerNode::Operand{.isVariable = true, .text = *name};
    return refuse(m_cursor.fault(
        QStringLiteral("%1 is not a marker variable, expected one such as python_version or sys_platform")
            .arg(quoted(written)),
        begin, m_cursor.position(), QStringLiteral("put values in quotes")));
}

std::optional<Operator> MarkerParser::parseWordOperator()
{
    if (skipKeyword(u"in"))
        return Operator::In;
    if (!skipKeyword(u"not"))
        return {};
    m_cursor.skipBlanks();
    return skipKeyword(u"in") ? std::optional(Operator::NotIn) : std::nullopt;
}

std::optional<Operator> MarkerParser::parseOperator()
{
    const qsizetype begin = m_cursor.position();
    if (isLetter(m_cursor.peek())) {
        if (const auto op = parseWordOperator())
            return op;
    } else {
        const QStringView text = m_cursor.skipWhile([](QChar c) { return QStringView(u"<>=!~").contains(c); });
        for (const OperatorText &known : OperatorTexts) {
            if (known.text == text)
                return known.op;
        }
    }
    const qsizetype end = m_cursor.position();
    m_cursor.setPosition(begin);
    const QString message = QStringLiteral("found %1, expected one of <=, <, !=, ==, >=, >, ~=, ===, in, not in");
    if (end == begin)
        return refuse(m_cursor.faultHere(message.arg(m_cursor.describeNext())));
    const QString found = quoted(m_cursor.text().sliced(begin, end - begin).trimmed());
    return refuse(m_cursor.fault(message.arg(found), begin, end));
}

} // namespace

QLatin1StringView operatorText(MarkerNode::Operator op)
{
    for (const OperatorText &known : OperatorTexts) {
        if (known.op == op)
            return known.text;
    }
    Q_UNREACHABLE();
}

bool holdsVersion(QStringView variable)
{
    return variable == u"python_version" || variable == u"python_full_version" || variable == u"implementation_version"
        || variable == u"platform_release";
}

std::optional<Clause> toClause(MarkerNode::Operator op, const QString &value)
{
    if (op == Operator::In || op == Operator::NotIn)
        return {};
    const QString text = operatorText(op) + value;
    TextCursor cursor(text);
    Fault fault;
    Clause clause;
    if (!scanClause(cursor, clause, fault))
        return {};
    cursor.skipWhile([](QChar c) { return c.isSpace(); });
    return cursor.atEnd() ? std::optional(std::move(clause)) : std::nullopt;
}

std::optional<MarkerNode> scanMarker(TextCursor &cursor, Fault &fault)
{
    return MarkerParser(cursor, fault).parseOr();
}

} // namespace Axle::Internal
