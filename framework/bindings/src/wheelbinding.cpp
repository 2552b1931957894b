#include "wheelbinding_p.h"

#include <QtCore/QMap>

namespace Axle::Internal {

namespace {

using namespace py::literals;

py::set tags(const PythonWheel &wheel)
{
    py::set result;
    for (const Tag &tag : wheel.name().tags.tags())
        result.add(py::make_tuple(tag.interpreter, tag.abi, tag.platform));
    return result;
}

/// WHEEL as a mapping; what is there several times (Tag) has several lines.
py::dict info(const Wheel &wheel)
{
    QMap<QString, QStringList> values;
    for (const auto &[name, value] : wheel.info().headers)
        values[name] += value;
    py::dict result;
    for (const auto &[name, value] : wheel.info().headers)
        result[py::cast(name)] = values.value(name).join(u'\n');
    return result;
}

/// As the lines of RECORD: path, "sha256=…" and size, None where RECORD gives none.
py::list record(const Wheel &wheel)
{
    py::list result;
    for (const RecordEntry &entry : wheel.record().entries()) {
        const QByteArray digest = entry.digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        const QString hash = entry.algorithm + u'=' + QString::fromLatin1(digest);
        result.append(py::make_tuple(entry.path, entry.algorithm.isEmpty() ? py::none() : py::object(py::cast(hash)),
            entry.size < 0 ? py::none() : py::object(py::int_(entry.size))));
    }
    return result;
}

/// {group: {name: "module:attribute"}}
py::dict entryPoints(const Wheel &wheel)
{
    py::dict groups;
    for (const EntryPoint &entry : wheel.entryPoints().all()) {
        const py::object group = py::cast(entry.group);
        if (!groups.contains(group))
            groups[group] = py::dict();
        groups[group][py::cast(entry.name)] = entry.toString().section(QStringLiteral(" = "), 1);
    }
    return groups;
}

/// The file EXTENSIONS: {"package.module": "path/in/wheel.so"}
py::dict extensions(const Wheel &wheel)
{
    py::dict result;
    const auto &modules = wheel.extensions().modules();
    for (auto module = modules.cbegin(); module != modules.cend(); ++module)
        result[py::cast(module.key())] = module.value();
    return result;
}

QStringList requirements(const CoreMetadata &metadata)
{
    QStringList result;
    for (const Requirement &requirement : metadata.requiresDist)
        result += requirement.toString();
    return result;
}

void bindMetadata(py::module_ &module)
{
    py::class_<CoreMetadata>(module, "Metadata", py::module_local(), "METADATA of a wheel.")
        .def_property_readonly("metadata_version", [](const CoreMetadata &self) { return self.metadataVersion; })
        .def_property_readonly("name", [](const CoreMetadata &self) { return self.name.toString(); })
        .def_property_readonly("version", [](const CoreMetadata &self) { return self.version.toString(); })
        .def_property_readonly("summary", [](const CoreMetadata &self) { return self.summary; })
        .def_property_readonly("description", [](const CoreMetadata &self) { return self.description; })
        .def_property_readonly("author", [](const CoreMetadata &self) { return self.author; })
        .def_property_readonly("license", [](const CoreMetadata &self) { return self.license; })
        .def_property_readonly("license_files", [](const CoreMetadata &self) { return self.licenseFiles; })
        .def_property_readonly("home_page", [](const CoreMetadata &self) { return self.homePage; })
        .def_property_readonly(
            "requires_python", [](const CoreMetadata &self) { return self.requiresPython.toString(); })
        .def_property_readonly("requires_dist", &requirements)
        .def_property_readonly("provides_extra", [](const CoreMetadata &self) { return self.providesExtra; })
        .def_property_readonly("headers",
            [](const CoreMetadata &self) {
                py::list result;
                for (const auto &[name, value] : self.headers)
                    result.append(py::make_tuple(name, value));
                return result;
            })
        .def("__repr__", [](const CoreMetadata &self) {
            return QStringLiteral("<metadata of %1 %2>").arg(self.name.toString(), self.version.toString());
        });
}

void bindNameFields(py::class_<PythonWheel> &wheel)
{
    using Field = PythonWheel::TagField;
    wheel.def_property_readonly("name", &PythonWheel::nameField)
        .def_property_readonly("version", &PythonWheel::versionField)
        .def_property_readonly("buildver", [](const PythonWheel &self) { return self.name().build; })
        .def_property_readonly("pyver", [](const PythonWheel &self) { return self.tagField(Field::Python); })
        .def_property_readonly("abi", [](const PythonWheel &self) { return self.tagField(Field::Abi); })
        .def_property_readonly("arch", [](const PythonWheel &self) { return self.tagField(Field::Platform); })
        .def_property_readonly("tags", &tags, "The tags of the file name, expanded: {(pyver, abi, arch), …}")
        .def_property_readonly("filename", [](const PythonWheel &self) { return self.name().text; })
        .def_property_readonly("dirname", &PythonWheel::folder);
}

} // namespace

void bindWheel(py::module_ &module)
{
    bindMetadata(module);
    const auto mounts = std::make_shared<MountRegistry>();
    py::class_<PythonWheel> wheel(
        module, "Wheel", py::module_local(), "One wheel file, as far as its name tells; opened when asked for more.");
    wheel.attr("__module__") = "axle";
    wheel.def(py::init([mounts](const py::object &path) { return PythonWheel(path, mounts); }), "path"_a);
    bindNameFields(wheel);
    wheel.def("is_compatible", &PythonWheel::isCompatible, "Whether this Python can load a wheel with these tags.")
        .def("is_mountable", &PythonWheel::isMountable, "Whether it is compatible and can be opened.")
        .def_property_readonly("is_mounted", &PythonWheel::isMounted)
        .def_property_readonly("metadata", [](const PythonWheel &self) { return self.opened().metadata(); })
        .def_property_readonly("info", [](const PythonWheel &self) { return info(self.opened()); })
        .def_property_readonly("record", [](const PythonWheel &self) { return record(self.opened()); })
        .def_property_readonly("entry_points", [](const PythonWheel &self) { return entryPoints(self.opened()); })
        .def_property_readonly("extensions", [](const PythonWheel &self) { return extensions(self.opened()); })
        .def("verify", &PythonWheel::verify,
            "Judges all of it, each byte against RECORD. Raises WheelError, with all findings, when one is fatal; else "
            "returns them.")
        .def("mount", &PythonWheel::mount, "append"_a = false,
            "Makes its modules importable, before all others or, with append, after them. May be repeated.")
        .def("unmount", &PythonWheel::unmount, "Takes its modules away again. May be repeated.")
        .def("__repr__", &PythonWheel::repr);
}

} // namespace Axle::Internal
