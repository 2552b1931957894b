#include "reconciler_p.h"

#include "steps_p.h"

namespace Axle::Internal {

Reconciler::Reconciler(Catalogue &catalogue, Inventory &inventory, Executor &executor, Reporter &reporter,
    Worker &worker, std::shared_ptr<Planner> planner)
    : m_catalogue(catalogue)
    , m_inventory(inventory)
    , m_executor(executor)
    , m_reporter(reporter)
    , m_worker(worker)
    , m_planner(std::move(planner))
    , m_cancelled(std::make_shared<std::atomic_bool>(false))
{
}

Reconciler::~Reconciler()
{
    *m_cancelled = true;
}

void Reconciler::run(std::function<void()> done)
{
    Q_ASSERT(!m_done);
    m_done = std::move(done);
    makePlan();
}

void Reconciler::unloadAll(std::function<void()> done)
{
    Q_ASSERT(!m_done);
    m_done = std::move(done);
    m_executor.run(shutdownSteps(m_inventory), {}, [this](Executor::Outcome) { finish(); });
}

void Reconciler::stop()
{
    if (!m_done)
        return;
    *m_cancelled = true;
    if (m_executor.isRunning())
        m_executor.stop();
    else
        finish();
}

void Reconciler::makePlan()
{
    PlanRequest request = makeRequest(m_inventory);
    request.prepared.insert(m_prepared);
    m_cancelled = std::make_shared<std::atomic_bool>(false);
    request.cancelled = m_cancelled;
    m_worker.run([planner = m_planner, request] { return planner->plan(request); },
        [this, serial = ++m_serial](const Plan &plan) {
            if (serial == m_serial)
                planMade(plan);
        });
}

void Reconciler::planMade(const Plan &plan)
{
    m_prepared = plan.prepared;
    if (!plan.corrections.isEmpty()) {
        for (const DiscoveredFile &file : plan.corrections)
            m_catalogue.replaceFile(file);
        m_inventory.update(m_catalogue.entries(), {});
    }
    if (plan.isStale)
        return makePlan();
    m_plan = plan;
    applyDispositions();
    applyVerdicts();
    unload();
}

void Reconciler::applyDispositions()
{
    for (const auto &[id, package] : m_inventory.packages()) {
        if (!package->untrusted.isNull())
            continue;
        const Blocked blocked = m_plan.blocked.value(id);
        for (const auto &record : package->records) {
            const bool isPlugin = package->isUsable() && record->entryPoint;
            if (isPlugin && !m_inventory.isEnabled(record->id))
                m_reporter.setDisposition(*record, Disposition::DisabledByUser);
            else if (isPlugin && blocked.disposition != Disposition::None)
                m_reporter.setDisposition(*record, blocked.disposition, blocked.detail);
            else
                m_reporter.setDisposition(*record, Disposition::None);
        }
    }
}

void Reconciler::applyVerdicts()
{
    for (const auto &[id, package] : m_inventory.packages()) {
        package->explanation = package->isUsable() ? explanationOf(id) : Explanation();
        if (package->mounted || package->files.isEmpty())
            continue;
        if (package->isUsable())
            applyVerdict(*package);
        else
            m_inventory.judgeFile(*package);
    }
}

void Reconciler::applyVerdict(Package &package)
{
    if (const PlannedWheel *const wheel = plannedWheel(package.id)) {
        m_inventory.choose(package, wheel->file);
        package.dependencies = wheel->dependencies;
    } else if (m_plan.blocked.contains(package.id)) {
        package.dependencies = m_plan.blocked[package.id].dependencies;
    }
    const std::optional<Verdict> verdict = verdictOn(package.id);
    const bool isUnprepared = m_plan.unprepared.contains(package.id);
    for (const auto &record : package.records) {
        if (verdict && (isUnprepared || !record->needsRetry))
            m_reporter.setState(*record, verdict->first, verdict->second);
        record->needsRetry = record->needsRetry || isUnprepared;
    }
}

/// The file that the next mount takes: in the plan, or alone for what is disabled.
const PlannedWheel *Reconciler::plannedWheel(const QString &id) const
{
    if (const auto planned = m_plan.wheels.constFind(id); planned != m_plan.wheels.constEnd())
        return &*planned;
    const auto solo = m_plan.solo.constFind(id);
    return solo != m_plan.solo.constEnd() && solo->wheel ? &*solo->wheel : nullptr;
}

/// Why it has no place in the plan, or could not have one if it were enabled.
Explanation Reconciler::explanationOf(const QString &id) const
{
    const auto leftOut = m_plan.leftOut.constFind(id);
    return leftOut != m_plan.leftOut.constEnd() ? *leftOut : m_plan.solo.value(id).explanation;
}

/// Nothing of libraries that nobody needs.
std::optional<Reconciler::Verdict> Reconciler::verdictOn(const QString &id) const
{
    if (m_plan.unprepared.contains(id))
        return Verdict(PluginState::Failed, m_plan.unprepared[id]);
    if (!m_plan.contains(id) && m_plan.blocked.contains(id))
        return Verdict(m_plan.blocked[id].state, m_plan.blocked[id].error);
    if (plannedWheel(id))
        return Verdict(PluginState::Resolved, Error());
    if (const Explanation explanation = explanationOf(id); !explanation.headline.isEmpty())
        return Verdict(PluginState::Unresolved, explanation.toError());
    return std::nullopt;
}

void Reconciler::unload()
{
    m_executor.run(unloadSteps(m_inventory, m_plan), {}, [this](Executor::Outcome outcome) {
        if (outcome == Executor::Outcome::Stopped)
            return finish();
        applyVerdicts();
        m_inventory.dropGone();
        load();
    });
}

void Reconciler::load()
{
    m_executor.run(loadSteps(m_inventory, m_plan), m_prepared, [this](Executor::Outcome outcome) {
        if (outcome == Executor::Outcome::Failed)
            makePlan();
        else
            finish();
    });
}

void Reconciler::finish()
{
    ++m_serial;
    m_plan = {};
    m_prepared.clear();
    for (const auto &[id, package] : m_inventory.packages()) {
        for (const auto &record : package->records)
            record->loadReason.reset();
    }
    std::exchange(m_done, {})();
}

} // namespace Axle::Internal
