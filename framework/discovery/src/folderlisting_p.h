#pragma once

#include <axle/core/filedescriptor.h>

#include <QtCore/QByteArrayList>
#include <QtCore/QStringList>

#include <dirent.h>
#include <memory>
#include <optional>

namespace Axle::Internal {

/// An open folder, and the names of the wheels in it as they were when it was opened.
class WheelFolder
{
public:
    /// Error: `folder-unreadable`.
    static Result<WheelFolder> open(const QString &path);

    /// As the file system has them, sorted by their bytes: they end in `.whl`, those that begin with a dot are not
    /// among them. Unfinished downloads of browsers have another ending.
    const QByteArrayList &names() const { return m_names; }
    /// Nothing where there is no such file any more. Threads may ask together.
    std::optional<FileStatus> status(const QByteArray &name) const;

private:
    using Stream = std::unique_ptr<DIR, int (*)(DIR *)>;

    explicit WheelFolder(Stream stream)
        : m_stream(std::move(stream))
    {
    }

    Stream m_stream;
    QByteArrayList m_names;
};

/// The names of WheelFolder, decoded. Error: `folder-unreadable`.
Result<QStringList> listWheels(const QString &folder);

QString wheelPath(const QString &folder, const QString &name);

/// Whether WheelFolder has such names.
bool isWheelName(QByteArrayView name);

/// What lstat says of a file; nothing where there is none.
std::optional<FileStatus> statusOf(const QString &path);

} // namespace Axle::Internal
