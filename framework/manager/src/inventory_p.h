#pragma once

#include "catalogue_p.h"
#include "pluginrecord_p.h"

#include <axle/resolver/resolver.h>

#include <functional>
#include <map>

namespace Axle::Internal {

class Reporter;

/// Everything that has an id: packages and the plugins in them, with their states. Owner's thread.
///
/// Packages and records stay where they are in memory until `dropGone`, which is called when no step runs.
class Inventory
{
public:
    using Packages = std::map<QString, std::unique_ptr<Package>>;

    Inventory(Reporter &reporter, std::function<bool(const QString &)> enabledByDefault);

    /// Takes over what the catalogue says after a scan. What failed gets another chance where its files or those of
    /// something that it needs are among the differences.
    void update(const QList<CatalogueEntry> &entries, const ScanReport &differences);
    /// What is found from here on was installed while the host runs.
    void endStartup() { m_newReason = LoadReason::Installed; }
    /// Lets `file` be what the next mount takes, of a package that is not mounted.
    void choose(Package &package, const DiscoveredFile &file);
    /// States of a package that is not mounted, as far as they follow from its file alone.
    void judgeFile(Package &package);
    /// Reports as Removed, and forgets, what has no file any more and is not mounted.
    void dropGone();

    const Packages &packages() const { return m_packages; } ///< sorted by id
    Package *package(const QString &id) const;
    PluginRecord *record(const QString &id) const;
    Package *packageOf(const QString &recordId) const;
    /// Mounted packages, in the order in which they were mounted.
    QList<Package *> mounted() const;
    /// `id` of a package, and of all that it needed when it was planned last.
    QSet<QString> closure(const QString &id) const;

    bool isEnabled(const QString &id) const;
    void setEnabled(const QString &id, bool enabled);
    bool isPreferred(const QString &id) const { return m_preferred.contains(id); }
    /// False when it was so already.
    bool setPreferred(const QString &id, bool preferred);
    PluginPriority priorityOf(const QString &id) const;
    /// What failed of `id`, or of what it needs, is tried again. Gives the packages.
    QList<Package *> retry(const QString &id);
    /// A plugin that is enabled, and not left alone after a failure.
    bool isWanted(const PluginRecord &record) const;

    /// What hosts see.
    Plugin picture(const Package &package, const PluginRecord &record) const;

private:
    void take(const CatalogueEntry &entry);
    void syncRecords(Package &package);
    std::unique_ptr<PluginRecord> takeRecord(Package &package, const QString &id) const;
    void giveAnotherChance(const ScanReport &differences);

    Reporter &m_reporter;
    std::function<bool(const QString &)> m_enabledByDefault;
    QHash<QString, bool> m_enabled;                ///< as the user wants it
    mutable QHash<QString, bool> m_enabledAtFirst; ///< as the host said when it was first seen
    QSet<QString> m_preferred;
    LoadReason m_newReason = LoadReason::Startup;
    Packages m_packages;
};

} // namespace Axle::Internal
