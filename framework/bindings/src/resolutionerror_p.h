#pragma once

#include "qtcasters_p.h"

#include <axle/core/error.h>

namespace Axle::Internal {

/// Adds `ResolutionError` to the module: an Exception with `code` and what else an Error says.
void bindResolutionError(py::module_ &module);

/// An instance of ResolutionError. GIL held.
py::object resolutionException(const Error &error);
/// Throws what pybind11 turns into a ResolutionError. GIL held.
[[noreturn]] void raiseResolutionError(const Error &error);

} // namespace Axle::Internal
