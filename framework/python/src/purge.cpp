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
    return text == location
        || (text.startsWith(location) && text.size() > location.size() && text[location.size()] == u'/');
}

/// Takes the portions at `location` out of a namespace package's path; true when none is left.
bool withdrawPortions(py::handle spec, const QString &location)
{
    if (!attribute(spec, "origin").is_none())
        return false;
    const py::object path = attribute(spec, "submodule_search_locations");
    const py::object portions = attribute(path, "_path"); // as last calculated; asking the path would calculate anew
    if (!py::isinstance<py::list>(portions))
        return false;
    py::list others;
    for (const py::handle portion : portions) {
        if (!isBelow(portion, location))
            others.append(portion);
    }
    if (others.size() == py::len(portions) && !others.empty())
        return false;
    path.attr("_path") = others;
    return others.empty();
}

/// A module of sys.modules that goes with the source.
struct Found
{
    QString name;
    py::object module;
    bool isNative = false;
};

bool isOwned(py::handle spec, py::handle module, const QString &location)
{
    return isBelow(spec.is_none() ? moduleAttribute(module, "__file__") : attribute(spec, "origin"), location);
}

/// Children before parents; the youngest first among equals. Namespace packages lose their portions at the source and
/// are among them when that was all they had.
QList<Found> findModules(const QString &location)
{
    QList<Found> result;
    const py::dict modules = py::module_::import("sys").attr("modules");
    const auto copy = py::reinterpret_steal<py::dict>(PyDict_Copy(modules.ptr()));
    for (const auto &[name, module] : copy) {
        if (!py::isinstance<py::str>(name) || module.is_none())
            continue;
        const py::object spec = moduleAttribute(module, "__spec__");
        const bool isOurs = isOwned(spec, module, location) || (!spec.is_none() && withdrawPortions(spec, location));
        if (isOurs) {
            result.prepend(Found{toQString(name), py::reinterpret_borrow<py::object>(module),
                isNativeLoader(attribute(spec, "loader"))});
        }
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
    if (attribute(parent, leaf.constData()).ptr() == found.module.ptr()
        && PyObject_SetAttrString(parent.ptr(), leaf.constData(), nullptr) != 0)
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

UnmountReport purge(const QString &location)
{
    UnmountReport report;
    const py::dict sysModules = py::module_::import("sys").attr("modules");
    const QList<Found> found = findModules(location);
    for (const Found &one : found) {
        PyDict_DelItem(sysModules.ptr(), toPython(one.name).ptr());
        report.modules += one.name;
        if (one.isNative)
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
