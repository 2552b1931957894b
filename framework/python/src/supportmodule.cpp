#include "supportmodule_p.h"

#include "importer_p.h"
#include "supportsource_p.h"
#include "values_p.h"

#include "plugintypes_p.h"

namespace Axle::Internal {

namespace {

PyObject *theSupportModule = nullptr;

py::module_ makeSupportModule()
{
    static PyModuleDef definition;
    auto module = py::module_::create_extension_module("<axle>", nullptr, &definition);
    bindValues(module);
    bindFinders(module);
    bindLoader(module);
    bindPluginTypes(module);
    const py::object code = py::module_::import("builtins").attr("compile")(supportSource, "<axle>", "exec");
    py::module_::import("builtins").attr("exec")(code, module.attr("__dict__"));
    return module;
}

} // namespace

py::module_ supportModule()
{
    if (!theSupportModule)
        theSupportModule = makeSupportModule().release().ptr();
    return py::reinterpret_borrow<py::module_>(theSupportModule);
}

void releaseSupportModule()
{
    Py_CLEAR(theSupportModule);
}

} // namespace Axle::Internal
