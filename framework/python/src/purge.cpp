#include "importer_p.h"

#include "supportmodule_p.h"

#include <QtCore/QHash>

#include <algorithm>

namespace Axle::Internal {

namespace {

/// Module objects of distributions with native code, by location: such modules do not survive being made anew, so the
/// same objects come back with the next mount of the same content.
QHash<QString, PyObject *> theParked;

py::object attribute(py::handle object, const char *name)
{
    // A module may answer with anything, also by raising.
    PyObject *value = PyObject_GetAttrString(object.ptr(), name);
    if (!value) {
        PyErr_Clear();
        return py::none();
    }
    return py::reinterpret_steal<py::object>(value);
}

/// `module.name` without running code of the module: a lazy one would load what it stands for.
py::object moduleAttribute(py::handle module, const char *name)
{
    if (!PyModule_Check(module.ptr()))
        return attribute(module, name);
    PyObject *value = PyDict_GetItemString(PyModule_GetDict(module.ptr()), name);
    return value ? py::reinterpret_borrow<py::object>(value) : py::none();
}

bool isBelow(py::handle path, const QString &location)
{
    if (!py::isinstance<py::str>(path))
        return false;
    const QString text = toQString(path);
    return text == location || (text.startsWith(location) && text.size() > location.size() && text[location.size()] == u'/');
}

bool isNamespaceOf(py::handle spec, const QString &location)
{
    if (!attribute(spec, "origin").is_none())
        return false;
    const py::object portions = attribute(spec, "submodule_search_locations");
    const py::object first = attribute(portions, "_path"); // not recalculated: the mount is already gone
    bool any = false;
    if (first.is_none())
        return false;
    for (const py::handle portion : first) {
        if (!isBelow(portion, location))
            return false;
        any = true;
    }
    return any;
}

struct Found
{
    QString name;
    py::object module;
    Ownership ownership;
};

/// Children before parents; the youngest first among equals.
QList<Found> findModules(const QString &location)
{
    QList<Found> result;
    const py::dict modules = py::module_::import("sys").attr("modules");
    const auto copy = py::reinterpret_steal<py::dict>(PyDict_Copy(modules.ptr()));
    for (const auto &[name, module] : copy) {
        if (!py::isinstance<py::str>(name))
            continue;
        const Ownership owner = ownership(module, location);
        if (owner != Ownership::Foreign)
            result.prepend(Found{toQString(name), py::reinterpret_borrow<py::object>(module), owner});
    }
    std::stable_sort(result.begin(), result.end(),
        [](const Found &a, const Found &b) { return a.name.count(u'.') > b.name.count(u'.'); });
    return result;
}

/// `parent.leaf` goes when it is this module and the parent stays.
void detachFromParent(const Found &found)
{
    const qsizetype dot = found.name.lastIndexOf(u'.');
    if (dot < 0)
        return;
    const py::dict modules = py::module_::import("sys").attr("modules");
    const py::str parentName = toPython(found.name.left(dot));
    if (!modules.contains(parentName))
        return;
    const py::object parent = modules[parentName];
    const QByteArray leaf = found.name.mid(dot + 1).toUtf8();
    if (attribute(parent, leaf.constData()).ptr() == found.module.ptr() && PyObject_SetAttrString(parent.ptr(), leaf.constData(), nullptr) != 0)
        PyErr_Clear();
}

void park(const QString &location, const QList<Found> &modules)
{
    py::dict parked;
    for (auto it = modules.crbegin(); it != modules.crend(); ++it)
        parked[toPython(it->name)] = it->module;
    Py_XDECREF(theParked.value(location));
    theParked.insert(location, parked.release().ptr());
}

} // namespace

Ownership ownership(py::handle module, const QString &location)
{
    if (module.is_none())
        return Ownership::Foreign;
    const py::object spec = moduleAttribute(module, "__spec__");
    const py::object origin = spec.is_none() ? moduleAttribute(module, "__file__") : attribute(spec, "origin");
    if (isBelow(origin, location))
        return isNativeLoader(attribute(spec, "loader")) ? Ownership::NativeModule : Ownership::Module;
    if (!spec.is_none() && isNamespaceOf(spec, location))
        return Ownership::NamespacePackage;
    return Ownership::Foreign;
}

UnmountReport purge(const QString &location)
{
    UnmountReport report;
    const py::dict sysModules = py::module_::import("sys").attr("modules");
    const QList<Found> found = findModules(location);
    for (const Found &one : found) {
        PyDict_DelItem(sysModules.ptr(), toPython(one.name).ptr());
        report.modules += one.name;
        if (one.ownership == Ownership::NativeModule)
            report.nativeModules += one.name;
    }
    for (const Found &one : found)
        detachFromParent(one);
    report.parked = !report.nativeModules.isEmpty();
    if (report.parked)
        park(location, found);
    supportModule().attr("clear_caches")(toPython(location));
    supportModule().attr("purge_namespace_epoch")();
    return report;
}

void restoreParked(const QString &location)
{
    const auto parked = py::reinterpret_steal<py::dict>(theParked.take(location));
    if (!parked)
        return;
    const py::dict sysModules = py::module_::import("sys").attr("modules");
    for (const auto &[name, module] : parked) {
        if (!sysModules.contains(name))
            sysModules[name] = module;
        const QString text = toQString(name);
        const qsizetype dot = text.lastIndexOf(u'.');
        const py::str parent = toPython(text.left(qMax<qsizetype>(dot, 0)));
        if (dot > 0 && sysModules.contains(parent))
            py::setattr(sysModules[parent], toPython(text.mid(dot + 1)), module);
    }
}

void releaseParked()
{
    for (PyObject *modules : std::as_const(theParked))
        Py_DECREF(modules);
    theParked.clear();
}

} // namespace Axle::Internal
