#pragma once

#include "privatefolder_p.h"

#include <chrono>

namespace Axle::Internal {

/// The exclusive right to change one folder, against other threads and other processes. Ends with the object or the
/// process, whichever comes first.
///
/// It is a flock of the file `lock` in that folder, which is never removed: whoever opened a removed lock file would
/// hold a lock that excludes nobody.
class FolderLock
{
public:
    /// Waits for the holder, at most `timeout`. Errors: `store-locked`, `store-unusable`, and those of a write.
    static Result<FolderLock> acquire(const PrivateFolder &folder, std::chrono::milliseconds timeout);

private:
    explicit FolderLock(FileDescriptor file)
        : m_file(std::move(file))
    {
    }
    FileDescriptor m_file;
};

} // namespace Axle::Internal
