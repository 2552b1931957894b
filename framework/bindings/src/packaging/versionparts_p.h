#pragma once

#include <axle/packaging/version.h>

namespace Axle::Internal {

QString toText(const VersionParts &parts);
Version toVersion(const VersionParts &parts);
/// Without the zeros at the end of the release.
VersionParts trimmed(VersionParts parts);
/// The number that follows the one of these digits.
QString successor(const QString &digits);

} // namespace Axle::Internal
