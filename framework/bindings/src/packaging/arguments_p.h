#pragma once

#include "../qtcasters_p.h"

#include <array>
#include <span>

namespace Axle::Internal {

/// The names that a function takes its arguments by.
template<size_t Count>
struct Signature
{
    const char *function = nullptr;
    std::array<const char *, Count> names = {};
    size_t required = 0;
    size_t positional = Count; ///< those behind are given by name only
};

/// The arguments of a call in the order of the signature, borrowed; null where none was given.
template<const auto &S>
using Arguments = std::array<PyObject *, S.names.size()>;

struct SignatureView
{
    const char *function;
    std::span<const char *const> names;
    size_t required;
    size_t positional;
};

/// Puts the arguments where they belong, or throws TypeError.
void placeArguments(const SignatureView &signature, std::span<PyObject *> places, PyObject *const *arguments,
    Py_ssize_t count, PyObject *names);
void placeArguments(
    const SignatureView &signature, std::span<PyObject *> places, PyObject *positional, PyObject *named);

template<const auto &S, class... Source>
Arguments<S> bindArguments(Source... source)
{
    Arguments<S> result{};
    placeArguments(SignatureView{S.function, S.names, S.required, S.positional}, result, source...);
    return result;
}

/// None and absence are nothing; all else is what Python takes it for.
std::optional<bool> toOptionalBool(PyObject *object);

} // namespace Axle::Internal
