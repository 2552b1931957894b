#include <axle/resolver/environment.h>

#include <algorithm>

namespace Axle {

namespace {

bool fits(const QString &has, const QString &wanted)
{
    return has.isEmpty() || wanted.isEmpty() || has == wanted;
}

} // namespace

Environment::Environment(const QString &platform, const QString &pythonVersion)
    : m_platform(platform)
    , m_pythonVersion(pythonVersion)
{
}

bool Environment::canAdd(const DistributionIdentity &identity) const
{
    return fits(identity.pythonVersion, m_pythonVersion) && fits(identity.platform, m_platform);
}

void Environment::add(const DistributionPtr &distribution)
{
    const DistributionIdentity &identity = distribution->identity();
    if (!canAdd(identity))
        return;
    const auto known = m_distributions.find(identity.key);
    if (known == m_distributions.end()) {
        m_projects.append(identity.key);
        m_distributions.insert(identity.key, {distribution});
        return;
    }
    const auto place = std::find_if(known->begin(), known->end(),
        [&identity](const DistributionPtr &each) { return each->identity() <= identity; });
    if (place == known->end() || (*place)->identity() != identity)
        known->insert(place, distribution);
}

bool Environment::remove(const DistributionIdentity &identity)
{
    const auto known = m_distributions.find(identity.key);
    if (known == m_distributions.end())
        return false;
    return known->removeIf([&identity](const DistributionPtr &each) { return each->identity() == identity; }) > 0;
}

QStringList Environment::projects() const
{
    QStringList result;
    for (const QString &project : m_projects) {
        if (!m_distributions.value(project).isEmpty())
            result.append(project);
    }
    return result;
}

Environment &Environment::operator+=(const Environment &other)
{
    for (const QString &project : other.projects()) {
        for (const DistributionPtr &distribution : other.distributions(project))
            add(distribution);
    }
    return *this;
}

Environment operator+(const Environment &a, const Environment &b)
{
    Environment sum;
    sum += a;
    sum += b;
    return sum;
}

} // namespace Axle
