#pragma once

#include <axle/manager/pluginmanager.h>

#include <QtCore/QHash>
#include <QtCore/QList>

namespace Axle::Test {

/// One signal of a PluginManager, as it came.
struct SignalEvent
{
    QString signal;           ///< "pluginLoaded"
    QString id;               ///< of the plugin or library; empty where there is none
    QString text;             ///< the payload without timings and paths
    QStringList dependencies; ///< of `id` when it came

    QString line() const;
};

/// Records every signal of a manager. Timings, paths and log messages are left out, so that two runs give one text.
class SignalLog : public QObject
{
    Q_OBJECT
public:
    explicit SignalLog(PluginManager &manager);

    const QList<SignalEvent> &events() const { return m_events; }
    QStringList lines() const;
    QByteArray text() const;
    void clear() { m_events.clear(); }
    qsizetype count(const QString &signal, const QString &id = {}) const;
    /// States that could not be read yet when stateChanged told of them (G6).
    QStringList unreadableStates() const { return m_unreadableStates; }

private:
    void record(const QString &signal, const QString &id, const QString &text);
    void recordLoading();
    void recordStates();
    void recordRest();

    PluginManager &m_manager;
    QList<SignalEvent> m_events;
    QStringList m_unreadableStates;
};

/// What is wrong with the order of `events`, as sentences; empty when guarantees G1, G2 and G3 of lifecycle hold, mounts
/// bracket what stands on them, and contributions come and go while their plugin does.
QStringList orderViolations(const QList<SignalEvent> &events);

} // namespace Axle::Test
