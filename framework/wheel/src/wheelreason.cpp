#include <axle/wheel/wheelreason.h>

#include <axle/core/codes.h>
#include <axle/packaging/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QHash>

namespace Axle {

namespace {

const QHash<ErrorCode, QLatin1StringView> &reasons()
{
    static const auto table = [] {
        using namespace Codes;
        const QList<std::pair<const char *, QList<ErrorCode>>> classes{
            {"not-a-file", {FileNotFound, FileNotRegular, FileUnreadable, FileChanged}},
            {"not-a-zip", {ZipTruncated, ZipNoEndRecord}},
            {"zip-structure",
                {FileTruncated, ZipEndRecordBounds, ZipEndRecordAmbiguous, ZipTrailingData, ZipPrefixData, ZipPolyglot,
                    ZipComment, ZipEntryCount, ZipTooManyMembers, ZipCentralDirectoryBounds, ZipCentralHeader,
                    Zip64Locator, Zip64EndRecord, Zip64Mismatch, ZipGap, ZipOverlap, ZipLocalHeader,
                    ZipLocalHeaderMismatch, ZipDataDescriptor, ZipEntryComment, ZipExtraField, Zip64Extra,
                    ZipUnicodePath, ZipStoredSize, ZipDeflateTrailing}},
            {"crc", {ZipCrc, ZipSizeMismatch, ZipDeflate}},
            {"unsupported", {FileTooLarge, ZipMultidisk, ZipMethod, ZipEncrypted, ZipFlags, ZipVersion}},
            {"bomb", {ZipBomb}},
            {"encoding", {ZipNameEncoding}},
            {"unsafe-path",
                {ZipNameLength, ZipNameControl, ZipNameAbsolute, ZipNameDrive, ZipNameTraversal, ZipNameBackslash}},
            {"special-entry", {ZipSpecialFile, ZipFolderEntry, ZipSetuid}},
            {"duplicate-entry", {ZipDuplicateName, ZipFileFolderConflict}},
            {"filename", {WheelFilename}},
            {"metadata",
                {WheelDistInfo, WheelNameMismatch, WheelVersionMismatch, MetadataMissing, MetadataInvalid,
                    MetadataTooLarge, MetadataFormatNewer, LicenseFileMissing, NameInvalid, VersionInvalid,
                    SpecifierInvalid, MarkerInvalid, RequirementInvalid}},
            {"wheel-metadata",
                {WheelInfoMissing, WheelInfoInvalid, WheelFormatVersion, WheelFormatNewer, WheelTagMismatch,
                    TagInvalid}},
            {"record",
                {RecordMissing, RecordTooLarge, RecordSyntax, RecordPath, RecordDuplicate, RecordHashAlgorithm,
                    RecordHashMissing, RecordUnlisted, RecordGhost, RecordSizeMismatch, RecordHashMismatch}},
            {"entry-points", {EntryPointsInvalid}},
            {"extensions", {ExtensionsInvalid}},
            {"incompatible", {WheelIncompatible}},
            {"policy",
                {FileForeignOwner, ZipNameNonportable, WheelShadowsStdlib, WheelTopLevelConflict, WheelUrlRequirement,
                    WheelStartupFile, WheelBytecodeOnly, WheelDataIgnored}},
            {"native", {WheelNativeInPure, ElfInvalid, ElfMachine, ElfNoInit, ElfUnsafe}},
        };
        QHash<ErrorCode, QLatin1StringView> result;
        for (const auto &[reason, codes] : classes) {
            for (const ErrorCode code : codes)
                result.insert(code, QLatin1StringView(reason));
        }
        return result;
    }();
    return table;
}

} // namespace

QLatin1StringView wheelErrorReason(ErrorCode code)
{
    return reasons().value(code);
}

} // namespace Axle
