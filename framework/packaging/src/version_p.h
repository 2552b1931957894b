#pragma once

#include <axle/packaging/version.h>

#include <optional>
#include <string>
#include <string_view>

namespace Axle::Internal {

class TextCursor;

/// The bytes of a version's key. Of two bytes at the same place the smaller one sorts first.
///
/// A key is: EpochMark and a number, unless the epoch is 0 | the numbers of the release without zeros at its end | a suffix, its
/// number and extension | the parts of the local version. Every part says where it ends, so that no public version's
/// key begins with another's, and the beginning of a key stands for all versions that begin so.
namespace KeyByte {

// Behind the release.
constexpr unsigned char BareDev = 0x01; ///< 1.0.dev1, which comes before 1.0a1; a number follows, and no extension
constexpr unsigned char Alpha = 0x02;   ///< a number and an extension follow
constexpr unsigned char Beta = 0x03;
constexpr unsigned char Candidate = 0x04;
constexpr unsigned char Final = 0x05;
constexpr unsigned char Post = 0x06; ///< a number and an extension other than ExtensionPost follow
constexpr unsigned char AfterSuffixes = 0x07;

// Behind a pre-release or post-release.
constexpr unsigned char ExtensionDev = 0x01; ///< a number follows
constexpr unsigned char ExtensionNone = 0x02;
constexpr unsigned char ExtensionPost = 0x03; ///< a number and an extension follow

// Before each part of a local version.
constexpr unsigned char LocalWord = 0x01; ///< sorts before any number; its text follows, and a null byte
constexpr unsigned char LocalNumber = 0x02;

// Numbers. The smaller ones need one byte, those up to 8383, which are also the years, two.
constexpr unsigned char Zero = 0x10;
constexpr unsigned char TwoBytes = 0xd0;
constexpr unsigned char ManyBytes = 0xf0;  ///< and the count of bytes, most significant first
constexpr unsigned char LongNumber = 0xf9; ///< above 19 digits: the count of digits in 8 bytes, then the digits
constexpr quint64 FirstOfTwoBytes = TwoBytes - Zero;
constexpr quint64 FirstOfManyBytes = FirstOfTwoBytes + ((ManyBytes - TwoBytes) << 8);
constexpr qsizetype MostDigitsOfWord = 19;

constexpr unsigned char EpochMark = 0xff;
/// Behind everything that begins as what stands before it: nothing but a first byte is as large.
constexpr unsigned char Behind = 0xff;

} // namespace KeyByte

/// A version as it was read, for what has to know its parts.
struct VersionScan
{
    Version version;
    qsizetype components = 0;  ///< of the release
    size_t releaseKeySize = 0; ///< of epoch and release, without zeros at its end
    size_t keySize = 0;
};

/// Reads the longest version at the cursor; nothing, with the cursor where the version stops being one, when there is none.
std::optional<VersionScan> scanVersion(TextCursor &cursor);

/// The size of the number at `position` of a key.
size_t numberSize(std::string_view key, size_t position);

/// Whether both keys are of the same epoch and release, whatever follows.
bool haveSameRelease(const VersionKey &a, const VersionKey &b);

/// A version's text, as it follows from the key.
struct VersionText
{
    QString text;
    qsizetype releaseEnd = 0;
    qsizetype publicEnd = 0;
};

VersionText textOf(const Version &version);

} // namespace Axle::Internal
