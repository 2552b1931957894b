#pragma once

#include <axle/core/result.h>
#include <axle/manager/pluginmanager.h>

#include <QtCore/QString>

namespace Axle::Internal {

/// Whether wheels of `folder` may be loaded: the folder belongs to the user or root, nobody else can write to it, and
/// nobody else can put another folder in its place (each ancestor is judged, sticky ones such as /tmp may be writable).
/// Error: `folder-untrusted`.
Result<void> checkTrust(const QString &folder, TrustPolicy policy);

} // namespace Axle::Internal
