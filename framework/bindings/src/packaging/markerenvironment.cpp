#include "markerenvironment_p.h"

#include "nativetype_p.h"

namespace Axle::Internal {

namespace {

constexpr Signature<0> DefaultSignature{.function = "default_environment", .names = {}};
constexpr Signature<1> FormatSignature{.function = "format_full_version", .names = {"info"}, .required = 1};

QString fullVersion(const py::object &info)
{
    const auto part = [&info](const char *name) { return py::str(info.attr(name)).cast<QString>(); };
    QString version = part("major") + u'.' + part("minor") + u'.' + part("micro");
    const QString level = part("releaselevel");
    if (level != u"final")
        version += level.first(1) + part("serial");
    return version;
}

py::dict makeEnvironment()
{
    const auto platform = py::module_::import("platform");
    const auto sys = py::module_::import("sys");
    const py::object implementation = sys.attr("implementation");
    const py::object numbers = platform.attr("python_version_tuple")();
    py::dict environment;
    environment["implementation_name"] = implementation.attr("name");
    environment["implementation_version"] = fullVersion(implementation.attr("version"));
    environment["os_name"] = py::module_::import("os").attr("name");
    environment["platform_machine"] = platform.attr("machine")();
    environment["platform_release"] = platform.attr("release")();
    environment["platform_system"] = platform.attr("system")();
    environment["platform_version"] = platform.attr("version")();
    environment["python_full_version"] = platform.attr("python_version")();
    environment["platform_python_implementation"] = platform.attr("python_implementation")();
    environment["python_version"] = py::str("{0[0]}.{0[1]}").format(numbers);
    environment["sys_platform"] = sys.attr("platform");
    return environment;
}

PyObject *environment = nullptr;

py::object copyOfDefault(PyObject *, const Arguments<DefaultSignature> &)
{
    return owned(PyDict_Copy(defaultEnvironment()));
}

py::object formatFullVersion(PyObject *, const Arguments<FormatSignature> &arguments)
{
    return py::cast(fullVersion(py::reinterpret_borrow<py::object>(arguments[0])));
}

PyMethodDef functions[] = {
    methodEntry<DefaultSignature, &copyOfDefault>("The values of the environment markers of this Python."),
    methodEntry<FormatSignature, &formatFullVersion>("The text of what sys.version_info says."),
    {},
};

} // namespace

PyObject *defaultEnvironment()
{
    if (!environment)
        environment = makeEnvironment().release().ptr(); // held as types are
    return environment;
}

void bindMarkerEnvironment(py::module_ &module)
{
    environment = nullptr;
    if (PyModule_AddFunctions(module.ptr(), functions) < 0)
        throw py::error_already_set();
}

} // namespace Axle::Internal
