#include "wheelerror_p.h"

#include <axle/wheel/wheelreason.h>

namespace Axle::Internal {

namespace {

constexpr char ModuleName[] = "axle._native";
constexpr char ClassName[] = "WheelError";

constexpr char Documentation[] = "A wheel that cannot be read, trusted or mounted.\n\n"
                                 "code      the exact kind of failure, for example 'record-hash-mismatch'\n"
                                 "reason    its coarse class, for example 'record'\n"
                                 "hint      what to do about it, may be empty\n"
                                 "findings  of Wheel.verify(): all that is wrong, this one among it; else empty";

} // namespace

void bindWheelError(py::module_ &module)
{
    py::dict defaults;
    for (const char *name : {"code", "reason", "hint"})
        defaults[name] = "";
    defaults["findings"] = py::list();
    const auto type = py::reinterpret_steal<py::object>(
        PyErr_NewExceptionWithDoc("axle.WheelError", Documentation, PyExc_Exception, defaults.ptr()));
    if (!type)
        throw py::error_already_set();
    module.attr(ClassName) = type;
}

QString reasonOf(const Error &error)
{
    const QLatin1StringView reason = wheelErrorReason(error.code());
    // What is left is not about the wheel: the store, the file changing meanwhile, the import system.
    return reason.isEmpty() ? QStringLiteral("unsupported") : QString(reason);
}

py::object wheelException(const Error &error)
{
    // Looked up each time: a static would outlive the interpreter that it belongs to.
    const py::object type = py::module_::import(ModuleName).attr(ClassName);
    py::object exception = type(error.toString());
    exception.attr("code") = QString(error.code().name());
    exception.attr("reason") = reasonOf(error);
    exception.attr("hint") = error.hint();
    return exception;
}

void raise(const Error &error, const py::object &findings)
{
    const py::object exception = wheelException(error);
    if (!findings.is_none())
        exception.attr("findings") = findings;
    PyErr_SetObject(py::type::of(exception).ptr(), exception.ptr());
    throw py::error_already_set();
}

} // namespace Axle::Internal
