#include "resolvebinding_p.h"

#include "folderscan_p.h"
#include "packaging/packagingerrors_p.h"
#include "pathtext_p.h"
#include "resolutionerror_p.h"
#include "worldvariables_p.h"

#include <axle/discovery/distributions.h>
#include <axle/resolver/resolver.h>

namespace Axle::Internal {

namespace {

using namespace py::literals;

QList<Requirement> parseRequirements(const py::iterable &given)
{
    QList<Requirement> requirements;
    for (const py::handle each : given) {
        const auto requirement = Requirement::parse(py::str(each).cast<QString>());
        if (!requirement)
            throwPython(packagingErrors().invalidRequirement, requirement.error().toString());
        requirements.append(*requirement);
    }
    return requirements;
}

Prereleases prereleasesOf(std::optional<bool> given)
{
    if (!given)
        return Prereleases::ByRule;
    return *given ? Prereleases::Allow : Prereleases::Refuse;
}

Result<Resolution> solve(const QString &folder, const QList<Requirement> &requirements, ResolverInput input)
{
    const auto files = scanFolder(folder);
    if (!files)
        return files.error();
    input.candidates = toAllDistributions(*files);
    return Resolver(input).resolve(requirements);
}

py::dict resolve(const py::object &folder, const py::iterable &requirements, const std::optional<py::dict> &environment,
    std::optional<bool> prereleases)
{
    const QString path = pathText(folder);
    const QList<Requirement> asked = parseRequirements(requirements);
    ResolverInput input;
    input.environment = worldVariables(environment.value_or(py::dict()));
    input.pythonVersion = pythonVersionOf(input.environment);
    input.prereleases = prereleasesOf(prereleases);
    const Result<Resolution> resolution = [&] {
        const py::gil_scoped_release released;
        return solve(path, asked, input);
    }();
    if (!resolution)
        raiseResolutionError(resolution.error());
    py::dict versions;
    for (const PlanEntry &entry : resolution->plan)
        versions[py::cast(entry.distribution.name.normalized())] = entry.distribution.version.toString();
    return versions;
}

} // namespace

void bindResolve(py::module_ &module)
{
    module.def("resolve", &resolve, "folder"_a, "requirements"_a, "environment"_a = py::none(),
        "prereleases"_a = py::none(),
        "The versions of the folder's wheels that meet the requirements together, the newest that do, as {project: "
        "version} in the order to load them. Raises ResolutionError.\n\n"
        "environment  overrides variables of markers; python_full_version counts for Requires-Python as well\n"
        "prereleases  True: always considered, False: never, None: as PEP 440 says");
}

} // namespace Axle::Internal
