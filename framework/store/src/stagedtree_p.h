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
    /// The identities of what was added, by member. Placing the tree does not change them.
    const QHash<QString, FileIdentity> &files() const { return m_files; }
    /// Makes it the tree `name` of `parent` in one step; whoever has the old one of that name open or mapped keeps it.
    Result<void> place(const QString &name);

private:
    StagedTree(const PrivateFolder &parent, PrivateFolder folder);
    Result<void> makeFolders(const QString &member);

    const PrivateFolder *m_parent;
    PrivateFolder m_folder;
    QSet<QString> m_folders;
    QHash<QString, FileIdentity> m_files;
};

/// Removes what a process that was killed has left of a staged tree in `parent`.
void removeLeftovers(const PrivateFolder &parent);

} // namespace Axle::Internal
