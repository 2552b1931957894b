#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

void bindSpecifier(py::module_ &module);
void bindSpecifierSet(py::module_ &module);

} // namespace Axle::Internal
