#pragma once

#include "pythonapi_p.h"

namespace Axle::Internal {

/// The module object made from support.py and the native types below, one per interpreter, not in sys.modules.
py::module_ supportModule();
/// Forgets it; when the interpreter ends.
void releaseSupportModule();

} // namespace Axle::Internal
