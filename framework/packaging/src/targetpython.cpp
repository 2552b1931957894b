#include <axle/packaging/targetpython.h>

#include "platform_p.h"
#include "pythonversion_p.h"

#include <QtCore/QHash>

#include <algorithm>

namespace Axle {

namespace {

/// Debian's name for the machine, which CPython puts into the names of extension modules.
QString multiarch(const QString &machine)
{
    static const QHash<QString, QString> exceptions{
        {QStringLiteral("i686"), QStringLiteral("i386-linux-gnu")},
        {QStringLiteral("armv7l"), QStringLiteral("arm-linux-gnueabihf")},
        {QStringLiteral("armv8l"), QStringLiteral("arm-linux-gnueabihf")},
        {QStringLiteral("ppc64"), QStringLiteral("powerpc64-linux-gnu")},
        {QStringLiteral("ppc64le"), QStringLiteral("powerpc64le-linux-gnu")},
    };
    return exceptions.value(machine, machine + QStringLiteral("-linux-gnu"));
}

/// As `SOABI` begins: cpython-311, cpython-313t, pypy310-pp73. A debug build also loads what others load.
QStringList abiNames(const TargetPython &python)
{
    if (!python.soabi.isEmpty())
        return {python.soabi};
    QString flags = python.abiFlags;
    const QString version = QStringLiteral("cpython-%1%2").arg(python.major).arg(python.minor);
    QStringList names{version + flags};
    if (flags.contains(u'd'))
        names += version + flags.remove(u'd');
    return names;
}

QStringList endings(const QString &abi, const QStringList &platforms)
{
    const QString prefix = QStringLiteral("linux_");
    const bool isMusl = std::any_of(
        platforms.begin(), platforms.end(), [](const QString &platform) { return platform.startsWith(u"musllinux_"); });
    QStringList result;
    for (const QString &platform : platforms) {
        if (platform.startsWith(prefix)) {
            const QString system = multiarch(platform.sliced(prefix.size()));
            result += u'.' + abi + u'-'
                + (isMusl ? QString(system).replace(QStringLiteral("-gnu"), QStringLiteral("-musl")) : system)
                + QStringLiteral(".so");
        } else if (platform.startsWith(u"macosx_")) {
            result += u'.' + abi + QStringLiteral("-darwin.so");
        } else if (platform.startsWith(u"win")) {
            result += QStringLiteral(".cp%1-%2.pyd").arg(abi.section(u'-', 1), platform);
        }
    }
    return result;
}

} // namespace

TargetPython TargetPython::current()
{
    TargetPython python;
    python.major = Internal::PythonMajor;
    python.minor = Internal::PythonMinor;
    python.micro = Internal::PythonMicro;
    python.abiFlags = QLatin1StringView(Internal::PythonAbiFlags);
    python.platforms = Internal::runningPlatforms();
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
    const bool isWindows = !platforms.isEmpty() && platforms.first().startsWith(u"win");
    QStringList suffixes;
    for (const QString &abi : abiNames(*this))
        suffixes += endings(abi, platforms);
    suffixes.removeDuplicates();
    if (isWindows)
        return suffixes << QStringLiteral(".pyd");
    if (implementation == u"cpython")
        suffixes += QStringLiteral(".abi3.so");
    return suffixes << QStringLiteral(".so");
}

} // namespace Axle
