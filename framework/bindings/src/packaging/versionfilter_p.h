#pragma once

#include "specifiersetvalue_p.h"

namespace Axle::Internal {

/// An iterator over those items that the set admits, read as they are asked for. Without `prereleases`, pre-releases
/// come at the end, and only when nothing else was admitted (PEP 440). `key`, which may be null, maps an item to its
/// version.
py::object filterVersions(
    const SpecifierSetValue &set, PyObject *items, std::optional<bool> prereleases, PyObject *key);
void bindVersionFilter(py::module_ &module);

} // namespace Axle::Internal
