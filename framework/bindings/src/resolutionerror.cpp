#include "resolutionerror_p.h"

namespace Axle::Internal {

namespace {

constexpr char ModuleName[] = "axle._native";
constexpr char ClassName[] = "ResolutionError";

constexpr char Documentation[] = "What is asked for cannot be had together.\n\n"
                                 "code      the kind of failure, for example 'resolve-conflict'\n"
                                 "message   one line, without the rest\n"
                                 "found, expected  its two halves\n"
                                 "details   the way to it, in several lines, may be empty\n"
                                 "hint      what to do about it, may be empty\n"
                                 "causes    the ResolutionErrors that led to it";

py::object toException(const py::object &type, const Error &error)
{
    py::list causes;
    for (const Error &cause : error.causes())
        causes.append(toException(type, cause));
    py::object exception = type(error.toString());
    exception.attr("code") = QString(error.code().name());
    exception.attr("message") = error.message();
    exception.attr("found") = error.found();
    exception.attr("expected") = error.expected();
    exception.attr("details") = error.details();
    exception.attr("hint") = error.hint();
    exception.attr("causes") = causes;
    return exception;
}

} // namespace

void bindResolutionError(py::module_ &module)
{
    py::dict defaults;
    for (const char *name : {"code", "message", "found", "expected", "details", "hint"})
        defaults[name] = "";
    defaults["causes"] = py::tuple();
    const auto type = py::reinterpret_steal<py::object>(
        PyErr_NewExceptionWithDoc("axle.ResolutionError", Documentation, PyExc_Exception, defaults.ptr()));
    if (!type)
        throw py::error_already_set();
    module.attr(ClassName) = type;
}

py::object resolutionException(const Error &error)
{
    // Looked up each time: a static would outlive the interpreter that it belongs to.
    return toException(py::module_::import(ModuleName).attr(ClassName), error);
}

void raiseResolutionError(const Error &error)
{
    const py::object exception = resolutionException(error);
    PyErr_SetObject(py::type::of(exception).ptr(), exception.ptr());
    throw py::error_already_set();
}

} // namespace Axle::Internal
