#pragma once

#include <axle/core/export.h>
#include <axle/packaging/version.h>

#include <QtCore/QStringList>

namespace Axle {

/// The Python that plugins run on, known without starting it.
struct AXLE_EXPORT TargetPython
{
    QString implementation = QStringLiteral("cpython"); ///< as `sys.implementation.name`
    int major = 0;
    int minor = 0;
    int micro = 0;
    /// Platform tags in order of preference, for example manylinux_2_36_x86_64 … linux_x86_64 (see platform.h).
    QStringList platforms;
    /// CPython's `sys.abiflags`: "t" for a free-threaded build, "d" for a debug build, "td" for both.
    QString abiFlags = {};
    /// Of other implementations, the ABI as their extension modules name it, without the platform: "pypy310-pp73".
    QString soabi = {};

    /// The Python that this build of Axle is made for, on the system it runs on.
    static TargetPython current();

    Version version() const;
    QString shortVersion() const; ///< "3.11"
    /// File name endings of extension modules, most specific first: `.cpython-311-x86_64-linux-gnu.so`, `.abi3.so`, `.so`.
    QStringList extensionSuffixes() const;
};

} // namespace Axle
