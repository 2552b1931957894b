#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// Adds the submodule `pkg_resources`, which the Python package axle.pkg_resources is made over.
void bindPkgResources(py::module_ &module);

/// The parts of it.
void bindEnvironment(py::module_ &module);
void bindWorkingSet(py::module_ &module);
void bindWheelFolder(py::module_ &module);

} // namespace Axle::Internal
