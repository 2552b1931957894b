#pragma once

#include "archivefault_p.h"

#include <axle/core/filedescriptor.h>

namespace Axle::Internal {

/// Whether a file belongs to this user or to root (Z01). Who owns a file can change it at any time, also between two
/// looks at it. Error: `file-foreign-owner`.
Result<void> checkOwner(const FileStatus &status, const Place &place);

} // namespace Axle::Internal
