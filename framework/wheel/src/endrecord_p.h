#pragma once

#include "archivebytes_p.h"

#include <axle/wheel/wheelarchive.h>

#include <optional>

namespace Axle::Internal {

class Findings;

inline constexpr std::int64_t EndRecordSize = 22;
inline constexpr std::int64_t LocalHeaderSize = 30;
inline constexpr std::int64_t CentralHeaderSize = 46;
inline constexpr std::uint32_t LocalHeaderSignature = 0x04034b50;
inline constexpr std::uint32_t CentralHeaderSignature = 0x02014b50;
inline constexpr std::uint32_t EndRecordSignature = 0x06054b50;
inline constexpr std::uint16_t Sentinel16 = 0xffff;
inline constexpr std::uint32_t Sentinel32 = 0xffffffff;

/// What the end of an archive says, ZIP64 included; the central directory lies within the file and ends where the end
/// records begin.
struct EndRecord
{
    std::int64_t memberCount = 0;
    std::int64_t directoryOffset = 0;
    std::int64_t directorySize = 0;
};

/// Finds and judges the end records of a file of `fileSize` bytes (rules Z03–Z11, Z13–Z16). Nothing when what they say
/// cannot be followed.
std::optional<EndRecord> readEndRecord(
    const ArchiveBytes &file, std::int64_t fileSize, Rules rules, Findings &findings);

} // namespace Axle::Internal
