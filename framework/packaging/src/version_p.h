#pragma once

#include <axle/packaging/version.h>

#include <QtCore/QSharedData>

#include <optional>
#include <string>
#include <string_view>

namespace Axle {

/// A parsed version: its normalised text, and a key whose bytes compare as PEP 440 orders versions.
///
/// The key is, in this order: epoch, release without trailing zeros, end mark | pre, post, dev | local. Each part says
/// where it ends, so that a prefix of the key (release, public version) compares as well. Usual keys fit into the
/// std::string itself.
struct VersionData : public QSharedData
{
    QString text;
    std::string key;
    qsizetype releaseTextEnd = 0;
    qsizetype publicTextEnd = 0;
    size_t releaseKeyEnd = 0;
    size_t publicKeyEnd = 0;
    bool isPrerelease = false;
    bool isPostrelease = false;
    bool isDevrelease = false;

    /// The data of `version`; the default-constructed and the moved-from one are "0".
    static const VersionData &of(const Version &version);
    static Version toVersion(VersionData *data);

    bool hasLocal() const { return publicTextEnd < text.size(); }
    std::string_view releaseKey() const { return std::string_view(key).substr(0, releaseKeyEnd); }
    std::string_view publicKey() const { return std::string_view(key).substr(0, publicKeyEnd); }
};

namespace Internal {

class TextCursor;

/// What a version may be followed by, or must not have, where it stands in a specifier.
struct VersionScan
{
    Version version;
    qsizetype components = 0; ///< of the release
    std::string
        releasePrefix; ///< the key of epoch and release with its trailing zeros, as `startsWithRelease` needs it
};

/// Reads the longest version at the cursor; nothing, with the cursor where the version stops being one, when there is none.
std::optional<VersionScan> scanVersion(TextCursor &cursor);

/// The key of the first `count` components of the release prefix (with the epoch before them).
std::string_view releasePrefixOf(std::string_view releasePrefix, qsizetype count);
/// Whether the release of `key` begins with `prefix`, as in `==1.2.*`; missing components are zero.
bool startsWithRelease(std::string_view key, std::string_view prefix);

} // namespace Internal

} // namespace Axle
