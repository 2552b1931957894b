#include "startup_p.h"

#include "importer_p.h"
#include "packageregistry_p.h"
#include "pythonapi_p.h"
#include "pythonconfig_p.h"
#include "pythonerror_p.h"
#include "supportmodule_p.h"

#include <axle/python/codes.h>
#include <axle/python/interpreter.h>
#include <axle/python/modulemount.h>

#include <QtCore/QFile>

#include <vector>

namespace Axle::Internal {

namespace {

/// Of the packages that the host brings; they stay until Python ends.
std::vector<std::unique_ptr<ModuleMount>> thePackageMounts;

Error startError(const QString &reason, const QString &home)
{
    const QString version = QStringLiteral(AXLE_PYTHON_MAJOR_MINOR);
    return Error(Codes::PythonStartFailed, QStringLiteral("Python %1 cannot start: %2").arg(version, reason),
        QStringLiteral(
            "its standard library is expected in '%1/lib/python%2'; on Debian install the package libpython%2-stdlib")
            .arg(home, version));
}

// Asked beforehand, because a Python that failed to start cannot be started again in the same process.
Result<void> checkStandardLibrary(const QString &home)
{
    const QString landmark = home + QStringLiteral("/lib/python" AXLE_PYTHON_MAJOR_MINOR "/encodings/__init__.py");
    if (QFile::exists(landmark))
        return {};
    return startError(QStringLiteral("there is no '%1'").arg(landmark), home);
}

Result<void> checkVersion()
{
    const QString wanted = QStringLiteral(AXLE_PYTHON_MAJOR_MINOR);
    const QString found = Interpreter::libraryVersion();
    if (found.startsWith(wanted + u'.'))
        return {};
    return Error(Codes::PythonVersionMismatch,
        QStringLiteral("the Python library that was loaded is version %1, expected %2").arg(found, wanted),
        QStringLiteral("on Debian install the package libpython%1, or build Axle for Python %2").arg(wanted, found));
}

// Isolated from the user's environment, UTF-8 whatever the locale says, no site-packages, no signal handlers, no .pyc
// files: what plugins see is the standard library and what is mounted.
PyStatus initialize(const QString &home)
{
    PyPreConfig preConfig;
    PyPreConfig_InitIsolatedConfig(&preConfig);
    preConfig.utf8_mode = 1;
    PyStatus status = Py_PreInitialize(&preConfig);
    if (PyStatus_Exception(status))
        return status;
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    config.write_bytecode = 0;
    config.install_signal_handlers = 0;
    config.parse_argv = 0;
    status = PyConfig_SetBytesString(&config, &config.home, home.toUtf8().constData());
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(&config, &config.program_name, AXLE_PYTHON_EXECUTABLE);
    if (!PyStatus_Exception(status))
        status = PyConfig_SetBytesString(&config, &config.executable, AXLE_PYTHON_EXECUTABLE);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

Result<void> mountPackages()
{
    for (const auto &package : registeredPackages()) {
        auto mount = ModuleMount::mount(package);
        if (!mount)
            return std::move(mount).error();
        thePackageMounts.push_back(std::move(*mount));
    }
    return {};
}

} // namespace

Result<void> startPython(const QString &home)
{
    if (const auto version = checkVersion(); !version)
        return version;
    const QString chosenHome = home.isEmpty() ? QStringLiteral(AXLE_PYTHON_HOME) : home;
    if (const auto library = checkStandardLibrary(chosenHome); !library)
        return library;
    const PyStatus status = initialize(chosenHome);
    if (PyStatus_Exception(status))
        return startError(QString::fromUtf8(status.err_msg ? status.err_msg : "no reason given"), chosenHome);
    return mountPackages();
}

void stopPython()
{
    thePackageMounts.clear();
    releaseParked();
    Importer::release();
    releaseSupportModule();
    py::finalize_interpreter();
}

} // namespace Axle::Internal
