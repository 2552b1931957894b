#pragma once

#include "archivebytes_p.h"

#include <cstdint>

namespace Axle::Internal {

/// The fields that end record and ZIP64 end record share, as they stand in the file.
struct EndFields
{
    std::uint64_t disk = 0;
    std::uint64_t directoryDisk = 0;
    std::uint64_t membersOnDisk = 0;
    std::uint64_t members = 0;
    std::uint64_t directorySize = 0;
    std::uint64_t directoryOffset = 0;
    std::int64_t offset = 0; ///< of the record itself, where the central directory must end
};

/// `fields` of the end record, widened by the ZIP64 end record where there is one: its locator directly before the end
/// record, it directly before the locator, and nothing else (Z13–Z15).
Result<EndFields> withZip64(const ArchiveBytes &file, const EndFields &fields);

} // namespace Axle::Internal
