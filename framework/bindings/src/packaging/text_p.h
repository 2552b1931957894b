#pragma once

#include "../qtcasters_p.h"

#include <QtCore/QVarLengthArray>

namespace Axle::Internal {

/// The text of a Python str, without a copy on the heap where it is short. The str must live as long.
class Text
{
public:
    explicit Text(PyObject *str);
    Q_DISABLE_COPY_MOVE(Text)

    QStringView view() const { return m_view; }
    /// Without the white space, as Python sees it, at both ends.
    QStringView stripped() const;

private:
    QVarLengthArray<char16_t, 96> m_units;
    QStringView m_view;
};

QStringView stripped(QStringView text);

/// A str; other than through QString's conversion, surrogates stay what they are.
py::object toStr(QStringView text);
/// An int from decimal digits, of any size.
py::object toInt(QStringView digits);

} // namespace Axle::Internal
