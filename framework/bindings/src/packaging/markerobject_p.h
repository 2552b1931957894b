#pragma once

#include "markertree_p.h"

namespace Axle::Internal {

/// What a Marker object holds; without a tree it holds always.
struct MarkerValue
{
    std::shared_ptr<const MarkerTree> tree;

    QString toString() const { return tree ? markerText(*tree) : QString(); }
};

void bindMarker(py::module_ &module);

} // namespace Axle::Internal
