#include "pkgresourcesbinding_p.h"

#include "../folderscan_p.h"
#include "../pathtext_p.h"
#include "../resolutionerror_p.h"
#include "../wheelerror_p.h"

#include <axle/wheel/wheel.h>

namespace Axle::Internal {

namespace {

using namespace py::literals;

QStringList texts(const QList<Requirement> &requirements)
{
    QStringList result;
    for (const Requirement &requirement : requirements)
        result.append(requirement.toString());
    return result;
}

/// (path, name, version, requirements, extras, None) of one that can be used, else (path, …, WheelError).
py::tuple row(const DiscoveredFile &file)
{
    if (!file.isUsable()) {
        return py::make_tuple(
            file.path, QString(), QString(), QStringList(), QStringList(), wheelException(file.error));
    }
    const ScannedMetadata &metadata = *file.metadata;
    return py::make_tuple(file.path, metadata.name.toString(), metadata.version.toString(),
        texts(metadata.requiresDist), metadata.providesExtra, py::none());
}

py::list scanned(const py::object &folder)
{
    const QString path = pathText(folder);
    const Result<QList<DiscoveredFile>> files = [&path] {
        const py::gil_scoped_release released;
        return scanFolder(path);
    }();
    py::list rows;
    for (const DiscoveredFile &file : orRaise(files))
        rows.append(row(file));
    return rows;
}

py::tuple examined(const py::object &wheel)
{
    const QString path = pathText(wheel);
    const DiscoveredFile file = [&path] {
        const py::gil_scoped_release released;
        return examineFile(path);
    }();
    return row(file);
}

/// A file of the dist-info folder, or None.
py::object metadataFile(const py::object &path, const QString &name)
{
    const QString text = pathText(path);
    const auto bytes = [&]() -> Result<std::optional<QByteArray>> {
        const py::gil_scoped_release released;
        const auto wheel = Wheel::open(text, Rules::Tolerant);
        if (!wheel)
            return wheel.error();
        const QString member = wheel->distInfo() + u'/' + name;
        if (!wheel->archive().find(member))
            return std::optional<QByteArray>();
        return wheel->read(member).transform([](QByteArray &&read) { return std::optional(std::move(read)); });
    }();
    const std::optional<QByteArray> found = orRaise(bytes);
    return found ? py::object(py::bytes(found->constData(), static_cast<size_t>(found->size()))) : py::none();
}

/// The names in a folder of the dist-info folder; folders end with `/`.
QStringList metadataNames(const py::object &path)
{
    const QString text = pathText(path);
    const auto wheel = [&text] {
        const py::gil_scoped_release released;
        return Wheel::open(text, Rules::Tolerant);
    }();
    const Wheel opened = orRaise(wheel);
    const QString folder = opened.distInfo() + u'/';
    QStringList names;
    for (const ArchiveMember &member : opened.archive().members()) {
        if (member.name().startsWith(folder) && !member.isFolder())
            names.append(member.name().mid(folder.size()));
    }
    return names;
}

} // namespace

void bindWheelFolder(py::module_ &module)
{
    module.def("scan_wheels", &scanned, "folder"_a);
    module.def("examine_wheel", &examined, "path"_a);
    module.def("wheel_metadata_file", &metadataFile, "path"_a, "name"_a);
    module.def("wheel_metadata_names", &metadataNames, "path"_a);
}

} // namespace Axle::Internal
