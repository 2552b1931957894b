#pragma once

#include "universe_p.h"

namespace Axle::Internal {

/// The plan of a solution, which is what is needed of it.
///
/// Dependencies come first, ties by normalised name. Of projects that need each other in a circle, the one whose name
/// is first comes first.
QList<PlanEntry> makePlan(const Universe &universe, const std::vector<int> &values);

} // namespace Axle::Internal
