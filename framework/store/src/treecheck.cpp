#include "treecheck_p.h"

#include <QtCore/QSet>
#include <QtCore/QStringBuilder>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

namespace Axle::Internal {

namespace {

constexpr int OpenFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;

class Checker
{
public:
    Checker(const Wheel &wheel, const VerificationRecord &record)
        : m_wheel(wheel)
        , m_record(record)
    {
        for (const ArchiveMember &member : wheel.archive().members())
            addFolders(member.name());
    }

    TreeCheck run(const PrivateFolder &parent, const QString &name);

private:
    void addFolders(const QString &member);
    bool checkFolder(int parent, const QByteArray &name, const QString &prefix);
    bool checkEntry(int folder, const QByteArray &name, const QString &member);
    bool checkFile(int folder, const QByteArray &name, const QString &member);
    bool hasVerifiedBytes(const FileDescriptor &file, const FileIdentity &identity, const QString &member);
    bool isComplete();
    bool fail(const QString &finding)
    {
        m_check.finding = finding;
        return false;
    }

    const Wheel &m_wheel;
    const VerificationRecord &m_record;
    QSet<QString> m_folders;
    TreeCheck m_check;
};

void Checker::addFolders(const QString &member)
{
    for (qsizetype slash = member.indexOf(u'/'); slash >= 0; slash = member.indexOf(u'/', slash + 1))
        m_folders.insert(member.left(slash));
}

TreeCheck Checker::run(const PrivateFolder &parent, const QString &name)
{
    m_check.isIntact = checkFolder(parent.fd.get(), name.toUtf8(), {}) && isComplete();
    return std::move(m_check);
}

bool Checker::checkFolder(int parent, const QByteArray &name, const QString &prefix)
{
    const int fd = ::openat(parent, name.constData(), OpenFlags | O_DIRECTORY);
    DIR *const folder = fd < 0 ? nullptr : ::fdopendir(fd);
    if (!folder)
        return fail(
            QStringLiteral("'%1' cannot be read: %2").arg(prefix, QString::fromLocal8Bit(std::strerror(errno))));
    bool isIntact = true;
    while (const dirent *entry = isIntact ? ::readdir(folder) : nullptr) {
        const QByteArray child(entry->d_name);
        if (child != "." && child != "..")
            isIntact = checkEntry(fd, child, prefix + QString::fromUtf8(child));
    }
    ::closedir(folder);
    return isIntact;
}

bool Checker::checkEntry(int folder, const QByteArray &name, const QString &member)
{
    if (m_folders.contains(member))
        return checkFolder(folder, name, member + u'/');
    if (m_wheel.archive().find(member))
        return checkFile(folder, name, member);
    return fail(QStringLiteral("'%1' is not of the wheel").arg(member));
}

bool Checker::checkFile(int folder, const QByteArray &name, const QString &member)
{
    const FileDescriptor file(::openat(folder, name.constData(), OpenFlags));
    struct stat status = {};
    if (!file.isValid() || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return fail(QStringLiteral("'%1' is not a file that can be read").arg(member));
    const auto identity = file.identity();
    if (!identity)
        return fail(QStringLiteral("'%1' cannot be examined").arg(member));
    if (!m_record.vouchesFor(member, *identity) && !hasVerifiedBytes(file, *identity, member))
        return fail(QStringLiteral("'%1' has other contents").arg(member));
    m_check.files.insert(member, *identity);
    return true;
}

bool Checker::hasVerifiedBytes(const FileDescriptor &file, const FileIdentity &identity, const QString &member)
{
    m_check.hasHashed = true;
    const ArchiveMember *const original = m_wheel.archive().find(member);
    if (identity.size != original->size)
        return false;
    const auto bytes = file.readAt(0, identity.size);
    if (!bytes)
        return false;
    const RecordEntry *const entry = m_wheel.record().find(member);
    if (entry && !entry->digest.isEmpty())
        return m_wheel.record().check(member, *bytes).has_value();
    // RECORD itself, and signatures of it, have no hash in it.
    const auto expected = m_wheel.archive().read(*original);
    return expected && *expected == *bytes;
}

bool Checker::isComplete()
{
    for (const ArchiveMember &member : m_wheel.archive().members()) {
        if (!member.isFolder() && !m_check.files.contains(member.name()))
            return fail(QStringLiteral("'%1' is missing").arg(member.name()));
    }
    return true;
}

} // namespace

TreeCheck checkTree(
    const PrivateFolder &folder, const QString &name, const Wheel &wheel, const VerificationRecord &record)
{
    return Checker(wheel, record).run(folder, name);
}

} // namespace Axle::Internal
