#pragma once

#include <axle/discovery/discoveredfile.h>

#include <QtCore/QByteArray>

#include <optional>
#include <vector>

namespace Axle::Internal {

/// A file that was read, and need not be again while its identity is the same.
struct KnownFile
{
    QByteArray name; ///< as the file system has it
    DiscoveredFile file;
};
/// Those of one folder, sorted by name, each name once.
using KnownFiles = std::vector<KnownFile>;

/// Whether `file`, read no earlier than at `time`, can be told from what it may become in the same moment: its change
/// time is 2 s older. As coarse as that are the time stamps of some file systems.
bool isSettled(const DiscoveredFile &file, std::int64_t time);

/// Whether an index keeps `file`: what can be used, or would be by another Python. What is broken is read anew by each
/// process, which says why.
bool isKept(const DiscoveredFile &file);

/// Of a file name that is a wheel's, parsed when it is asked for.
Parsed<WheelFileName> laterFileName(const QByteArray &name);

/// The index of `files`, without those that it does not keep. `key` names whatever else the results depend on.
QByteArray encodeIndex(const KnownFiles &files, const QByteArray &key);
/// The files of an index that was made with this `key` for this `folder`; nothing when `bytes` are something else, or
/// not what was written.
std::optional<KnownFiles> decodeIndex(const QByteArray &bytes, const QByteArray &key, const QString &folder);

} // namespace Axle::Internal
