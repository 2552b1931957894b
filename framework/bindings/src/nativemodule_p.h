#pragma once

#include "qtcasters_p.h"

/// The PyInit function of `axle._native`, for the import system of a stock python and for the inittab of a host.
extern "C" PYBIND11_EXPORT PyObject *PyInit__native();
