#include "demand_p.h"

#include <algorithm>

namespace Axle::Internal {

Demand::Demand(const Requirement &requirement)
    : m_requirement(requirement)
    , m_projectName(safeName(requirement.name.toString()))
    , m_writtenKey(m_projectName.toLower())
    , m_key(m_writtenKey)
{
    for (const QString &extra : requirement.writtenExtras)
        m_extras.append(safeExtra(extra));
}

bool Demand::admits(const DistributionIdentity &identity) const
{
    return identity.key == m_key && m_requirement.specifiers.contains(identity.version, Prereleases::Allow);
}

bool Demand::applies(const QStringList &extras, const MarkerEnvironment &environment) const
{
    if (m_requirement.marker.isEmpty())
        return true;
    return std::any_of(extras.begin(), extras.end(), [&](const QString &extra) {
        const QString name = ProjectName::normalize(extra);
        return m_requirement.marker.evaluate(environment, name.isEmpty() ? QSet<QString>() : QSet<QString>{name});
    });
}

bool operator==(const Demand &a, const Demand &b)
{
    return a.m_writtenKey == b.m_writtenKey && a.m_requirement.url == b.m_requirement.url
        && a.m_requirement.specifiers == b.m_requirement.specifiers
        && QSet<QString>(a.m_extras.begin(), a.m_extras.end()) == QSet<QString>(b.m_extras.begin(), b.m_extras.end())
        && a.m_requirement.marker == b.m_requirement.marker;
}

} // namespace Axle::Internal
