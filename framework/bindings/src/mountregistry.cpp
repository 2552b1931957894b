#include "mountregistry_p.h"

namespace Axle::Internal {

// The interpreter is ending: sys.modules is not there to be put in order any more.
MountRegistry::~MountRegistry()
{
    for (auto &[path, mounted] : m_mounts)
        static_cast<void>(mounted.mount.release());
}

const Wheel *MountRegistry::find(const QString &path) const
{
    const auto found = m_mounts.find(path);
    return found == m_mounts.end() ? nullptr : &found->second.source->wheel().snapshot.wheel;
}

Result<void> MountRegistry::mount(const QString &path, VerifiedWheel wheel, SearchPosition position)
{
    auto source = std::make_shared<const WheelSource>(std::move(wheel));
    auto mount = ModuleMount::mount(source, position);
    if (!mount)
        return std::move(mount).error();
    m_mounts.insert_or_assign(path, Mounted{std::move(source), std::move(*mount)});
    return {};
}

void MountRegistry::unmount(const QString &path)
{
    // Taken out first: modules that go may run code which asks again.
    if (auto node = m_mounts.extract(path))
        node.mapped().mount->unmount();
}

} // namespace Axle::Internal
