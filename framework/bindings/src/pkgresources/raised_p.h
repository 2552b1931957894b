#pragma once

#include "../qtcasters_p.h"

#include <axle/core/error.h>

namespace Axle::Internal {

/// The exception that was raised, when it is an Exception; any other is thrown on.
py::object exceptionOf(py::error_already_set &error);
/// The same in words: `resolve-extra` when it is an UnknownExtra, else `code`.
Error errorOf(const py::object &exception, ErrorCode code);

} // namespace Axle::Internal
