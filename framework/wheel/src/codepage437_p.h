#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace Axle::Internal {

/// The text of bytes in code page 437, which names in zip files have that are not marked as UTF-8 (APPNOTE appendix D).
QString fromCodePage437(QByteArrayView bytes);

} // namespace Axle::Internal
