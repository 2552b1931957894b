#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// Tag, and running_platforms()
void bindTag(py::module_ &module);

} // namespace Axle::Internal
