#include "specifierobject_p.h"

#include "nativetype_p.h"
#include "text_p.h"
#include "versionfilter_p.h"

namespace Axle::Internal {

namespace {

constexpr Signature<2> SpecifierSignature{.function = "Specifier", .names = {"spec", "prereleases"}};
constexpr Signature<2> ContainsSignature{.function = "contains", .names = {"item", "prereleases"}, .required = 1};
constexpr Signature<3> FilterSignature{
    .function = "filter", .names = {"iterable", "prereleases", "key"}, .required = 1};

SpecifierValue construct(const Arguments<SpecifierSignature> &arguments)
{
    PyObject *const text = arguments[0];
    if (text && !PyUnicode_Check(text))
        throw py::type_error("a specifier is made from a str");
    SpecifierValue value = SpecifierValue::parseOrThrow(text ? Text(text).view() : QStringView());
    value.prereleases = toOptionalBool(arguments[1]);
    return value;
}

/// What is allowed where the caller does not say: all but what was refused. Only `filter` prefers final releases.
std::optional<bool> allowed(const SpecifierValue &value, std::optional<bool> asked)
{
    if (asked || value.prereleases)
        return asked ? asked : value.prereleases;
    return value.allowsPrereleases() == true ? std::optional(true) : std::nullopt;
}

bool containsItem(const SpecifierValue &value, PyObject *item, std::optional<bool> asked)
{
    const Candidate candidate(item);
    return value.admits(candidate) && !(candidate.isPrerelease() && allowed(value, asked) == false);
}

py::object contains(PyObject *self, const Arguments<ContainsSignature> &arguments)
{
    const auto &[item, prereleases] = arguments;
    return py::bool_(containsItem(valueOf<SpecifierValue>(self), item, toOptionalBool(prereleases)));
}

int containsSlot(PyObject *self, PyObject *item)
{
    return guardedStatus([=] { return int(containsItem(valueOf<SpecifierValue>(self), item, {})); });
}

py::object filter(PyObject *self, const Arguments<FilterSignature> &arguments)
{
    const auto &[items, prereleases, key] = arguments;
    const SpecifierValue &value = valueOf<SpecifierValue>(self);
    return filterVersions(SpecifierSetValue({value}), items, allowed(value, toOptionalBool(prereleases)), key);
}

py::object text(const SpecifierValue &value)
{
    return toStr(value.text);
}

py::object operatorText(const SpecifierValue &value)
{
    return toStr(value.operatorText());
}

py::object version(const SpecifierValue &value)
{
    return toStr(value.version());
}

py::object prereleases(const SpecifierValue &value)
{
    return py::cast(value.allowsPrereleases());
}

int setPrereleases(PyObject *self, PyObject *object, void *)
{
    return guardedStatus([=] {
        valueOf<SpecifierValue>(self).prereleases = toOptionalBool(object);
        return 0;
    });
}

PyObject *repr(PyObject *self)
{
    return guarded([self] {
        const SpecifierValue &value = valueOf<SpecifierValue>(self);
        return representation(self, value.text, value.prereleases);
    });
}

PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] {
        const SpecifierValue &value = valueOf<SpecifierValue>(self);
        return reduction(self, py::make_tuple(text(value), value.prereleases));
    });
}

Py_hash_t hash(PyObject *self)
{
    return toPythonHash(valueOf<SpecifierValue>(self).hash());
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    if (!isNative<SpecifierValue>(left) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const SpecifierValue &value = valueOf<SpecifierValue>(left);
    if (isNative<SpecifierValue>(right))
        return PyBool_FromLong((value == valueOf<SpecifierValue>(right)) == (operation == Py_EQ));
    if (!PyUnicode_Check(right))
        Py_RETURN_NOTIMPLEMENTED;
    const auto other = SpecifierValue::parse(Text(right).view());
    if (!other)
        Py_RETURN_NOTIMPLEMENTED;
    return PyBool_FromLong((value == *other) == (operation == Py_EQ));
}

PyGetSetDef properties[] = {
    {"operator", getter<SpecifierValue, &operatorText>, nullptr, "For example '>='.", nullptr},
    {"version", getter<SpecifierValue, &version>, nullptr, "The version as written.", nullptr},
    {"prereleases", getter<SpecifierValue, &prereleases>, &setPrereleases,
        "Whether pre-releases satisfy it: what was set, or else whether its version is one.", nullptr},
    {"_str", getter<SpecifierValue, &text>, nullptr, "For pattern matching.", nullptr},
    {},
};

PyMethodDef methods[] = {
    methodEntry<ContainsSignature, &contains>("Whether a version satisfies it."),
    methodEntry<FilterSignature, &filter>("An iterator over the versions that satisfy it."),
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("One clause of a version specifier of PEP 440, such as '>=1.4'.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<SpecifierValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<SpecifierValue, SpecifierSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroyNative<SpecifierValue>)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<SpecifierValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_sq_contains, reinterpret_cast<void *>(&containsSlot)},
    {Py_tp_getset, properties},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.specifiers.Specifier", sizeof(NativeObject<SpecifierValue>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

} // namespace

void bindSpecifier(py::module_ &module)
{
    PyTypeObject *const type =
        makeType(module, specification, py::dict(py::arg("__match_args__") = py::make_tuple("_str")));
    type->tp_vectorcall = &callNative<SpecifierValue, SpecifierSignature, &construct>;
    NativeType<SpecifierValue>::type = type;
}

} // namespace Axle::Internal
