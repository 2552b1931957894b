#pragma once

#include <axle/wheel/wheellayout.h>

namespace Axle::Internal {

/// What the imported files of `layout` make importable.
QList<TopLevelName> topLevelNamesOf(const WheelLayout &layout);
/// The same, for who asks for nothing else of the layout.
QList<TopLevelName> topLevelNamesOf(const Wheel &wheel);

} // namespace Axle::Internal
