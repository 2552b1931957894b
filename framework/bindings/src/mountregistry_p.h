#pragma once

#include <axle/mounting/wheelsource.h>
#include <axle/python/modulemount.h>

#include <map>

namespace Axle::Internal {

/// What Python code has mounted through `Wheel.mount()`, by absolute path of the wheel: it stays mounted until
/// `unmount()`, whatever becomes of the Wheel objects. One per interpreter; GIL held.
class MountRegistry
{
public:
    MountRegistry() = default;
    ~MountRegistry();
    Q_DISABLE_COPY_MOVE(MountRegistry)

    bool contains(const QString &path) const { return m_mounts.contains(path); }
    /// The wheel that is mounted from there, or null.
    const Wheel *find(const QString &path) const;
    /// Error: `mount-failed`.
    Result<void> mount(const QString &path, VerifiedWheel wheel, SearchPosition position);
    void unmount(const QString &path);

private:
    struct Mounted
    {
        std::shared_ptr<const WheelSource> source;
        std::unique_ptr<ModuleMount> mount;
    };
    std::map<QString, Mounted> m_mounts;
};

} // namespace Axle::Internal
