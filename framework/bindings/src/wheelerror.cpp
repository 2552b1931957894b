#include "wheelerror_p.h"

#include <axle/wheel/wheelreason.h>

namespace Axle::Internal {

namespace {

constexpr char ModuleName[] = "axle._native";
constexpr char ClassName[] = "WheelError";

constexpr char Documentation[] =
    "A wheel that cannot be read, trusted or mounted.\n\n"
    "code    the exact kind of failure, for example 'record-hash-mismatch'\n"
    "reason  its coarse class, for example 'record'; empty for failures that are not the wheel's\n"
    "hint    what to do about it, may be empty";

} // namespace

void bindWheelError(py::module_ &module)
{
    py::dict defaults;
    for (const char *name : {"code", "reason", "hint"})
        defaults[name] = "";
    const auto type = py::reinterpret_steal<py::object>(
        PyErr_NewExceptionWithDoc("axle.WheelError", Documentation, PyExc_Exception, defaults.ptr()));
    if (!type)
        throw py::error_already_set();
    module.attr(ClassName) = type;
}

void raise(const Error &error)
{
    // Looked up each time: a static would outlive the interpreter that it belongs to.
    const py::object type = py::module_::import(ModuleName).attr(ClassName);
    const py::object exception = type(error.toString());
    exception.attr("code") = QString(error.code().name());
    exception.attr("reason") = QString(wheelErrorReason(error.code()));
    exception.attr("hint") = error.hint();
    PyErr_SetObject(type.ptr(), exception.ptr());
    throw py::error_already_set();
}

} // namespace Axle::Internal
