#pragma once

#include "qtcasters_p.h"

#include <axle/core/result.h>

namespace Axle::Internal {

/// Adds `WheelError` to the module: an Exception with `code` (exact), `reason` (coarse), `hint` and `findings`.
void bindWheelError(py::module_ &module);

/// The coarse class of an error, one of those that docs/reference/python.md lists.
QString reasonOf(const Error &error);

/// An instance of WheelError. GIL held.
py::object wheelException(const Error &error);

/// Throws what pybind11 turns into a WheelError. GIL held.
[[noreturn]] void raise(const Error &error, const py::object &findings = py::none());

/// The value, or `raise`.
template<class T>
T orRaise(Result<T> result)
{
    if (!result)
        raise(result.error());
    if constexpr (!std::is_void_v<T>)
        return std::move(*result);
}

} // namespace Axle::Internal
