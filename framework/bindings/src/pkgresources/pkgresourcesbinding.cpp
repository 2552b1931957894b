#include "pkgresourcesbinding_p.h"

#include <axle/resolver/distributionprovider.h>
#include <axle/resolver/searchpath.h>

namespace Axle::Internal {

namespace {

using namespace py::literals;

QStringList insertedOnPath(const QStringList &path, const QString &location, bool isAheadOfFolder, bool isReplacing,
    const std::function<QString(QString)> &normalize)
{
    PathInsertion insertion;
    insertion.location = location;
    insertion.isAheadOfFolder = isAheadOfFolder;
    insertion.isReplacing = isReplacing;
    insertion.normalize = normalize;
    return insertion.applied(path);
}

} // namespace

void bindPkgResources(py::module_ &module)
{
    py::module_ submodule =
        module.def_submodule("pkg_resources", "The native part of axle.pkg_resources; import that instead.");
    submodule.def("safe_name", [](const QString &name) { return safeName(name); });
    submodule.def("safe_extra", [](const QString &extra) { return safeExtra(extra); });
    submodule.def(
        "inserted_on_path", &insertedOnPath, "path"_a, "location"_a, "ahead_of_folder"_a, "replace"_a, "normalize"_a);
    bindEnvironment(submodule);
    bindWorkingSet(submodule);
    bindWheelFolder(submodule);
}

} // namespace Axle::Internal
