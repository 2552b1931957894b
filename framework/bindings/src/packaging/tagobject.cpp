#include "tagobject_p.h"

#include "nativetype_p.h"
#include "text_p.h"

#include <QtCore/QStringBuilder>

#include <axle/packaging/targetpython.h>

#include <algorithm>

namespace Axle::Internal {

namespace {

/// The texts as Python has them, whose hashes are known: tags are looked up in sets by the thousand.
struct TagValue
{
    py::object interpreter;
    py::object abi;
    py::object platform;
    Py_hash_t hash = 0;
};

constexpr Signature<3> TagSignature{.function = "Tag", .names = {"interpreter", "abi", "platform"}, .required = 3};
constexpr Signature<0> PlatformsSignature{.function = "running_platforms", .names = {}};

py::object lowered(PyObject *text)
{
    if (!PyUnicode_Check(text))
        throw py::type_error("the parts of a tag are str");
    const QStringView view = Text(text).view();
    const bool isLow = PyUnicode_CheckExact(text)
        && std::all_of(view.begin(), view.end(), [](QChar c) { return c.unicode() < 0x80 && !c.isUpper(); });
    return isLow ? py::reinterpret_borrow<py::object>(text) : py::handle(text).attr("lower")();
}

TagValue construct(const Arguments<TagSignature> &arguments)
{
    TagValue value{lowered(arguments[0]), lowered(arguments[1]), lowered(arguments[2])};
    value.hash = py::hash(py::make_tuple(value.interpreter, value.abi, value.platform));
    return value;
}

QString toString(const TagValue &value)
{
    return value.interpreter.cast<QString>() + u'-' + value.abi.cast<QString>() + u'-' + value.platform.cast<QString>();
}

py::object text(const TagValue &value)
{
    return toStr(toString(value));
}

PyObject *repr(PyObject *self)
{
    return guarded([self] {
        const QString address = QString::number(reinterpret_cast<quintptr>(self));
        return toStr(QString(u'<' % toString(valueOf<TagValue>(self)) % u" @ " % address % u'>'));
    });
}

PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] {
        const auto &[interpreter, abi, platform, hash] = valueOf<TagValue>(self);
        return reduction(self, py::make_tuple(interpreter, abi, platform));
    });
}

Py_hash_t hash(PyObject *self)
{
    return valueOf<TagValue>(self).hash;
}

bool isEqual(const TagValue &a, const TagValue &b)
{
    return a.hash == b.hash && PyUnicode_Compare(a.platform.ptr(), b.platform.ptr()) == 0
        && PyUnicode_Compare(a.abi.ptr(), b.abi.ptr()) == 0
        && PyUnicode_Compare(a.interpreter.ptr(), b.interpreter.ptr()) == 0;
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    if (!isNative<TagValue>(left) || !isNative<TagValue>(right) || (operation != Py_EQ && operation != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    const bool equal = left == right || isEqual(valueOf<TagValue>(left), valueOf<TagValue>(right));
    return PyBool_FromLong(equal == (operation == Py_EQ));
}

template<py::object TagValue::*Part>
PyObject *part(PyObject *self, void *)
{
    return guarded([self] { return valueOf<TagValue>(self).*Part; });
}

py::object runningPlatforms(PyObject *, const Arguments<PlatformsSignature> &)
{
    return py::cast(TargetPython::current().platforms);
}

PyGetSetDef properties[] = {
    {"interpreter", &part<&TagValue::interpreter>, nullptr, "For example 'cp311'.", nullptr},
    {"abi", &part<&TagValue::abi>, nullptr, "For example 'abi3'.", nullptr},
    {"platform", &part<&TagValue::platform>, nullptr, "For example 'linux_x86_64'.", nullptr},
    {},
};

PyMethodDef methods[] = {
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("A compatibility tag of PEP 425, in lower case.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<TagValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<TagValue, TagSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroyNative<TagValue>)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<TagValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_tp_getset, properties},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{
    "axle.packaging.tags.Tag", sizeof(NativeObject<TagValue>), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

PyMethodDef functions[] = {
    methodEntry<PlatformsSignature, &runningPlatforms>("The platform tags of this system, best first."),
    {},
};

} // namespace

void bindTag(py::module_ &module)
{
    PyTypeObject *const type = makeType(module, specification);
    type->tp_vectorcall = &callNative<TagValue, TagSignature, &construct>;
    NativeType<TagValue>::type = type;
    if (PyModule_AddFunctions(module.ptr(), functions) < 0)
        throw py::error_already_set();
}

} // namespace Axle::Internal
