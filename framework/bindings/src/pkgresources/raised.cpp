#include "raised_p.h"

#include <axle/resolver/codes.h>

namespace Axle::Internal {

py::object exceptionOf(py::error_already_set &error)
{
    if (!error.matches(PyExc_Exception))
        throw error;
    // With its type and traceback, whether Python had made an instance of it or not.
    error.restore();
    PyObject *type = nullptr;
    PyObject *value = nullptr;
    PyObject *traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    Py_XDECREF(type);
    Py_XDECREF(traceback);
    return py::reinterpret_steal<py::object>(value);
}

Error errorOf(const py::object &exception, ErrorCode code)
{
    const py::object own = py::getattr(exception, "code", py::none());
    const bool isUnknownExtra =
        py::isinstance<py::str>(own) && own.cast<QString>() == QString(Codes::ResolveExtra.name());
    const QString type = py::str(py::type::of(exception).attr("__name__")).cast<QString>();
    return Error(isUnknownExtra ? Codes::ResolveExtra : code,
        QStringLiteral("%1: %2").arg(type, py::str(exception).cast<QString>()));
}

} // namespace Axle::Internal
