#pragma once

#include "catalogue_p.h"

#include <axle/manager/pluginmanager.h>

namespace Axle::Internal {

/// Makes `folder` where only its parent exists. On a worker.
void makeFolder(const QString &folder);
/// Reads the folders, in their order, and judges whether they may be loaded from. On a worker.
QList<FolderListing> scanFolders(
    Scanner &scanner, const QStringList &folders, const QStringList &unfinished, TrustPolicy policy);

} // namespace Axle::Internal
