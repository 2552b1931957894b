#pragma once

#include <axle/manager/pluginmanager.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QHash>
#include <QtCore/QTimer>

namespace Darkroom {

/// A plugin with what its signals told.
struct PluginEntry
{
    Axle::Plugin plugin;
    Axle::LoadReport report; ///< of the last successful load
    QList<Axle::ContributionInfo> contributions;
};

/// Plugins, and below them libraries, of a PluginManager; the first row of each group is its heading.
///
/// Follows the manager's signals and keeps rows (and with them selection and scroll position) over every change.
class PluginListModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        PluginRole = Qt::UserRole, ///< Axle::Plugin; invalid for headings
        CountRole,                 ///< of a heading: the number of its rows
    };

    explicit PluginListModel(Axle::PluginManager &manager, QObject *parent = nullptr);

    /// Asks the manager now, not when the event loop comes round.
    void refresh();
    /// An empty plugin id where there is no such plugin.
    PluginEntry entry(const QString &id) const;
    QModelIndex indexOf(const QString &id) const;
    QList<Axle::Plugin> plugins() const; ///< without libraries
    /// Ids of the active plugins that go when `id` goes.
    QStringList dependentsOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void refreshed();

private:
    struct Row
    {
        QString heading; ///< empty for a plugin's row
        int count = 0;
        Axle::Plugin plugin;

        bool isHeading() const { return !heading.isEmpty(); }
        bool isSameItem(const Row &other) const
        {
            return heading == other.heading && plugin.id == other.plugin.id
                && plugin.isLibrary == other.plugin.isLibrary;
        }
    };

    QList<Row> currentRows() const;
    void replaceRows(const QList<Row> &rows);

    Axle::PluginManager &m_manager;
    QTimer m_refresh;
    QList<Row> m_rows;
    QHash<QString, Axle::LoadReport> m_reports;
    QHash<QString, QList<Axle::ContributionInfo>> m_contributions;
};

} // namespace Darkroom
