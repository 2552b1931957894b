#include "versionobject_p.h"

#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "text_p.h"
#include "versionassembly_p.h"

#include <limits>

namespace Axle::Internal {

namespace {

struct VersionValue : Version
{
    mutable py::object release; ///< the tuple, once it was asked for
};

constexpr Signature<1> VersionSignature{.function = "Version", .names = {"version"}, .required = 1};
constexpr Signature<1> ParseSignature{.function = "parse", .names = {"version"}, .required = 1};
constexpr Signature<2> CanonicalSignature{
    .function = "canonicalize_version", .names = {"version", "strip_trailing_zero"}, .required = 1, .positional = 1};

Version parseVersion(PyObject *text)
{
    if (PyUnicode_Check(text)) {
        if (auto version = Version::parse(Text(text).stripped()))
            return *std::move(version);
    }
    throwPython(packagingErrors().invalidVersion, "Invalid version: %R", text);
}

VersionValue construct(const Arguments<VersionSignature> &arguments)
{
    return {parseVersion(arguments[0]), {}};
}

py::object parse(PyObject *, const Arguments<ParseSignature> &arguments)
{
    return toPython(VersionValue{parseVersion(arguments[0]), {}});
}

/// The text of a number that may be absent, as int or None.
py::object optionalInt(const QString &digits)
{
    return digits.isEmpty() ? py::none() : toInt(digits);
}

py::tuple releaseTuple(const Version &version)
{
    const QList<qint64> numbers = version.release();
    py::tuple result(numbers.size());
    if (!numbers.contains(std::numeric_limits<qint64>::max())) {
        for (qsizetype i = 0; i < numbers.size(); ++i)
            PyTuple_SET_ITEM(result.ptr(), i, owned(PyLong_FromLongLong(numbers[i])).release().ptr());
        return result;
    }
    const QStringList release = version.parts().release; // a number that is too large for a word
    for (qsizetype i = 0; i < release.size(); ++i)
        PyTuple_SET_ITEM(result.ptr(), i, toInt(release[i]).release().ptr());
    return result;
}

py::object release(const VersionValue &version)
{
    if (!version.release)
        version.release = releaseTuple(version);
    return version.release;
}

template<Py_ssize_t Index>
py::object component(const VersionValue &version)
{
    PyObject *const numbers = release(version).ptr();
    if (Index < PyTuple_GET_SIZE(numbers))
        return py::reinterpret_borrow<py::object>(PyTuple_GET_ITEM(numbers, Index));
    return py::int_(0);
}

py::object epoch(const Version &version)
{
    return toInt(version.parts().epoch);
}

py::object pre(const Version &version)
{
    if (!version.isPrerelease())
        return py::none();
    const VersionParts parts = version.parts();
    if (parts.preLetter.isEmpty())
        return py::none();
    return py::make_tuple(parts.preLetter, toInt(parts.pre));
}

py::object post(const Version &version)
{
    return version.isPostrelease() ? optionalInt(version.parts().post) : py::none();
}

py::object dev(const Version &version)
{
    return version.isDevrelease() ? optionalInt(version.parts().dev) : py::none();
}

py::object local(const Version &version)
{
    const QString text = version.local();
    return text.isEmpty() ? py::none() : toStr(text);
}

py::object publicText(const Version &version)
{
    return toStr(version.publicVersion());
}

py::object baseText(const Version &version)
{
    return toStr(version.baseVersion());
}

py::object isPrerelease(const Version &version)
{
    return py::bool_(version.isPrerelease());
}

py::object isPostrelease(const Version &version)
{
    return py::bool_(version.isPostrelease());
}

py::object isDevrelease(const Version &version)
{
    return py::bool_(version.isDevrelease());
}

py::object text(const Version &version)
{
    return toStr(version.toString());
}

PyObject *repr(PyObject *self)
{
    return guarded([self] { return representation(self, valueOf<VersionValue>(self).toString()); });
}

PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] { return reduction(self, py::make_tuple(text(valueOf<VersionValue>(self)))); });
}

Py_hash_t hash(PyObject *self)
{
    return toPythonHash(qHash(static_cast<const Version &>(valueOf<VersionValue>(self)), 0));
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    if (!isNative<VersionValue>(left) || !isNative<VersionValue>(right))
        Py_RETURN_NOTIMPLEMENTED;
    const Version &a = valueOf<VersionValue>(left);
    const Version &b = valueOf<VersionValue>(right);
    if (operation == Py_EQ || operation == Py_NE)
        return PyBool_FromLong((a == b) == (operation == Py_EQ));
    const std::strong_ordering order = a <=> b;
    const bool holds = operation == Py_LT ? std::is_lt(order)
        : operation == Py_LE              ? std::is_lteq(order)
        : operation == Py_GT              ? std::is_gt(order)
                                          : std::is_gteq(order);
    return PyBool_FromLong(holds);
}

