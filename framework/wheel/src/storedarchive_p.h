#pragma once

#include "folderlisting_p.h"

namespace Axle::Internal {

/// Writes the files of a listing as a zip archive of stored members: the same bytes for the same files. Errors: of
/// `sink`, and of `readListed`.
Result<void> writeStored(
    const FileDescriptor &folder, const std::vector<ListedFile> &files, const WheelArchive::Sink &sink);

} // namespace Axle::Internal
