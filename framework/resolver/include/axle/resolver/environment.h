#pragma once

#include <axle/resolver/distributionprovider.h>

#include <QtCore/QHash>

namespace Axle {

/// What is available: distributions by project, several versions of each, the newest first (pkg_resources' Environment).
///
/// A value, to be filled by who knows where distributions are. Not thread-safe beyond that.
class AXLE_EXPORT Environment
{
public:
    /// Takes only what fits this platform and this Python ("3.11"), where they are given; so does what names neither.
    explicit Environment(const QString &platform = {}, const QString &pythonVersion = {});

    bool canAdd(const DistributionIdentity &identity) const;
    /// Nothing happens where it does not fit or is there already.
    void add(const DistributionPtr &distribution);
    /// False where it is not there.
    bool remove(const DistributionIdentity &identity);

    /// The keys of the projects that it has a distribution of, in the order they came.
    QStringList projects() const;
    /// The newest first; of one version, by DistributionIdentity's order.
    QList<DistributionPtr> distributions(const QString &key) const { return m_distributions.value(key.toLower()); }

    Environment &operator+=(const Environment &other);
    /// All of both, whatever they are restricted to.
    friend AXLE_EXPORT Environment operator+(const Environment &a, const Environment &b);

private:
    QString m_platform;
    QString m_pythonVersion;
    QStringList m_projects;
    QHash<QString, QList<DistributionPtr>> m_distributions;
};

} // namespace Axle
