#include "pythonlibrary.h"

#include "codes.h"

#include <QtCore/QFile>

#include <dlfcn.h>

namespace Axle {

namespace {

QString whatToInstall(const TargetPython &wanted)
{
    return QStringLiteral("install Python %1's shared library (Debian: 'apt install libpython%1'), or build Axle for "
                          "the Python that is there")
        .arg(wanted.shortVersion());
}

Error mismatch(const QString &fileName, const TargetPython &wanted, const QString &found)
{
    return Error(Codes::PythonVersionMismatch,
        QStringLiteral("Python %1 is wanted, but '%2' is %3").arg(wanted.shortVersion(), fileName, found),
        whatToInstall(wanted));
}

} // namespace

Result<PythonLibrary> PythonLibrary::load(const QString &fileName, const TargetPython &wanted)
{
    PythonLibrary library;
    library.m_handle.reset(::dlopen(QFile::encodeName(fileName).constData(), RTLD_LAZY | RTLD_LOCAL), [](void *handle) {
        if (handle)
            ::dlclose(handle);
    });
    if (!library.m_handle) {
        return Error(Codes::PythonLibraryMissing,
            QStringLiteral("Python %1 is wanted, but its library cannot be loaded: %2")
                .arg(wanted.shortVersion(), QString::fromLocal8Bit(::dlerror())),
            whatToInstall(wanted));
    }
    using GetVersion = const char *();
    const auto getVersion = reinterpret_cast<GetVersion *>(::dlsym(library.m_handle.get(), "Py_GetVersion"));
    if (!getVersion)
        return mismatch(fileName, wanted, QStringLiteral("no Python library: it has no 'Py_GetVersion'"));
    // "3.11.2 (main, Mar 13 2023, 12:18:29) [GCC 12.2.0]"
    library.m_version = QString::fromLatin1(getVersion()).section(u' ', 0, 0);
    if (library.m_version.section(u'.', 0, 1) != wanted.shortVersion())
        return mismatch(fileName, wanted, QStringLiteral("Python ") + library.m_version);
    return library;
}

} // namespace Axle
