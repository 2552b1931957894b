#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/python/modulesource.h>

#include <QtCore/QStringList>

#include <memory>

namespace Axle {

enum class SearchPosition {
    First, ///< before everything on sys.path, as `sys.path.insert(0, …)`
    Last,  ///< behind everything, as `sys.path.append(…)`
};

/// What an unmount found and left.
struct AXLE_EXPORT UnmountReport
{
    QStringList modules;       ///< removed from sys.modules, in the order of removal
    QStringList nativeModules; ///< of these, extension modules: their images stay in the process
    bool parked = false;       ///< the module objects are kept, and come back with the next mount of the same content

    friend bool operator==(const UnmountReport &, const UnmountReport &) = default;
};

/// One mounted source: constructed means importable, destroyed means gone.
///
/// Construct, use and destroy it with the GIL held: on the Python thread, or in a call from Python.
class AXLE_EXPORT ModuleMount
{
public:
    /// Makes the modules of `source` importable. Error: `mount-failed`.
    static Result<std::unique_ptr<ModuleMount>> mount(
        std::shared_ptr<const ModuleSource> source, SearchPosition position = SearchPosition::First);
    ~ModuleMount(); ///< unmounts when that was not done
    Q_DISABLE_COPY_MOVE(ModuleMount)

    const ModuleSource &source() const;
    bool isMounted() const;
    /// Takes its modules out of sys.modules and every cache that Axle knows of; may be repeated. A distribution with
    /// loaded extension modules is parked whole.
    UnmountReport unmount();

private:
    ModuleMount();
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Axle
