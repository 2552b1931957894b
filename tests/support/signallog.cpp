#include "signallog.h"

#include <QtCore/QMetaEnum>

#include <algorithm>

namespace Axle::Test {

namespace {

template<class Enum>
QString name(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

QString code(const Error &error)
{
    return error.isNull() ? QString() : QStringLiteral(" [%1]").arg(QString(error.code().name()));
}

QString list(const QStringList &ids)
{
    return u'{' + ids.join(u' ') + u'}';
}

} // namespace

QString SignalEvent::line() const
{
    return QStringList({signal, id, text}).join(u' ').simplified();
}

SignalLog::SignalLog(PluginManager &manager)
    : m_manager(manager)
{
    recordLoading();
    recordStates();
    recordRest();
}

void SignalLog::recordLoading()
{
    connect(&m_manager, &PluginManager::pluginAboutToLoad, this,
        [this](const QString &id, LoadReason why) { record(QStringLiteral("pluginAboutToLoad"), id, name(why)); });
    connect(&m_manager, &PluginManager::pluginLoaded, this, [this](const QString &id, const LoadReport &report) {
        record(QStringLiteral("pluginLoaded"), id, QStringLiteral("contributions=%1").arg(report.contributions));
    });
    connect(&m_manager, &PluginManager::pluginLoadFailed, this,
        [this](const QString &id, const Error &error) { record(QStringLiteral("pluginLoadFailed"), id, code(error)); });
    connect(&m_manager, &PluginManager::pluginAboutToUnload, this,
        [this](const QString &id, UnloadReason why, bool isUpdate) {
            record(
                QStringLiteral("pluginAboutToUnload"), id, name(why) + QString::fromLatin1(isUpdate ? " update" : ""));
        });
    connect(&m_manager, &PluginManager::pluginUnloaded, this,
        [this](const QString &id, UnloadReason why, const UnloadResult &result) {
            record(QStringLiteral("pluginUnloaded"), id, name(why) + code(result.error));
        });
}

void SignalLog::recordStates()
{
    connect(&m_manager, &PluginManager::stateChanged, this,
        [this](const QString &id, PluginState from, PluginState to, const Error &why) {
            record(
                QStringLiteral("stateChanged"), id, QStringLiteral("%1 -> %2").arg(name(from), name(to)) + code(why));
            if (m_manager.state(id) != to)
                m_unreadableStates += m_events.constLast().line();
        });
    connect(&m_manager, &PluginManager::dispositionChanged, this,
        [this](const QString &id, Disposition disposition, const QString &detail) {
            const bool namesPaths = disposition == Disposition::Untrusted;
            record(
                QStringLiteral("dispositionChanged"), id, name(disposition) + u' ' + (namesPaths ? QString() : detail));
        });
    connect(&m_manager, &PluginManager::preferredChanged, this, [this](const QString &id, bool isPreferred) {
        record(QStringLiteral("preferredChanged"), id,
            isPreferred ? QStringLiteral("preferred") : QStringLiteral("as others"));
    });
    const auto recordWheel = [this](const QString &signal) {
        return [this, signal](const DistributionInfo &info) { record(signal, info.id, info.version); };
    };
    connect(&m_manager, &PluginManager::wheelMounted, this, recordWheel(QStringLiteral("wheelMounted")));
    connect(&m_manager, &PluginManager::wheelUnmounted, this, recordWheel(QStringLiteral("wheelUnmounted")));
}

void SignalLog::recordRest()
{
    const auto recordContribution = [this](const QString &signal) {
        return [this, signal](
                   const ContributionInfo &info) { record(signal, info.pluginId, info.point + u'/' + info.id); };
    };
    connect(
        &m_manager, &PluginManager::contributionAdded, this, recordContribution(QStringLiteral("contributionAdded")));
    connect(&m_manager, &PluginManager::contributionRemoved, this,
        recordContribution(QStringLiteral("contributionRemoved")));
    connect(&m_manager, &PluginManager::scanFinished, this, [this](const ScanReport &report) {
        QStringList codes;
        for (const Error &error : report.ignored)
            codes += error.code().name();
        record(QStringLiteral("scanFinished"), {},
            QStringLiteral("added=%1 changed=%2 removed=%3 ignored=%4")
                .arg(list(report.added), list(report.changed), list(report.removed), list(codes)));
    });
    connect(&m_manager, &PluginManager::idle, this, [this] { record(QStringLiteral("idle"), {}, {}); });
    connect(&m_manager, &PluginManager::aboutToShutdown, this,
        [this] { record(QStringLiteral("aboutToShutdown"), {}, {}); });
}

void SignalLog::record(const QString &signal, const QString &id, const QString &text)
{
    m_events.append({signal, id, text, m_manager.plugin(id).dependencies});
}

QStringList SignalLog::lines() const
{
    QStringList lines;
    for (const SignalEvent &event : m_events)
        lines += event.line();
    return lines;
}

QByteArray SignalLog::text() const
{
    return lines().join(u'\n').toUtf8() + '\n';
}

qsizetype SignalLog::count(const QString &signal, const QString &id) const
{
    return std::count_if(m_events.cbegin(), m_events.cend(),
        [&](const SignalEvent &event) { return event.signal == signal && (id.isEmpty() || event.id == id); });
}

namespace {

/// Follows a log and notes what should not have come where it came.
class OrderChecker
{
public:
    QStringList check(const QList<SignalEvent> &events)
    {
        for (const SignalEvent &event : events)
            see(event);
        for (auto it = m_phase.cbegin(); it != m_phase.cend(); ++it) {
            if (*it == Phase::Loading || *it == Phase::Unloading)
                m_violations += QStringLiteral("'%1' was left half-way").arg(it.key());
        }
        return m_violations;
    }

private:
    enum class Phase { Out, Loading, In, Unloading };

