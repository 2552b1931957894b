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
            if (!package->isUsable() || !record->entryPoint)
                m_reporter.setDisposition(*record, Disposition::None);
            else if (!m_inventory.isEnabled(record->id))
                m_reporter.setDisposition(*record, Disposition::DisabledByUser);
            else if (blocked.disposition != Disposition::None)
                m_reporter.setDisposition(*record, blocked.disposition, blocked.detail);
            else
                m_reporter.setDisposition(*record, Disposition::None);
        }
    }
}

void Reconciler::applyVerdicts()
{
    for (const auto &[id, package] : m_inventory.packages()) {
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
    const auto solo = m_plan.solo.constFind(package.id);
    const bool isSolo = solo != m_plan.solo.constEnd();
    const auto planned = m_plan.wheels.constFind(package.id);
    if (planned != m_plan.wheels.constEnd()) {
        m_inventory.choose(package, planned->file);
        package.dependencies = planned->dependencies;
    } else if (isSolo && solo->wheel) {
        m_inventory.choose(package, solo->wheel->file);
        package.dependencies = solo->wheel->dependencies;
    }
    const auto unprepared = m_plan.unprepared.constFind(package.id);
    const auto blocked = m_plan.blocked.constFind(package.id);
    const auto leftOut = m_plan.leftOut.constFind(package.id);
    for (const auto &record : package.records) {
        if (unprepared != m_plan.unprepared.constEnd()) {
            record->needsRetry = true;
            m_reporter.setState(*record, PluginState::Failed, *unprepared);
        } else if (record->needsRetry) {
            continue;
        } else if (planned != m_plan.wheels.constEnd()) {
            m_reporter.setState(*record, PluginState::Resolved);
        } else if (blocked != m_plan.blocked.constEnd()) {
            package.dependencies = blocked->dependencies;
            m_reporter.setState(*record, blocked->state, blocked->error);
        } else if (leftOut != m_plan.leftOut.constEnd()) {
            m_reporter.setState(*record, PluginState::Unresolved, *leftOut);
        } else if (isSolo) {
            const bool isResolvable = solo->error.isNull();
            m_reporter.setState(*record, isResolvable ? PluginState::Resolved : PluginState::Unresolved, solo->error);
        }
    }
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
