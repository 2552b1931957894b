#pragma once

#include <axle/manager/pluginmanager.h>

#include <QtCore/QAbstractTableModel>
#include <QtCore/QElapsedTimer>

namespace Darkroom {

/// One signal of the plugin manager, in words.
struct SignalEntry
{
    qint64 milliseconds = 0; ///< since the log began
    QString signal;
    QString pluginId;
    QString text;
    bool isFailure = false;

    /// "   412 ms  pluginLoaded  darkroom-sepia  mounted in 3 ms, …"
    QString toString() const;
};

/// Listens to every signal of a PluginManager and keeps the latest of them as rows.
class SignalLog : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, SignalColumn, PluginColumn, TextColumn, ColumnCount };

    explicit SignalLog(Axle::PluginManager &manager, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void appended(const Darkroom::SignalEntry &entry);

private:
    void listenToPlugins(Axle::PluginManager &manager);
    void listenToTheRest(Axle::PluginManager &manager);
    void append(const QString &signal, const QString &pluginId, const QString &text, bool isFailure = false);

    QElapsedTimer m_clock;
    QList<SignalEntry> m_entries;
};

} // namespace Darkroom
