#include "importer_p.h"

#include "supportmodule_p.h"

namespace Axle::Internal {

namespace {

/// The loader of one module. Holds its source, which therefore lives as long as a module made from it.
struct Loader
{
    QString name;
    std::shared_ptr<const SourceIndex> index;
    ModuleEntry entry;

    QString path() const { return index->absolute(entry.member); }
};

[[noreturn]] void throwImportError(const QString &message, const Loader &loader)
{
    const py::object error = py::reinterpret_borrow<py::object>(PyExc_ImportError);
    using namespace py::literals;
    const py::object exception =
        error(toPython(message), "name"_a = toPython(loader.name), "path"_a = toPython(loader.path()));
    PyErr_SetObject(PyExc_ImportError, exception.ptr());
    throw py::error_already_set();
}

void requireOwnName(const Loader &loader, const py::object &fullName)
{
    if (!fullName.is_none() && toQString(fullName) != loader.name)
        throwImportError(
            QStringLiteral("loader for '%1' cannot handle '%2'").arg(loader.name, toQString(fullName)), loader);
}

py::bytes readCode(const Loader &loader)
{
    const auto data = loader.index->source().read(loader.entry.member);
    if (!data)
        throwImportError(data.error().toString(), loader);
    return py::bytes(data->constData(), static_cast<py::size_t>(data->size()));
}

py::object compileSource(const py::bytes &source, const QString &path)
{
    using namespace py::literals;
    return py::module_::import("builtins").attr("compile")(source, toPython(path), "exec", "dont_inherit"_a = true);
}

// Reached only for a wheel without the source, through the low-level door; the manager refuses such wheels (W20).
py::object loadBytecode(const Loader &loader, const py::bytes &data)
{
    using namespace py::literals;
    const py::module_ external = py::module_::import("importlib._bootstrap_external");
    const py::dict details("name"_a = toPython(loader.name), "path"_a = toPython(loader.path()));
    external.attr("_classify_pyc")(data, toPython(loader.name), details);
    constexpr py::ssize_t headerSize = 16;
    const py::object code =
        py::memoryview(data)[py::slice(headerSize, static_cast<py::ssize_t>(PyBytes_Size(data.ptr())), 1)];
    return external.attr("_compile_bytecode")(
        code, "name"_a = toPython(loader.name), "bytecode_path"_a = toPython(loader.path()));
}

py::object getCode(const Loader &loader, const py::object &fullName)
{
    requireOwnName(loader, fullName);
    switch (loader.entry.kind) {
    case ModuleKind::Extension:
        return py::none();
    case ModuleKind::Bytecode:
        return loadBytecode(loader, readCode(loader));
    case ModuleKind::Source:
        break;
    }
    return compileSource(readCode(loader), loader.path());
}

py::object getSource(const Loader &loader, const py::object &fullName)
{
    requireOwnName(loader, fullName);
    if (loader.entry.kind != ModuleKind::Source)
        return py::none();
    return py::module_::import("importlib._bootstrap_external").attr("decode_source")(readCode(loader));
}

py::object createModule(const Loader &loader, const py::object &spec)
{
    if (loader.entry.kind != ModuleKind::Extension)
        return py::none();
    if (!loader.index->source().isMaterialised()) {
        throwImportError(QStringLiteral("extension module '%1' is in an archive that was not materialised in the store")
                             .arg(loader.name),
            loader);
    }
    const py::object create = py::module_::import("_imp").attr("create_dynamic");
    return py::module_::import("importlib._bootstrap").attr("_call_with_frames_removed")(create, spec);
}

void execModule(const Loader &loader, const py::object &module)
{
    // importlib drops its own frames from a traceback where they end in this function.
    const py::object call = py::module_::import("importlib._bootstrap").attr("_call_with_frames_removed");
    if (loader.entry.kind == ModuleKind::Extension) {
        call(py::module_::import("_imp").attr("exec_dynamic"), module);
        return;
    }
    const py::object code = getCode(loader, py::none());
    call(py::module_::import("builtins").attr("exec"), code, module.attr("__dict__"));
}

[[noreturn]] void throwNoSuchFile(const QString &path)
{
    PyErr_SetObject(
        PyExc_FileNotFoundError, py::make_tuple(ENOENT, "no such file in the mounted wheel", toPython(path)).ptr());
    throw py::error_already_set();
}

py::bytes getData(const Loader &loader, const py::object &path)
{
    const QString text = toQString(py::module_::import("os").attr("fspath")(path));
    const auto member = text.startsWith(u'/') ? loader.index->memberOf(text) : std::optional<QString>(text);
    if (!member || !loader.index->isFile(*member))
        throwNoSuchFile(text);
    const auto data = loader.index->source().read(*member);
    if (!data)
        throw py::value_error(data.error().toString().toStdString());
    return py::bytes(data->constData(), static_cast<py::size_t>(data->size()));
}

py::object getResourceReader(const Loader &loader, const py::object &fullName)
{
    requireOwnName(loader, fullName);
    const qsizetype slash = loader.entry.member.lastIndexOf(u'/');
    const QString folder = loader.entry.member.left(qMax<qsizetype>(slash, 0));
    return supportModule().attr("resource_reader")(makeSourceView(loader.index), toPython(folder));
}

} // namespace

void bindLoader(py::module_ &scope)
{
    using namespace py::literals;
    py::class_<Loader>(scope, "Loader", py::module_local())
        .def_property_readonly("name", [](const Loader &loader) { return toPython(loader.name); })
        .def_property_readonly("path", [](const Loader &loader) { return toPython(loader.path()); })
        .def_property_readonly("archive", [](const Loader &loader) { return toPython(loader.index->location()); })
        .def("create_module", &createModule, "spec"_a)
        .def("exec_module", &execModule, "module"_a)
        .def("get_code", &getCode, "fullname"_a = py::none())
        .def("get_source", &getSource, "fullname"_a = py::none())
        .def("get_data", &getData, "path"_a)
        .def(
            "get_filename",
            [](const Loader &loader, const py::object &fullName) {
                requireOwnName(loader, fullName);
                return toPython(loader.path());
            },
            "fullname"_a = py::none())
        .def(
            "is_package",
            [](const Loader &loader, const py::object &fullName) {
                requireOwnName(loader, fullName);
                return loader.entry.isPackage;
            },
            "fullname"_a = py::none())
        .def("get_resource_reader", &getResourceReader, "fullname"_a = py::none())
        .def("__repr__", [](const Loader &loader) {
            return toPython(QStringLiteral("<axle loader for '%1' at '%2'>").arg(loader.name, loader.path()));
        });
}

py::object makeLoader(
    const QString &fullName, const std::shared_ptr<const SourceIndex> &index, const ModuleEntry &entry)
{
    return py::cast(Loader{fullName, index, entry});
}

bool isNativeLoader(py::handle loader)
{
    return py::isinstance<Loader>(loader) && loader.cast<const Loader &>().entry.kind == ModuleKind::Extension;
}

} // namespace Axle::Internal
