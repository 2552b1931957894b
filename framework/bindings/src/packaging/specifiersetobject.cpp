#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "specifierobject_p.h"
#include "text_p.h"
#include "versionfilter_p.h"

namespace Axle::Internal {

namespace {

constexpr Signature<2> SetSignature{.function = "SpecifierSet", .names = {"specifiers", "prereleases"}};
constexpr Signature<3> ContainsSignature{
    .function = "contains", .names = {"item", "prereleases", "installed"}, .required = 1};
constexpr Signature<3> FilterSignature{
    .function = "filter", .names = {"iterable", "prereleases", "key"}, .required = 1};

std::vector<SpecifierValue> members(PyObject *specifiers)
{
    std::vector<SpecifierValue> result;
    for (const py::handle &specifier : py::iter(specifiers)) {
        if (!isNative<SpecifierValue>(specifier.ptr()))
            throw py::type_error("a SpecifierSet is made from a str or from Specifier objects");
        result.push_back(valueOf<SpecifierValue>(specifier.ptr()));
    }
    return result;
}

SpecifierSetValue construct(const Arguments<SetSignature> &arguments)
{
    const auto &[specifiers, prereleases] = arguments;
    SpecifierSetValue value;
    if (specifiers && PyUnicode_Check(specifiers))
        value = SpecifierSetValue::parseOrThrow(Text(specifiers).view());
    else if (specifiers)
        value = SpecifierSetValue(members(specifiers));
    value.prereleases = toOptionalBool(prereleases);
    return value;
}

bool containsItem(const SpecifierSetValue &set, PyObject *item, std::optional<bool> asked)
{
    const Candidate candidate(item);
    if (candidate.isPrerelease() && (asked ? asked : set.prereleases) == false)
        return false;
    return set.admits(candidate);
}

py::object contains(PyObject *self, const Arguments<ContainsSignature> &arguments)
{
    const auto &[item, prereleases, installed] = arguments;
    // A pre-release that is installed already is not what is to be kept away.
    const std::optional<bool> asked =
        toOptionalBool(installed).value_or(false) ? std::optional(true) : toOptionalBool(prereleases);
    return py::bool_(containsItem(valueOf<SpecifierSetValue>(self), item, asked));
}

int containsSlot(PyObject *self, PyObject *item)
{
    return guardedStatus([=] { return int(containsItem(valueOf<SpecifierSetValue>(self), item, {})); });
}

py::object filter(PyObject *self, const Arguments<FilterSignature> &arguments)
{
    const auto &[items, prereleases, key] = arguments;
    const SpecifierSetValue &set = valueOf<SpecifierSetValue>(self);
    const std::optional<bool> asked = toOptionalBool(prereleases);
    return filterVersions(set, items, asked ? asked : set.allowsPrereleases(), key);
}

py::object isUnsatisfiable(const SpecifierSetValue &set)
{
    return py::bool_(set.isUnsatisfiable());
}

py::tuple specifiers(const SpecifierSetValue &set)
{
    py::tuple result(set.members().size());
    for (size_t i = 0; i < set.members().size(); ++i)
        PyTuple_SET_ITEM(result.ptr(), static_cast<Py_ssize_t>(i), toPython(set.members()[i]).release().ptr());
    return result;
}

py::object iterate(const SpecifierSetValue &set)
{
    return owned(PyObject_GetIter(specifiers(set).ptr()));
}

Py_ssize_t length(PyObject *self)
{
    return static_cast<Py_ssize_t>(valueOf<SpecifierSetValue>(self).members().size());
}

py::object text(const SpecifierSetValue &set)
{
    return toStr(set.toString());
}

py::object prereleases(const SpecifierSetValue &set)
{
    return py::cast(set.allowsPrereleases());
}

int setPrereleases(PyObject *self, PyObject *object, void *)
{
    return guardedStatus([=] {
        valueOf<SpecifierSetValue>(self).prereleases = toOptionalBool(object);
        return 0;
    });
}

PyObject *repr(PyObject *self)
{
    return guarded([self] {
        const SpecifierSetValue &set = valueOf<SpecifierSetValue>(self);
        return representation(self, set.toString(), set.prereleases);
    });
}

PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] {
        const SpecifierSetValue &set = valueOf<SpecifierSetValue>(self);
        return reduction(self, py::make_tuple(specifiers(set), set.prereleases));
    });
}

