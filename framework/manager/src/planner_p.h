#pragma once

#include "obstacles_p.h"

#include <axle/discovery/scanner.h>
#include <axle/store/store.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <atomic>
#include <memory>
#include <optional>

namespace Axle::Internal {

/// A wheel that was snapshotted and verified, and what it cost.
struct PreparedWheel
{
    VerifiedWheel wheel;
    qint64 milliseconds = 0;
};

/// What is wanted, as plain values for a worker.
struct PlanRequest
{
    QList<DiscoveredFile> files;            ///< of projects; those that cannot be used, so that a plan can say so
    QList<PluginRequest> roots;             ///< projects with a wanted plugin
    QList<ProjectName> disabledRoots;       ///< projects all of whose plugins are disabled
    QHash<QString, FailedPackage> failed;   ///< by id: tried already, not to be tried again
    QStringList pinned;                     ///< paths of libraries whose native code the process cannot exchange
    QStringList preferred;                  ///< paths of mounted libraries
    QHash<QString, PreparedWheel> prepared; ///< by path: what is mounted, and what earlier plans of this pass made
    std::shared_ptr<std::atomic_bool> cancelled;
};

/// One wheel to be mounted or to stay so.
struct PlannedWheel
{
    DiscoveredFile file;
    QStringList dependencies; ///< ids
};

/// What a disabled project would do.
struct SoloVerdict
{
    Explanation explanation; ///< why it could not be mounted
    std::optional<PlannedWheel> wheel;
};

/// What is to be mounted together, and what is not, and why.
struct Plan
{
    QList<QString> order; ///< ids, dependencies first
    QHash<QString, PlannedWheel> wheels;
    QHash<QString, PreparedWheel> prepared; ///< by path
    QMap<QString, Explanation> leftOut;     ///< by id: not resolvable
    QHash<QString, Blocked> blocked;        ///< by id
    QHash<QString, Error> unprepared;       ///< by id: the store could not take the wheel; no fault of the wheel
    QHash<QString, SoloVerdict> solo;       ///< by id
    /// Files that are not what the scan found, or that failed verification.
    QList<DiscoveredFile> corrections;
    bool isStale = false; ///< a file has changed since the scan: a new plan is needed

    bool contains(const QString &id) const { return wheels.contains(id); }
};

/// Makes plans: resolves, leaves out what depends on what may not be loaded, verifies every wheel, and begins again
/// without those that fail. Runs on a worker, starts no Python, emits nothing.
class Planner
{
public:
    Planner(const TargetPython &python, const QString &storeFolder);

    Plan plan(const PlanRequest &request);

private:
    struct Attempt;

    Resolver resolver(const Attempt &attempt) const;
    void resolve(Attempt &attempt) const;
    void judgeSolo(Attempt &attempt) const;
    bool prepare(Attempt &attempt) const;
    Result<PreparedWheel> prepareWheel(const DiscoveredFile &file, Attempt &attempt) const;
    Result<void> openStore();

    TargetPython m_python;
    MarkerEnvironment m_environment;
    QString m_storeFolder;
    std::optional<Store> m_store;
};

} // namespace Axle::Internal
