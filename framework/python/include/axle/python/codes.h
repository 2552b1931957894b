#pragma once

#include <axle/core/errorcode.h>

/// Codes of the module python.
namespace Axle::Codes {

inline constexpr ErrorCode PythonStartFailed{"python-start-failed"};
inline constexpr ErrorCode PythonVersionMismatch{"python-version-mismatch"};
inline constexpr ErrorCode PythonRunFailed{"python-run-failed"};
inline constexpr ErrorCode MountFailed{"mount-failed"};
inline constexpr ErrorCode PluginImportFailed{"plugin-import-failed"};
inline constexpr ErrorCode PluginEntryPointMissing{"plugin-entry-point-missing"};
inline constexpr ErrorCode PluginActivateFailed{"plugin-activate-failed"};
inline constexpr ErrorCode PluginDeactivateFailed{"plugin-deactivate-failed"};
inline constexpr ErrorCode PluginCallFailed{"plugin-call-failed"};
inline constexpr ErrorCode PluginValueUnsupported{"plugin-value-unsupported"};
inline constexpr ErrorCode PluginGone{"plugin-gone"};

} // namespace Axle::Codes
