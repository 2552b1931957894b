#pragma once

#include <axle/core/filedescriptor.h>
#include <axle/resolver/distribution.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QHash>
#include <QtCore/QList>

#include <optional>

namespace Axle {

/// The group of entry points whose members are plugins.
inline constexpr QStringView PluginEntryPointGroup = u"axle.plugins";

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
    /// Made for another Python or platform: `wheel-incompatible` or, by its Requires-Python, `resolve-python`.
    bool isIncompatible() const;
    /// What a resolver should know of: usable files, and those that only Requires-Python keeps out, so that the
    /// resolver can say so where something else needs them.
    bool isCandidate() const;
    QList<EntryPoint> plugins() const { return entryPoints.group(PluginEntryPointGroup); }
    /// PEP 503 project name where it is known, else the file name.
    QString id() const;
    Distribution toDistribution() const; ///< candidates only
};

/// Reads folders of wheels: `*.whl` in each folder itself, sorted by name; files whose names begin with a dot and
/// unfinished downloads are passed over. Knows what it has read, by file identity, and reads only what changed.
/// Starts no Python. Not thread-safe; meant to live on a worker.
class AXLE_EXPORT Scanner
{
public:
    explicit Scanner(const TargetPython &python);

    /// `unfinished`: paths that are left out because they are still being written. Error: `folder-unreadable`. A bad
    /// file is no error of the scan.
    Result<QList<DiscoveredFile>> scan(const QString &folder, const QStringList &unfinished = {});
    /// One file. Its name and tags are judged before it is opened.
    DiscoveredFile examine(const QString &path) const;

private:
    void read(DiscoveredFile &file) const;

    TargetPython m_python;
    TagSet m_supported;
    QHash<QString, QHash<QString, DiscoveredFile>> m_known; // by folder and path
};

} // namespace Axle
