#pragma once

#include <axle/core/export.h>

namespace Axle {

/// Makes `axle._native` and the Python package `axle` available to the interpreter that this process is about to start.
/// To be called before Interpreter starts Python; may be repeated. PluginManager does so itself.
AXLE_EXPORT void registerNativeModule();

} // namespace Axle
