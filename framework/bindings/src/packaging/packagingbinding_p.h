#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// Adds the submodule `packaging`, which the modules of the Python package axle.packaging take their names from.
void bindPackaging(py::module_ &module);

} // namespace Axle::Internal
