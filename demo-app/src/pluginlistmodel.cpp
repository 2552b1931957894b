#include "pluginlistmodel.h"

#include "pluginlook.h"

#include <algorithm>

namespace Darkroom {

using Axle::PluginManager;

PluginListModel::PluginListModel(PluginManager &manager, QObject *parent)
    : QAbstractListModel(parent)
    , m_manager(manager)
{
    // One refresh for a burst of signals; queued, because the manager's aboutTo signals wait for their slots.
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0);
    connect(&m_refresh, &QTimer::timeout, this, &PluginListModel::refresh);

    const auto schedule = [this] { m_refresh.start(); };
    connect(&manager, &PluginManager::pluginAboutToLoad, this, schedule);
    connect(&manager, &PluginManager::pluginLoadFailed, this, schedule);
    connect(&manager, &PluginManager::pluginAboutToUnload, this, schedule);
    connect(&manager, &PluginManager::pluginUnloaded, this, schedule);
    connect(&manager, &PluginManager::stateChanged, this, schedule);
    connect(&manager, &PluginManager::dispositionChanged, this, schedule);
    connect(&manager, &PluginManager::scanFinished, this, schedule);
    connect(&manager, &PluginManager::idle, this, schedule);
    connect(&manager, &PluginManager::pluginLoaded, this, [this](const QString &id, const Axle::LoadReport &report) {
        m_reports[id] = report;
        m_refresh.start();
    });
    connect(&manager, &PluginManager::contributionAdded, this, [this](const Axle::ContributionInfo &info) {
        m_contributions[info.pluginId] += info;
        m_refresh.start();
    });
    connect(&manager, &PluginManager::contributionRemoved, this, [this](const Axle::ContributionInfo &info) {
        m_contributions[info.pluginId].removeIf(
            [&](const Axle::ContributionInfo &other) { return other.point == info.point && other.id == info.id; });
        m_refresh.start();
    });
    refresh();
}

void PluginListModel::refresh()
{
    m_refresh.stop();
    replaceRows(currentRows());
    Q_EMIT refreshed();
}

QList<PluginListModel::Row> PluginListModel::currentRows() const
{
    QList<Row> rows;
    const auto addGroup = [&rows](const QString &heading, const QList<Axle::Plugin> &plugins) {
        if (plugins.isEmpty())
            return;
        rows += {heading, static_cast<int>(plugins.size()), {}};
        for (const Axle::Plugin &plugin : plugins)
            rows += {{}, 0, plugin};
    };
    addGroup(tr("Plugins"), m_manager.plugins());
    addGroup(tr("Libraries"), m_manager.libraries());
    return rows;
}

void PluginListModel::replaceRows(const QList<Row> &rows)
{
    // Both lists have the same order, so going along them side by side finds what came and what went.
    int row = 0;
    for (const Row &wanted : rows) {
        const auto isWanted = [&](const Row &other) { return other.isSameItem(wanted); };
        const bool isKnown = std::any_of(m_rows.cbegin() + row, m_rows.cend(), isWanted);
        while (isKnown && !isWanted(m_rows.at(row))) {
            beginRemoveRows({}, row, row);
            m_rows.removeAt(row);
            endRemoveRows();
        }
        if (isKnown) {
            m_rows[row] = wanted;
        } else {
            beginInsertRows({}, row, row);
            m_rows.insert(row, wanted);
            endInsertRows();
        }
        ++row;
    }
    if (row < m_rows.size()) {
        beginRemoveRows({}, row, static_cast<int>(m_rows.size()) - 1);
        m_rows.resize(row);
        endRemoveRows();
    }
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
}

PluginEntry PluginListModel::entry(const QString &id) const
{
    const QModelIndex found = indexOf(id);
    if (!found.isValid())
        return {};
    return {m_rows.at(found.row()).plugin, m_reports.value(id), m_contributions.value(id)};
}

QModelIndex PluginListModel::indexOf(const QString &id) const
{
    const auto found = std::find_if(
        m_rows.cbegin(), m_rows.cend(), [&](const Row &row) { return !row.isHeading() && row.plugin.id == id; });
    return found == m_rows.cend() ? QModelIndex() : index(static_cast<int>(found - m_rows.cbegin()));
}

QList<Axle::Plugin> PluginListModel::plugins() const
{
    QList<Axle::Plugin> result;
    for (const Row &row : m_rows) {
        if (!row.isHeading() && !row.plugin.isLibrary)
            result += row.plugin;
    }
    return result;
}

QStringList PluginListModel::dependentsOf(const QString &id) const
{
    QStringList result{id};
    // Dependents of dependents: go on until a round finds no more.
    for (qsizetype known = 0; known != result.size();) {
        known = result.size();
        for (const Row &row : m_rows) {
            const bool needsOne = std::any_of(row.plugin.dependencies.cbegin(), row.plugin.dependencies.cend(),
                [&](const QString &dependency) { return result.contains(dependency); });
            if (needsOne && row.plugin.state == Axle::PluginState::Active && !result.contains(row.plugin.id))
                result += row.plugin.id;
        }
    }
    result.removeFirst();
    return result;
}

int PluginListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PluginListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    if (row.isHeading()) {
        if (role == CountRole)
            return row.count;
        return role == Qt::DisplayRole ? row.heading : QVariant();
    }
    const Axle::Plugin &plugin = row.plugin;
    switch (role) {
    case PluginRole:
        return QVariant::fromValue(plugin);
    case Qt::DisplayRole:
        return plugin.name;
    case Qt::ToolTipRole:
        return plugin.error.isNull() ? plugin.summary : plugin.error.message();
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1 %2, %3").arg(plugin.name, plugin.version, PluginLook::of(plugin).text);
    default:
        return {};
    }
}

Qt::ItemFlags PluginListModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || m_rows.at(index.row()).isHeading())
        return Qt::ItemIsEnabled;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

} // namespace Darkroom
