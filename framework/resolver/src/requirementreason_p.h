#pragma once

#include "universe_p.h"

#include <axle/resolver/explanation.h>

namespace Axle::Internal {

/// That the candidates with these `values` of the fact's variable, the most wanted first, have its requirement.
Reason requirementReason(const Universe &universe, const Fact &fact, const std::vector<int> &values);

/// What `values` of a variable are, the most wanted first.
Reason candidatesReason(Reason::Kind kind, const Universe &universe, int variable, const std::vector<int> &values);

} // namespace Axle::Internal
