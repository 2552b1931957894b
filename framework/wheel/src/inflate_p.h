#pragma once

#include "archivefault_p.h"

#include <axle/wheel/plainzip.h>

namespace Axle::Internal {

/// The bytes that `compressed` inflates to, exactly `member.size` of them, all input used, CRC right (Z45–Z47).
Result<QByteArray> inflateMember(const ArchiveMember &member, QByteArrayView compressed);

/// The same for a member whose size is not believed: what the DEFLATE stream gives, up to the limit for a whole archive,
/// whatever follows it; CRC right. Any method but 0 is taken for DEFLATE, as zipimport does.
Result<QByteArray> inflatePlain(const PlainZipMember &member, QByteArrayView compressed, const Place &place);

} // namespace Axle::Internal
