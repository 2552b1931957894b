#include "names_p.h"

#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "text_p.h"

#include <axle/packaging/projectname.h>

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr Signature<2> CanonicalizeSignature{
    .function = "canonicalize_name", .names = {"name", "validate"}, .required = 1, .positional = 1};
constexpr Signature<1> NormalizedSignature{.function = "is_normalized_name", .names = {"name"}, .required = 1};

PyObject *checkedStr(PyObject *object)
{
    if (!PyUnicode_Check(object))
        throwPython(PyExc_TypeError, "a name is a str, not %R", object);
    return object;
}

py::object canonicalize(PyObject *, const Arguments<CanonicalizeSignature> &arguments)
{
    const auto &[object, validate] = arguments;
    const Text name(checkedStr(object));
    if (toOptionalBool(validate).value_or(false) && !ProjectName::parse(name.view()))
        throwPython(packagingErrors().invalidName, "name is invalid: %R", object);
    return toStr(canonicalizeName(name.view()));
}

py::object isNormalized(PyObject *, const Arguments<NormalizedSignature> &arguments)
{
    const Text name(checkedStr(arguments[0]));
    const auto parsed = ProjectName::parse(name.view());
    return py::bool_(parsed && parsed->normalized() == name.view());
}

PyMethodDef functions[] = {
    methodEntry<CanonicalizeSignature, &canonicalize>(
        "The normal form of a project's name; with validate, raises InvalidName for what is no name."),
    methodEntry<NormalizedSignature, &isNormalized>("Whether it is a name in its normal form."),
    {},
};

} // namespace

QString canonicalizeName(QStringView name)
{
    const bool isAscii = std::all_of(name.begin(), name.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (isAscii)
        return ProjectName::normalize(name);
    const py::object lower = toStr(name).attr("lower")();
    return ProjectName::normalize(Text(lower.ptr()).view());
}

void bindNames(py::module_ &module)
{
    if (PyModule_AddFunctions(module.ptr(), functions) < 0)
        throw py::error_already_set();
}

} // namespace Axle::Internal
