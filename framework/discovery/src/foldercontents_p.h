#pragma once

#include "folderlisting_p.h"

#include <QtCore/QHash>

#include <optional>

namespace Axle::Internal {

/// The wheels of one folder, and which of them are complete.
///
/// A file is complete when its writer closed it (or moved it in) and its end record is whole, when it did not change
/// for 500 ms and one of the two is so, or when it did not change for 10 s. Times are milliseconds of a steady clock.
/// The functions that take news return whether there is something to tell: a complete file came, changed or went.
class FolderContents
{
public:
    explicit FolderContents(const QString &folder);

    /// Compares with the folder as it is now. Files that were written to within the last 500 ms are unfinished.
    bool refresh(qint64 now);
    /// A writer created or changed the file.
    void fileWritten(const QString &name, qint64 now);
    /// A writer closed the file, or it was moved in.
    bool fileClosed(const QString &name, qint64 now);
    bool fileRemoved(const QString &name);
    /// Looks at the unfinished files whose time has come.
    bool settle(qint64 now);
    /// When `settle` is to be called next.
    std::optional<qint64> deadline() const;
    QStringList unfinished() const;

private:
    struct File
    {
        FileIdentity identity;
        bool isComplete = false;
        bool isTold = false; ///< a former state of it was complete, so its going is news
        bool isClosed = false;
        qint64 unchangedSince = 0;
        qint64 due = 0;
    };

    QString path(const QString &name) const { return wheelPath(m_folder, name); }
    bool meet(const QString &name, qint64 now);
    bool settle(const QString &name, qint64 now);
    void wait(File &file, qint64 since);
    bool complete(File &file);

    QString m_folder;
    QHash<QString, File> m_files; // by name
};

} // namespace Axle::Internal
