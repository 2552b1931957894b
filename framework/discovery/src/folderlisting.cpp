#include "folderlisting_p.h"

#include <axle/discovery/codes.h>

#include <QtCore/QFile>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace Axle::Internal {

namespace {

constexpr std::int64_t NanosecondsPerSecond = 1'000'000'000;

std::int64_t nanoseconds(const timespec &time)
{
    return static_cast<std::int64_t>(time.tv_sec) * NanosecondsPerSecond + time.tv_nsec;
}

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

} // namespace

bool isWheelName(QStringView name)
{
    return name.endsWith(QLatin1StringView(".whl")) && !name.startsWith(u'.');
}

QString wheelPath(const QString &folder, const QString &name)
{
    return folder.endsWith(u'/') ? folder + name : folder + u'/' + name;
}

Result<QStringList> listWheels(const QString &folder)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> stream(::opendir(QFile::encodeName(folder).constData()), &::closedir);
    if (!stream)
        return unreadable(folder);
    QStringList names;
    errno = 0;
    while (const dirent *entry = ::readdir(stream.get())) {
        const QString name = QFile::decodeName(entry->d_name);
        if (isWheelName(name))
            names.append(name);
        errno = 0;
    }
    if (errno != 0)
        return unreadable(folder);
    names.sort();
    return names;
}

std::optional<FileStatus> statusOf(const QString &path)
{
    struct stat status = {};
    if (::lstat(QFile::encodeName(path).constData(), &status) != 0)
        return std::nullopt;
    return FileStatus{
        {status.st_dev, status.st_ino, status.st_size, nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)},
        S_ISREG(status.st_mode)};
}

} // namespace Axle::Internal
