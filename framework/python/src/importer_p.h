#pragma once

#include "pythonapi_p.h"
#include "sourceindex_p.h"

#include <axle/python/modulemount.h>

#include <QtCore/QHash>
#include <QtCore/QList>

#include <memory>

namespace Axle::Internal {

/// All mounted sources of the interpreter and the hooks through which the import system reaches them.
///
/// One per interpreter, used with the GIL held, which is its only lock. While nothing is mounted, nothing of it is in
/// sys.meta_path or sys.path_hooks.
class Importer
{
public:
    /// Of the running interpreter; made when first asked for.
    static Importer &instance();
    /// Drops it; when the interpreter ends.
    static void release();

    Importer();
    ~Importer();

    /// A source that is mounted already (same location) is counted and keeps its place.
    std::shared_ptr<const SourceIndex> add(std::shared_ptr<const ModuleSource> source, SearchPosition position);
    /// True when this was the last mount of that location, so that its modules have to go.
    bool remove(const QString &location);

    /// What a meta-path finder answers for one door: a ModuleSpec or None.
    py::object findSpec(SearchPosition door, const QString &fullName, py::handle path);
    /// What a path-entry finder for `folder` answers.
    py::object findSpecIn(const QString &folder, const QString &fullName);

    /// The mounted source that has this folder, or null.
    std::shared_ptr<const SourceIndex> indexOfFolder(const QString &folder) const;
    QList<std::shared_ptr<const SourceIndex>> sources(SearchPosition position) const;

private:
    struct Mounted
    {
        std::shared_ptr<const SourceIndex> index;
        SearchPosition position;
        int count;
    };
    void install();
    void uninstall();
    void rebuildFolders();
    py::object findTopLevel(SearchPosition door, const QString &name);
    py::object findTopLevelRegular(SearchPosition position, const QString &name) const;
    py::object findInPath(const QString &fullName, py::handle path);
    QStringList portions(SearchPosition position, const QString &name) const;
    QStringList foldersInFront() const;
    /// The namespace package over all portions that mounts and sys.path have, or None.
    py::object namespaceSpec(const QString &fullName, py::handle path);
    py::object findPortions(const QString &fullName, py::handle path);
    py::object portionsSpec(const QString &fullName, const QStringList &portions, py::handle foreign) const;

    QList<Mounted> m_mounted; // in order of search
    QHash<QString, std::shared_ptr<const SourceIndex>> m_folders;
    QStringList m_extensionSuffixes;
    py::object m_pathFinder; // importlib.machinery.PathFinder
    py::object m_frontFinder;
    py::object m_backFinder;
    py::object m_pathHook;
};

/// The spec of one module of ours.
py::object makeSpec(const QString &fullName, const std::shared_ptr<const SourceIndex> &index, const QString &folder,
    const ModuleEntry &entry);

/// Register the native types: Finder, PathEntryFinder, PathHook and SourceView; Loader.
void bindFinders(py::module_ &scope);
void bindLoader(py::module_ &scope);

py::object makeMetaPathFinder(SearchPosition door);
py::object makePathHook();
py::object makeSourceView(const std::shared_ptr<const SourceIndex> &index);
py::object makeLoader(
    const QString &fullName, const std::shared_ptr<const SourceIndex> &index, const ModuleEntry &entry);

/// Whether this is our loader, of an extension module.
bool isNativeLoader(py::handle loader);

/// Takes the modules of the source at `location` out of sys.modules, their parents and the caches.
UnmountReport purge(const QString &location);
/// Puts parked modules of that location back.
void restoreParked(const QString &location);
void releaseParked();

} // namespace Axle::Internal
