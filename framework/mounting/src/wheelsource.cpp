#include <axle/mounting/wheelsource.h>

#include <QtCore/QStringBuilder>

namespace Axle {

WheelSource::WheelSource(VerifiedWheel wheel)
    : m_wheel(std::move(wheel))
{
}

QString WheelSource::name() const
{
    const CoreMetadata &metadata = m_wheel.snapshot.wheel.metadata();
    return metadata.name.toString() % u' ' % metadata.version.toString();
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
    return m_wheel.snapshot.wheel.layout().importedFiles();
}

QStringList WheelSource::importRoots() const
{
    return m_wheel.snapshot.wheel.layout().importRoots();
}

QString WheelSource::distInfo() const
{
    return m_wheel.snapshot.wheel.distInfo();
}

// From the snapshot even where there is a tree: nobody can have changed the snapshot since.
Result<QByteArray> WheelSource::read(const QString &member) const
{
    return m_wheel.snapshot.wheel.read(member);
}

} // namespace Axle
