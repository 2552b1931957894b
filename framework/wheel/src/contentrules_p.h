#pragma once

#include "findings_p.h"

namespace Axle {

class Wheel;

namespace Internal {

/// What the default policy refuses of the contents (W16, W20, W25).
void judgePolicy(const Wheel &wheel, Findings &findings);

/// That, and what is only worth a warning: all rules about what a wheel contains that its names alone decide (W04, W16,
/// W18–W21, W25, licence files).
void judgeContents(const Wheel &wheel, Findings &findings);

} // namespace Internal

} // namespace Axle