py::object canonicalize(PyObject *, const Arguments<CanonicalSignature> &arguments)
{
    Version storage;
    const Version *const version = coerceVersion(arguments[0], storage);
    if (!version && PyUnicode_Check(arguments[0]))
        return py::reinterpret_borrow<py::object>(arguments[0]);
    if (!version)
        throw py::type_error("canonicalize_version() takes a Version or a str");
    if (!toOptionalBool(arguments[1]).value_or(true))
        return toStr(version->toString());
    return toStr(toText(trimmed(version->parts())));
}

py::object fromParts(PyObject *type, const Arguments<PartsSignature> &arguments)
{
    return allocate(
        reinterpret_cast<PyTypeObject *>(type), VersionValue{toVersion(withParts(Version().parts(), arguments)), {}});
}

py::object replace(PyObject *self, const Arguments<ReplaceSignature> &arguments)
{
    const VersionParts parts = valueOf<VersionValue>(self).parts();
    const VersionParts changed = withParts(parts, arguments);
    if (changed == parts)
        return py::reinterpret_borrow<py::object>(self);
    return allocate(Py_TYPE(self), VersionValue{toVersion(changed), {}});
}

PyGetSetDef properties[] = {
    {"epoch", getter<VersionValue, &epoch>, nullptr, "The epoch, 0 where none is written.", nullptr},
    {"release", getter<VersionValue, &release>, nullptr, "The numbers of the release, with zeros at its end.", nullptr},
    {"pre", getter<VersionValue, &pre>, nullptr, "('a' | 'b' | 'rc', number), or None.", nullptr},
    {"post", getter<VersionValue, &post>, nullptr, "The number of the post-release, or None.", nullptr},
    {"dev", getter<VersionValue, &dev>, nullptr, "The number of the development release, or None.", nullptr},
    {"local", getter<VersionValue, &local>, nullptr, "The local version, or None.", nullptr},
    {"public", getter<VersionValue, &publicText>, nullptr, "The text without the local version.", nullptr},
    {"base_version", getter<VersionValue, &baseText>, nullptr, "The text of epoch and release alone.", nullptr},
    {"is_prerelease", getter<VersionValue, &isPrerelease>, nullptr, "Whether it is a, b, rc or dev.", nullptr},
    {"is_postrelease", getter<VersionValue, &isPostrelease>, nullptr, "Whether it has a post part.", nullptr},
    {"is_devrelease", getter<VersionValue, &isDevrelease>, nullptr, "Whether it has a dev part.", nullptr},
    {"major", getter<VersionValue, &component<0>>, nullptr, "The first number of the release.", nullptr},
    {"minor", getter<VersionValue, &component<1>>, nullptr, "The second one, or 0.", nullptr},
    {"micro", getter<VersionValue, &component<2>>, nullptr, "The third one, or 0.", nullptr},
    {"_str", getter<VersionValue, &text>, nullptr, "For pattern matching.", nullptr},
    {},
};

PyMethodDef methods[] = {
    methodEntry<PartsSignature, &fromParts>("The version of these parts.", METH_CLASS),
    methodEntry<ReplaceSignature, &replace>("The version with these parts instead; None takes a part away."),
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("A version of PEP 440: immutable, totally ordered.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<VersionValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<VersionValue, VersionSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroyNative<VersionValue>)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<VersionValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_tp_getset, properties},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.version.Version", sizeof(NativeObject<VersionValue>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

PyMethodDef functions[] = {
    methodEntry<ParseSignature, &parse>("The Version of a text; raises InvalidVersion."),
    methodEntry<CanonicalSignature, &canonicalize>(
        "The normal form of a version, without zeros at the end of the release unless they are asked for; a text that "
        "is no version stays as it is."),
    {},
};

} // namespace

const Version *coerceVersion(PyObject *item, Version &storage)
{
    if (isNative<VersionValue>(item))
        return &valueOf<VersionValue>(item);
    if (!PyUnicode_Check(item))
        return nullptr;
    auto version = Version::parse(Text(item).stripped());
    if (!version)
        return nullptr;
    storage = *std::move(version);
    return &storage;
}

void bindVersion(py::module_ &module)
{
    PyTypeObject *const type =
        makeType(module, specification, py::dict(py::arg("__match_args__") = py::make_tuple("_str")));
    type->tp_vectorcall = &callNative<VersionValue, VersionSignature, &construct>;
    NativeType<VersionValue>::type = type;
    if (PyModule_AddFunctions(module.ptr(), functions) < 0)
        throw py::error_already_set();
}

} // namespace Axle::Internal
