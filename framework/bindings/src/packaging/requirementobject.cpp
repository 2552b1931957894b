#include "requirementobject_p.h"

#include "markerobject_p.h"
#include "names_p.h"
#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "requirementsyntax_p.h"
#include "specifiersetvalue_p.h"
#include "text_p.h"

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

namespace {

/// The attributes, which Python code may set to anything, as it does with pypa/packaging's.
struct RequirementValue
{
    enum Attribute { Name, Extras, Specifier, Url, Marker, Count };

    std::array<py::object, Count> attributes;
};

using Attribute = RequirementValue::Attribute;

constexpr Signature<1> RequirementSignature{.function = "Requirement", .names = {"requirement_string"}, .required = 1};

RequirementParts parse(QStringView text)
{
    try {
        return parseRequirement(text);
    } catch (const SyntaxFault &fault) {
        throwPython(packagingErrors().invalidRequirement, fault.toString(text));
    }
}

py::object parseSpecifier(const QString &text)
{
    try {
        return toPython(SpecifierSetValue::parseOrThrow(text));
    } catch (py::error_already_set &error) {
        const QString message = py::str(error.value()).cast<QString>();
        py::raise_from(error, packagingErrors().invalidRequirement, message.toUtf8().constData());
        throw py::error_already_set();
    }
}

RequirementValue construct(const Arguments<RequirementSignature> &arguments)
{
    if (!PyUnicode_Check(arguments[0]))
        throw py::type_error("a requirement is made from a str");
    RequirementParts parts = parse(Text(arguments[0]).view());
    py::set extras;
    for (const QString &extra : parts.extras)
        extras.add(toStr(extra));
    return {{toStr(parts.name), std::move(extras), parseSpecifier(parts.specifier),
        parts.url.isEmpty() ? py::none() : toStr(parts.url),
        parts.marker ? toPython(MarkerValue{std::move(parts.marker)}) : py::none()}};
}

QString textOf(const py::object &object)
{
    const py::str str(object);
    return Text(str.ptr()).view().toString();
}

QString toString(const RequirementValue &value)
{
    const auto &[name, extras, specifier, url, marker] = value.attributes;
    QString text = textOf(name);
    QStringList sorted;
    for (const py::handle &extra : py::iter(extras))
        sorted += textOf(py::reinterpret_borrow<py::object>(extra));
    sorted.sort();
    if (!sorted.isEmpty())
        text += u'[' + sorted.join(u',') + u']';
    text += textOf(specifier);
    if (!url.is_none())
        text += u" @ " % textOf(url) % (marker.is_none() ? QString() : QStringLiteral(" "));
    if (!marker.is_none())
        text += u"; " % textOf(marker);
    return text;
}

/// What equality is about.
py::tuple identity(const RequirementValue &value)
{
    const auto &[name, extras, specifier, url, marker] = value.attributes;
    py::set names;
    for (const py::handle &extra : py::iter(extras))
        names.add(toStr(canonicalizeName(textOf(py::reinterpret_borrow<py::object>(extra)))));
    return py::make_tuple(
        toStr(canonicalizeName(textOf(name))), owned(PyFrozenSet_New(names.ptr())), specifier, url, marker);
}

py::object text(const RequirementValue &value)
{
    return toStr(toString(value));
}

PyObject *repr(PyObject *self)
{
    return guarded([self] { return representation(self, toString(valueOf<RequirementValue>(self))); });
}

/// The text does not tell what was said about pre-releases, so that the specifier goes along.
PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] {
        const RequirementValue &value = valueOf<RequirementValue>(self);
        const py::tuple made = reduction(self, py::make_tuple(text(value)));
        const py::dict slots(py::arg("specifier") = value.attributes[RequirementValue::Specifier]);
        return py::make_tuple(made[0], made[1], py::make_tuple(made[2], slots));
    });
}

Py_hash_t hash(PyObject *self)
{
    const int failed = -1;
    PyObject *const tuple = guarded([self] { return identity(valueOf<RequirementValue>(self)); });
    if (!tuple)
        return failed;
    const Py_hash_t value = PyObject_Hash(tuple);
    Py_DECREF(tuple);
    return value;
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    return guarded([=]() -> py::object {
        if (!isNative<RequirementValue>(left) || !isNative<RequirementValue>(right)
            || (operation != Py_EQ && operation != Py_NE))
            return notImplemented();
        const bool isEqual =
            identity(valueOf<RequirementValue>(left)).equal(identity(valueOf<RequirementValue>(right)));
        return py::bool_(isEqual == (operation == Py_EQ));
    });
}

template<Attribute Index>
PyObject *attribute(PyObject *self, void *)
{
    return guarded([self] { return valueOf<RequirementValue>(self).attributes[Index]; });
}

template<Attribute Index>
int setAttribute(PyObject *self, PyObject *object, void *)
{
    return guardedStatus([=] {
        if (!object)
            throw py::attribute_error("an attribute of a Requirement cannot be deleted");
        const py::object before = std::exchange(
            valueOf<RequirementValue>(self).attributes[Index], py::reinterpret_borrow<py::object>(object));
        return 0;
    });
}

int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    for (const py::object &object : valueOf<RequirementValue>(self).attributes)
        Py_VISIT(object.ptr());
    return 0;
}

int clear(PyObject *self)
{
    const RequirementValue before = std::exchange(valueOf<RequirementValue>(self), RequirementValue());
    return 0;
}

void destroy(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    destroyNative<RequirementValue>(self);
}

template<Attribute Index>
PyGetSetDef property(const char *name, const char *documentation)
{
    return {name, &attribute<Index>, &setAttribute<Index>, documentation, nullptr};
}

PyGetSetDef properties[] = {
    property<RequirementValue::Name>("name", "The name as written."),
    property<RequirementValue::Extras>("extras", "The set of extras, as written."),
    property<RequirementValue::Specifier>("specifier", "The SpecifierSet, which may be empty."),
    property<RequirementValue::Url>("url", "What stands behind `@`, or None."),
    property<RequirementValue::Marker>("marker", "The Marker, or None."),
    {},
};

PyMethodDef methods[] = {
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("A dependency specifier of PEP 508: 'name[extra]>=1,<2; os_name == \"posix\"'.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<RequirementValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<RequirementValue, RequirementSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroy)},
    {Py_tp_traverse, reinterpret_cast<void *>(&traverse)},
    {Py_tp_clear, reinterpret_cast<void *>(&clear)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<RequirementValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_tp_getset, properties},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.requirements.Requirement", sizeof(NativeObject<RequirementValue>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};

} // namespace

void bindRequirement(py::module_ &module)
{
    PyTypeObject *const type = makeType(module, specification);
    type->tp_vectorcall = &callNative<RequirementValue, RequirementSignature, &construct>;
    NativeType<RequirementValue>::type = type;
}

} // namespace Axle::Internal
