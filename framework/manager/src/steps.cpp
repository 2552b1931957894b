#include "steps_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

bool isSameFile(const DiscoveredFile &a, const DiscoveredFile &b)
{
    return a.path == b.path && a.identity == b.identity;
}

bool isActive(const std::unique_ptr<PluginRecord> &record)
{
    return record->isActive();
}

/// Mounted packages that `plan` has no place for as they are, and what stands on them.
QSet<const Package *> leaving(const Inventory &inventory, const Plan &plan)
{
    QSet<QString> ids;
    QSet<const Package *> result;
    for (const Package *package : inventory.mounted()) {
        const QStringList &dependencies = package->mounted->dependencies;
        const bool losesGround = std::any_of(
            dependencies.cbegin(), dependencies.cend(), [&](const QString &id) { return ids.contains(id); });
        if (losesGround || !plan.contains(package->id)
            || !isSameFile(plan.wheels[package->id].file, package->mounted->file)) {
            ids += package->id;
            result += package;
        }
    }
    return result;
}

UnloadReason reasonOf(const Inventory &inventory, const Package &package, const PluginRecord &plugin, const Plan &plan)
{
    const bool isReplaced =
        plan.contains(package.id) && !isSameFile(plan.wheels[package.id].file, package.mounted->file);
    const bool isOffered = std::any_of(package.files.cbegin(), package.files.cend(),
        [&](const DiscoveredFile &file) { return isSameFile(file, package.mounted->file); });
    if (isReplaced)
        return UnloadReason::Updated;
    if (!package.isUsable())
        return UnloadReason::Removed;
    if (!isOffered)
        return UnloadReason::Updated;
    return inventory.isEnabled(plugin.id) ? UnloadReason::Dependency : UnloadReason::Disabled;
}

/// The plugins of one package in reverse order; the last one takes the wheel with it where `unmounts`.
template<class Select, class Describe>
void appendUnload(QList<Step> *steps, Package &package, bool unmounts, Select isLeaving, Describe describe)
{
    const auto remaining = std::count_if(package.records.cbegin(), package.records.cend(), isActive);
    qsizetype unloaded = 0;
    for (auto it = package.records.rbegin(); it != package.records.rend(); ++it) {
        if (!(*it)->isActive() || !isLeaving(**it))
            continue;
        Step step{Step::Kind::UnloadPlugin, &package, it->get()};
        describe(&step);
        step.unmounts = unmounts && ++unloaded == remaining;
        steps->append(step);
    }
    if (unmounts && remaining == 0)
        steps->append({Step::Kind::UnmountWheel, &package});
}

} // namespace

QList<Step> unloadSteps(const Inventory &inventory, const Plan &plan)
{
    const QSet<const Package *> gone = leaving(inventory, plan);
    QList<Package *> mounted = inventory.mounted();
    std::reverse(mounted.begin(), mounted.end());
    QList<Step> steps;
    for (Package *package : std::as_const(mounted)) {
        const bool unmounts = gone.contains(package);
        appendUnload(
            &steps, *package, unmounts,
            [&](const PluginRecord &plugin) { return unmounts || !inventory.isWanted(plugin); },
            [&](Step *step) {
                step->unloadReason = reasonOf(inventory, *package, *step->plugin, plan);
                step->isUpdate = plan.contains(package->id) && inventory.isWanted(*step->plugin);
            });
    }
    return steps;
}

QList<Step> shutdownSteps(const Inventory &inventory)
{
    QList<Package *> mounted = inventory.mounted();
    std::reverse(mounted.begin(), mounted.end());
    QList<Step> steps;
    for (Package *package : std::as_const(mounted)) {
        appendUnload(
            &steps, *package, true, [](const PluginRecord &) { return true; },
            [](Step *step) { step->unloadReason = UnloadReason::Shutdown; });
    }
    return steps;
}

QList<Step> loadSteps(const Inventory &inventory, const Plan &plan)
{
    QList<Step> steps;
    for (const QString &id : plan.order) {
        Package *const package = inventory.package(id);
        bool isMounted = package->mounted.has_value();
        for (const auto &record : package->records) {
            if (record->isActive() || !inventory.isWanted(*record))
                continue;
            steps.append({Step::Kind::LoadPlugin, package, record.get()});
            isMounted = true;
        }
        if (!isMounted)
            steps.append({Step::Kind::MountWheel, package});
    }
    return steps;
}

namespace {

/// Judged by the newest file, which is what the next mount would take.
void describeWanted(PlanRequest *request, const Inventory &inventory, const Package &package)
{
    const DiscoveredFile &file = package.files.first();
    const QList<EntryPoint> plugins = file.plugins();
    bool isEnabled = false;
    std::optional<PluginPriority> priority; // of those that are wanted
    for (qsizetype i = 0; i < plugins.size(); ++i) {
        const QString id = pluginId(package.id, i, plugins.at(i));
        const PluginRecord *const record = inventory.record(id);
        const bool hasFailed = record && record->needsRetry;
        isEnabled = isEnabled || inventory.isEnabled(id);
        if (inventory.isEnabled(id) && !hasFailed)
            priority = std::max(priority.value_or(PluginPriority::Default), inventory.priorityOf(id));
        if (hasFailed && inventory.isEnabled(id))
            request->failed.insert(package.id, {record->error, false});
    }
    if (plugins.isEmpty() && package.records.front()->needsRetry)
        request->failed.insert(package.id, {package.records.front()->error, true});
    if (priority)
        request->roots += {file.metadata->name, *priority};
    else if (!isEnabled && !plugins.isEmpty())
        request->disabledRoots += file.metadata->name;
}

/// What cannot be exchanged for another version before the process ends: native code of a library that is in use, or
/// was. Plugins can be built so that they can be exchanged.
bool isPinned(const Package &package, const DiscoveredFile &file)
{
    if (!package.isLibrary())
        return false;
    return package.resident ? isSameFile(*package.resident, file)
                            : package.mounted && isSameFile(package.mounted->file, file) && isNative(file);
}

} // namespace

PlanRequest makeRequest(const Inventory &inventory)
{
    PlanRequest request;
    for (const auto &[id, package] : inventory.packages()) {
        if (package->mounted) {
            request.prepared.insert(package->mounted->file.path, {package->mounted->source->wheel(), 0});
            if (package->isLibrary())
                request.preferred += package->mounted->file.path;
        }
        if (package->files.isEmpty())
            continue;
        request.files += package->unusable;
        if (!package->isUsable())
            continue;
        request.files += package->files;
        describeWanted(&request, inventory, *package);
        for (const DiscoveredFile &file : std::as_const(package->files)) {
            if (isPinned(*package, file))
                request.pinned += file.path;
        }
    }
    return request;
}

} // namespace Axle::Internal
