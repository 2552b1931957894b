#pragma once

#include <axle/core/error.h>
#include <axle/core/filedescriptor.h>
#include <axle/discovery/parsed.h>
#include <axle/discovery/scannedmetadata.h>
#include <axle/resolver/distribution.h>
#include <axle/wheel/wheelfilename.h>

#include <optional>

namespace Axle {

/// The group of entry points whose members are plugins.
inline constexpr QStringView PluginEntryPointGroup = u"axle.plugins";

/// One file of a plugins folder, as it was found: a wheel that can be used, or the reason why not.
struct AXLE_EXPORT DiscoveredFile
{
    QString path;
    FileIdentity identity;
    Parsed<WheelFileName> fileName;   ///< when the name is a wheel's
    Parsed<ScannedMetadata> metadata; ///< when it could be read
    std::optional<int> tagRank;       ///< nothing: not for this Python
    Error error;                      ///< null: usable

    bool isUsable() const { return error.isNull(); }
    /// Made for another Python or platform: `wheel-incompatible` or, by its Requires-Python, `resolve-python`.
    bool isIncompatible() const;
    /// What a resolver should know of: usable files, and those that only Requires-Python keeps out, so that the
    /// resolver can say so where something else needs them.
    bool isCandidate() const;
    /// Every group, in file order.
    EntryPoints entryPoints() const { return metadata ? metadata->entryPoints : EntryPoints(); }
    QList<EntryPoint> plugins() const { return entryPoints().group(PluginEntryPointGroup); }
    /// PEP 503 project name where it is known, else the file name.
    QString id() const;
    Distribution toDistribution() const; ///< candidates only
};

} // namespace Axle
