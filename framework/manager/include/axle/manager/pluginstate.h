#pragma once

#include <axle/core/export.h>

#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace Axle {
Q_NAMESPACE_EXPORT(AXLE_EXPORT)

/// Where the code of a plugin is. Steps on the way are Operations, why it goes no further is its Disposition.
enum class PluginState {
    Discovered,   ///< a file was found, not judged yet; a library stays here until somebody needs it
    Invalid,      ///< the file is no wheel that may be used
    Incompatible, ///< a good wheel, for another Python or platform
    Unresolved,   ///< something that it needs is missing or in conflict
    Resolved,     ///< could be mounted
    Mounted,      ///< importable; its plugin code is not active
    Active,       ///< activate() has returned
    Failed,       ///< mounting, importing or activating it failed
    Removed,      ///< its file is gone
};
Q_ENUM_NS(PluginState)

/// A step that is under way.
enum class Operation { None, Mounting, Activating, Deactivating, Unmounting };
Q_ENUM_NS(Operation)

/// Why a plugin stays where it is.
enum class Disposition { None, DisabledByUser, DisabledByDependency, Untrusted };
Q_ENUM_NS(Disposition)

enum class LoadReason { Startup, Enabled, Dependency, Installed, Updated, Retry };
Q_ENUM_NS(LoadReason)

enum class UnloadReason { Disabled, Dependency, Removed, Updated, Shutdown };
Q_ENUM_NS(UnloadReason)

} // namespace Axle
