#pragma once

#include "pythonapi_p.h"

#include <axle/core/result.h>

#include <QtCore/QVariant>

namespace Axle::Internal {

/// As PythonObject::call promises. Errors: `plugin-value-unsupported`. May throw py::error_already_set.
Result<py::object> toPython(const QVariant &value);
Result<QVariant> toVariant(py::handle object);

/// Registers the buffer type that carries a QByteArray to Python without a copy.
void bindValues(py::module_ &scope);

} // namespace Axle::Internal
