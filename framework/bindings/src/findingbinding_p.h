#pragma once

#include "qtcasters_p.h"

#include <axle/wheel/finding.h>

namespace Axle::Internal {

/// Adds `Finding` to the module.
void bindFinding(py::module_ &module);

/// The first fatal finding is raised as a WheelError whose `findings` are all of them; without one they are returned.
QList<Finding> orRaise(const QList<Finding> &findings);

} // namespace Axle::Internal
