#pragma once

#include <axle/wheel/wheelarchive.h>

namespace Axle::Internal {

/// The bytes that `compressed` inflates to, exactly `member.size` of them, all input used, CRC right (Z45–Z47).
Result<QByteArray> inflateMember(const ArchiveMember &member, const QByteArray &compressed);

} // namespace Axle::Internal
