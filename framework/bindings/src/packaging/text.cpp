#include "text_p.h"

#include <algorithm>
#include <bit>

namespace Axle::Internal {

namespace {

constexpr qsizetype MostDigitsOfWord = 18;

bool isSpace(QChar c)
{
    return Py_UNICODE_ISSPACE(c.unicode());
}

} // namespace

Text::Text(PyObject *str)
{
    const qsizetype size = PyUnicode_GET_LENGTH(str);
    if (PyUnicode_KIND(str) == PyUnicode_2BYTE_KIND) {
        m_view = QStringView(reinterpret_cast<const char16_t *>(PyUnicode_2BYTE_DATA(str)), size);
        return;
    }
    if (PyUnicode_KIND(str) == PyUnicode_1BYTE_KIND) {
        m_units.resize(size);
        std::copy_n(PyUnicode_1BYTE_DATA(str), size, m_units.begin());
    } else {
        const QString text = QString::fromUcs4(reinterpret_cast<const char32_t *>(PyUnicode_4BYTE_DATA(str)), size);
        m_units.append(std::bit_cast<const char16_t *>(text.utf16()), text.size());
    }
    m_view = QStringView(m_units.constData(), m_units.size());
}

QStringView Text::stripped() const
{
    return Internal::stripped(m_view);
}

QStringView stripped(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text;
}

py::object toStr(QStringView text)
{
    PyObject *str = nullptr;
    if (std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; })) {
        str = PyUnicode_New(text.size(), 0x7f);
        if (str)
            std::transform(text.begin(), text.end(), PyUnicode_1BYTE_DATA(str),
                [](QChar c) { return static_cast<Py_UCS1>(c.unicode()); });
    } else {
        int order = std::endian::native == std::endian::little ? -1 : 1;
        str = PyUnicode_DecodeUTF16(
            reinterpret_cast<const char *>(text.utf16()), text.size() * 2, "surrogatepass", &order);
    }
    if (!str)
        throw py::error_already_set();
    return py::reinterpret_steal<py::object>(str);
}

py::object toInt(QStringView digits)
{
    PyObject *result = nullptr;
    if (digits.size() <= MostDigitsOfWord) {
        long long value = 0;
        for (const QChar digit : digits)
            value = value * 10 + (digit.unicode() - u'0');
        result = PyLong_FromLongLong(value);
    } else {
        result = PyLong_FromString(digits.toLatin1().constData(), nullptr, 10);
    }
    if (!result)
        throw py::error_already_set();
    return py::reinterpret_steal<py::object>(result);
}

} // namespace Axle::Internal
