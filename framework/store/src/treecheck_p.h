#pragma once

#include "verificationrecord_p.h"

#include <axle/wheel/wheel.h>

namespace Axle::Internal {

/// What a look at a tree that was verified before has shown.
struct TreeCheck
{
    bool isIntact = false;
    bool hasHashed = false; ///< files had to be read again: the record is to be renewed with `files`
    QHash<QString, FileIdentity> files;
    QString finding; ///< for the log, when it is not intact: the first difference
};

/// Compares the tree `name` of `folder` with the wheel that it was made from: each member there, each as `record` says or
/// else, read again, of the bytes that the wheel's RECORD promises; and nothing else beside them.
TreeCheck checkTree(
    const PrivateFolder &folder, const QString &name, const Wheel &wheel, const VerificationRecord &record);

} // namespace Axle::Internal
