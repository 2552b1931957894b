#pragma once

#include <QtGui/QImage>

namespace Darkroom {

/// A picture to try filters on: a lake at dusk, drawn, and equal on every machine.
QImage samplePicture();

} // namespace Darkroom
