#pragma once

#include <axle/core/filedescriptor.h>

#include <QtCore/QStringList>

#include <optional>

namespace Axle::Internal {

/// Names of the wheels in a folder, sorted: they end in `.whl`, those that begin with a dot are not among them.
/// Unfinished downloads of browsers have another ending. Error: `folder-unreadable`.
Result<QStringList> listWheels(const QString &folder);

QString wheelPath(const QString &folder, const QString &name);

/// Whether listWheels would give the name.
bool isWheelName(QStringView name);

/// What lstat says of a file; nothing where there is none.
struct FileStatus
{
    FileIdentity identity;
    bool isRegular = false;
};
std::optional<FileStatus> statusOf(const QString &path);

} // namespace Axle::Internal
