#pragma once

#include "executor_p.h"
#include "worker_p.h"

namespace Axle::Internal {

/// Brings what is loaded to what is wanted: plans on the worker, unloads, loads, and plans again when a load failed.
/// Owner's thread. One pass at a time.
class Reconciler
{
public:
    Reconciler(Catalogue &catalogue, Inventory &inventory, Executor &executor, Reporter &reporter, Worker &worker,
        std::shared_ptr<Planner> planner);
    ~Reconciler();

    void run(std::function<void()> done);
    /// Instead of a plan: everything goes, dependents first.
    void unloadAll(std::function<void()> done);
    /// Ends the pass that is under way, after the step that cannot be taken back.
    void stop();

private:
    using Verdict = std::pair<PluginState, Error>;

    void makePlan();
    void planMade(const Plan &plan);
    void applyVerdicts();
    void applyVerdict(Package &package);
    const PlannedWheel *plannedWheel(const QString &id) const;
    Explanation explanationOf(const QString &id) const;
    std::optional<Verdict> verdictOn(const QString &id) const;
    void applyDispositions();
    void unload();
    void load();
    void finish();

    Catalogue &m_catalogue;
    Inventory &m_inventory;
    Executor &m_executor;
    Reporter &m_reporter;
    Worker &m_worker;
    std::shared_ptr<Planner> m_planner;

    Plan m_plan;
    QHash<QString, PreparedWheel> m_prepared; ///< kept for the plans of one pass
    std::shared_ptr<std::atomic_bool> m_cancelled;
    std::function<void()> m_done;
    quint64 m_serial = 0; ///< of the plan that is waited for
};

} // namespace Axle::Internal
