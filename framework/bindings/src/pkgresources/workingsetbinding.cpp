#include "pkgresourcesbinding_p.h"

#include "../resolutionerror_p.h"
#include "../worldvariables_p.h"
#include "pythondistribution_p.h"
#include "raised_p.h"

#include <axle/resolver/codes.h>
#include <axle/resolver/workingset.h>

namespace Axle::Internal {

namespace {

using namespace py::literals;

/// What the Python half makes exceptions of: (kind, distribution, requirement, required by, cause).
using Kind = ResolutionFailure::Kind;

const char *nameOf(Kind kind)
{
    switch (kind) {
    case Kind::DistributionNotFound:
    case Kind::TagMismatch:
    case Kind::PythonMismatch:
    case Kind::Yanked:
    case Kind::Corrupt:
        return "not-found";
    case Kind::VersionConflict:
        return "conflict";
    case Kind::ContextualVersionConflict:
        return "contextual-conflict";
    case Kind::UnknownExtra:
    case Kind::BadMetadata:
    case Kind::Installer:
    case Kind::Unsolvable:
        break;
    }
    return "cause";
}

/// One call: what the installer raises in it is kept for the failure that tells of it.
class PythonInstaller
{
public:
    explicit PythonInstaller(const py::object &callable)
        : m_callable(callable)
    {
    }

    Installer installer()
    {
        if (m_callable.is_none())
            return {};
        return [this](const Requirement &requirement) { return install(requirement); };
    }

    py::tuple toTuple(const ResolutionFailure &failure) const
    {
        py::set requiredBy;
        for (const QString &name : failure.requiredBy)
            requiredBy.add(py::cast(name));
        const py::object requirement =
            failure.requirement ? py::object(py::cast(failure.requirement->toString())) : py::none();
        return py::make_tuple(
            nameOf(failure.kind), toObject(failure.distribution), requirement, requiredBy, causeOf(failure));
    }

private:
    Result<DistributionPtr> install(const Requirement &requirement)
    {
        try {
            const py::object installed = m_callable(requirement.toString());
            return installed.is_none() ? DistributionPtr() : toProvider(installed);
        } catch (py::error_already_set &error) {
            const py::object exception = exceptionOf(error);
            m_raised.insert(requirement.toString(), exception);
            return errorOf(exception, Codes::ResolveInstaller);
        }
    }

    /// What Python raised, or an exception in the words of the failure.
    py::object causeOf(const ResolutionFailure &failure) const
    {
        py::object raised = py::none();
        if (failure.kind == Kind::Installer)
            raised = m_raised.value(failure.requirement->toString(), py::none());
        else if (failure.distribution && failure.requirement)
            raised = static_cast<const PythonDistribution &>(*failure.distribution).raised(*failure.requirement);
        return raised.is_none() ? resolutionException(failure.error) : raised;
    }

    py::object m_callable;
    QHash<QString, py::object> m_raised;
};

QList<Requirement> toRequirements(const QStringList &texts)
{
    QList<Requirement> requirements;
    for (const QString &text : texts) {
        const auto requirement = Requirement::parse(text);
        if (!requirement)
            raiseResolutionError(requirement.error());
        requirements.append(*requirement);
    }
    return requirements;
}

std::optional<Environment> toEnvironment(const Environment *environment)
{
    return environment ? std::optional(*environment) : std::nullopt;
}

ResolveMode toMode(bool isOptimal)
{
    return isOptimal ? ResolveMode::Optimal : ResolveMode::Compatible;
}

py::tuple resolve(const WorkingSet &self, const QStringList &requirements, const Environment *environment,
    const std::function<Environment()> &surroundings, const py::object &installer, bool isReplacingConflicting,
    const QStringList &extras, bool isOptimal)
{
    PythonInstaller pythonInstaller(installer);
    ResolveOptions options;
    options.environment = toEnvironment(environment);
    options.surroundings = surroundings;
    options.installer = pythonInstaller.installer();
    options.isReplacingConflicting = isReplacingConflicting;
    options.extras = extras;
    options.mode = toMode(isOptimal);
    const ResolvedDistributions resolved = self.resolve(toRequirements(requirements), options);
    return py::make_tuple(
        toObjects(*resolved), resolved ? py::object(py::none()) : pythonInstaller.toTuple(resolved.failure()));
}

py::tuple findPlugins(const WorkingSet &self, const Environment &plugins, const Environment &environment,
    const py::object &installer, bool hasFallback, bool isOptimal)
{
    PythonInstaller pythonInstaller(installer);
    FindPluginsOptions options;
    options.environment = environment;
    options.installer = pythonInstaller.installer();
    options.policy = hasFallback ? PluginPolicy::Fallback : PluginPolicy::NoDowngrade;
    options.mode = toMode(isOptimal);
    const FoundPlugins found = self.findPlugins(plugins, options);
    py::list failed;
    for (const FailedPlugin &plugin : found.failed)
        failed.append(py::make_tuple(toObject(plugin.distribution), pythonInstaller.toTuple(plugin.failure)));
    return py::make_tuple(toObjects(found.distributions), failed);
}

WorkingSet::Active activeWhere(bool isReplacing)
{
    return isReplacing ? WorkingSet::Active::Replace : WorkingSet::Active::Keep;
}

void bindContents(py::class_<WorkingSet> &set)
{
    set.def("entries", &WorkingSet::entries)
        .def("append_entry", &WorkingSet::appendEntry, "entry"_a)
        .def("distributions", [](const WorkingSet &self) { return toObjects(self.distributions()); })
        .def("active", [](const WorkingSet &self, const QString &name) { return toObject(self.active(name)); })
        .def(
            "active_by_key", [](const WorkingSet &self, const QString &key) { return toObject(self.activeByKey(key)); })
        .def("add",
            [](WorkingSet &self, const py::object &distribution, const QString &entry, bool isReplacing) {
                return self.add(toProvider(distribution), activeWhere(isReplacing), entry);
            })
        .def("add_found",
            [](WorkingSet &self, const py::object &distribution, const QString &entry, bool isReplacing) {
                return self.addFound(entry, toProvider(distribution), activeWhere(isReplacing));
            })
        .def("remove", [](WorkingSet &self, const py::object &distribution) {
            return self.remove(toProvider(distribution)->identity());
        });
}

} // namespace

void bindWorkingSet(py::module_ &module)
{
    py::class_<WorkingSet> set(module, "WorkingSet", py::module_local(), "What is active, one of each project.");
    set.def(py::init([](const std::function<QString(QString)> &normalizePath) {
        return std::make_unique<WorkingSet>(worldVariables(), normalizePath);
    }));
    bindContents(set);
    set.def("resolve", &resolve, "requirements"_a, "environment"_a, "surroundings"_a, "installer"_a,
           "replace_conflicting"_a, "extras"_a, "optimal"_a)
        .def("find_plugins", &findPlugins, "plugins"_a, "environment"_a, "installer"_a, "fallback"_a, "optimal"_a);
}

} // namespace Axle::Internal
