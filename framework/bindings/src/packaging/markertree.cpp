#include "markertree_p.h"

#include "names_p.h"
#include "text_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

const QStringList &variables()
{
    static const QStringList names{QStringLiteral("python_version"), QStringLiteral("python_full_version"),
        QStringLiteral("os_name"), QStringLiteral("os.name"), QStringLiteral("sys_platform"),
        QStringLiteral("sys.platform"), QStringLiteral("platform_release"), QStringLiteral("platform_system"),
        QStringLiteral("platform_version"), QStringLiteral("platform.version"), QStringLiteral("platform_machine"),
        QStringLiteral("platform.machine"), QStringLiteral("platform_python_implementation"),
        QStringLiteral("platform.python_implementation"), QStringLiteral("python_implementation"),
        QStringLiteral("implementation_name"), QStringLiteral("implementation_version"), QStringLiteral("extra"),
        QStringLiteral("extras"), QStringLiteral("dependency_groups")};
    return names;
}

/// The longer ones first.
const QStringList &comparisons()
{
    static const QStringList operators{QStringLiteral("==="), QStringLiteral("=="), QStringLiteral("~="),
        QStringLiteral("!="), QStringLiteral("<="), QStringLiteral(">="), QStringLiteral("<"), QStringLiteral(">")};
    return operators;
}

/// The value of a string literal, escapes included as Python reads them; nothing where Python reads none.
std::optional<QString> stringLiteral(QStringView literal)
{
    const auto isSpecial = [](QChar c) { return c == u'\\' || c == u'\n' || c == u'\r' || c.isNull(); };
    if (std::none_of(literal.begin(), literal.end(), isSpecial))
        return literal.sliced(1, literal.size() - 2).toString();
    try {
        const py::object value = py::module_::import("ast").attr("literal_eval")(toStr(literal));
        return Text(value.ptr()).view().toString();
    } catch (const py::error_already_set &error) {
        if (!error.matches(PyExc_SyntaxError) && !error.matches(PyExc_ValueError))
            throw;
        return {};
    }
}

/// Recursive descent; each function leaves the reader behind what it read, blanks included.
class MarkerReader
{
public:
    explicit MarkerReader(SyntaxReader &reader)
        : m_reader(reader)
    {
    }

    std::shared_ptr<const MarkerTree> readTree();

private:
    MarkerTree::Term readTerm();
    MarkerComparison readComparison();
    MarkerOperand readOperand();
    QString readOperator();

    SyntaxReader &m_reader;
    int m_depth = 0;
};

std::shared_ptr<const MarkerTree> MarkerReader::readTree()
{
    if (++m_depth > MostMarkerDepth)
        m_reader.fail(QStringLiteral("Expected fewer parentheses within each other"));
    auto tree = std::make_shared<MarkerTree>();
    QString word;
    do {
        MarkerTree::Term term = readTerm();
        term.isAlternative = word == u"or";
        if (const auto *const child = std::get_if<std::shared_ptr<const MarkerTree>>(&term.content))
            tree->depth = std::max(tree->depth, (*child)->depth + 1);
        tree->terms.push_back(std::move(term));
        word = m_reader.takeWord({QStringLiteral("or"), QStringLiteral("and")});
    } while (!word.isEmpty());
    --m_depth;
    return tree;
}

MarkerTree::Term MarkerReader::readTerm()
{
    m_reader.skipBlanks();
    MarkerTree::Term term;
    const qsizetype begin = m_reader.position();
    if (m_reader.skip(u"(")) {
        term.content = readTree();
        m_reader.expectClosing(u")", QLatin1StringView("PARENTHESIS"), QLatin1StringView("marker expression"), begin);
    } else {
        term.content = readComparison();
    }
    m_reader.skipBlanks();
    return term;
}

/// Names are compared by their normal form.
void normalizeNames(MarkerComparison &comparison)
{
    const auto isName = [](const MarkerOperand &operand) { return operand.isVariable && operand.text == u"extra"; };
    if (!comparison.right.isVariable && isName(comparison.left))
        comparison.right.text = canonicalizeName(comparison.right.text);
    else if (!comparison.left.isVariable
        && (isName(comparison.right) || (comparison.right.isVariable && isSetVariable(comparison.right.text))))
        comparison.left.text = canonicalizeName(comparison.left.text);
}

