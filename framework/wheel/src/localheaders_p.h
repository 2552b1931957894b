#pragma once

#include "archivebytes_p.h"
#include "centraldirectory_p.h"

namespace Axle::Internal {

/// Compares each local header with its central one, and demands that the members fill the file from its first byte to
/// the central directory without gap or overlap (Z07, Z17–Z23). Fills in each member's `dataOffset`.
void placeMembers(const ArchiveBytes &file, const EndRecord &end, CentralDirectory &directory, Findings &findings);

} // namespace Axle::Internal
