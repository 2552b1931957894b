#pragma once

#include <axle/discovery/discoveredfile.h>

#include <QtCore/QByteArrayList>

#include <optional>
#include <vector>

namespace Axle::Internal {

/// The files of one folder that were read, and need not be again while their identity is the same: sorted by name, each
/// name once.
class KnownFiles
{
public:
    KnownFiles() = default;
    /// The names are as the file system has them; both lists are in their order.
    KnownFiles(const QByteArrayList &names, const QList<DiscoveredFile> &files);

    qsizetype count() const;
    QByteArrayView name(qsizetype number) const;
    FileIdentity identity(qsizetype number) const;
    /// Whether an index keeps the file: one that can be used, or would be by another Python. What is broken is read anew
    /// by each process, which says why.
    bool isKept(qsizetype number) const;
    /// Threads may ask together.
    DiscoveredFile file(qsizetype number) const;

private:
    friend std::optional<KnownFiles> decodeIndex(const QByteArray &bytes, const QByteArray &key, const QString &folder);

    QByteArrayList m_names;
    QList<DiscoveredFile> m_files;
    // Or an index, of which each file is made when somebody asks for it:
    QByteArray m_index;
    std::vector<qsizetype> m_records; // where each file begins
    QString m_folder;
};

/// Whether `file`, read no earlier than at `time`, can be told from what it may become in the same moment: its change
/// time is 2 s older. As coarse as that are the time stamps of some file systems.
bool isSettled(const DiscoveredFile &file, std::int64_t time);

/// Of a file name that is a wheel's and lies within `owner`, parsed when it is asked for.
Parsed<WheelFileName> laterFileName(const QByteArray &owner, QByteArrayView name);

/// The index of `files`, without those that it does not keep. `key` names whatever else the results depend on.
QByteArray encodeIndex(const KnownFiles &files, const QByteArray &key);
/// The files of an index that was made with this `key` for this `folder`; nothing when `bytes` are something else, or
/// not what was written.
std::optional<KnownFiles> decodeIndex(const QByteArray &bytes, const QByteArray &key, const QString &folder);

} // namespace Axle::Internal
