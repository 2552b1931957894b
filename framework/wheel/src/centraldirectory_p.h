#pragma once

#include "archivebytes_p.h"
#include "archivefault_p.h"
#include "endrecord_p.h"

#include <vector>

namespace Axle::Internal {

// General purpose flags (APPNOTE 4.4.4).
inline constexpr std::uint16_t FlagEncrypted = 1U << 0;
inline constexpr std::uint16_t FlagDataDescriptor = 1U << 3;
inline constexpr std::uint16_t FlagStrongEncryption = 1U << 6;
inline constexpr std::uint16_t FlagUtf8 = 1U << 11;
inline constexpr std::uint16_t FlagMaskedHeader = 1U << 13;

/// What a central header says besides what the member is: what the local header must agree with. Small, as archives have
/// thousands of them.
struct CentralEntry
{
    std::int64_t localOffset = 0;
    std::uint32_t time = 0; ///< and date, as DOS has them
    std::uint16_t flags = 0;
    std::uint16_t method = 0;
    bool isPlaced = true; ///< offset and sizes lie before the central directory
    bool isSound = true;  ///< no fault was found in it
};

struct CentralDirectory
{
    QByteArray owner;                  ///< of the members' names
    QList<ArchiveMember> members;      ///< only the local headers tell their `dataOffset`
    std::vector<CentralEntry> entries; ///< of the members, in their order
};

/// Refuses encryption and features that this reader does not know (Z25, Z26).
Result<void> checkFlags(std::uint16_t flags, const Place &place);

/// Reads and judges every central header: names, kinds, sizes, methods (Z10–Z12, Z24–Z45). Nothing when they cannot be
/// told apart.
std::optional<CentralDirectory> readCentralDirectory(
    const ArchiveBytes &file, const EndRecord &end, Rules rules, Findings &findings);

/// Refuses an archive that inflates to far more than a wheel does (Z48).
Result<void> checkTotalSize(const CentralDirectory &directory, std::int64_t fileSize);

} // namespace Axle::Internal
