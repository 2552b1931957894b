#pragma once

#include "scanindex_p.h"

namespace Axle::Internal {

/// The file of the store that keeps the index of one folder. Several processes may read and replace it at any time:
/// each of them sees one that is whole, and what is in it holds whoever wrote it.
class IndexFile
{
public:
    /// `storeFolder`: one that only this user can write to. Empty: nothing is kept.
    IndexFile(const QString &storeFolder, const QString &folder, const QByteArray &key);

    /// What the file says; nothing when there is none, or one that is of no use: it will be replaced.
    KnownFiles read() const;
    /// Where that cannot be done, the next process reads the wheels again.
    void write(const KnownFiles &files) const;

private:
    FileDescriptor openPlace() const;

    QString m_place; ///< the folder of all indexes; empty: nothing is kept
    QString m_folder;
    QByteArray m_key;
    QByteArray m_name;
};

} // namespace Axle::Internal
