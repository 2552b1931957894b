#pragma once

#include "executor_p.h"

namespace Axle::Internal {

/// What the worker needs to know to make a plan.
PlanRequest makeRequest(const Inventory &inventory);
/// What must go before `plan` can hold, dependents first.
QList<Step> unloadSteps(const Inventory &inventory, const Plan &plan);
/// Everything that is mounted, dependents first.
QList<Step> shutdownSteps(const Inventory &inventory);
/// What `plan` brings, once what had to go has gone; in the plan's order.
QList<Step> loadSteps(const Inventory &inventory, const Plan &plan);

} // namespace Axle::Internal
