#pragma once

#include <axle/discovery/scanner.h>
#include <axle/manager/plugin.h>
#include <axle/mounting/wheelsource.h>
#include <axle/python/modulemount.h>
#include <axle/python/plugininstance.h>
#include <axle/resolver/explanation.h>

#include <memory>
#include <optional>
#include <vector>

namespace Axle::Internal {

class Backend;

/// One id: a plugin, a library (no entry point) or a file that cannot be used. Owner's thread.
struct PluginRecord
{
    QString id;
    std::optional<EntryPoint> entryPoint;
    PluginState state = PluginState::Discovered;
    Operation operation = Operation::None;
    Disposition disposition = Disposition::None;
    QString dispositionDetail;
    Error error;
    /// Its present file was tried and failed: it is left alone until the file or a dependency changes, or somebody
    /// asks for a retry.
    bool needsRetry = false;
    std::optional<LoadReason> loadReason; ///< of the next load; none: something that it needs has come
    std::shared_ptr<Backend> backend;
    std::shared_ptr<PluginInstance> instance; ///< while it is active

    bool isActive() const { return instance != nullptr; }
};

/// A wheel that is mounted now.
struct MountedWheel
{
    DiscoveredFile file;      ///< as it was when it was mounted
    QStringList dependencies; ///< ids of the packages that it was mounted on
    std::shared_ptr<const WheelSource> source;
    std::shared_ptr<ModuleMount> mount;
    quint64 serial = 0;                ///< counts mounts; dependencies have the smaller ones
    qint64 unreportedMilliseconds = 0; ///< preparing and mounting it, until a LoadReport says so
};

/// The first entry point of a wheel has the wheel's id, later ones add their name.
QString pluginId(const QString &packageId, qsizetype index, const EntryPoint &entryPoint);

/// Whether it is made for one platform, as wheels with native code are.
bool isNative(const DiscoveredFile &file);

/// A project: its usable files and the plugins in it. Or one file that cannot be used. Owner's thread.
struct Package
{
    QString id;
    QList<DiscoveredFile> files;    ///< newest first; empty when they have gone
    Error untrusted;                ///< its folder may not be loaded from
    QList<DiscoveredFile> unusable; ///< files of the project that cannot be used, or not from their folder, and why
    DiscoveredFile current;         ///< what the next mount takes; while it is mounted, what is mounted
    QStringList dependencies;       ///< ids, in the plan that it was in last
    std::vector<std::unique_ptr<PluginRecord>> records; ///< in the order of the entry points
    std::optional<MountedWheel> mounted;
    std::optional<DiscoveredFile> resident; ///< whose native code is in the process, until that ends
    Explanation explanation;                ///< why it has no place in the present plan

    bool isUsable() const { return !files.isEmpty() && files.first().isUsable() && untrusted.isNull(); }
    bool isLibrary() const { return current.metadata && current.plugins().isEmpty(); }
    DistributionInfo distributionInfo() const;
};

} // namespace Axle::Internal
