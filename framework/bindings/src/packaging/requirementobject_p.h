#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

void bindRequirement(py::module_ &module);

} // namespace Axle::Internal
