#pragma once

#include <axle/wheel/wheel.h>

namespace Axle::Internal {

/// What a host does not load although it could (the findings of `Finding::Severity::Policy`). Error: the first of them.
Result<void> checkLoadPolicy(const Wheel &wheel);

} // namespace Axle::Internal
