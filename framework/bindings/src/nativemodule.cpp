#include "nativemodule_p.h"

#include "findingbinding_p.h"
#include "packaging/packagingbinding_p.h"
#include "pkgresources/pkgresourcesbinding_p.h"
#include "resolutionerror_p.h"
#include "resolvebinding_p.h"
#include "wheelbinding_p.h"
#include "wheelerror_p.h"

namespace {

void bind(py::module_ &module)
{
    module.doc() = "The native half of the package axle; import axle instead.";
    module.attr("__version__") = AXLE_VERSION;
    Axle::Internal::bindWheelError(module);
    Axle::Internal::bindFinding(module);
    Axle::Internal::bindWheel(module);
    Axle::Internal::bindPackaging(module);
    Axle::Internal::bindResolutionError(module);
    Axle::Internal::bindResolve(module);
    Axle::Internal::bindPkgResources(module);
}

} // namespace

// Not PYBIND11_MODULE, which names the module without its package when it is built in.
PyObject *PyInit__native()
{
    PYBIND11_CHECK_PYTHON_VERSION
    PYBIND11_ENSURE_INTERNALS_READY
    static PyModuleDef definition;
    try {
        auto module = py::module_::create_extension_module("axle._native", nullptr, &definition);
        bind(module);
        return module.release().ptr();
    } catch (py::error_already_set &error) {
        py::raise_from(error, PyExc_ImportError, "axle._native cannot be initialised");
    } catch (const std::exception &error) {
        PyErr_SetString(PyExc_ImportError, error.what());
    }
    return nullptr;
}
