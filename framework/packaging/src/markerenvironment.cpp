#include <axle/packaging/marker.h>

#include <sys/utsname.h>

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
    utsname system = {};
    ::uname(&system); // an empty string stands for what the system does not tell, as PEP 508 has it
    const QString version = python.version().toString();
    MarkerEnvironment environment;
    environment.variables = {
        {QStringLiteral("implementation_name"), python.implementation},
        {QStringLiteral("implementation_version"), version},
        {QStringLiteral("os_name"), QStringLiteral("posix")},
        {QStringLiteral("platform_machine"), QString::fromLocal8Bit(system.machine)},
        {QStringLiteral("platform_python_implementation"), displayName(python.implementation)},
        {QStringLiteral("platform_release"), QString::fromLocal8Bit(system.release)},
        {QStringLiteral("platform_system"), QString::fromLocal8Bit(system.sysname)},
        {QStringLiteral("platform_version"), QString::fromLocal8Bit(system.version)},
        {QStringLiteral("python_full_version"), version},
        {QStringLiteral("python_version"), python.shortVersion()},
        {QStringLiteral("sys_platform"), QStringLiteral("linux")},
    };
    return environment;
}

} // namespace Axle
