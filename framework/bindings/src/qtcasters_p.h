#pragma once

// The only way in this module to pybind11 and Python.h: every file sees the same conversions.
#include <pybind11/functional.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace py = pybind11;

namespace pybind11::detail {

/// str, as text without surrogates: a path that is no UTF-8 is not what QString holds.
template<>
struct type_caster<QString>
{
    PYBIND11_TYPE_CASTER(QString, const_name("str"));

    bool load(handle source, bool)
    {
        Py_ssize_t size = 0;
        const char *const text =
            source && PyUnicode_Check(source.ptr()) ? PyUnicode_AsUTF8AndSize(source.ptr(), &size) : nullptr;
        if (!text) {
            PyErr_Clear();
            return false;
        }
        value = QString::fromUtf8(text, size);
        return true;
    }

    static handle cast(const QString &text, return_value_policy, handle)
    {
        const QByteArray utf8 = text.toUtf8();
        return PyUnicode_DecodeUTF8(utf8.constData(), utf8.size(), "replace");
    }
};

template<class T>
struct type_caster<QList<T>> : list_caster<QList<T>, T>
{
};

} // namespace pybind11::detail
