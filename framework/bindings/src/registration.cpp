#include <axle/bindings/nativemodule.h>

#include "embeddedpackage_p.h"
#include "nativemodule_p.h"

#include <axle/python/packages.h>

namespace Axle {

void registerNativeModule()
{
    registerBuiltinModule("axle._native", []() -> void * { return PyInit__native(); });
    registerPackage(std::make_shared<const Internal::EmbeddedPackage>());
}

} // namespace Axle
