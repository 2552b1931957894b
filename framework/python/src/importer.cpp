#include "importer_p.h"

#include "supportmodule_p.h"

namespace Axle::Internal {

namespace {

Importer *theImporter = nullptr;

py::module_ bootstrapExternal()
{
    return py::module_::import("importlib._bootstrap_external");
}

QString lastComponent(const QString &fullName)
{
    return fullName.mid(fullName.lastIndexOf(u'.') + 1);
}

void insertInto(py::handle list, py::ssize_t position, py::handle object)
{
    if (PyList_Insert(list.ptr(), position, object.ptr()) != 0)
        throw py::error_already_set();
}

bool isRegular(py::handle spec)
{
    return !spec.is_none() && !spec.attr("loader").is_none();
}

void removeFrom(py::list list, py::handle object)
{
    for (size_t i = list.size(); i-- > 0;) {
        if (list[i].ptr() == object.ptr())
            PySequence_DelItem(list.ptr(), static_cast<Py_ssize_t>(i));
    }
}

} // namespace

Importer &Importer::instance()
{
    if (!theImporter)
        theImporter = new Importer;
    return *theImporter;
}

void Importer::release()
{
    delete std::exchange(theImporter, nullptr);
}

Importer::Importer()
    : m_pathFinder(py::module_::import("importlib.machinery").attr("PathFinder"))
{
    for (const py::handle suffix : py::module_::import("importlib.machinery").attr("EXTENSION_SUFFIXES"))
        m_extensionSuffixes += toQString(suffix);
    supportModule(); // registers the types below
    m_frontFinder = makeMetaPathFinder(SearchPosition::First);
    m_backFinder = makeMetaPathFinder(SearchPosition::Last);
    m_pathHook = makePathHook();
}

Importer::~Importer() = default;

std::shared_ptr<const SourceIndex> Importer::add(std::shared_ptr<const ModuleSource> source, SearchPosition position)
{
    const QString location = source->location();
    for (Mounted &mounted : m_mounted) {
        if (mounted.index->location() == location) {
            ++mounted.count;
            return mounted.index;
        }
    }
    const Mounted mounted{std::make_shared<SourceIndex>(std::move(source), m_extensionSuffixes), position, 1};
    if (m_mounted.isEmpty())
        install();
    if (position == SearchPosition::First)
        m_mounted.prepend(mounted);
    else
        m_mounted.append(mounted);
    rebuildFolders();
    return mounted.index;
}

bool Importer::remove(const QString &location)
{
    for (qsizetype i = 0; i < m_mounted.size(); ++i) {
        if (m_mounted[i].index->location() != location)
            continue;
        if (--m_mounted[i].count > 0)
            return false;
        m_mounted.removeAt(i);
        rebuildFolders();
        if (m_mounted.isEmpty())
            uninstall();
        return true;
    }
    return false;
}

void Importer::rebuildFolders()
{
    m_folders.clear();
    for (const Mounted &mounted : m_mounted) {
        for (const QString &folder : mounted.index->folders())
            m_folders.insert(folder, mounted.index);
    }
}

// PathFinder is where sys.path is searched: before and behind it is what First and Last mean. The built-in and frozen
// modules stay in front, as they do for everything on sys.path.
void Importer::install()
{
    const py::module_ sys = py::module_::import("sys");
    const py::list metaPath = sys.attr("meta_path");
    py::ssize_t position = 0;
    const auto count = static_cast<py::ssize_t>(metaPath.size());
    while (position < count && metaPath[static_cast<size_t>(position)].ptr() != m_pathFinder.ptr())
        ++position;
    insertInto(sys.attr("path_hooks"), 0, m_pathHook);
    insertInto(metaPath, position, m_frontFinder);
    insertInto(metaPath, qMin(position + 2, count + 1), m_backFinder);
}

void Importer::uninstall()
{
    const py::module_ sys = py::module_::import("sys");
    removeFrom(sys.attr("meta_path"), m_frontFinder);
    removeFrom(sys.attr("meta_path"), m_backFinder);
    removeFrom(sys.attr("path_hooks"), m_pathHook);
}

std::shared_ptr<const SourceIndex> Importer::indexOfFolder(const QString &folder) const
{
    return m_folders.value(folder);
}

QList<std::shared_ptr<const SourceIndex>> Importer::sources(SearchPosition position) const
{
    QList<std::shared_ptr<const SourceIndex>> result;
    for (const Mounted &mounted : m_mounted) {
        if (mounted.position == position)
            result.append(mounted.index);
    }
    return result;
}

py::object Importer::findSpec(SearchPosition door, const QString &fullName, py::handle path)
{
    if (path.is_none())
        return findTopLevel(door, fullName);
    return findInPath(fullName, path);
}

py::object Importer::findSpecIn(const QString &folder, const QString &fullName)
{
    const auto index = indexOfFolder(folder);
    if (!index)
        return py::none();
    const QString name = lastComponent(fullName);
    if (const auto entry = index->findModule(folder, name))
        return makeSpec(fullName, index, folder, *entry);
    const QString portion = folder + u'/' + name;
    if (!index->hasFolder(portion))
        return py::none();
    const py::object spec =
        py::module_::import("importlib.machinery").attr("ModuleSpec")(toPython(fullName), py::none());
    py::list locations;
    locations.append(toPython(portion));
    spec.attr("submodule_search_locations") = locations;
    return spec;
}

py::object Importer::findTopLevelRegular(SearchPosition position, const QString &name) const
{
    for (const Mounted &mounted : m_mounted) {
        if (mounted.position != position)
            continue;
        for (const QString &root : mounted.index->roots()) {
            if (const auto entry = mounted.index->findModule(root, name))
                return makeSpec(name, mounted.index, root, *entry);
        }
    }
    return py::none();
}

QStringList Importer::portions(SearchPosition position, const QString &name) const
{
    QStringList result;
    for (const Mounted &mounted : m_mounted) {
        if (mounted.position != position)
            continue;
        for (const QString &root : mounted.index->roots()) {
            const QString folder = root + u'/' + name;
            if (mounted.index->hasFolder(folder))
                result += folder;
        }
    }
    return result;
}

// A folder inside a mounted wheel that code has put on sys.path before an ordinary entry was meant to be searched before
// the folder that packages are installed in (cv2 finds its extension module so); one that was appended was not.
QStringList Importer::foldersInFront() const
{
    QStringList result;
    bool isInFront = false;
    const py::list path = py::module_::import("sys").attr("path");
    for (size_t i = path.size(); i-- > 0;) {
        if (!py::isinstance<py::str>(path[i]))
            continue;
        const QString folder = toQString(path[i]);
        if (!m_folders.contains(folder))
            isInFront = true;
        else if (isInFront)
            result.prepend(folder);
    }
    return result;
}

// As if the roots of all mounts stood on sys.path: the first regular module or package wins, wherever it is; only when
// there is none do all portions together make a namespace package.
py::object Importer::findTopLevel(SearchPosition door, const QString &name)
{
    if (door == SearchPosition::First) {
        for (const QString &folder : foldersInFront()) {
            const auto index = m_folders.value(folder);
            if (const auto entry = index->findModule(folder, name))
                return makeSpec(name, index, folder, *entry);
        }
    }
    py::object regular = findTopLevelRegular(door, name);
    if (!regular.is_none() || door == SearchPosition::Last)
        return regular;
    const QStringList ours = portions(SearchPosition::First, name) + portions(SearchPosition::Last, name);
    if (ours.isEmpty())
        return py::none();
    if (isRegular(m_pathFinder.attr("find_spec")(toPython(name))))
        return py::none(); // PathFinder comes next and finds it again
    regular = findTopLevelRegular(SearchPosition::Last, name);
    return regular.is_none() ? namespaceSpec(name, py::none()) : regular;
}

py::object Importer::findInPath(const QString &fullName, py::handle path)
{
    QStringList folders;
    for (const py::handle entry : path) {
        if (!py::isinstance<py::str>(entry))
            return py::none();
        folders += toQString(entry);
        if (!m_folders.contains(folders.last()))
            return py::none(); // PathFinder asks our path-entry finders and the others in their order
    }
    const QString name = lastComponent(fullName);
    bool isNamespace = false;
    for (const QString &folder : std::as_const(folders)) {
        const auto index = m_folders.value(folder);
        if (const auto entry = index->findModule(folder, name))
            return makeSpec(fullName, index, folder, *entry);
        isNamespace = isNamespace || index->hasFolder(folder + u'/' + name);
    }
    return isNamespace ? namespaceSpec(fullName, path) : py::none();
}

py::object Importer::findPortions(const QString &fullName, py::handle path)
{
    if (!fullName.contains(u'.')) {
        const py::object foreign = m_pathFinder.attr("find_spec")(toPython(fullName));
        if (isRegular(foreign))
            return py::none();
        const QStringList ours = portions(SearchPosition::First, fullName) + portions(SearchPosition::Last, fullName);
        return portionsSpec(fullName, ours, foreign);
    }
    QStringList ours;
    const QString name = lastComponent(fullName);
    for (const py::handle entry : path) {
        const QString folder = toQString(entry);
        const auto index = m_folders.value(folder);
        if (index && index->hasFolder(folder + u'/' + name))
            ours += folder + u'/' + name;
    }
    return portionsSpec(fullName, ours, py::none());
}

py::object Importer::portionsSpec(const QString &fullName, const QStringList &portions, py::handle foreign) const
{
    py::list locations;
    for (const QString &portion : portions)
        locations.append(toPython(portion));
    if (!foreign.is_none()) {
        for (const py::handle location : foreign.attr("submodule_search_locations"))
            locations.append(location);
    }
    if (locations.empty())
        return py::none();
    const py::object spec =
        py::module_::import("importlib.machinery").attr("ModuleSpec")(toPython(fullName), py::none());
    spec.attr("submodule_search_locations") = locations;
    return spec;
}

// The path of the spec follows later mounts and unmounts, as that of PathFinder's namespace packages follows sys.path.
py::object Importer::namespaceSpec(const QString &fullName, py::handle path)
{
    const py::object spec = findPortions(fullName, path);
    if (spec.is_none())
        return spec;
    const py::object recalculate = py::cpp_function(
        [](const py::str &name, const py::object &parent) { return instance().findPortions(toQString(name), parent); });
    spec.attr("submodule_search_locations") = bootstrapExternal().attr("_NamespacePath")(
        toPython(fullName), spec.attr("submodule_search_locations"), recalculate);
    return spec;
}

py::object makeSpec(const QString &fullName, const std::shared_ptr<const SourceIndex> &index, const QString &folder,
    const ModuleEntry &entry)
{
    using namespace py::literals;
    const py::object spec =
        py::module_::import("importlib.machinery")
            .attr("ModuleSpec")(toPython(fullName), makeLoader(fullName, index, entry),
                "origin"_a = toPython(index->absolute(entry.member)), "is_package"_a = entry.isPackage);
    spec.attr("has_location") = true;
    if (entry.isPackage) {
        py::list locations;
        for (const QString &location : index->packageFolders(folder, lastComponent(fullName)))
            locations.append(toPython(location));
        spec.attr("submodule_search_locations") = locations;
    }
    return spec;
}

} // namespace Axle::Internal
