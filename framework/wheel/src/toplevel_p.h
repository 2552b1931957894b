#pragma once

#include <axle/wheel/wheellayout.h>

namespace Axle::Internal {

/// What the imported files of `layout` make importable.
QList<TopLevelName> topLevelNamesOf(const WheelLayout &layout);

} // namespace Axle::Internal
