#pragma once

#include "qtcasters_p.h"

#include <axle/packaging/marker.h>
#include <axle/packaging/version.h>

namespace Axle::Internal {

/// The marker variables of the Python that runs, with those of `overrides` in their place.
MarkerEnvironment worldVariables(const py::dict &overrides = {});
/// What Requires-Python is held against: `python_full_version`. Raises InvalidVersion.
Version pythonVersionOf(const MarkerEnvironment &environment);

} // namespace Axle::Internal
