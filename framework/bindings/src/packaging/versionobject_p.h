#pragma once

#include "../qtcasters_p.h"

#include <axle/packaging/version.h>

namespace Axle::Internal {

void bindVersion(py::module_ &module);

/// The version that a str or Version object stands for; null for any other. `storage` holds it where it was parsed.
const Version *coerceVersion(PyObject *item, Version &storage);

} // namespace Axle::Internal
