#pragma once

#include <axle/core/result.h>

#include <QtCore/QString>

#include <functional>
#include <memory>

namespace Axle::Internal {

/// News of folders from the operating system. One implementation is compiled in: folderwatcher_inotify.cpp on Linux,
/// folderwatcher_generic.cpp elsewhere.
class FolderEvents
{
public:
    enum class Kind {
        FileWritten, ///< created or changed
        FileClosed,  ///< closed after writing, or moved in
        FileRemoved, ///< deleted or moved away
        LookAgain,   ///< something happened, it is not known what; the name is empty
        FolderGone,  ///< the folder itself was deleted, moved or unmounted; the name is empty
    };
    using Listener = std::function<void(const QString &folder, Kind kind, const QString &name)>;

    /// Error: `watch-failed`. The listener is called from the event loop only.
    static Result<std::unique_ptr<FolderEvents>> create(const Listener &listener);
    virtual ~FolderEvents() = default;

    /// The folder exists. Adding one again follows its path anew. Error: `watch-failed`.
    virtual Result<void> add(const QString &folder) = 0;
    virtual void remove(const QString &folder) = 0;
};

} // namespace Axle::Internal
