#include <axle/packaging/targetpython.h>

#include "platform_p.h"
#include "pythonversion_p.h"

#include <QtCore/QHash>

#ifdef __GLIBC__
#    include <gnu/libc-version.h>
#endif
#include <sys/utsname.h>

namespace Axle {

namespace {

Internal::GlibcVersion runningGlibc()
{
#ifdef __GLIBC__
    return Internal::parseGlibcVersion(gnu_get_libc_version());
#else
    return {};
#endif
}

QString machine()
{
    utsname system = {};
    return ::uname(&system) == 0 ? QString::fromLocal8Bit(system.machine) : QString();
}

/// Debian's name for the machine, which CPython puts into the names of extension modules.
QString multiarch(const QString &machine)
{
    static const QHash<QString, QString> exceptions{
        {QStringLiteral("i686"), QStringLiteral("i386-linux-gnu")},
        {QStringLiteral("armv7l"), QStringLiteral("arm-linux-gnueabihf")},
        {QStringLiteral("ppc64"), QStringLiteral("powerpc64-linux-gnu")},
        {QStringLiteral("ppc64le"), QStringLiteral("powerpc64le-linux-gnu")},
    };
    return exceptions.value(machine, machine + QStringLiteral("-linux-gnu"));
}

} // namespace

TargetPython TargetPython::current()
{
    TargetPython python;
    python.major = Internal::PythonMajor;
    python.minor = Internal::PythonMinor;
    python.micro = Internal::PythonMicro;
    python.platforms =
        Internal::linuxPlatforms(Internal::pythonMachine(machine(), sizeof(void *) == 4), runningGlibc());
    return python;
}

Version TargetPython::version() const
{
    return *Version::parse(QStringLiteral("%1.%2.%3").arg(major).arg(minor).arg(micro));
}

QString TargetPython::shortVersion() const
{
    return QStringLiteral("%1.%2").arg(major).arg(minor);
}

QStringList TargetPython::extensionSuffixes() const
{
    QStringList suffixes;
    const QString prefix = QStringLiteral("linux_");
    for (const QString &platform : platforms) {
        if (platform.startsWith(prefix)) {
            suffixes += QStringLiteral(".cpython-%1%2-%3.so")
                            .arg(major)
                            .arg(minor)
                            .arg(multiarch(platform.sliced(prefix.size())));
        }
    }
    return suffixes << QStringLiteral(".abi3.so") << QStringLiteral(".so");
}

} // namespace Axle
