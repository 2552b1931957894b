#include <axle/packaging/marker.h>

#include "platform_p.h"

namespace Axle {

namespace {

/// What `platform.python_implementation()` says where `sys.implementation.name` says `name`.
QString displayName(const QString &name)
{
    if (name == u"cpython")
        return QStringLiteral("CPython");
    if (name == u"pypy")
        return QStringLiteral("PyPy");
    return name;
}

} // namespace

MarkerEnvironment MarkerEnvironment::of(const TargetPython &python)
{
    const Internal::RunningSystem system = Internal::runningSystem();
    const QString version = python.version().toString();
    MarkerEnvironment environment;
    environment.variables = {
        {QStringLiteral("implementation_name"), python.implementation},
        {QStringLiteral("implementation_version"), version},
        {QStringLiteral("os_name"), system.osName},
        {QStringLiteral("platform_machine"), system.machine},
        {QStringLiteral("platform_python_implementation"), displayName(python.implementation)},
        {QStringLiteral("platform_release"), system.release},
        {QStringLiteral("platform_system"), system.name},
        {QStringLiteral("platform_version"), system.version},
        {QStringLiteral("python_full_version"), version},
        {QStringLiteral("python_version"), python.shortVersion()},
        {QStringLiteral("sys_platform"), system.platform},
    };
    return environment;
}

} // namespace Axle
