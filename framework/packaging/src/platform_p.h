#pragma once

#include <axle/packaging/platform.h>

#include <QtCore/QByteArray>

namespace Axle::Internal {

/// What the system says of itself and of this program, which runs the Python that plugins run on. Each system has its own
/// file: platform_linux.cpp.
struct RunningSystem
{
    QString name;     ///< as Python's platform.system(): "Linux"
    QString machine;  ///< as its platform.machine(): "x86_64"
    QString release;  ///< platform.release()
    QString version;  ///< platform.version()
    QString platform; ///< sys.platform: "linux"
    QString osName;   ///< os.name: "posix"
};

RunningSystem runningSystem();
QStringList runningPlatforms();

/// From `gnu_get_libc_version()`'s "2.36", or a patched one's "2.20-2014.11".
CLibrary parseGlibcVersion(const QByteArray &text);
/// From what musl's loader writes when it is started without a program: "musl libc (x86_64)\nVersion 1.2.2\n…".
CLibrary parseMuslVersion(const QByteArray &output);
/// The version of musl by its loader, which is started for it; nothing where it does not start.
CLibrary muslOfLoader(const QByteArray &path);

} // namespace Axle::Internal
