#pragma once

#include "../qtcasters_p.h"

#include <axle/resolver/distributionprovider.h>

namespace Axle::Internal {

/// A Distribution of axle.pkg_resources, which is a Python object, for the resolver. GIL held in every call.
///
/// It is asked once for each set of extras; an Exception that it raises becomes an Error, and is kept. Others (such as
/// KeyboardInterrupt) go through the resolver as what they are.
class PythonDistribution final : public DistributionProvider
{
public:
    explicit PythonDistribution(const py::object &object);

    const py::object &object() const { return m_object; }
    /// What was raised when it was asked what it needs by this requirement, or None.
    py::object raised(const Requirement &requirement) const;

    Result<QList<Requirement>> requirements(
        const QStringList &extras, const MarkerEnvironment &environment) const override;
    Result<QStringList> extras() const override;

private:
    Result<QList<Requirement>> ask(const QStringList &extras) const;

    py::object m_object;
    mutable QHash<QStringList, Result<QList<Requirement>>> m_requirements;
    mutable QHash<QStringList, py::object> m_raised;
};

DistributionPtr toProvider(const py::object &object);
/// The object of one that `toProvider` made; None of null.
py::object toObject(const DistributionPtr &distribution);
py::list toObjects(const QList<DistributionPtr> &distributions);

} // namespace Axle::Internal
