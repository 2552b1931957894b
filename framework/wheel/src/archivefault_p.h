#pragma once

#include <axle/core/error.h>

#include <QtCore/QByteArray>

#include <cstdint>

namespace Axle::Internal {

/// Where in an archive something is: a member (empty: the archive itself) and an offset from the file's beginning.
struct Place
{
    QByteArray member; ///< as its bytes are in the file
    std::int64_t offset = 0;
};

/// `'demo/x.py' at offset 120: <what>`; `what` says found and expected.
Error fault(ErrorCode code, const Place &place, const QString &what, const QString &hint = {});

} // namespace Axle::Internal
