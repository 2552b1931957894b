#include "contributionregistry_p.h"

#include "contribution_p.h"

namespace Axle::Internal {

ContributionRegistry::ContributionRegistry(Interpreter &interpreter, Reporter &reporter, QObject *pointsParent)
    : m_interpreter(interpreter)
    , m_reporter(reporter)
    , m_pointsParent(pointsParent)
{
}

ExtensionPoint *ContributionRegistry::point(const QString &name)
{
    ExtensionPoint *&point = m_points[name];
    if (!point)
        point = new ExtensionPoint(name, m_pointsParent);
    return point;
}

void ContributionRegistry::add(const ContributionInfo &info, std::shared_ptr<PythonObject> object)
{
    Contribution contribution;
    contribution.d = std::make_shared<Contribution::Data>(Contribution::Data{info, std::move(object), &m_interpreter});
    ExtensionPoint *const target = point(info.point);
    m_contributions += contribution;
    target->m_contributions += contribution;
    m_reporter.emitFrom(target, &ExtensionPoint::added, contribution);
    m_reporter.emitSignal(&PluginManager::contributionAdded, info);
}

void ContributionRegistry::withdraw(const QString &pluginId)
{
    QList<Contribution> withdrawn;
    m_contributions.removeIf([&](const Contribution &contribution) {
        if (contribution.pluginId() != pluginId)
            return false;
        withdrawn.prepend(contribution);
        return true;
    });
    for (const Contribution &contribution : std::as_const(withdrawn)) {
        contribution.d->object.reset();
        point(contribution.d->info.point)->m_contributions.removeIf([&](const Contribution &one) {
            return one.d == contribution.d;
        });
    }
    for (const Contribution &contribution : std::as_const(withdrawn)) {
        const ContributionInfo info = contribution.info();
        m_reporter.emitFrom(point(info.point), &ExtensionPoint::removed, info);
        m_reporter.emitSignal(&PluginManager::contributionRemoved, info);
    }
}

int ContributionRegistry::count(const QString &pluginId) const
{
    return static_cast<int>(std::count_if(m_contributions.cbegin(), m_contributions.cend(),
        [&](const Contribution &contribution) { return contribution.pluginId() == pluginId; }));
}

} // namespace Axle::Internal
