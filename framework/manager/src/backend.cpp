#include "backend_p.h"

#include <axle/manager/codes.h>

namespace Axle::Internal {

Backend::Backend(
    const QString &pluginId, BackendSink &sink, std::shared_ptr<Mailbox> mailbox, std::shared_ptr<PythonGate> gate)
    : m_pluginId(pluginId)
    , m_categoryName("axle.plugin." + pluginId.toUtf8())
    , m_category(m_categoryName.constData())
    , m_sink(sink)
    , m_mailbox(std::move(mailbox))
    , m_gate(std::move(gate))
{
}

Result<void> Backend::contribute(
    const QString &point, const QString &id, const QVariantMap &properties, std::shared_ptr<PythonObject> object)
{
    if (const Result<void> claimed = claim(point, id); !claimed)
        return claimed;
    const ContributionInfo info{m_pluginId, point, id, properties};
    m_mailbox->post([self = shared_from_this(), info, object = m_gate->own(std::move(object))] {
        if (self->m_isOpen)
            self->m_sink.contributed(info, object);
    });
    return {};
}

Result<void> Backend::claim(const QString &point, const QString &id)
{
    if (point.isEmpty() || id.isEmpty()) {
        return Error(Codes::ContributionInvalid,
            QStringLiteral("contribution '%1' to point '%2' of '%3': point and id must not be empty")
                .arg(id, point, m_pluginId),
            QStringLiteral("call context.contribute(\"point\", \"id\", object)"));
    }
    if (!m_isOpen) {
        return Error(Codes::ContributionGone,
            QStringLiteral("'%1' contributes '%2' to '%3', but it is not active any more").arg(m_pluginId, id, point),
            QStringLiteral("end the plugin's threads in deactivate()"));
    }
    const QMutexLocker locker(&m_mutex);
    const qsizetype before = m_claimed.size();
    m_claimed.insert({point, id});
    if (m_claimed.size() > before)
        return {};
    return Error(Codes::ContributionDuplicate,
        QStringLiteral("'%1' contributes '%2' to '%3' twice").arg(m_pluginId, id, point),
        QStringLiteral("give each contribution of a plugin to a point an id of its own"));
}

void Backend::log(int level, const QString &message)
{
    if (level < 20)
        qCDebug(m_category, "%ls", qUtf16Printable(message));
    else if (level < 30)
        qCInfo(m_category, "%ls", qUtf16Printable(message));
    else if (level < 40)
        qCWarning(m_category, "%ls", qUtf16Printable(message));
    else
        qCCritical(m_category, "%ls", qUtf16Printable(message));
    m_mailbox->post(
        [self = shared_from_this(), level, message] { self->m_sink.logged(self->m_pluginId, level, message); });
}

} // namespace Axle::Internal
