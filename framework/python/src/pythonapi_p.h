#pragma once

// The only way in this module to Python.h and pybind11.
#include <pybind11/embed.h>
#include <pybind11/pybind11.h>

#include <QtCore/QString>

namespace py = pybind11;

namespace Axle::Internal {

QString toQString(py::handle text); ///< of a str; undecodable code points are replaced
py::str toPython(const QString &text);

} // namespace Axle::Internal
