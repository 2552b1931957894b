#include "values_p.h"

#include <axle/python/codes.h>

namespace Axle::Internal {

namespace {

/// Keeps the bytes alive for as long as Python looks at them.
struct SharedBytes
{
    QByteArray bytes;
};

Error unsupported(const QString &found)
{
    return Error(Codes::PluginValueUnsupported,
        QStringLiteral("a value of type '%1' cannot cross between the host and a plugin, "
                       "expected None, bool, int, float, str, bytes, a buffer, list, tuple or dict")
            .arg(found));
}

Result<py::object> listToPython(const QVariantList &values)
{
    py::list list;
    for (const QVariant &value : values) {
        auto item = toPython(value);
        if (!item)
            return item;
        list.append(*item);
    }
    return py::object(std::move(list));
}

Result<py::object> mapToPython(const QVariantMap &values)
{
    py::dict dict;
    for (auto it = values.begin(); it != values.end(); ++it) {
        auto item = toPython(it.value());
        if (!item)
            return item;
        dict[toPython(it.key())] = *item;
    }
    return py::object(std::move(dict));
}

Result<QVariant> integerToVariant(py::handle object)
{
    int overflow = 0;
    const qlonglong value = PyLong_AsLongLongAndOverflow(object.ptr(), &overflow);
    if (overflow != 0)
        return Error(
            Codes::PluginValueUnsupported, QStringLiteral("an integer beyond 64 bits cannot cross to the host"));
    return QVariant(value);
}

Result<QVariant> sequenceToVariant(py::handle object)
{
    QVariantList list;
    for (const py::handle item : object) {
        auto value = toVariant(item);
        if (!value)
            return value;
        list.append(*value);
    }
    return QVariant(list);
}

Result<QVariant> dictToVariant(py::handle object)
{
    QVariantMap map;
    for (const auto &[key, item] : py::reinterpret_borrow<py::dict>(object)) {
        if (!py::isinstance<py::str>(key))
            return unsupported(QStringLiteral("dict with a key that is no str"));
        auto value = toVariant(item);
        if (!value)
            return value;
        map.insert(toQString(key), *value);
    }
    return QVariant(map);
}

Result<QVariant> bufferToVariant(py::handle object)
{
    Py_buffer view;
    if (PyObject_GetBuffer(object.ptr(), &view, PyBUF_FULL_RO) != 0)
        throw py::error_already_set();
    QByteArray bytes(static_cast<qsizetype>(view.len), Qt::Uninitialized);
    const int copied = PyBuffer_ToContiguous(bytes.data(), &view, view.len, 'C');
    PyBuffer_Release(&view);
    if (copied != 0)
        throw py::error_already_set();
    return QVariant(bytes);
}

} // namespace

QString toQString(py::handle text)
{
    Py_ssize_t size = 0;
    if (const char *utf8 = PyUnicode_AsUTF8AndSize(text.ptr(), &size))
        return QString::fromUtf8(utf8, size);
    PyErr_Clear();
    const auto bytes = py::reinterpret_steal<py::bytes>(PyUnicode_AsEncodedString(text.ptr(), "utf-8", "replace"));
    if (!bytes)
        throw py::error_already_set();
    return QString::fromStdString(bytes);
}

py::str toPython(const QString &text)
{
    const QByteArray utf8 = text.toUtf8();
    return py::str(utf8.constData(), static_cast<py::size_t>(utf8.size()));
}

Result<py::object> toPython(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Nullptr:
        return py::object(py::none());
    case QMetaType::Bool:
        return py::object(py::bool_(value.toBool()));
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::LongLong:
    case QMetaType::Long:
    case QMetaType::Short:
        return py::object(py::int_(value.toLongLong()));
    case QMetaType::ULongLong:
    case QMetaType::ULong:
        return py::object(py::int_(value.toULongLong()));
    case QMetaType::Double:
    case QMetaType::Float:
        return py::object(py::float_(value.toDouble()));
    case QMetaType::QString:
        return py::object(toPython(value.toString()));
    case QMetaType::QByteArray:
        return py::object(py::memoryview(py::cast(SharedBytes{value.toByteArray()})));
    case QMetaType::QStringList:
    case QMetaType::QVariantList:
        return listToPython(value.toList());
    case QMetaType::QVariantMap:
        return mapToPython(value.toMap());
    default:
        return unsupported(QString::fromLatin1(value.typeName()));
    }
}

Result<QVariant> toVariant(py::handle object)
{
    if (object.is_none())
        return QVariant();
    if (PyBool_Check(object.ptr()))
        return QVariant(object.ptr() == Py_True);
    if (PyLong_Check(object.ptr()))
        return integerToVariant(object);
    if (PyFloat_Check(object.ptr()))
        return QVariant(PyFloat_AS_DOUBLE(object.ptr()));
    if (PyUnicode_Check(object.ptr()))
        return QVariant(toQString(object));
    if (PyList_Check(object.ptr()) || PyTuple_Check(object.ptr()))
        return sequenceToVariant(object);
    if (PyDict_Check(object.ptr()))
        return dictToVariant(object);
    if (PyObject_CheckBuffer(object.ptr()))
        return bufferToVariant(object);
    return unsupported(QString::fromUtf8(Py_TYPE(object.ptr())->tp_name));
}

void bindValues(py::module_ &scope)
{
    py::class_<SharedBytes>(scope, "SharedBytes", py::buffer_protocol(), py::module_local())
        .def_buffer([](SharedBytes &shared) {
            // constData: a shared QByteArray must not detach, and Python must not write to it.
            return py::buffer_info(const_cast<char *>(shared.bytes.constData()), 1,
                py::format_descriptor<unsigned char>::format(), 1, {static_cast<py::ssize_t>(shared.bytes.size())}, {1},
                true);
        });
}

} // namespace Axle::Internal
