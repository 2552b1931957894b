#include "realwheels.h"

#include <axle/packaging/projectname.h>
#include <axle/wheel/wheelfilename.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>

namespace Axle::Test {
namespace {

/// "2.4.6" for numpy, from the line `numpy==2.4.6 --hash=…` of the lock.
QString lockedVersion(const QString &project)
{
    QFile lock(QStringLiteral(AXLE_WHEEL_LOCK));
    if (!lock.open(QIODevice::ReadOnly))
        return {};
    const QString start = project + QStringLiteral("==");
    const QStringList lines = QString::fromUtf8(lock.readAll()).split(u'\n');
    for (const QString &line : lines) {
        if (line.startsWith(start))
            return line.mid(start.size()).section(u' ', 0, 0);
    }
    return {};
}

} // namespace

QString realWheelFolder()
{
    const QString chosen = qEnvironmentVariable("AXLE_WHEELS");
    if (!chosen.isEmpty())
        return chosen;
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/axle-wheels");
}

QString realWheel(const QString &project)
{
    const QString version = lockedVersion(project);
    const QDir folder(realWheelFolder());
    const QStringList files = folder.entryList({QStringLiteral("*.whl")}, QDir::Files);
    for (const QString &file : files) {
        const auto name = WheelFileName::parse(file);
        if (name && name->name.normalized() == project && name->version.toString() == version)
            return folder.filePath(file);
    }
    return {};
}

QString realWheelMissing(const QString &project)
{
    if (!realWheel(project).isEmpty())
        return {};
    return QStringLiteral("no wheel of %1 %2 in '%3': ./dev test fetches it")
        .arg(project, lockedVersion(project), realWheelFolder());
}

} // namespace Axle::Test
