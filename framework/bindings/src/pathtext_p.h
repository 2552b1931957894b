#pragma once

#include "qtcasters_p.h"

namespace Axle::Internal {

/// The path of a str or an os.PathLike. Raises TypeError.
QString pathText(const py::object &path);

} // namespace Axle::Internal
