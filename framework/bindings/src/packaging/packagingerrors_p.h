#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// The exceptions of axle.packaging that C++ raises, of the interpreter that runs.
struct PackagingErrors
{
    PyObject *invalidVersion;
    PyObject *invalidSpecifier;
    PyObject *invalidMarker;
    PyObject *invalidRequirement;
    PyObject *undefinedComparison;
    PyObject *undefinedEnvironmentName;
    PyObject *invalidName;
};

const PackagingErrors &packagingErrors();
void bindPackagingErrors(py::module_ &module);

/// Throws the Python exception. GIL held.
[[noreturn]] void throwPython(PyObject *type, const QString &message);
/// The same, with `argument` at the `%R` of `format`.
[[noreturn]] void throwPython(PyObject *type, const char *format, PyObject *argument);

} // namespace Axle::Internal
