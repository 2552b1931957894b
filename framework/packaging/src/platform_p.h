#pragma once

#include <QtCore/QStringList>

namespace Axle::Internal {

/// A version of the GNU C library; 0.0 stands for a system without it.
struct GlibcVersion
{
    int major = 0;
    int minor = 0;
};

/// From `gnu_get_libc_version()`'s "2.36", or a patched one's "2.20-2014.11".
GlibcVersion parseGlibcVersion(const char *text);

/// What `machine` is for Python, of which a 32-bit build may run on a 64-bit kernel: i686 for x86_64.
QString pythonMachine(const QString &machine, bool is32Bit);

/// The platform tags of Linux, best first: manylinux_2_36_x86_64 … manylinux1_x86_64, linux_x86_64 (PEP 600).
QStringList linuxPlatforms(const QString &machine, GlibcVersion glibc);

} // namespace Axle::Internal
