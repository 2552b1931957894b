#pragma once

#include "filewriter_p.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace Axle::Internal {

/// A tree being written where nobody looks for it, until `place` gives it its name. What was not placed is removed.
class StagedTree
{
public:
    /// Begins an empty one in `parent`, which must outlive it. One at a time: the caller holds the folder's lock.
    static Result<StagedTree> create(const PrivateFolder &parent);
    StagedTree(StagedTree &&other) noexcept;
    StagedTree &operator=(StagedTree &&) = delete;
    ~StagedTree();

    /// Errors: `store-full`, `store-write-failed`.
    Result<void> add(const QString &member, const QByteArray &bytes, FileAccess access);
    /// Moves the tree to `parent`/`name`, where nothing may be. Gives the identities of its files.
    Result<QHash<QString, FileIdentity>> place(const QString &name);

private:
    StagedTree(const PrivateFolder &parent, PrivateFolder folder);
    Result<void> makeFolders(const QString &member);

    const PrivateFolder *m_parent;
    PrivateFolder m_folder;
    QSet<QString> m_folders;
    QHash<QString, FileIdentity> m_files;
};

/// Removes what a process that was killed has left of a staged or a discarded tree in `parent`.
void removeLeftovers(const PrivateFolder &parent);
/// Takes the tree `name` out of use in one step, then removes it. Files that are mapped or open stay as they are.
/// Error: `store-write-failed`.
Result<void> discardTree(const PrivateFolder &parent, const QString &name);

} // namespace Axle::Internal
