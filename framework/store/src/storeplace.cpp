#include "storeplace_p.h"

#include <axle/store/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStringBuilder>

#include <pwd.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

QString folderFromEnvironment(const char *variable)
{
    return QFile::decodeName(qgetenv(variable));
}

Result<QString> homeFromDatabase(uid_t user)
{
    QByteArray buffer(16 * 1024, Qt::Uninitialized);
    passwd entry = {};
    passwd *found = nullptr;
    ::getpwuid_r(user, &entry, buffer.data(), static_cast<size_t>(buffer.size()), &found);
    if (!found || !found->pw_dir || found->pw_dir[0] != '/') {
        return Error(Codes::StoreUnusable,
            QStringLiteral("the user database names no home folder for user %1").arg(user),
            QStringLiteral("run the host as a user that has a home folder"));
    }
    return QFile::decodeName(found->pw_dir);
}

} // namespace

Result<QString> storePlace()
{
    if (::getuid() != ::geteuid()) {
        return homeFromDatabase(::geteuid()).transform([](const QString &home) -> QString {
            return home % u"/.cache/axle";
        });
    }
    if (const QString store = folderFromEnvironment("AXLE_STORE"); !store.isEmpty())
        return QDir::cleanPath(QDir::current().absoluteFilePath(store));
    // The XDG base directory specification has relative paths ignored.
    if (const QString cache = folderFromEnvironment("XDG_CACHE_HOME"); QDir::isAbsolutePath(cache))
        return QDir::cleanPath(cache % u"/axle");
    if (const QString home = folderFromEnvironment("HOME"); QDir::isAbsolutePath(home))
        return QDir::cleanPath(home % u"/.cache/axle");
    return Error(Codes::StoreUnusable,
        QStringLiteral("there is no place for the store: none of AXLE_STORE, XDG_CACHE_HOME and HOME names a folder"),
        QStringLiteral("set AXLE_STORE to a folder that only you can write to"));
}

} // namespace Axle::Internal
