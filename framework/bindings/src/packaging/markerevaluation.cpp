#include "markerevaluation_p.h"

#include "markerenvironment_p.h"
#include "names_p.h"
#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "text_p.h"

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

namespace {

/// The value at a key; null when there is none.
py::object find(PyObject *mapping, const py::object &key)
{
    if (PyDict_Check(mapping)) {
        PyObject *const found = PyDict_GetItemWithError(mapping, key.ptr());
        if (!found && PyErr_Occurred())
            throw py::error_already_set();
        return py::reinterpret_borrow<py::object>(found);
    }
    PyObject *const found = PyObject_GetItem(mapping, key.ptr());
    if (!found && !PyErr_ExceptionMatches(PyExc_KeyError))
        throw py::error_already_set();
    if (!found)
        PyErr_Clear();
    return py::reinterpret_steal<py::object>(found);
}

py::object canonicalizedNames(const py::object &names)
{
    if (PyUnicode_Check(names.ptr()))
        return toStr(canonicalizeName(Text(names.ptr()).view()));
    py::set result;
    for (const py::handle &name : names) {
        const py::str text(py::reinterpret_borrow<py::object>(name));
        result.add(toStr(canonicalizeName(Text(text.ptr()).view())));
    }
    return result;
}

/// One comparison, with the values of its variables.
class Comparison
{
public:
    Comparison(const MarkerComparison &comparison, const MarkerVariables &variables);

    bool holds() const;

private:
    std::optional<bool> compareVersions() const;
    bool compareValues() const;
    [[noreturn]] void failAsUndefined() const;

    const MarkerComparison &m_comparison;
    const QString &m_variable;
    py::object m_left;
    py::object m_right;
};

Comparison::Comparison(const MarkerComparison &comparison, const MarkerVariables &variables)
    : m_comparison(comparison)
    // A comparison of two strings takes the second for a variable.
    , m_variable(comparison.left.isVariable ? comparison.left.text : comparison.right.text)
{
    const py::object value = variables.value(m_variable);
    m_left = comparison.left.isVariable ? value : toStr(comparison.left.text);
    m_right = comparison.left.isVariable ? toStr(comparison.right.text) : value;
    if (!PyUnicode_Check(m_left.ptr())) {
        throwPython(packagingErrors().undefinedComparison,
            QStringLiteral("'%1' is a set of names, which can only stand behind 'in' or 'not in'").arg(m_variable));
    }
    if (isSetVariable(m_variable)) {
        m_left = canonicalizedNames(m_left);
        m_right = canonicalizedNames(m_right);
    }
}

void Comparison::failAsUndefined() const
{
    PyErr_Format(packagingErrors().undefinedComparison, "Undefined <Op('%s')> on %R and %R.",
        m_comparison.op.toLatin1().constData(), m_left.ptr(), m_right.ptr());
    throw py::error_already_set();
}

std::optional<bool> Comparison::compareVersions() const
{
    if (!isVersionVariable(m_variable) || m_comparison.op.front().isLetter())
        return {};
    if (m_comparison.clause)
        return m_comparison.clause->admits(Candidate(m_left.ptr()));
    if (m_comparison.left.isVariable || !PyUnicode_Check(m_right.ptr()))
        return {};
    const auto clause = SpecifierValue::parse(QString(m_comparison.op % Text(m_right.ptr()).view()));
    return clause ? std::optional(clause->admits(Candidate(m_left.ptr()))) : std::nullopt;
}

bool Comparison::compareValues() const
{
    const QString &op = m_comparison.op;
    if (op == u"in" || op == u"not in")
        return m_right.contains(m_left) == (op == u"in");
    if (op == u"==" || op == u"<=" || op == u">=") // strings have no order
        return m_left.equal(m_right);
    if (op == u"!=")
        return m_left.not_equal(m_right);
    if (op == u"<" || op == u">")
        return false;
    failAsUndefined();
}

bool Comparison::holds() const
{
    if (const auto result = compareVersions())
        return *result;
    return compareValues();
}

} // namespace

py::object MarkerVariables::unrepairedValue(const QString &name) const
{
    const py::object key = toStr(name);
    if (m_environment) {
        if (py::object given = find(m_environment, key))
            return given;
    }
    if (m_context == u"metadata" && name == u"extra")
        return py::str();
    if (m_context == u"lock_file" && isSetVariable(name))
        return owned(PyFrozenSet_New(nullptr));
    if (py::object known = find(defaultEnvironment(), key))
        return known;
    PyErr_SetObject(packagingErrors().undefinedEnvironmentName, key.ptr());
    throw py::error_already_set();
}

py::object MarkerVariables::value(const QString &name) const
{
    py::object value = unrepairedValue(name);
    if (name == u"extra" && !value.is_none() && PyUnicode_Check(value.ptr()))
        return canonicalizedNames(value);
    if (name == u"extra" && value.is_none())
        return py::str();
    if (name != u"python_full_version" || !PyUnicode_Check(value.ptr()))
        return value;
    const QString version = value.cast<QString>();
    // Python built from an untagged commit calls itself `3.13.0a1+`, which is no version.
    return version.endsWith(u'+') ? toStr(QString(version % u"local")) : value;
}

bool evaluateMarker(const MarkerTree &tree, const MarkerVariables &variables)
{
    bool any = false;
    bool all = true;
    for (const MarkerTree::Term &term : tree.terms) {
        if (term.isAlternative) {
            any = any || all;
            all = true;
        }
        const auto *const comparison = std::get_if<MarkerComparison>(&term.content);
        const bool holds = comparison
            ? Comparison(*comparison, variables).holds()
            : evaluateMarker(*std::get<std::shared_ptr<const MarkerTree>>(term.content), variables);
        all = all && holds;
    }
    return any || all;
}

} // namespace Axle::Internal
