#pragma once

#include "catalogue_p.h"

#include <axle/manager/pluginmanager.h>

#include <atomic>
#include <optional>

namespace Axle::Internal {

/// Makes `folder` where only its parent exists. On a worker.
void makeFolder(const QString &folder);

/// What is to be scanned, as plain values for a worker.
struct ScanRequest
{
    QStringList folders;
    QStringList unfinished;
    TrustPolicy trust = TrustPolicy::Folder;
    std::shared_ptr<const std::atomic_bool> cancelled;
    /// On the worker, now and then in a scan that takes long.
    std::function<void(const QString &folder, int done, int total)> progress;
};

/// Reads folders, and judges whether they may be loaded from. All of it on a worker.
class FolderScan
{
public:
    /// `storeFolder` as for Store::open. Without a store that can be used, folders are read all the same.
    FolderScan(const TargetPython &python, const QString &storeFolder);

    /// In the order of the folders; of use only when it was not cancelled by then.
    QList<FolderListing> run(const ScanRequest &request);

private:
    FolderListing read(const QString &folder, const ScanRequest &request);

    TargetPython m_python;
    QString m_storeFolder;
    std::optional<Scanner> m_scanner; ///< made where it is used, since that reads files
};

} // namespace Axle::Internal