Py_hash_t hash(PyObject *self)
{
    return toPythonHash(valueOf<SpecifierSetValue>(self).hash());
}

/// The set that a SpecifierSet, Specifier or str stands for; nothing for any other object. Raises InvalidSpecifier.
std::optional<SpecifierSetValue> coerce(PyObject *object)
{
    if (isNative<SpecifierSetValue>(object))
        return valueOf<SpecifierSetValue>(object);
    if (isNative<SpecifierValue>(object))
        return SpecifierSetValue({valueOf<SpecifierValue>(object)});
    if (PyUnicode_Check(object))
        return SpecifierSetValue::parseOrThrow(Text(object).view());
    return {};
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    return guarded([=]() -> py::object {
        if (!isNative<SpecifierSetValue>(left) || (operation != Py_EQ && operation != Py_NE))
            return notImplemented();
        const auto other = coerce(right);
        if (!other)
            return notImplemented();
        return py::bool_((valueOf<SpecifierSetValue>(left) == *other) == (operation == Py_EQ));
    });
}

PyObject *combine(PyObject *left, PyObject *right)
{
    return guarded([=]() -> py::object {
        if (!isNative<SpecifierSetValue>(left) || !(isNative<SpecifierSetValue>(right) || PyUnicode_Check(right)))
            return notImplemented();
        const SpecifierSetValue &set = valueOf<SpecifierSetValue>(left);
        const SpecifierSetValue other = *coerce(right);
        if (set.prereleases && other.prereleases && set.prereleases != other.prereleases)
            throw py::value_error("Cannot combine SpecifierSets with True and False prerelease overrides.");
        std::vector<SpecifierValue> all = set.members();
        all.insert(all.end(), other.members().begin(), other.members().end());
        SpecifierSetValue result(std::move(all));
        result.prereleases = set.prereleases ? set.prereleases : other.prereleases;
        return toPython(std::move(result));
    });
}

PyGetSetDef properties[] = {
    {"prereleases", getter<SpecifierSetValue, &prereleases>, &setPrereleases,
        "Whether pre-releases satisfy it: what was set, or else True where a specifier names one.", nullptr},
    {"_str", getter<SpecifierSetValue, &text>, nullptr, "For pattern matching.", nullptr},
    {},
};

PyMethodDef methods[] = {
    methodEntry<ContainsSignature, &contains>("Whether a version satisfies all specifiers."),
    methodEntry<FilterSignature, &filter>("An iterator over the versions that satisfy all specifiers."),
    {"is_unsatisfiable", [](PyObject *self, PyObject *) { return unary<SpecifierSetValue, &isUnsatisfiable>(self); },
        METH_NOARGS, "Whether no version can satisfy it."},
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("Version specifiers of PEP 440 that must all hold: '>=1.4,<2'.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<SpecifierSetValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<SpecifierSetValue, SetSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroyNative<SpecifierSetValue>)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<SpecifierSetValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_tp_iter, reinterpret_cast<void *>(&unary<SpecifierSetValue, &iterate>)},
    {Py_nb_and, reinterpret_cast<void *>(&combine)},
    {Py_sq_length, reinterpret_cast<void *>(&length)},
    {Py_sq_contains, reinterpret_cast<void *>(&containsSlot)},
    {Py_tp_getset, properties},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.specifiers.SpecifierSet", sizeof(NativeObject<SpecifierSetValue>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

} // namespace

void bindSpecifierSet(py::module_ &module)
{
    PyTypeObject *const type =
        makeType(module, specification, py::dict(py::arg("__match_args__") = py::make_tuple("_str")));
    type->tp_vectorcall = &callNative<SpecifierSetValue, SetSignature, &construct>;
    NativeType<SpecifierSetValue>::type = type;
}

} // namespace Axle::Internal
