#include <axle/wheel/wheellayout.h>

#include "toplevel_p.h"

#include <axle/wheel/wheel.h>

#include <QtCore/QSet>
#include <QtCore/QStringBuilder>

#include <algorithm>
#include <array>
#include <iterator>

namespace Axle {

namespace {

constexpr QStringView DistInfoSuffix = u".dist-info";

bool isBelow(QStringView path, QStringView folder)
{
    return path.size() > folder.size() && path[folder.size()] == u'/' && path.startsWith(folder);
}

} // namespace

WheelLayout::WheelLayout(const Wheel &wheel)
    : m_importRoots{QString()}
{
    const QString data = wheel.distInfo().chopped(DistInfoSuffix.size()) % u".data";
    const std::array schemes{QString(data % u"/purelib"), QString(data % u"/platlib")};
    QSet<QString> used;
    for (const ArchiveMember &member : wheel.archive().members()) {
        if (member.isFolder())
            continue;
        const QString name = member.name();
        const auto scheme =
            std::find_if(schemes.begin(), schemes.end(), [&](const QString &folder) { return isBelow(name, folder); });
        if (scheme == schemes.end() && isBelow(name, data)) {
            m_installedFiles += name;
            continue;
        }
        m_importedFiles += name;
        if (scheme != schemes.end())
            used += *scheme;
    }
    std::copy_if(schemes.begin(), schemes.end(), std::back_inserter(m_importRoots),
        [&](const QString &scheme) { return used.contains(scheme); });
    m_importedFiles.sort();
    m_installedFiles.sort();
    m_topLevelNames = Internal::topLevelNamesOf(*this);
}

QString WheelLayout::belowRoot(const QString &importedFile) const
{
    for (const QString &root : m_importRoots) {
        if (!root.isEmpty() && isBelow(importedFile, root))
            return importedFile.sliced(root.size() + 1);
    }
    return importedFile;
}

} // namespace Axle
