#pragma once

#include "universe_p.h"

#include <axle/resolver/resolver.h>

#include <QtCore/QSet>

namespace Axle::Internal {

/// The plan of a solution: `choices` is the candidate by variable (-1: not needed), `roots` are normalised names.
///
/// Dependencies come first, ties by normalised name. Of projects that need each other in a circle, the one whose name
/// is first comes first.
QList<PlanEntry> makePlan(const Universe &universe, const std::vector<int> &choices, const QSet<QString> &roots);

} // namespace Axle::Internal
