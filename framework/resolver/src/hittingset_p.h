#pragma once

#include <QtCore/QtGlobal>

#include <vector>

namespace Axle::Internal {

/// The cheapest set that has an element in common with each of `sets` (each sorted and not empty); `costs` is by
/// element.
///
/// Of equally cheap sets, the one that spares the smallest elements. Exact, by branch and bound, as long as that takes
/// no more than some hundred thousand steps; beyond, the best set found until then. Always the same for the same input.
std::vector<int> minimumHittingSet(const std::vector<std::vector<int>> &sets, const std::vector<qint64> &costs);

} // namespace Axle::Internal
