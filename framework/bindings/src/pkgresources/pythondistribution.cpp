#include "pythondistribution_p.h"

#include "raised_p.h"

#include <axle/resolver/codes.h>

namespace Axle::Internal {

namespace {

QString textOrNothing(const py::handle &object)
{
    return object.is_none() ? QString() : py::str(object).cast<QString>();
}

DistributionIdentity identityOf(const py::object &object)
{
    const auto version = Version::parse(py::str(object.attr("_forgiving_parsed_version")).cast<QString>());
    if (!version)
        throw py::value_error(version.error().toString().toStdString());
    DistributionIdentity identity;
    identity.projectName = py::str(object.attr("project_name")).cast<QString>();
    identity.key = py::str(object.attr("key")).cast<QString>();
    identity.version = *version;
    identity.precedence = object.attr("precedence").cast<int>();
    identity.location = textOrNothing(object.attr("location"));
    identity.pythonVersion = textOrNothing(object.attr("py_version"));
    identity.platform = textOrNothing(object.attr("platform"));
    return identity;
}

Result<QList<Requirement>> parseAll(const py::iterable &objects)
{
    QList<Requirement> requirements;
    for (const py::handle each : objects) {
        const auto requirement = Requirement::parse(py::str(each).cast<QString>());
        if (!requirement)
            return requirement.error();
        requirements.append(*requirement);
    }
    return requirements;
}

} // namespace

PythonDistribution::PythonDistribution(const py::object &object)
    : DistributionProvider(identityOf(object))
    , m_object(object)
{
}

py::object PythonDistribution::raised(const Requirement &requirement) const
{
    QStringList extras;
    for (const QString &extra : requirement.writtenExtras)
        extras.append(safeExtra(extra));
    return m_raised.value(extras, py::none());
}

Result<QList<Requirement>> PythonDistribution::requirements(const QStringList &extras, const MarkerEnvironment &) const
{
    auto known = m_requirements.constFind(extras);
    if (known == m_requirements.cend())
        known = m_requirements.insert(extras, ask(extras));
    return *known;
}

Result<QList<Requirement>> PythonDistribution::ask(const QStringList &extras) const
{
    try {
        return parseAll(m_object.attr("requires")(py::tuple(py::cast(extras))));
    } catch (py::error_already_set &error) {
        const py::object exception = exceptionOf(error);
        m_raised.insert(extras, exception);
        return errorOf(exception, Codes::ResolveMetadata);
    }
}

Result<QStringList> PythonDistribution::extras() const
{
    try {
        return m_object.attr("extras").cast<QStringList>();
    } catch (py::error_already_set &error) {
        return errorOf(exceptionOf(error), Codes::ResolveMetadata);
    }
}

DistributionPtr toProvider(const py::object &object)
{
    return std::make_shared<const PythonDistribution>(object);
}

py::object toObject(const DistributionPtr &distribution)
{
    return distribution ? static_cast<const PythonDistribution &>(*distribution).object() : py::none();
}

py::list toObjects(const QList<DistributionPtr> &distributions)
{
    py::list objects;
    for (const DistributionPtr &distribution : distributions)
        objects.append(toObject(distribution));
    return objects;
}

} // namespace Axle::Internal
