#include "importer_p.h"

#include "supportmodule_p.h"

namespace Axle::Internal {

namespace {

/// One of the two entries in sys.meta_path.
struct MetaPathFinder
{
    SearchPosition door;
};

/// What sys.path_hooks gives for a folder of a mounted source: for `__path__` entries that PathFinder or pkgutil ask.
struct PathEntryFinder
{
    QString folder;
};

struct PathHook
{
};

/// What support.py sees of a source.
struct SourceView
{
    std::shared_ptr<const SourceIndex> index;
};

py::object findDistributions(const MetaPathFinder &finder, py::object context)
{
    if (context.is_none())
        context = py::module_::import("importlib.metadata").attr("DistributionFinder").attr("Context")();
    py::list sources;
    for (const auto &index : Importer::instance().sources(finder.door))
        sources.append(py::cast(SourceView{index}));
    return supportModule().attr("find_distributions")(sources, context);
}

PathEntryFinder makePathEntryFinder(py::handle path)
{
    if (py::isinstance<py::str>(path)) {
        QString folder = toQString(path);
        while (folder.size() > 1 && folder.endsWith(u'/'))
            folder.chop(1);
        if (Importer::instance().indexOfFolder(folder))
            return PathEntryFinder{folder};
    }
    throw py::import_error("not a folder of a mounted wheel");
}

py::list iterModules(const PathEntryFinder &finder, const py::str &prefix)
{
    py::list result;
    if (const auto index = Importer::instance().indexOfFolder(finder.folder)) {
        for (const auto &[name, isPackage] : index->modules(finder.folder))
            result.append(py::make_tuple(prefix + toPython(name), isPackage));
    }
    return result;
}

py::bytes readMember(const SourceView &view, const QString &member)
{
    const auto data = view.index->isFile(member) ? view.index->source().read(member) : Result<QByteArray>(QByteArray());
    if (!view.index->isFile(member) || !data) {
        const py::object path = toPython(view.index->absolute(member));
        PyErr_SetObject(PyExc_FileNotFoundError,
            py::make_tuple(
                ENOENT, data ? toPython(QStringLiteral("no such member")) : toPython(data.error().message()), path)
                .ptr());
        throw py::error_already_set();
    }
    return py::bytes(data->constData(), static_cast<py::size_t>(data->size()));
}

py::list childrenOf(const SourceView &view, const QString &member)
{
    py::list names;
    for (const QString &name : view.index->children(member))
        names.append(toPython(name));
    return names;
}

void bindSourceView(py::module_ &scope)
{
    py::class_<SourceView>(scope, "SourceView", py::module_local())
        .def_property_readonly("location", [](const SourceView &view) { return toPython(view.index->location()); })
        .def_property_readonly(
            "dist_info", [](const SourceView &view) { return toPython(view.index->source().distInfo()); })
        .def_property_readonly(
            "is_materialised", [](const SourceView &view) { return view.index->source().isMaterialised(); })
        .def("read", [](const SourceView &view, const py::str &member) { return readMember(view, toQString(member)); })
        .def("children",
            [](const SourceView &view, const py::str &member) { return childrenOf(view, toQString(member)); })
        .def("is_file",
            [](const SourceView &view, const py::str &member) { return view.index->isFile(toQString(member)); })
        .def("is_folder", [](const SourceView &view, const py::str &member) {
            return view.index->hasFolder(view.index->absolute(toQString(member)));
        });
}

} // namespace

void bindFinders(py::module_ &scope)
{
    using namespace py::literals;
    bindSourceView(scope);
    py::class_<MetaPathFinder>(scope, "Finder", py::module_local())
        .def(
            "find_spec",
            [](const MetaPathFinder &finder, const py::str &name, const py::object &path, const py::object &) {
                return Importer::instance().findSpec(finder.door, toQString(name), path);
            },
            "fullname"_a, "path"_a = py::none(), "target"_a = py::none())
        .def("find_distributions", &findDistributions, "context"_a = py::none())
        .def("invalidate_caches", [](const MetaPathFinder &) {})
        .def("__repr__", [](const MetaPathFinder &finder) {
            return finder.door == SearchPosition::First ? "<axle finder: first>" : "<axle finder: last>";
        });
    py::class_<PathEntryFinder>(scope, "PathEntryFinder", py::module_local())
        .def(
            "find_spec",
            [](const PathEntryFinder &finder, const py::str &name, const py::object &) {
                return Importer::instance().findSpecIn(finder.folder, toQString(name));
            },
            "fullname"_a, "target"_a = py::none())
        .def("iter_modules", &iterModules, "prefix"_a = "")
        .def("invalidate_caches", [](const PathEntryFinder &) {})
        .def("__repr__", [](const PathEntryFinder &finder) {
            return toPython(QStringLiteral("<axle finder for '%1'>").arg(finder.folder));
        });
    py::class_<PathHook>(scope, "PathHook", py::module_local())
        .def("__call__", [](const PathHook &, const py::object &path) { return makePathEntryFinder(path); });
}

py::object makeMetaPathFinder(SearchPosition door)
{
    return py::cast(MetaPathFinder{door});
}

py::object makePathHook()
{
    return py::cast(PathHook{});
}

py::object makeSourceView(const std::shared_ptr<const SourceIndex> &index)
{
    return py::cast(SourceView{index});
}

} // namespace Axle::Internal
