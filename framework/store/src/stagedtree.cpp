#include "stagedtree_p.h"

#include <QtCore/QStringBuilder>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace Axle::Internal {

namespace {

constexpr char StagedName[] = ".staged";
constexpr char DiscardedName[] = ".discarded";

} // namespace

StagedTree::StagedTree(const PrivateFolder &parent, PrivateFolder folder)
    : m_parent(&parent)
    , m_folder(std::move(folder))
{
}

StagedTree::StagedTree(StagedTree &&other) noexcept
    : m_parent(std::exchange(other.m_parent, nullptr))
    , m_folder(std::move(other.m_folder))
    , m_folders(std::move(other.m_folders))
    , m_files(std::move(other.m_files))
{
}

StagedTree::~StagedTree()
{
    if (m_parent)
        removeTree(m_parent->fd.get(), StagedName);
}

Result<StagedTree> StagedTree::create(const PrivateFolder &parent)
{
    return openPrivateFolder(parent, QLatin1StringView(StagedName)).transform([&parent](PrivateFolder folder) {
        return StagedTree(parent, std::move(folder));
    });
}

Result<void> StagedTree::makeFolders(const QString &member)
{
    for (qsizetype slash = member.indexOf(u'/'); slash >= 0; slash = member.indexOf(u'/', slash + 1)) {
        const QString folder = member.left(slash);
        if (m_folders.contains(folder))
            continue;
        if (const int error = makePrivateFolder(m_folder.fd.get(), folder.toUtf8()); error != 0)
            return writeError(m_folder.path % u'/' % folder, error);
        m_folders.insert(folder);
    }
    return {};
}

Result<void> StagedTree::add(const QString &member, const QByteArray &bytes, FileAccess access)
{
    if (const auto made = makeFolders(member); !made)
        return made;
    const auto identity = writeFile(m_folder, member, bytes, access);
    if (!identity)
        return identity.error();
    m_files.insert(member, *identity);
    return {};
}

Result<QHash<QString, FileIdentity>> StagedTree::place(const QString &name)
{
    const int parent = m_parent->fd.get();
    if (::renameat2(parent, StagedName, parent, name.toUtf8().constData(), RENAME_NOREPLACE) != 0)
        return writeError(m_parent->path % u'/' % name, errno);
    m_parent = nullptr;
    return std::exchange(m_files, {});
}

void removeLeftovers(const PrivateFolder &parent)
{
    removeTree(parent.fd.get(), StagedName);
    removeTree(parent.fd.get(), DiscardedName);
}

Result<void> discardTree(const PrivateFolder &parent, const QString &name)
{
    const int fd = parent.fd.get();
    if (::renameat(fd, name.toUtf8().constData(), fd, DiscardedName) != 0)
        return writeError(parent.path % u'/' % name, errno);
    removeTree(fd, DiscardedName);
    return {};
}

} // namespace Axle::Internal
