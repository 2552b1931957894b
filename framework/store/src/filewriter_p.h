#pragma once

#include "privatefolder_p.h"

#include <QtCore/QByteArrayView>

namespace Axle::Internal {

enum class FileAccess {
    ReadOnly,   ///< 0400
    Executable, ///< 0500
};

/// Makes the file `name`, relative to `folder`, where nothing of that name may be yet, with its final mode whatever the
/// umask. Gives its identity. Errors: `store-full`, `store-write-failed`.
Result<FileIdentity> writeFile(
    const PrivateFolder &folder, const QString &name, QByteArrayView bytes, FileAccess access = FileAccess::ReadOnly);

} // namespace Axle::Internal
