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
    QList<ProjectName> roots;
    QHash<QString, FailedPackage> failed; ///< by id
    QHash<QString, Error> unusable;       ///< by id
    QHash<QString, DiscoveredFile> files; ///< by path
    QHash<QString, Error> conflicts;      ///< by id: cannot be mounted beside what else is planned
    Plan plan;
    Resolution resolution;

    void refuse(DiscoveredFile file, const Error &error)
    {
        files.remove(file.path);
        file.error = error;
        unusable.insert(file.id(), error);
        plan.corrections += file;
    }
    /// For this plan only: with another set of wheels it may be mounted.
    void leaveOut(const DiscoveredFile &file, const Error &error)
    {
        files.remove(file.path);
        unusable.insert(file.id(), error);
        conflicts.insert(file.id(), error);
    }
    void giveUp(const QString &id, const DiscoveredFile &file, const Error &error)
    {
        roots.removeIf([&](const ProjectName &root) { return root.normalized() == id; });
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

/// Files of projects that `id` asks for, directly or not, but that cannot be used: they say more than "no such project".
QList<Error> unusableBehind(const QString &id, const QHash<QString, Error> &unusable, const PlanRequest &request,
    const MarkerEnvironment &environment)
{
    QList<Error> errors;
    QSet<QString> seen;
    QStringList open{id};
    while (!open.isEmpty()) {
        const QString next = open.takeFirst();
        if (seen.contains(next))
            continue;
        seen += next;
        if (const auto found = unusable.constFind(next); found != unusable.constEnd())
            errors += *found;
        for (const DiscoveredFile &file : request.files) {
            if (file.id() != next)
                continue;
            for (const Requirement &requirement : file.metadata->requiresDist) {
                if (requirement.marker.evaluate(environment))
                    open += requirement.name.normalized();
            }
        }
    }
    return errors;
}

/// What is mounted comes before all that is not.
QList<PluginRequest> requests(const QList<ProjectName> &roots, const PlanRequest &request)
{
    QSet<QString> mounted;
    for (const DiscoveredFile &file : request.files) {
        if (request.preferred.contains(file.path))
            mounted.insert(file.id());
    }
    QList<PluginRequest> result;
    for (const ProjectName &root : roots) {
        const bool isMounted = mounted.contains(root.normalized());
        result.append({root, isMounted ? PluginPriority::Mounted : PluginPriority::Default});
    }
    return result;
}

PlannedWheel plannedWheel(const PlanEntry &entry, const QHash<QString, DiscoveredFile> &files)
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
    Attempt attempt{request, request.roots, request.failed, request.unusable, {}, {}, {}, {}};
    for (const DiscoveredFile &file : request.files)
        attempt.files.insert(file.path, file);
    attempt.plan.prepared = request.prepared;
    if (const Result<void> opened = request.roots.isEmpty() ? Result<void>() : openStore(); opened) {
        do {
            resolve(attempt);
        } while (!(prepare(attempt) && separate(attempt)) && !request.cancelled->load());
    } else {
        for (const ProjectName &root : request.roots)
            attempt.plan.unprepared.insert(root.normalized(), opened.error());
    }
    addCauses(attempt);
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
    QList<DiscoveredFile> files = attempt.request.files;
    files.removeIf([&](const DiscoveredFile &file) { return !attempt.files.contains(file.path); });
    input.candidates = toDistributions(files);
    input.environment = m_environment;
    input.pythonVersion = m_python.version();
    input.preferred = attempt.request.preferred;
    return Resolver(input);
}

void Planner::resolve(Attempt &attempt) const
{
    Plan &plan = attempt.plan;
    plan.blocked.clear();
    const Resolver resolver = this->resolver(attempt);
    Obstacles obstacles(attempt.request.disabledRoots, attempt.failed);
    QList<ProjectName> roots = attempt.roots;
    for (;;) {
        attempt.resolution = resolver.resolvePlugins(requests(roots, attempt.request));
        const QHash<QString, Blocked> blocked = obstacles.blockedIn(attempt.resolution);
        const qsizetype before = roots.size();
        roots.removeIf([&](const ProjectName &root) {
            const auto it = blocked.constFind(root.normalized());
            if (it != blocked.constEnd())
                plan.blocked.insert(root.normalized(), *it);
            return it != blocked.constEnd();
        });
        if (roots.size() == before)
            break;
    }
    plan.leftOut.clear();
    for (auto each = attempt.resolution.leftOut.cbegin(); each != attempt.resolution.leftOut.cend(); ++each)
        plan.leftOut.insert(each.key(), each->toError());
    plan.order.clear();
    plan.wheels.clear();
    for (const PlanEntry &entry : std::as_const(attempt.resolution.plan)) {
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

/// True when the wheels of the plan can be imported beside each other; false when the plan must be made anew without some
/// of them. What is mounted, or was prepared for an earlier plan, comes before what is new.
bool Planner::separate(Attempt &attempt) const
{
    const Plan &plan = attempt.plan;
    if (attempt.request.cancelled->load() || plan.isStale)
        return true;
    QStringList order = plan.order;
    std::stable_partition(order.begin(), order.end(),
        [&](const QString &id) { return attempt.request.prepared.contains(plan.wheels.value(id).file.path); });
    TopLevelOwners owners;
    bool areAllSeparate = true;
    for (const QString &id : std::as_const(order)) {
        const DiscoveredFile file = plan.wheels.value(id).file;
        const auto prepared = plan.prepared.constFind(file.path);
        if (const auto claimed = owners.claim(prepared->wheel.snapshot.wheel); !claimed) {
            attempt.leaveOut(file, claimed.error());
            areAllSeparate = false;
        }
    }
    return areAllSeparate;
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

void Planner::addCauses(Attempt &attempt) const
{
    for (auto it = attempt.plan.leftOut.begin(); it != attempt.plan.leftOut.end(); ++it) {
        if (const auto conflict = attempt.conflicts.constFind(it.key()); conflict != attempt.conflicts.cend()) {
            *it = *conflict;
            continue;
        }
        for (const Error &cause : unusableBehind(it.key(), attempt.unusable, attempt.request, m_environment))
            it->withCause(cause);
    }
}

void Planner::judgeSolo(Attempt &attempt) const
{
    if (attempt.request.disabledRoots.isEmpty())
        return;
    const Resolver resolver = this->resolver(attempt);
    for (const ProjectName &root : attempt.request.disabledRoots) {
        Requirement requirement;
        requirement.name = root;
        const Result<Resolution> resolution = resolver.resolve({requirement});
        SoloVerdict verdict;
        if (!resolution)
            verdict.error = resolution.error();
        else if (const PlanEntry *entry = resolution->find(root.normalized()))
            verdict.wheel = plannedWheel(*entry, attempt.files);
        attempt.plan.solo.insert(root.normalized(), verdict);
    }
}

} // namespace Axle::Internal
