#include "arguments_p.h"

#include <QtCore/QVarLengthArray>

namespace Axle::Internal {

namespace {

[[noreturn]] void refuse(const char *format, const char *function, const char *name)
{
    PyErr_Format(PyExc_TypeError, format, function, name);
    throw py::error_already_set();
}

void placeNamed(const SignatureView &signature, std::span<PyObject *> places, PyObject *name, PyObject *argument)
{
    for (size_t i = 0; i < places.size(); ++i) {
        if (PyUnicode_CompareWithASCIIString(name, signature.names[i]) != 0)
            continue;
        if (places[i])
            refuse("%s() got multiple values for argument '%s'", signature.function, signature.names[i]);
        places[i] = argument;
        return;
    }
    PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument %R", signature.function, name);
    throw py::error_already_set();
}

} // namespace

void placeArguments(const SignatureView &signature, std::span<PyObject *> places, PyObject *const *arguments,
    Py_ssize_t count, PyObject *names)
{
    if (static_cast<size_t>(count) > signature.positional)
        refuse("%s() has too many positional arguments%s", signature.function, "");
    for (size_t i = 0; i < static_cast<size_t>(count); ++i)
        places[i] = arguments[i];
    if (names) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); ++i)
            placeNamed(signature, places, PyTuple_GET_ITEM(names, i), arguments[count + i]);
    }
    for (size_t i = 0; i < signature.required; ++i) {
        if (!places[i])
            refuse("%s() misses the argument '%s'", signature.function, signature.names[i]);
    }
}

void placeArguments(const SignatureView &signature, std::span<PyObject *> places, PyObject *positional, PyObject *named)
{
    const Py_ssize_t count = PyTuple_GET_SIZE(positional);
    QVarLengthArray<PyObject *, 8> arguments;
    for (Py_ssize_t i = 0; i < count; ++i)
        arguments.append(PyTuple_GET_ITEM(positional, i));
    py::object names;
    if (named) {
        names = py::reinterpret_steal<py::object>(PySequence_Tuple(named));
        if (!names)
            throw py::error_already_set();
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names.ptr()); ++i)
            arguments.append(PyDict_GetItem(named, PyTuple_GET_ITEM(names.ptr(), i)));
    }
    placeArguments(signature, places, arguments.constData(), count, names.ptr());
}

std::optional<bool> toOptionalBool(PyObject *object)
{
    if (!object || object == Py_None)
        return {};
    const int truth = PyObject_IsTrue(object);
    if (truth < 0)
        throw py::error_already_set();
    return truth == 1;
}

} // namespace Axle::Internal
