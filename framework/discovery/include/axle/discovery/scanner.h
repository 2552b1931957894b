#pragma once

#include <axle/core/filedescriptor.h>
#include <axle/resolver/distribution.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QHash>
#include <QtCore/QList>

#include <optional>

namespace Axle {

/// The group of entry points whose members are plugins.
inline constexpr auto PluginEntryPointGroup = QLatin1StringView("axle.plugins");

/// One file of a plugins folder, as it was found: a wheel that can be used, or the reason why not.
struct AXLE_EXPORT DiscoveredFile
{
    QString path;
    FileIdentity identity;
    std::optional<WheelFileName> fileName; ///< when the name is a wheel's
    std::optional<CoreMetadata> metadata;  ///< when it could be read
    EntryPoints entryPoints;
    std::optional<int> tagRank; ///< nothing: not for this Python
    Error error;                ///< null: usable

    bool isUsable() const { return error.isNull(); }
    /// Usable on this Python, or well-formed but made for another.
    bool isIncompatible() const;
    QList<EntryPoint> plugins() const { return entryPoints.group(PluginEntryPointGroup); }
    /// PEP 503 project name where it is known, else the file name.
    QString id() const;
    Distribution toDistribution() const; ///< usable files only
};

/// Reads folders of wheels: `*.whl` in each folder itself, sorted by name; files whose names begin with a dot and
/// unfinished downloads are passed over. Knows what it has read, by file identity, and reads only what changed.
/// Starts no Python. Not thread-safe; meant to live on a worker.
class AXLE_EXPORT Scanner
{
public:
    explicit Scanner(const TargetPython &python);

    /// Error: `folder-unreadable`. A bad file is no error of the scan.
    Result<QList<DiscoveredFile>> scan(const QString &folder);
    DiscoveredFile examine(const QString &path) const;

private:
    TargetPython m_python;
    QHash<QString, DiscoveredFile> m_known;
};

} // namespace Axle
