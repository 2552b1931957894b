#pragma once

#include <axle/resolver/distributionprovider.h>

namespace Axle::Internal {

/// A requirement as pkg_resources tells one from another: by its project's key as written, url, specifiers, extras and
/// the text of its marker.
class Demand
{
public:
    explicit Demand(const Requirement &requirement);

    const Requirement &requirement() const { return m_requirement; }
    QString projectName() const { return m_projectName; }
    /// What it looks its project up by; may be set to how an active distribution of the project writes it.
    QString key() const { return m_key; }
    void setKey(const QString &key) { m_key = key; }
    const QStringList &extras() const { return m_extras; }
    bool admits(const DistributionIdentity &identity) const;
    /// Its marker holds for one of `extras` at least; "" stands for none.
    bool applies(const QStringList &extras, const MarkerEnvironment &environment) const;

    friend bool operator==(const Demand &a, const Demand &b);
    friend size_t qHash(const Demand &demand, size_t seed = 0) { return ::qHash(demand.m_writtenKey, seed); }

private:
    Requirement m_requirement;
    QString m_projectName;
    QString m_writtenKey;
    QString m_key;
    QStringList m_extras;
};

} // namespace Axle::Internal
