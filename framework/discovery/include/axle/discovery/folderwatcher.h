#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QObject>
#include <QtCore/QString>

#include <memory>

namespace Axle {

/// Tells when the wheels of a folder have changed *and are complete*: a file that is still being copied is not told of.
///
/// Ready means: closed after writing or moved in, and the end of the archive is whole; or, without such an event,
/// unchanged for 500 ms. Removal is told at once. Changes that come together are told once. inotify on Linux (the file
/// folderwatcher_inotify.cpp), else QFileSystemWatcher and polling. Lives in a thread with an event loop.
class AXLE_EXPORT FolderWatcher : public QObject
{
    Q_OBJECT
public:
    explicit FolderWatcher(QObject *parent = nullptr);
    ~FolderWatcher() override;

    /// Errors: `folder-unreadable`, `watch-failed`.
    Result<void> watch(const QString &folder);
    void unwatch(const QString &folder);
    /// Files that are still being written: a scan leaves them out.
    QStringList unfinished() const;

Q_SIGNALS:
    /// Something in `folder` came, went or changed; scan it again.
    void changed(const QString &folder);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Axle
