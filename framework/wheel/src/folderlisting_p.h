#pragma once

#include "archivefault_p.h"

#include <axle/core/filedescriptor.h>

#include <optional>
#include <vector>

namespace Axle::Internal {

/// One file of an unpacked wheel, as it was when the folder was listed.
struct ListedFile
{
    QByteArray path;
    ArchiveMember member; ///< stored; CRC and offset are zero; named by `path`
    FileIdentity identity;
};

struct FolderListing
{
    std::vector<ListedFile> files; ///< in the order of their paths' bytes, so that the same files give the same list
    /// Of everything: the folder's own device and inode, the sum of the sizes, the latest times of all files and folders.
    FileIdentity identity;
};

/// A folder, opened for listing, or an invalid descriptor: `path` is none, or a symbolic link, or nothing is in it.
FileDescriptor openFolder(const QString &path);

/// Lists and judges what is below `folder`, by the rules for members: names, kinds, number, total size (Z01, Z02, Z16,
/// Z33–Z42, Z44). Each folder is opened through its parent, never by its path. Nothing when it could not be listed.
std::optional<FolderListing> listFolder(const FileDescriptor &folder, Rules rules, Findings &findings);

/// The bytes of a file of the folder. Error: `file-changed` when it is not the one that was listed, before and after.
Result<QByteArray> readListed(const FileDescriptor &folder, const ListedFile &file);

} // namespace Axle::Internal
