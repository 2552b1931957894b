#include "folderlisting_p.h"

#include <axle/discovery/codes.h>

#include <QtCore/QFile>
#include <QtCore/QStringBuilder>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>

namespace Axle::Internal {

namespace {

Error unreadable(const QString &folder)
{
    switch (errno) {
    case ENOENT:
        return Error(Codes::FolderUnreadable, QStringLiteral("there is no folder '%1'").arg(folder),
            QStringLiteral("create it, or check the path"));
    case ENOTDIR:
        return Error(Codes::FolderUnreadable, QStringLiteral("'%1' is a file, expected a folder").arg(folder),
            QStringLiteral("name the folder that holds the wheels"));
    default:
        return Error(Codes::FolderUnreadable,
            QStringLiteral("cannot read the folder '%1': %2")
                .arg(folder, QString::fromLocal8Bit(std::strerror(errno))));
    }
}

std::optional<FileStatus> statusAt(int folder, const QByteArray &name)
{
    struct stat status = {};
    if (::fstatat(folder, name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return std::nullopt;
    return FileStatus::of(status);
}

} // namespace

Result<WheelFolder> WheelFolder::open(const QString &path)
{
    WheelFolder folder(Stream(::opendir(QFile::encodeName(path).constData()), &::closedir));
    if (!folder.m_stream)
        return unreadable(path);
    errno = 0;
    while (const dirent *entry = ::readdir(folder.m_stream.get())) {
        if (isWheelName(entry->d_name))
            folder.m_names.append(entry->d_name);
        errno = 0;
    }
    if (errno != 0)
        return unreadable(path);
    std::sort(folder.m_names.begin(), folder.m_names.end());
    return folder;
}

std::optional<FileStatus> WheelFolder::status(const QByteArray &name) const
{
    return statusAt(::dirfd(m_stream.get()), name);
}

bool isWheelName(QByteArrayView name)
{
    return name.endsWith(".whl") && !name.startsWith('.');
}

QString wheelPath(const QString &folder, const QString &name)
{
    return folder.endsWith(u'/') ? folder + name : QString(folder % u'/' % name);
}

Result<QStringList> listWheels(const QString &folder)
{
    return WheelFolder::open(folder).transform([](const WheelFolder &opened) {
        QStringList names;
        names.reserve(opened.names().size());
        for (const QByteArray &name : opened.names())
            names += QFile::decodeName(name);
        return names;
    });
}

std::optional<FileStatus> statusOf(const QString &path)
{
    return statusAt(AT_FDCWD, QFile::encodeName(path));
}

} // namespace Axle::Internal
