#include <axle/mounting/wheelsource.h>

#include <QtCore/QStringBuilder>

namespace Axle {

namespace {

constexpr QStringView DistInfoSuffix = u".dist-info";

/// "name-1.0.data/": what an installer puts elsewhere, one folder a scheme.
QString dataFolder(const Wheel &wheel)
{
    return wheel.distInfo().chopped(DistInfoSuffix.size()) % u".data/";
}

/// The schemes that an installer puts among the importable files.
QStringList importedSchemes(const Wheel &wheel)
{
    const QString data = dataFolder(wheel);
    return {data % u"purelib", data % u"platlib"};
}

bool isInAny(const QString &member, const QStringList &folders)
{
    return std::any_of(folders.begin(), folders.end(), [&member](const QString &folder) {
        return member.size() > folder.size() && member[folder.size()] == u'/' && member.startsWith(folder);
    });
}

} // namespace

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
    const Wheel &wheel = m_wheel.snapshot.wheel;
    const QString data = dataFolder(wheel);
    const QStringList schemes = importedSchemes(wheel);
    QStringList names;
    names.reserve(wheel.archive().members().size());
    for (const ArchiveMember &member : wheel.archive().members()) {
        const bool isElsewhere = member.name.startsWith(data) && !isInAny(member.name, schemes);
        if (!member.isFolder() && !isElsewhere)
            names += member.name;
    }
    names.sort();
    return names;
}

QStringList WheelSource::importRoots() const
{
    const Wheel &wheel = m_wheel.snapshot.wheel;
    QStringList roots{QString()};
    for (const QString &scheme : importedSchemes(wheel)) {
        const QList<ArchiveMember> &all = wheel.archive().members();
        if (std::any_of(
                all.begin(), all.end(), [&](const ArchiveMember &member) { return isInAny(member.name, {scheme}); }))
            roots += scheme;
    }
    return roots;
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
