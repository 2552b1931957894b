#include "obstacles_p.h"

#include <axle/manager/codes.h>

namespace Axle::Internal {

namespace {

Error dependencyFailed(const Distribution &who, const QString &detail, const Error &cause)
{
    return Error(Codes::DependencyFailed, QStringLiteral("'%1' %2").arg(who.toString(), detail),
        QStringLiteral("mend what failed, then retry it"))
        .withCause(cause);
}

} // namespace

Obstacles::Obstacles(const QList<ProjectName> &disabled, const QHash<QString, FailedPackage> &failed)
    : m_failed(failed)
{
    for (const ProjectName &name : disabled)
        m_disabled += name.normalized();
}

QHash<QString, Blocked> Obstacles::blockedIn(const Resolution &resolution) const
{
    QHash<QString, Blocked> all;
    for (const PlanEntry &entry : resolution.plan) {
        for (const QString &dependency : entry.dependencies) {
            if (std::optional<Blocked> blocked = judge(entry.distribution, dependency, all)) {
                blocked->dependencies = entry.dependencies;
                all.insert(entry.distribution.name.normalized(), *blocked);
                break;
            }
        }
    }
    return all;
}

std::optional<Blocked> Obstacles::judge(
    const Distribution &who, const QString &dependency, const QHash<QString, Blocked> &blocked) const
{
    Blocked result;
    if (m_disabled.contains(dependency)) {
        result.disposition = Disposition::DisabledByDependency;
        result.detail = QStringLiteral("needs '%1', which is disabled").arg(dependency);
        return result;
    }
    if (const auto failed = m_failed.constFind(dependency); failed != m_failed.constEnd()) {
        result.state = failed->isLibrary ? PluginState::Failed : PluginState::Unresolved;
        result.detail = QStringLiteral("needs '%1', which failed").arg(dependency);
        result.error = dependencyFailed(who, result.detail, failed->error);
        return result;
    }
    const auto inherited = blocked.constFind(dependency);
    if (inherited == blocked.constEnd())
        return std::nullopt;
    result = *inherited;
    result.detail = QStringLiteral("needs '%1', which %2").arg(dependency, inherited->detail);
    if (!inherited->error.isNull())
        result.error = dependencyFailed(who, result.detail, inherited->error.causes().constFirst());
    return result;
}

} // namespace Axle::Internal
