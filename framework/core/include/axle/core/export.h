#pragma once

/// Marks what the shared library Axle::Framework exports. Everything else is hidden.
#if defined(_WIN32)
#    if defined(axle_framework_EXPORTS)
#        define AXLE_EXPORT __declspec(dllexport)
#    else
#        define AXLE_EXPORT
#    endif
#else
#    define AXLE_EXPORT __attribute__((visibility("default")))
#endif
