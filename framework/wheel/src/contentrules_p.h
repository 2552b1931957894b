#pragma once

#include "findings_p.h"

namespace Axle {

class Wheel;

namespace Internal {

/// The rules about what a wheel contains that its names alone decide (W04, W16, W18–W21, W25, licence files).
void judgeContents(const Wheel &wheel, Findings &findings);

} // namespace Internal

} // namespace Axle
