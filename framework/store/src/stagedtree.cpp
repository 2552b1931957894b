#include "stagedtree_p.h"

#include <QtCore/QStringBuilder>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace Axle::Internal {

namespace {

constexpr char StagedName[] = ".staged";

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

Result<void> StagedTree::place(const QString &name)
{
    const int parent = m_parent->fd.get();
    const QByteArray target = name.toUtf8();
    // With the exchange the old tree is in the staged one's place, from where the destructor removes it.
    if (::renameat2(parent, StagedName, parent, target.constData(), RENAME_EXCHANGE) == 0)
        return {};
    // Nothing to exchange with, or a file system that cannot.
    if (errno != ENOENT && errno != EINVAL && errno != ENOSYS)
        return writeError(m_parent->path % u'/' % name, errno);
    if (const int error = removeTree(parent, target); error != 0)
        return writeError(m_parent->path % u'/' % name, error);
    if (::renameat(parent, StagedName, parent, target.constData()) != 0)
        return writeError(m_parent->path % u'/' % name, errno);
    return {};
}

void removeLeftovers(const PrivateFolder &parent)
{
    removeTree(parent.fd.get(), StagedName);
}

} // namespace Axle::Internal
