#pragma once

#include "../qtcasters_p.h"

namespace Axle::Internal {

/// The normal form of a name as Python makes it: lower case in all scripts, `-` for each run of `-`, `_` and `.`.
QString canonicalizeName(QStringView name);
/// canonicalize_name and is_normalized_name
void bindNames(py::module_ &module);

} // namespace Axle::Internal
