#include <axle/python/packages.h>

#include "packageregistry_p.h"
#include "pythonapi_p.h"

#include <QtCore/QMutex>

#include <cstring>

namespace Axle {

namespace {

Q_CONSTINIT QBasicMutex theMutex;

QList<std::shared_ptr<const ModuleSource>> &packages()
{
    static QList<std::shared_ptr<const ModuleSource>> list;
    return list;
}

bool isInInittab(const char *name)
{
    for (const _inittab *module = PyImport_Inittab; module->name; ++module) {
        if (std::strcmp(module->name, name) == 0)
            return true;
    }
    return false;
}

} // namespace

void registerPackage(std::shared_ptr<const ModuleSource> source)
{
    const QMutexLocker locker(&theMutex);
    for (const auto &known : std::as_const(packages())) {
        if (known->location() == source->location())
            return;
    }
    packages().append(std::move(source));
}

void registerBuiltinModule(const char *name, void *(*init)())
{
    const QMutexLocker locker(&theMutex);
    if (!isInInittab(name))
        PyImport_AppendInittab(name, reinterpret_cast<PyObject *(*)()>(init));
}

QList<std::shared_ptr<const ModuleSource>> Internal::registeredPackages()
{
    const QMutexLocker locker(&theMutex);
    return packages();
}

} // namespace Axle