    void see(const SignalEvent &event)
    {
        if (event.signal == u"pluginAboutToLoad")
            begin(event, Phase::Out, Phase::Loading);
        else if (event.signal == u"pluginLoaded")
            begin(event, Phase::Loading, Phase::In);
        else if (event.signal == u"pluginLoadFailed")
            begin(event, Phase::Loading, Phase::Out);
        else if (event.signal == u"pluginAboutToUnload")
            begin(event, Phase::In, Phase::Unloading);
        else if (event.signal == u"pluginUnloaded")
            begin(event, Phase::Unloading, Phase::Out);
        else if (event.signal == u"wheelMounted")
            m_mounted.insert(event.id);
        else if (event.signal == u"wheelUnmounted")
            unmounted(event);
        else if (event.signal == u"contributionAdded")
            m_contributions[event.id] += 1;
        else if (event.signal == u"contributionRemoved")
            m_contributions[event.id] -= 1;
    }

    void begin(const SignalEvent &event, Phase from, Phase to)
    {
        expect(m_phase.value(event.id) == from, event, QStringLiteral("came in another phase"));
        m_phase[event.id] = to;
        if (to == Phase::Loading) {
            m_dependencies[event.id] = event.dependencies;
            for (const QString &dependency : event.dependencies)
                expect(isIn(dependency), event, QStringLiteral("came before '%1' was there").arg(dependency));
        }
        if (to == Phase::Out) {
            expect(m_contributions.value(event.id) == 0, event, QStringLiteral("left contributions behind"));
            m_dependencies.remove(event.id);
        }
        if (to == Phase::Unloading) {
            for (const QString &dependent : dependentsOf(event.id))
                expect(false, event, QStringLiteral("came while '%1' needed it").arg(dependent));
        }
    }

    void unmounted(const SignalEvent &event)
    {
        expect(m_mounted.remove(event.id), event, QStringLiteral("came for a wheel that was not mounted"));
        expect(m_phase.value(event.id) != Phase::In, event, QStringLiteral("came while it was loaded"));
        for (const QString &dependent : dependentsOf(event.id))
            expect(false, event, QStringLiteral("came while '%1' needed it").arg(dependent));
    }

    /// Libraries are there when they are mounted, plugins when they are loaded.
    bool isIn(const QString &id) const
    {
        return m_phase.contains(id) ? m_phase.value(id) == Phase::In : m_mounted.contains(id);
    }

    QStringList dependentsOf(const QString &id) const
    {
        QStringList ids;
        for (auto it = m_dependencies.cbegin(); it != m_dependencies.cend(); ++it) {
            if (it->contains(id))
                ids += it.key();
        }
        return ids;
    }

    void expect(bool holds, const SignalEvent &event, const QString &what)
    {
        if (!holds)
            m_violations += QStringLiteral("'%1' %2").arg(event.line(), what);
    }

    QHash<QString, Phase> m_phase;
    QHash<QString, QStringList> m_dependencies; ///< of what is in or on its way
    QHash<QString, int> m_contributions;
    QSet<QString> m_mounted;
    QStringList m_violations;
};

} // namespace

QStringList orderViolations(const QList<SignalEvent> &events)
{
    return OrderChecker().check(events);
}

} // namespace Axle::Test
