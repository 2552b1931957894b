#pragma once

#include <axle/core/export.h>

#include <QtCore/QStringList>

/// The platform tags of PEP 425, 600 and 656 as pypa/packaging orders them, best first, from facts that the caller names: any
/// system's can be asked for on any other.
namespace Axle {

/// The C library that a Linux program runs on.
struct AXLE_EXPORT CLibrary
{
    enum class Kind { Other, Glibc, Musl };

    Kind kind = Kind::Other;
    int major = 0;
    int minor = 0;

    friend bool operator==(const CLibrary &, const CLibrary &) = default;
};

/// What `machine`, as the kernel names it, is for a 32-bit program: i686 for x86_64.
AXLE_EXPORT QString machineOf32Bits(const QString &machine);

/// manylinux_2_36_x86_64 … manylinux1_x86_64, linux_x86_64 with glibc 2.36; musllinux_1_2_x86_64 … with musl.
AXLE_EXPORT QStringList linuxPlatforms(const QString &machine, const CLibrary &library);

/// macosx_11_0_arm64, macosx_11_0_universal2, macosx_10_16_universal2, …: `machine` is arm64, x86_64, i386, ppc or ppc64.
AXLE_EXPORT QStringList macPlatforms(int major, int minor, const QString &machine);

/// win_amd64, win_arm64 or win32, of a machine as Windows or CMake name it. Empty where there is no Python for it.
AXLE_EXPORT QStringList windowsPlatforms(const QString &machine);

} // namespace Axle
