#pragma once

#include "arguments_p.h"

#include <new>
#include <utility>

namespace Axle::Internal {

/// A Python object that holds a C++ value. Versions and specifiers are made and compared by the million, and the
/// registry of instances and the dispatcher of py::class_ would cost several times what they do themselves; hence plain
/// heap types.
template<class T>
struct NativeObject
{
    PyObject base;
    T value;
    bool isInitialised;
};

/// The Python type of T, of the interpreter that runs. The reference is held until the process ends: objects may
/// outlive the module.
template<class T>
struct NativeType
{
    static inline PyTypeObject *type = nullptr;
};

template<class T>
bool isNative(PyObject *object)
{
    return PyObject_TypeCheck(object, NativeType<T>::type);
}

template<class T>
T &valueOf(PyObject *object)
{
    return reinterpret_cast<NativeObject<T> *>(object)->value;
}

/// Runs what a slot or method does: no C++ exception may reach the interpreter. Null, with a Python error, for one.
template<class Function>
PyObject *guarded(Function function) noexcept
{
    try {
        return py::object(function()).release().ptr();
    } catch (py::error_already_set &error) {
        error.restore();
    } catch (const py::builtin_exception &error) {
        error.set_error();
    } catch (const std::exception &error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
    return nullptr;
}

/// The same for what tells failure by -1.
template<class Function>
int guardedStatus(Function function) noexcept
{
    PyObject *const result = guarded([&function] { return py::int_(function()); });
    if (!result)
        return -1;
    const long status = PyLong_AsLong(result);
    Py_DECREF(result);
    return static_cast<int>(status);
}

/// Takes a new reference, or throws the Python error that there is instead.
inline py::object owned(PyObject *object)
{
    if (!object)
        throw py::error_already_set();
    return py::reinterpret_steal<py::object>(object);
}

inline py::object notImplemented()
{
    return py::reinterpret_borrow<py::object>(Py_NotImplemented);
}

template<class T>
py::object allocate(PyTypeObject *type, T value, bool isInitialised = true)
{
    py::object self = owned(type->tp_alloc(type, 0));
    auto *const object = reinterpret_cast<NativeObject<T> *>(self.ptr());
    new (&object->value) T(std::move(value));
    object->isInitialised = isInitialised;
    return self;
}

/// A new Python object of T's own type.
template<class T>
py::object toPython(T value)
{
    return allocate(NativeType<T>::type, std::move(value));
}

/// tp_new: the value is given by tp_init, so that subclasses may have constructors of their own.
template<class T>
PyObject *createNative(PyTypeObject *type, PyObject *, PyObject *)
{
    return guarded([type] { return allocate(type, T(), false); });
}

template<class T>
void destroyNative(PyObject *self)
{
    PyTypeObject *const type = Py_TYPE(self);
    valueOf<T>(self).~T();
    type->tp_free(self);
    Py_DECREF(type);
}

/// tp_init, once: what is hashed does not change.
template<class T, const auto &S, T (*Construct)(const Arguments<S> &)>
int initialiseNative(PyObject *self, PyObject *positional, PyObject *named)
{
    return guardedStatus([=] {
        auto *const object = reinterpret_cast<NativeObject<T> *>(self);
        if (object->isInitialised)
            throw py::type_error("it has been initialised already");
        object->value = Construct(bindArguments<S>(positional, named));
        object->isInitialised = true;
        return 0;
    });
}

/// tp_vectorcall of the type itself, which spares tp_new, tp_init and the tuple of arguments.
template<class T, const auto &S, T (*Construct)(const Arguments<S> &)>
PyObject *callNative(PyObject *, PyObject *const *arguments, size_t count, PyObject *names)
{
    return guarded([=] { return toPython(Construct(bindArguments<S>(arguments, PyVectorcall_NARGS(count), names))); });
}

template<class T, auto Function>
PyObject *getter(PyObject *self, void *)
{
    return guarded([self] { return Function(valueOf<T>(self)); });
}

template<class T, auto Function>
PyObject *unary(PyObject *self)
{
    return guarded([self] { return Function(valueOf<T>(self)); });
}

/// A method; `Function(self, arguments)`.
template<const auto &S, py::object (*Function)(PyObject *, const Arguments<S> &)>
PyObject *method(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *names)
{
    return guarded([=] { return Function(self, bindArguments<S>(arguments, count, names)); });
}

/// How such a method stands in a PyMethodDef.
template<const auto &S, py::object (*Function)(PyObject *, const Arguments<S> &)>
PyMethodDef methodEntry(const char *documentation, int flags = 0)
{
    const auto pointer = &method<S, Function>;
    return {S.function, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(pointer)),
        METH_FASTCALL | METH_KEYWORDS | flags, documentation};
}

/// Makes a type of the specification, whose name has the module that Python knows it by, and puts it into `module`.
/// What is in `constants` becomes attributes of it.
PyTypeObject *makeType(py::module_ &module, PyType_Spec &specification, const py::dict &constants = {});

/// The name of the object's class, for `repr`.
QString className(PyObject *self);
/// `<Class('text')>`, or `<Class('text', prereleases=True)>`.
py::object representation(PyObject *self, const QString &text, std::optional<bool> prereleases = {});
/// Python takes -1 for a failure.
inline Py_hash_t toPythonHash(size_t hash)
{
    const auto value = static_cast<Py_hash_t>(hash);
    return value == -1 ? -2 : value;
}
/// For `__reduce__`: the object made anew by its class, with what a subclass may have put into `__dict__`.
py::object reduction(PyObject *self, const py::tuple &arguments);

} // namespace Axle::Internal
