#pragma once

#include "qtcasters_p.h"

namespace Axle::Internal {

/// Adds the function `resolve`.
void bindResolve(py::module_ &module);

} // namespace Axle::Internal
