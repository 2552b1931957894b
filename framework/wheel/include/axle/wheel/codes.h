#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module wheel; what each means stands in docs/reference/errors.md.
namespace Axle::Codes {

// The archive as a whole.
inline constexpr ErrorCode FileTooLarge{"file-too-large"};
inline constexpr ErrorCode FileForeignOwner{"file-foreign-owner"};
inline constexpr ErrorCode FileChanged{"file-changed"};
inline constexpr ErrorCode ZipTruncated{"zip-truncated"};
inline constexpr ErrorCode ZipNoEndRecord{"zip-no-end-record"};
inline constexpr ErrorCode ZipEndRecordBounds{"zip-end-record-bounds"};
inline constexpr ErrorCode ZipEndRecordAmbiguous{"zip-end-record-ambiguous"};
inline constexpr ErrorCode ZipTrailingData{"zip-trailing-data"};
inline constexpr ErrorCode ZipPrefixData{"zip-prefix-data"};
inline constexpr ErrorCode ZipPolyglot{"zip-polyglot"};
inline constexpr ErrorCode ZipComment{"zip-comment"};
inline constexpr ErrorCode ZipMultidisk{"zip-multidisk"};
inline constexpr ErrorCode ZipEntryCount{"zip-entry-count"};
inline constexpr ErrorCode ZipTooManyMembers{"zip-too-many-members"};
inline constexpr ErrorCode ZipCentralDirectoryBounds{"zip-central-directory-bounds"};
inline constexpr ErrorCode ZipCentralHeader{"zip-central-header"};
inline constexpr ErrorCode Zip64Locator{"zip64-locator"};
inline constexpr ErrorCode Zip64EndRecord{"zip64-end-record"};
inline constexpr ErrorCode Zip64Mismatch{"zip64-mismatch"};
inline constexpr ErrorCode ZipGap{"zip-gap"};
inline constexpr ErrorCode ZipOverlap{"zip-overlap"};
inline constexpr ErrorCode ZipBomb{"zip-bomb"};

// One member's headers.
inline constexpr ErrorCode ZipLocalHeader{"zip-local-header"};
inline constexpr ErrorCode ZipLocalHeaderMismatch{"zip-local-header-mismatch"};
inline constexpr ErrorCode ZipDataDescriptor{"zip-data-descriptor"};
inline constexpr ErrorCode ZipMethod{"zip-method"};
inline constexpr ErrorCode ZipEncrypted{"zip-encrypted"};
inline constexpr ErrorCode ZipFlags{"zip-flags"};
inline constexpr ErrorCode ZipVersion{"zip-version"};
inline constexpr ErrorCode ZipEntryComment{"zip-entry-comment"};
inline constexpr ErrorCode ZipExtraField{"zip-extra-field"};
inline constexpr ErrorCode Zip64Extra{"zip64-extra"};
inline constexpr ErrorCode ZipUnicodePath{"zip-unicode-path"};

// Names and kinds of members.
inline constexpr ErrorCode ZipNameLength{"zip-name-length"};
inline constexpr ErrorCode ZipNameEncoding{"zip-name-encoding"};
inline constexpr ErrorCode ZipNameControl{"zip-name-control"};
inline constexpr ErrorCode ZipNameAbsolute{"zip-name-absolute"};
inline constexpr ErrorCode ZipNameDrive{"zip-name-drive"};
inline constexpr ErrorCode ZipNameTraversal{"zip-name-traversal"};
inline constexpr ErrorCode ZipNameBackslash{"zip-name-backslash"};
inline constexpr ErrorCode ZipNameNonportable{"zip-name-nonportable"};
inline constexpr ErrorCode ZipDuplicateName{"zip-duplicate-name"};
inline constexpr ErrorCode ZipFileFolderConflict{"zip-file-folder-conflict"};
inline constexpr ErrorCode ZipSpecialFile{"zip-special-file"};
inline constexpr ErrorCode ZipFolderEntry{"zip-folder-entry"};
inline constexpr ErrorCode ZipSetuid{"zip-setuid"};

// The data of one member.
inline constexpr ErrorCode ZipStoredSize{"zip-stored-size"};
inline constexpr ErrorCode ZipSizeMismatch{"zip-size-mismatch"};
inline constexpr ErrorCode ZipDeflate{"zip-deflate"};
inline constexpr ErrorCode ZipDeflateTrailing{"zip-deflate-trailing"};
inline constexpr ErrorCode ZipCrc{"zip-crc"};

// The wheel.
inline constexpr ErrorCode WheelFilename{"wheel-filename"};
inline constexpr ErrorCode WheelDistInfo{"wheel-dist-info"};
inline constexpr ErrorCode WheelNameMismatch{"wheel-name-mismatch"};
inline constexpr ErrorCode WheelVersionMismatch{"wheel-version-mismatch"};
inline constexpr ErrorCode WheelInfoMissing{"wheel-info-missing"};
inline constexpr ErrorCode WheelInfoInvalid{"wheel-info-invalid"};
inline constexpr ErrorCode WheelFormatVersion{"wheel-format-version"};
inline constexpr ErrorCode WheelFormatNewer{"wheel-format-newer"};
inline constexpr ErrorCode WheelTagMismatch{"wheel-tag-mismatch"};
inline constexpr ErrorCode WheelIncompatible{"wheel-incompatible"};
inline constexpr ErrorCode MetadataMissing{"metadata-missing"};
inline constexpr ErrorCode MetadataInvalid{"metadata-invalid"};
inline constexpr ErrorCode MetadataTooLarge{"metadata-too-large"};
inline constexpr ErrorCode MetadataFormatNewer{"metadata-format-newer"};
inline constexpr ErrorCode LicenseFileMissing{"license-file-missing"};
inline constexpr ErrorCode ExtensionsInvalid{"extensions-invalid"};
inline constexpr ErrorCode WheelShadowsStdlib{"wheel-shadows-stdlib"};
inline constexpr ErrorCode WheelTopLevelConflict{"wheel-top-level-conflict"};
inline constexpr ErrorCode WheelUrlRequirement{"wheel-url-requirement"};
inline constexpr ErrorCode WheelStartupFile{"wheel-startup-file"};
inline constexpr ErrorCode WheelBytecodeOnly{"wheel-bytecode-only"};
inline constexpr ErrorCode WheelDataIgnored{"wheel-data-ignored"};
inline constexpr ErrorCode WheelNativeInPure{"wheel-native-in-pure"};
inline constexpr ErrorCode ElfInvalid{"elf-invalid"};
inline constexpr ErrorCode ElfMachine{"elf-machine"};
inline constexpr ErrorCode ElfNoInit{"elf-no-init"};
inline constexpr ErrorCode ElfUnsafe{"elf-unsafe"};
inline constexpr ErrorCode WheelNotWritten{"wheel-not-written"};

// RECORD.
inline constexpr ErrorCode RecordMissing{"record-missing"};
inline constexpr ErrorCode RecordTooLarge{"record-too-large"};
inline constexpr ErrorCode RecordSyntax{"record-syntax"};
inline constexpr ErrorCode RecordPath{"record-path"};
inline constexpr ErrorCode RecordDuplicate{"record-duplicate"};
inline constexpr ErrorCode RecordHashAlgorithm{"record-hash-algorithm"};
inline constexpr ErrorCode RecordHashMissing{"record-hash-missing"};
inline constexpr ErrorCode RecordUnlisted{"record-unlisted"};
inline constexpr ErrorCode RecordGhost{"record-ghost"};
inline constexpr ErrorCode RecordSizeMismatch{"record-size-mismatch"};
inline constexpr ErrorCode RecordHashMismatch{"record-hash-mismatch"};

} // namespace Axle::Codes
