#include "sourceindex_p.h"

namespace Axle::Internal {

SourceIndex::SourceIndex(std::shared_ptr<const ModuleSource> source, const QStringList &extensionSuffixes)
    : m_source(std::move(source))
    , m_location(m_source->location())
    , m_extensionSuffixes(extensionSuffixes)
{
    for (const QString &root : m_source->importRoots())
        m_roots += absolute(root);
    folderOf(QString());
    const QStringList members = m_source->members();
    for (const QString &member : members)
        addFile(member);
    for (Folder &folder : m_folders)
        folder.children.sort();
}

QString SourceIndex::absolute(const QString &member) const
{
    return member.isEmpty() ? m_location : m_location + u'/' + member;
}

SourceIndex::Folder &SourceIndex::folderOf(const QString &memberFolder)
{
    const QString path = absolute(memberFolder);
    const auto known = m_folders.find(path);
    if (known != m_folders.end())
        return *known;
    if (!memberFolder.isEmpty()) {
        const qsizetype slash = memberFolder.lastIndexOf(u'/');
        folderOf(memberFolder.left(qMax<qsizetype>(slash, 0))).children += memberFolder.mid(slash + 1);
    }
    return m_folders[path];
}

void SourceIndex::addFile(const QString &member)
{
    const qsizetype slash = member.lastIndexOf(u'/');
    Folder &folder = folderOf(member.left(qMax<qsizetype>(slash, 0)));
    const QString fileName = member.mid(slash + 1);
    folder.children += fileName;
    addModule(folder, fileName, member);
}

void SourceIndex::addModule(Folder &folder, const QString &fileName, const QString &member)
{
    const auto add = [&](QStringView name, ModuleKind kind) {
        const auto known = folder.modules.constFind(name.toString());
        if (known == folder.modules.cend() || kind < known->kind)
            folder.modules.insert(name.toString(), ModuleEntry{kind, false, member});
    };
    const auto stem = [&](qsizetype suffix) { return QStringView(fileName).chopped(suffix); };
    if (fileName.endsWith(QLatin1StringView(".py")))
        return add(stem(3), ModuleKind::Source);
    if (fileName.endsWith(QLatin1StringView(".pyc")))
        return add(stem(4), ModuleKind::Bytecode);
    for (const QString &suffix : m_extensionSuffixes) {
        if (fileName.endsWith(suffix))
            return add(stem(suffix.size()), ModuleKind::Extension);
    }
}

std::optional<ModuleEntry> SourceIndex::findModule(const QString &folder, const QString &name) const
{
    const auto package = m_folders.constFind(folder + u'/' + name);
    if (package != m_folders.cend()) {
        const auto init = package->modules.constFind(QStringLiteral("__init__"));
        if (init != package->modules.cend())
            return ModuleEntry{init->kind, true, init->member};
    }
    const auto here = m_folders.constFind(folder);
    if (here == m_folders.cend())
        return std::nullopt;
    const auto module = here->modules.constFind(name);
    if (module == here->modules.cend())
        return std::nullopt;
    return *module;
}

QList<std::pair<QString, bool>> SourceIndex::modules(const QString &folder) const
{
    QMap<QString, bool> found;
    const auto here = m_folders.constFind(folder);
    if (here == m_folders.cend())
        return {};
    for (auto it = here->modules.cbegin(); it != here->modules.cend(); ++it) {
        if (it.key() != QLatin1StringView("__init__"))
            found.insert(it.key(), false);
    }
    for (const QString &child : here->children) {
        const auto package = m_folders.constFind(folder + u'/' + child);
        if (package != m_folders.cend() && package->modules.contains(QStringLiteral("__init__")))
            found.insert(child, true);
    }
    QList<std::pair<QString, bool>> result;
    for (auto it = found.cbegin(); it != found.cend(); ++it)
        result.append({it.key(), it.value()});
    return result;
}

QStringList SourceIndex::packageFolders(const QString &folder, const QString &name) const
{
    QStringList result{folder + u'/' + name};
    const auto below = [&](const QString &root) { return folder == root || folder.startsWith(root + u'/'); };
    // The longest root that the folder is below of: ".data/purelib" is below "" as well.
    const QString *own = nullptr;
    for (const QString &root : m_roots) {
        if (below(root) && (!own || root.size() > own->size()))
            own = &root;
    }
    if (!own)
        return result;
    for (const QString &root : m_roots) {
        const QString other = root + folder.mid(own->size()) + u'/' + name;
        if (!result.contains(other) && m_folders.contains(other))
            result += other;
    }
    return result;
}

std::optional<QString> SourceIndex::memberOf(const QString &path) const
{
    if (path == m_location)
        return QString();
    if (!path.startsWith(m_location) || path.size() <= m_location.size() || path[m_location.size()] != u'/')
        return std::nullopt;
    return path.mid(m_location.size() + 1);
}

bool SourceIndex::isFile(const QString &member) const
{
    const qsizetype slash = member.lastIndexOf(u'/');
    const auto folder = m_folders.constFind(absolute(member.left(qMax<qsizetype>(slash, 0))));
    return folder != m_folders.cend() && folder->children.contains(member.mid(slash + 1))
        && !m_folders.contains(absolute(member));
}

QStringList SourceIndex::children(const QString &memberFolder) const
{
    return m_folders.value(absolute(memberFolder)).children;
}

} // namespace Axle::Internal
