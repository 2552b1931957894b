#pragma once

#include <axle/core/export.h>
#include <axle/python/modulesource.h>

#include <memory>

namespace Axle {

/// Mounts `source` in every interpreter that this process starts from now on, for as long as it runs. For packages that
/// the host brings itself; may be repeated, a source with the same location counts once. Any thread.
AXLE_EXPORT void registerPackage(std::shared_ptr<const ModuleSource> source);

/// Adds a built-in module. `init` is its PyInit function; `name` must live as long as the process. To be called before
/// Python starts; may be repeated.
AXLE_EXPORT void registerBuiltinModule(const char *name, void *(*init)());

} // namespace Axle
