#include "trustcheck_p.h"

#include <axle/manager/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace Axle::Internal {

namespace {

enum class Place { Folder, Ancestor };

Error untrusted(const QString &text, const QString &hint = {})
{
    return Error(Codes::FolderUntrusted, text, hint);
}

Result<void> checkOwner(const QString &path, uid_t owner)
{
    const uid_t user = geteuid();
    if (owner == user || owner == 0)
        return {};
    const QString expected = user == 0 ? QStringLiteral("root") : QStringLiteral("user %1 or root").arg(user);
    return untrusted(QStringLiteral("'%1' belongs to user %2, expected %3").arg(path).arg(owner).arg(expected),
        QStringLiteral("use a folder of your own, or give it to you with chown"));
}

Result<void> checkOne(const QString &path, Place place)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0) {
        return untrusted(
            QStringLiteral("'%1' cannot be judged: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    }
    if (const Result<void> owner = checkOwner(path, status.st_uid); !owner)
        return owner;
    const bool othersMayWrite = (status.st_mode & (S_IWGRP | S_IWOTH)) != 0;
    // In a sticky folder others may add entries, but not replace ours.
    const bool isSticky = place == Place::Ancestor && (status.st_mode & S_ISVTX) != 0;
    if (othersMayWrite && !isSticky) {
        return untrusted(QStringLiteral("'%1' is writable by others (mode %2), expected by its owner only")
                             .arg(path, QString::number(status.st_mode & 07777, 8)),
            QStringLiteral("chmod go-w '%1'").arg(path));
    }
    return {};
}

Result<void> checkChain(const QString &folder)
{
    Place place = Place::Folder;
    for (QString path = folder;; path = QFileInfo(path).path()) {
        if (const Result<void> judged = checkOne(path, place); !judged)
            return judged;
        if (path == QDir::rootPath())
            return {};
        place = Place::Ancestor;
    }
}

} // namespace

Result<void> checkTrust(const QString &folder, TrustPolicy policy)
{
    Q_ASSERT(policy == TrustPolicy::Folder);
    Q_UNUSED(policy)
    const QString absolute = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    const QString canonical = QFileInfo(folder).canonicalFilePath();
    if (canonical.isEmpty())
        return untrusted(QStringLiteral("'%1' cannot be judged: it is not there").arg(absolute));
    if (const Result<void> judged = checkChain(canonical); !judged || canonical == absolute)
        return judged;
    // Whoever can replace the symbolic link chooses the folder.
    return checkChain(absolute);
}

} // namespace Axle::Internal
