#pragma once

#include "mailbox_p.h"
#include "pythongate_p.h"

#include <axle/manager/plugin.h>
#include <axle/python/plugininstance.h>

#include <QtCore/QLoggingCategory>
#include <QtCore/QSet>

#include <atomic>

namespace Axle::Internal {

/// Where the contributions and the log of plugins arrive, in the owner's thread.
class BackendSink
{
public:
    virtual ~BackendSink() = default;
    virtual void contributed(const ContributionInfo &info, std::shared_ptr<PythonObject> object) = 0;
    virtual void logged(const QString &pluginId, int level, const QString &message) = 0;
};

/// The host's side of one activated plugin. Called on the plugin's threads; tells the sink by way of the mailbox, so
/// that what a step contributed arrives before the result of the step.
class Backend final : public PluginBackend, public std::enable_shared_from_this<Backend>
{
public:
    Backend(
        const QString &pluginId, BackendSink &sink, std::shared_ptr<Mailbox> mailbox, std::shared_ptr<PythonGate> gate);

    /// Errors: `contribution-invalid`, `contribution-duplicate`, `contribution-gone`.
    Result<void> contribute(const QString &point, const QString &id, const QVariantMap &properties,
        std::shared_ptr<PythonObject> object) override;
    void log(int level, const QString &message) override;

    /// Owner's thread. Nothing that was contributed arrives any more.
    void close() { m_isOpen = false; }

private:
    Result<void> claim(const QString &point, const QString &id);

    const QString m_pluginId;
    const QByteArray m_categoryName;
    QLoggingCategory m_category;
    BackendSink &m_sink;
    std::shared_ptr<Mailbox> m_mailbox;
    std::shared_ptr<PythonGate> m_gate;
    std::atomic_bool m_isOpen = true;
    QMutex m_mutex;
    QSet<std::pair<QString, QString>> m_claimed; ///< point and id
};

} // namespace Axle::Internal
