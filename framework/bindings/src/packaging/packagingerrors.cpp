#include "packagingerrors_p.h"

#include "text_p.h"

namespace Axle::Internal {

namespace {

PackagingErrors errors{};

PyObject *makeError(py::module_ &module, const char *name, PyObject *base, const char *documentation)
{
    PyObject *const type = PyErr_NewExceptionWithDoc(name, documentation, base, nullptr);
    if (!type)
        throw py::error_already_set();
    module.attr(QByteArray(name).split('.').last().constData()) = py::handle(type);
    return type; // held as types are
}

} // namespace

const PackagingErrors &packagingErrors()
{
    return errors;
}

void bindPackagingErrors(py::module_ &module)
{
    errors = {
        .invalidVersion = makeError(
            module, "axle.packaging.version.InvalidVersion", PyExc_ValueError, "A text that is no version of PEP 440."),
        .invalidSpecifier = makeError(module, "axle.packaging.specifiers.InvalidSpecifier", PyExc_ValueError,
            "A text that is no version specifier of PEP 440."),
        .invalidMarker = makeError(module, "axle.packaging.markers.InvalidMarker", PyExc_ValueError,
            "A text that is no environment marker; the message points to where it stops being one."),
        .invalidRequirement = makeError(module, "axle.packaging.requirements.InvalidRequirement", PyExc_ValueError,
            "A text that is no dependency specifier; the message points to where it stops being one."),
        .undefinedComparison = makeError(module, "axle.packaging.markers.UndefinedComparison", PyExc_ValueError,
            "A marker compares what has no such comparison."),
        .undefinedEnvironmentName = makeError(module, "axle.packaging.markers.UndefinedEnvironmentName", PyExc_KeyError,
            "A marker names a variable that the environment does not have."),
        .invalidName = makeError(
            module, "axle.packaging.utils.InvalidName", PyExc_ValueError, "A text that is no name of a project."),
    };
}

void throwPython(PyObject *type, const QString &message)
{
    PyErr_SetObject(type, toStr(message).ptr());
    throw py::error_already_set();
}

void throwPython(PyObject *type, const char *format, PyObject *argument)
{
    PyErr_Format(type, format, argument);
    throw py::error_already_set();
}

} // namespace Axle::Internal
