#include "inventory_p.h"

#include "reporter_p.h"

#include <QtCore/QSet>

#include <algorithm>

namespace Axle::Internal {

Inventory::Inventory(Reporter &reporter, std::function<bool(const QString &)> enabledByDefault)
    : m_reporter(reporter)
    , m_enabledByDefault(std::move(enabledByDefault))
{
}

void Inventory::update(const QList<CatalogueEntry> &entries, const ScanReport &differences)
{
    QSet<QString> present;
    for (const CatalogueEntry &entry : entries)
        present += entry.id;
    for (const auto &[id, package] : m_packages) {
        if (present.contains(id))
            continue;
        package->files.clear();
        package->unusable.clear();
    }
    giveAnotherChance(differences);
    for (const CatalogueEntry &entry : entries)
        take(entry);
    for (const QString &id : differences.changed) {
        for (const auto &record : m_packages.at(id)->records)
            record->loadReason = LoadReason::Updated;
    }
    dropGone();
}

void Inventory::take(const CatalogueEntry &entry)
{
    std::unique_ptr<Package> &package = m_packages[entry.id];
    if (!package) {
        package = std::make_unique<Package>();
        package->id = entry.id;
    }
    package->files = entry.files;
    package->untrusted = entry.untrusted;
    package->unusable = entry.unusable;
    if (package->mounted)
        return;
    const auto isCurrent = [&](const DiscoveredFile &file) {
        return file.path == package->current.path && file.identity == package->current.identity;
    };
    if (std::none_of(entry.files.cbegin(), entry.files.cend(), isCurrent))
        package->current = entry.files.first();
    syncRecords(*package);
    judgeFile(*package);
}

void Inventory::choose(Package &package, const DiscoveredFile &file)
{
    Q_ASSERT(!package.mounted);
    package.current = file;
    syncRecords(package);
}

void Inventory::syncRecords(Package &package)
{
    const QList<EntryPoint> plugins = package.isUsable() ? package.current.plugins() : QList<EntryPoint>();
    std::vector<std::unique_ptr<PluginRecord>> records;
    for (qsizetype i = 0; i < plugins.size(); ++i) {
        records.push_back(takeRecord(package, pluginId(package.id, i, plugins.at(i))));
        records.back()->entryPoint = plugins.at(i);
    }
    if (records.empty()) {
        records.push_back(takeRecord(package, package.id));
        records.back()->entryPoint.reset();
    }
    std::swap(package.records, records);
    for (const auto &left : records) {
        if (left)
            m_reporter.setState(*left, PluginState::Removed);
    }
}

std::unique_ptr<PluginRecord> Inventory::takeRecord(Package &package, const QString &id) const
{
    for (std::unique_ptr<PluginRecord> &record : package.records) {
        if (record && record->id == id)
            return std::move(record);
    }
    auto record = std::make_unique<PluginRecord>();
    record->id = id;
    record->loadReason = m_newReason;
    return record;
}

void Inventory::judgeFile(Package &package)
{
    Q_ASSERT(!package.mounted);
    if (package.files.isEmpty())
        return;
    const DiscoveredFile &file = package.files.first();
    for (const auto &record : package.records) {
        if (!file.isUsable()) {
            package.current = file;
            m_reporter.setState(
                *record, file.isIncompatible() ? PluginState::Incompatible : PluginState::Invalid, file.error);
        } else if (!package.untrusted.isNull()) {
            m_reporter.setState(*record, PluginState::Discovered, package.untrusted);
            m_reporter.setDisposition(*record, Disposition::Untrusted, package.untrusted.message());
        } else if (record->state == PluginState::Invalid || record->state == PluginState::Incompatible
            || record->disposition == Disposition::Untrusted) {
            m_reporter.setState(*record, PluginState::Discovered);
            m_reporter.setDisposition(*record, Disposition::None);
        }
    }
}

void Inventory::dropGone()
{
    for (auto it = m_packages.begin(); it != m_packages.end();) {
        Package &package = *it->second;
        if (!package.files.isEmpty() || package.mounted) {
            ++it;
            continue;
        }
        for (const auto &record : package.records)
            m_reporter.setState(*record, PluginState::Removed);
        it = m_packages.erase(it);
    }
}

void Inventory::giveAnotherChance(const ScanReport &differences)
{
    const QStringList all = differences.added + differences.changed + differences.removed;
    const QSet<QString> different(all.cbegin(), all.cend());
    for (const auto &[id, package] : m_packages) {
        if (!closure(id).intersects(different))
            continue;
        for (const auto &record : package->records)
            record->needsRetry = false;
    }
}

Package *Inventory::package(const QString &id) const
{
    const auto it = m_packages.find(id);
    return it == m_packages.end() ? nullptr : it->second.get();
}

PluginRecord *Inventory::record(const QString &id) const
{
    const Package *const owner = packageOf(id);
    if (!owner)
        return nullptr;
    const auto it = std::find_if(
        owner->records.cbegin(), owner->records.cend(), [&](const auto &record) { return record->id == id; });
    return it->get();
}

Package *Inventory::packageOf(const QString &recordId) const
{
    for (const QString &packageId : {recordId, recordId.section(u':', 0, -2)}) {
        Package *const owner = package(packageId);
        if (!owner)
            continue;
        for (const auto &record : owner->records) {
            if (record->id == recordId)
                return owner;
        }
    }
    return nullptr;
}

QList<Package *> Inventory::mounted() const
{
    QList<Package *> result;
    for (const auto &[id, package] : m_packages) {
        if (package->mounted)
            result += package.get();
    }
    std::sort(result.begin(), result.end(),
        [](const Package *a, const Package *b) { return a->mounted->serial < b->mounted->serial; });
    return result;
}

QSet<QString> Inventory::closure(const QString &id) const
{
    QSet<QString> seen;
    QStringList open{id};
    while (!open.isEmpty()) {
        const QString next = open.takeLast();
        if (seen.contains(next))
            continue;
        seen += next;
        if (const Package *reached = package(next))
            open += reached->dependencies;
    }
    return seen;
}

bool Inventory::isEnabled(const QString &id) const
{
    if (const auto asked = m_enabled.constFind(id); asked != m_enabled.constEnd())
        return *asked;
    auto first = m_enabledAtFirst.constFind(id);
    if (first == m_enabledAtFirst.constEnd())
        first = m_enabledAtFirst.insert(id, !m_enabledByDefault || m_enabledByDefault(id));
    return *first;
}

void Inventory::setEnabled(const QString &id, bool enabled)
{
    m_enabled.insert(id, enabled);
    if (PluginRecord *const known = record(id)) {
        known->needsRetry = false;
        if (enabled && !known->isActive())
            known->loadReason = LoadReason::Enabled;
    }
}

bool Inventory::setPreferred(const QString &id, bool preferred)
{
    if (isPreferred(id) == preferred)
        return false;
    if (!preferred)
        return m_preferred.remove(id);
    m_preferred += id;
    if (PluginRecord *const known = record(id); known && !known->isActive())
        known->loadReason = LoadReason::Enabled;
    return true;
}

PluginPriority Inventory::priorityOf(const QString &id) const
{
    if (isPreferred(id))
        return PluginPriority::Pinned;
    if (const PluginRecord *const known = record(id); known && known->isActive())
        return PluginPriority::Mounted;
    return m_enabled.value(id) ? PluginPriority::Enabled : PluginPriority::Default;
}

QList<Package *> Inventory::retry(const QString &id)
{
    QList<Package *> packages;
    if (const Package *const owner = packageOf(id)) {
        for (const QString &needed : closure(owner->id)) {
            if (Package *const reached = package(needed))
                packages += reached;
        }
    }
    for (const Package *package : std::as_const(packages)) {
        for (const auto &record : package->records) {
            if (record->needsRetry || (record->id == id && !record->isActive()))
                record->loadReason = LoadReason::Retry;
            record->needsRetry = false;
        }
    }
    return packages;
}

bool Inventory::isWanted(const PluginRecord &record) const
{
    return record.entryPoint && !record.needsRetry && isEnabled(record.id);
}

Plugin Inventory::picture(const Package &package, const PluginRecord &record) const
{
    const DistributionInfo distribution = package.distributionInfo();
    Plugin plugin;
    plugin.id = record.id;
    plugin.name = distribution.name;
    plugin.version = distribution.version;
    plugin.summary = package.current.metadata ? package.current.metadata->summary : QString();
    plugin.filePath = distribution.filePath;
    plugin.isLibrary = package.isLibrary();
    plugin.state = record.state;
    plugin.operation = record.operation;
    plugin.disposition = record.disposition;
    plugin.error = record.error;
    plugin.dependencies = package.dependencies;
    plugin.isEnabled = isEnabled(record.id);
    plugin.isPreferred = isPreferred(record.id);
    plugin.isResident = package.resident.has_value();
    return plugin;
}

} // namespace Axle::Internal
