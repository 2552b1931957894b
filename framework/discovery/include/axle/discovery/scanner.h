#pragma once

#include <axle/discovery/discoveredfile.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QList>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>

namespace Axle {

/// Somebody who waits for a scan, hears how far it is, and may end it.
struct ScanObserver
{
    /// Called in the thread that scans, once in each `interval`; a scan that is over sooner does not call it. `done`
    /// grows from call to call, `total` stays.
    std::function<void(int done, int total)> progress;
    std::chrono::milliseconds interval{50};
    /// Set by any thread: no further file is begun.
    std::shared_ptr<const std::atomic_bool> cancelled;
};

/// Reads folders of wheels: `*.whl` in each folder itself, sorted by name; files whose names begin with a dot and
/// unfinished downloads are passed over. Reads on all cores, and only what has changed since it was read last: by this
/// object, or by any process that scanned the folder with the same store.
///
/// Starts no Python. One thread at a time; meant to live on a worker.
class AXLE_EXPORT Scanner
{
public:
    /// `storeFolder`: Store::root(), where the index of each folder lies. Empty, or not to be written to: files are
    /// read once by each Scanner.
    explicit Scanner(const TargetPython &python, const QString &storeFolder = {});
    Scanner(Scanner &&) noexcept;
    Scanner &operator=(Scanner &&) noexcept;
    ~Scanner();

    /// `unfinished`: paths that are left out because they are still being written. Errors: `folder-unreadable`,
    /// `scan-cancelled`; what was read until then is not read again. A bad file is no error of the scan.
    Result<QList<DiscoveredFile>> scan(
        const QString &folder, const QStringList &unfinished = {}, const ScanObserver &observer = {});
    /// One file, read anew. Its name and tags are judged before it is opened.
    DiscoveredFile examine(const QString &path) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Axle
