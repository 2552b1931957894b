#pragma once

#include <axle/python/modulesource.h>

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace Axle::Internal {

enum class ModuleKind { Extension, Source, Bytecode };

/// Where the code of one module is.
struct ModuleEntry
{
    ModuleKind kind = ModuleKind::Source;
    bool isPackage = false;
    QString member;
};

/// What one mounted source offers to the import system, by folder. Immutable; made once per mount.
///
/// Folders are known by absolute path ("/…/x.whl/pkg"), which is what stands in `__path__`; archives need no entries for
/// them, they follow from the names of the files.
class SourceIndex
{
public:
    /// `extensionSuffixes`: endings of extension modules, most specific first.
    SourceIndex(std::shared_ptr<const ModuleSource> source, const QStringList &extensionSuffixes);

    const ModuleSource &source() const { return *m_source; }
    QString location() const { return m_location; }
    QStringList roots() const { return m_roots; } ///< absolute paths of the import roots, first wins
    QStringList folders() const { return m_folders.keys(); }

    /// A module `name` directly in `folder`; a package before a module, an extension before source before bytecode.
    std::optional<ModuleEntry> findModule(const QString &folder, const QString &name) const;
    bool hasFolder(const QString &folder) const { return m_folders.contains(folder); }
    /// Names of the modules and packages (without namespace packages) of a folder, sorted, with "is a package".
    QList<std::pair<QString, bool>> modules(const QString &folder) const;
    /// Where a package of this name has its folders: one for each import root that has it.
    QStringList packageFolders(const QString &folder, const QString &name) const;

    /// `path` below the location as a member's name; nothing when it is elsewhere.
    std::optional<QString> memberOf(const QString &path) const;
    bool isFile(const QString &member) const;
    QStringList children(const QString &memberFolder) const; ///< sorted
    QString absolute(const QString &member) const;

private:
    struct Folder
    {
        QHash<QString, ModuleEntry> modules; // files only, "__init__" among them
        QStringList children;                // names of files and folders
    };
    void addFile(const QString &member);
    void addModule(Folder &folder, const QString &fileName, const QString &member);
    Folder &folderOf(const QString &memberFolder);

    std::shared_ptr<const ModuleSource> m_source;
    QString m_location;
    QStringList m_roots;
    QStringList m_extensionSuffixes;
    QHash<QString, Folder> m_folders; // by absolute path
};

} // namespace Axle::Internal