MarkerComparison MarkerReader::readComparison()
{
    MarkerComparison comparison;
    comparison.left = readOperand();
    comparison.op = readOperator();
    comparison.right = readOperand();
    normalizeNames(comparison);
    const bool isWord = comparison.op.front().isLetter();
    if (comparison.left.isVariable && !isWord && isVersionVariable(comparison.left.text))
        comparison.clause = SpecifierValue::parse(QString(comparison.op + comparison.right.text));
    return comparison;
}

MarkerOperand MarkerReader::readOperand()
{
    const QString variable = m_reader.takeWord(variables());
    const qsizetype begin = m_reader.position();
    MarkerOperand operand;
    operand.isVariable = !variable.isEmpty();
    if (operand.isVariable) {
        operand.text = variable == u"python_implementation" ? QStringLiteral("platform_python_implementation")
                                                            : QString(variable).replace(u'.', u'_');
    } else if (const QStringView quoted = m_reader.takeQuoted(); !quoted.isEmpty()) {
        const auto value = stringLiteral(quoted);
        if (!value)
            m_reader.fail(QStringLiteral("Invalid quoted string"), begin);
        operand.text = *value;
    } else {
        m_reader.fail(QStringLiteral("Expected a marker variable or quoted string"));
    }
    m_reader.skipBlanks();
    return operand;
}

QString MarkerReader::readOperator()
{
    QString op;
    if (m_reader.skipWord(u"in")) {
        op = QStringLiteral("in");
    } else if (m_reader.skipWord(u"not")) {
        if (!m_reader.skipBlanks())
            m_reader.fail(QStringLiteral("Expected whitespace after 'not'"));
        if (!m_reader.skipWord(u"in"))
            m_reader.fail(QStringLiteral("Expected 'in' after 'not'"));
        op = QStringLiteral("not in");
    } else {
        for (const QString &known : comparisons()) {
            if (op.isEmpty() && m_reader.skip(known))
                op = known;
        }
    }
    if (op.isEmpty())
        m_reader.fail(QStringLiteral("Expected marker operator, one of <=, <, !=, ==, >=, >, ~=, ===, in, not in"));
    m_reader.skipBlanks();
    return op;
}

QString operandText(const MarkerOperand &operand)
{
    if (operand.isVariable)
        return operand.text;
    const QChar quote = operand.text.contains(u'"') ? u'\'' : u'"';
    if (operand.text.contains(quote))
        throw py::value_error("a string with both kinds of quotes cannot be written in a marker");
    return quote + operand.text + quote;
}

void appendTree(const MarkerTree &tree, bool isOutermost, QString &text);

void appendTerm(const MarkerTree::Term &term, bool isOutermost, QString &text)
{
    if (const auto *const comparison = std::get_if<MarkerComparison>(&term.content))
        text += operandText(comparison->left) + u' ' + comparison->op + u' ' + operandText(comparison->right);
    else
        appendTree(*std::get<std::shared_ptr<const MarkerTree>>(term.content), isOutermost, text);
}

void appendTree(const MarkerTree &tree, bool isOutermost, QString &text)
{
    if (tree.terms.size() == 1) // parentheses around it say nothing
        return appendTerm(tree.terms.front(), isOutermost, text);
    if (!isOutermost)
        text += u'(';
    for (const MarkerTree::Term &term : tree.terms) {
        if (&term != &tree.terms.front())
            text += term.isAlternative ? u" or " : u" and ";
        appendTerm(term, false, text);
    }
    if (!isOutermost)
        text += u')';
}

} // namespace

std::shared_ptr<const MarkerTree> readMarker(SyntaxReader &reader)
{
    return MarkerReader(reader).readTree();
}

std::shared_ptr<const MarkerTree> parseMarker(QStringView text)
{
    SyntaxReader reader(text);
    auto tree = readMarker(reader);
    reader.expectEnd(QStringLiteral("end of marker expression"));
    return tree;
}

QString markerText(const MarkerTree &tree)
{
    QString text;
    appendTree(tree, true, text);
    return text;
}

bool isVersionVariable(QStringView name)
{
    return name == u"python_version" || name == u"python_full_version" || name == u"implementation_version"
        || name == u"platform_release";
}

bool isSetVariable(QStringView name)
{
    return name == u"extras" || name == u"dependency_groups";
}

} // namespace Axle::Internal
