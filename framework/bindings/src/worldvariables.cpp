#include "worldvariables_p.h"

#include "packaging/markerenvironment_p.h"
#include "packaging/packagingerrors_p.h"

namespace Axle::Internal {

namespace {

void take(const py::dict &variables, MarkerEnvironment &environment)
{
    for (const auto &[name, value] : variables)
        environment.variables.insert(name.cast<QString>(), py::str(value).cast<QString>());
}

} // namespace

MarkerEnvironment worldVariables(const py::dict &overrides)
{
    MarkerEnvironment environment;
    take(py::reinterpret_borrow<py::dict>(defaultEnvironment()), environment);
    take(overrides, environment);
    return environment;
}

Version pythonVersionOf(const MarkerEnvironment &environment)
{
    QString text = environment.variables.value(QStringLiteral("python_full_version"));
    if (text.endsWith(u'+'))
        text.append(QStringLiteral("local")); // a Python built between two releases
    const auto version = Version::parse(text);
    if (!version)
        throwPython(packagingErrors().invalidVersion, version.error().toString());
    return *version;
}

} // namespace Axle::Internal
