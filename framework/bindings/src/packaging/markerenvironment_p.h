#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// The variables of the Python that runs: a dict, borrowed, made once.
PyObject *defaultEnvironment();
/// default_environment and format_full_version
void bindMarkerEnvironment(py::module_ &module);

} // namespace Axle::Internal
