#include "markerobject_p.h"

#include "markerevaluation_p.h"
#include "nativetype_p.h"
#include "packagingerrors_p.h"
#include "text_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr Signature<1> MarkerSignature{.function = "Marker", .names = {"marker"}, .required = 1};
constexpr Signature<2> EvaluateSignature{.function = "evaluate", .names = {"environment", "context"}};

MarkerValue construct(const Arguments<MarkerSignature> &arguments)
{
    if (!PyUnicode_Check(arguments[0]))
        throw py::type_error("a marker is made from a str");
    const Text text(arguments[0]);
    try {
        return {parseMarker(text.view())};
    } catch (const SyntaxFault &fault) {
        throwPython(packagingErrors().invalidMarker, fault.toString(text.view()));
    }
}

py::object evaluate(PyObject *self, const Arguments<EvaluateSignature> &arguments)
{
    const auto &[environment, context] = arguments;
    const auto &tree = valueOf<MarkerValue>(self).tree;
    if (context && !PyUnicode_Check(context))
        throw py::type_error("the context is a str");
    const MarkerVariables variables(environment == Py_None ? nullptr : environment,
        context ? Text(context).view().toString() : QStringLiteral("metadata"));
    return py::bool_(!tree || evaluateMarker(*tree, variables));
}

py::object text(const MarkerValue &value)
{
    return toStr(value.toString());
}

PyObject *repr(PyObject *self)
{
    return guarded([self] { return representation(self, valueOf<MarkerValue>(self).toString()); });
}

PyObject *reduce(PyObject *self, PyObject *)
{
    return guarded([self] { return reduction(self, py::make_tuple(text(valueOf<MarkerValue>(self)))); });
}

Py_hash_t hash(PyObject *self)
{
    PyObject *const str = unary<MarkerValue, &text>(self);
    if (!str)
        return -1;
    const Py_hash_t value = PyObject_Hash(str);
    Py_DECREF(str);
    return value;
}

PyObject *compare(PyObject *left, PyObject *right, int operation)
{
    return guarded([=]() -> py::object {
        if (!isNative<MarkerValue>(left) || !isNative<MarkerValue>(right) || (operation != Py_EQ && operation != Py_NE))
            return notImplemented();
        const bool isEqual = valueOf<MarkerValue>(left).toString() == valueOf<MarkerValue>(right).toString();
        return py::bool_(isEqual == (operation == Py_EQ));
    });
}

template<bool IsAlternative>
PyObject *combine(PyObject *left, PyObject *right)
{
    return guarded([=]() -> py::object {
        if (!isNative<MarkerValue>(left) || !isNative<MarkerValue>(right))
            return notImplemented();
        auto joined = std::make_shared<MarkerTree>();
        for (PyObject *const marker : {left, right}) {
            const auto &tree = valueOf<MarkerValue>(marker).tree;
            if (!tree)
                continue;
            joined->terms.push_back({tree, IsAlternative && !joined->terms.empty()});
            joined->depth = std::max(joined->depth, tree->depth + 1);
        }
        if (joined->depth > MostMarkerDepth)
            throwPython(PyExc_RecursionError, QStringLiteral("too many markers are joined one by one"));
        return toPython(MarkerValue{std::move(joined)});
    });
}

PyMethodDef methods[] = {
    methodEntry<EvaluateSignature, &evaluate>("Whether it holds, by default in this Python."),
    {"__reduce__", &reduce, METH_NOARGS, nullptr},
    {},
};

PyType_Slot slots[] = {
    {Py_tp_doc, const_cast<char *>("An environment marker of PEP 508, such as 'python_version >= \"3.11\"'.")},
    {Py_tp_new, reinterpret_cast<void *>(&createNative<MarkerValue>)},
    {Py_tp_init, reinterpret_cast<void *>(&initialiseNative<MarkerValue, MarkerSignature, &construct>)},
    {Py_tp_dealloc, reinterpret_cast<void *>(&destroyNative<MarkerValue>)},
    {Py_tp_richcompare, reinterpret_cast<void *>(&compare)},
    {Py_tp_hash, reinterpret_cast<void *>(&hash)},
    {Py_tp_str, reinterpret_cast<void *>(&unary<MarkerValue, &text>)},
    {Py_tp_repr, reinterpret_cast<void *>(&repr)},
    {Py_nb_and, reinterpret_cast<void *>(&combine<false>)},
    {Py_nb_or, reinterpret_cast<void *>(&combine<true>)},
    {Py_tp_methods, methods},
    {0, nullptr},
};

PyType_Spec specification{"axle.packaging.markers.Marker", sizeof(NativeObject<MarkerValue>), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};

} // namespace

void bindMarker(py::module_ &module)
{
    PyTypeObject *const type = makeType(module, specification);
    type->tp_vectorcall = &callNative<MarkerValue, MarkerSignature, &construct>;
    NativeType<MarkerValue>::type = type;
}

} // namespace Axle::Internal
