#include <axle/mounting/wheelsource.h>

#include <QtCore/QFile>

namespace Axle {

namespace {

QString dataFolder(const Wheel &wheel)
{
    QString folder = wheel.distInfo();
    folder.chop(QLatin1StringView(".dist-info").size());
    return folder + QLatin1StringView(".data");
}

} // namespace

WheelSource::WheelSource(VerifiedWheel wheel)
    : m_wheel(std::move(wheel))
{
}

QString WheelSource::name() const
{
    const CoreMetadata &metadata = m_wheel.snapshot.wheel.metadata();
    return metadata.name.toString() + u' ' + metadata.version.toString();
}

QString WheelSource::location() const
{
    return isMaterialised() ? m_wheel.tree : m_wheel.snapshot.sourcePath;
}

bool WheelSource::isMaterialised() const
{
    return !m_wheel.tree.isEmpty();
}

QStringList WheelSource::members() const
{
    QStringList names;
    for (const ArchiveMember &member : m_wheel.snapshot.wheel.archive().members()) {
        if (!member.isFolder())
            names += member.name;
    }
    names.sort();
    return names;
}

QStringList WheelSource::importRoots() const
{
    const QString data = dataFolder(m_wheel.snapshot.wheel);
    QStringList roots{QString()};
    for (const QLatin1StringView scheme : {QLatin1StringView("/purelib"), QLatin1StringView("/platlib")}) {
        const QString root = data + scheme;
        const QString prefix = root + u'/';
        for (const ArchiveMember &member : m_wheel.snapshot.wheel.archive().members()) {
            if (member.name.startsWith(prefix)) {
                roots += root;
                break;
            }
        }
    }
    return roots;
}

QString WheelSource::distInfo() const
{
    return m_wheel.snapshot.wheel.distInfo();
}

Result<QByteArray> WheelSource::read(const QString &member) const
{
    return m_wheel.snapshot.wheel.read(member);
}

} // namespace Axle
