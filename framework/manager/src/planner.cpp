#include "planner_p.h"

#include "loadpolicy_p.h"

#include <axle/discovery/distributions.h>
#include <axle/store/codes.h>

#include <QtCore/QElapsedTimer>

#include <algorithm>

namespace Axle::Internal {

/// A request, with what was learned while it was worked on.
struct Planner::Attempt
{
    const PlanRequest &request;
    QList<PluginRequest> roots;
    QHash<QString, FailedPackage> failed; ///< by id
    QMap<QString, DiscoveredFile> files;  ///< by path
    Plan plan;

    void refuse(DiscoveredFile file, const Error &error)
    {
        file.error = error;
        files.insert(file.path, file);
        plan.corrections += file;
    }
    void giveUp(const QString &id, const DiscoveredFile &file, const Error &error)
    {
        roots.removeIf([&](const PluginRequest &root) { return root.name.normalized() == id; });
        failed.insert(id, {error, file.plugins().isEmpty()});
        plan.unprepared.insert(id, error);
    }
};

namespace {

/// Whether the store is at fault, and not the wheel.
bool isStoreTrouble(ErrorCode code)
{
    return code == Codes::StoreUnusable || code == Codes::StoreFull || code == Codes::StoreWriteFailed
        || code == Codes::StoreLocked || code == Codes::StoreNoExec;
}

PlannedWheel plannedWheel(const PlanEntry &entry, const QMap<QString, DiscoveredFile> &files)
{
    return {files.value(entry.distribution.location), entry.dependencies};
}

} // namespace

Planner::Planner(const TargetPython &python, const QString &storeFolder)
    : m_python(python)
    , m_environment(MarkerEnvironment::of(python))
    , m_storeFolder(storeFolder)
{
}

Plan Planner::plan(const PlanRequest &request)
{
    Attempt attempt{request, request.roots, request.failed, {}, {}};
    for (const DiscoveredFile &file : request.files)
        attempt.files.insert(file.path, file);
    attempt.plan.prepared = request.prepared;
    if (const Result<void> opened = request.roots.isEmpty() ? Result<void>() : openStore(); opened) {
        do {
            resolve(attempt);
        } while (!prepare(attempt) && !request.cancelled->load());
    } else {
        for (const PluginRequest &root : request.roots)
            attempt.plan.unprepared.insert(root.name.normalized(), opened.error());
    }
    if (!request.cancelled->load())
        judgeSolo(attempt);
    return attempt.plan;
}

Result<void> Planner::openStore()
{
    if (m_store)
        return {};
    Result<Store> store = Store::open(m_storeFolder);
    if (!store)
        return store.error();
    m_store = std::move(*store);
    return {};
}

Resolver Planner::resolver(const Attempt &attempt) const
{
    ResolverInput input;
    input.candidates = toAllDistributions(attempt.files.values());
    input.environment = m_environment;
    input.pythonVersion = m_python.version();
    input.pinned = attempt.request.pinned;
    input.preferred = attempt.request.preferred;
    return Resolver(input);
}

/// Explains only what is left out in the end.
void Planner::resolve(Attempt &attempt) const
{
    Plan &plan = attempt.plan;
    plan.blocked.clear();
    const Resolver resolver = this->resolver(attempt);
    const Obstacles obstacles(attempt.request.disabledRoots, attempt.failed);
    QList<PluginRequest> roots = attempt.roots;
    Resolution resolution = resolver.resolvePlugins(roots, Explain::Nothing);
    for (;;) {
        const QHash<QString, Blocked> blocked = obstacles.blockedIn(resolution);
        const auto removed = roots.removeIf([&](const PluginRequest &root) {
            const auto it = blocked.constFind(root.name.normalized());
            if (it != blocked.constEnd())
                plan.blocked.insert(it.key(), *it);
            return it != blocked.constEnd();
        });
        if (removed == 0)
            break;
        resolution = resolver.resolvePlugins(roots, Explain::Nothing);
    }
    plan.leftOut = resolution.leftOut.isEmpty() ? resolution.leftOut : resolver.resolvePlugins(roots).leftOut;
    plan.order.clear();
    plan.wheels.clear();
    for (const PlanEntry &entry : std::as_const(resolution.plan)) {
        const QString id = entry.distribution.name.normalized();
        plan.order += id;
        plan.wheels.insert(id, plannedWheel(entry, attempt.files));
    }
}

/// True when every wheel of the plan is verified; false when the plan must be made anew without some of them.
bool Planner::prepare(Attempt &attempt) const
{
    Plan &plan = attempt.plan;
    bool areAllGood = true;
    for (const QString &id : std::as_const(plan.order)) {
        if (attempt.request.cancelled->load() || plan.isStale)
            return true;
        const DiscoveredFile file = plan.wheels.value(id).file;
        const auto earlier = plan.prepared.constFind(file.path);
        if (earlier != plan.prepared.constEnd() && earlier->wheel.snapshot.source == file.identity)
            continue;
        const Result<PreparedWheel> prepared = prepareWheel(file, attempt);
        if (prepared) {
            plan.prepared.insert(file.path, *prepared);
            continue;
        }
        areAllGood = false;
        if (isStoreTrouble(prepared.error().code()))
            attempt.giveUp(id, file, prepared.error());
        else
            attempt.refuse(file, prepared.error());
    }
    return areAllGood;
}

Result<PreparedWheel> Planner::prepareWheel(const DiscoveredFile &file, Attempt &attempt) const
{
    QElapsedTimer clock;
    clock.start();
    Result<Snapshot> snapshot = m_store->snapshot(file.path);
    if (!snapshot)
        return snapshot.error();
    if (snapshot->source != file.identity) {
        // Resolved for what the scan saw, but this is another file: judge that one, and plan again.
        const DiscoveredFile fresh = Scanner(m_python).examine(file.path);
        if (fresh.identity != snapshot->source) {
            return Error(Codes::SourceChanged, QStringLiteral("'%1' changed while it was being read").arg(file.path),
                QStringLiteral("wait until it is complete, then scan the folder again"));
        }
        attempt.plan.corrections += fresh;
        attempt.plan.isStale = true;
    }
    if (const auto allowed = checkLoadPolicy(snapshot->wheel); !allowed)
        return allowed.error();
    Result<VerifiedWheel> verified = m_store->verify(std::move(*snapshot));
    if (!verified)
        return verified.error();
    return PreparedWheel{std::move(*verified), clock.elapsed()};
}

void Planner::judgeSolo(Attempt &attempt) const
{
    if (attempt.request.disabledRoots.isEmpty())
        return;
    const Resolver resolver = this->resolver(attempt);
    for (const ProjectName &root : attempt.request.disabledRoots) {
        const Resolution resolution = resolver.resolvePlugins({{root}});
        SoloVerdict verdict{resolution.leftOut.value(root.normalized()), {}};
        if (const PlanEntry *entry = resolution.find(root.normalized()))
            verdict.wheel = plannedWheel(*entry, attempt.files);
        attempt.plan.solo.insert(root.normalized(), verdict);
    }
}

} // namespace Axle::Internal
