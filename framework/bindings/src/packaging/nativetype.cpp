#include "nativetype_p.h"

#include "text_p.h"

#include <QtCore/QStringBuilder>

namespace Axle::Internal {

PyTypeObject *makeType(py::module_ &module, PyType_Spec &specification, const py::dict &constants)
{
    const py::object type = owned(PyType_FromSpec(&specification));
    for (const auto &[name, value] : constants)
        py::setattr(type, name, value);
    auto *const result = reinterpret_cast<PyTypeObject *>(type.ptr());
    // Only now: a type that is immutable takes no attributes.
    result->tp_flags |= Py_TPFLAGS_IMMUTABLETYPE;
    PyType_Modified(result);
    module.attr(type.attr("__name__")) = type;
    return reinterpret_cast<PyTypeObject *>(py::object(type).release().ptr());
}

QString className(PyObject *self)
{
    return QString::fromUtf8(Py_TYPE(self)->tp_name).section(u'.', -1);
}

py::object representation(PyObject *self, const QString &text, std::optional<bool> prereleases)
{
    const QString said = !prereleases ? QString()
        : *prereleases                ? QStringLiteral(", prereleases=True")
                                      : QStringLiteral(", prereleases=False");
    const py::object quoted = py::repr(toStr(text));
    return toStr(QString(u'<' % className(self) % u'(' % Text(quoted.ptr()).view() % said % u")>"));
}

py::object reduction(PyObject *self, const py::tuple &arguments)
{
    const py::handle object(self);
    const py::object state = py::getattr(object, "__dict__", py::none());
    return py::make_tuple(py::type::handle_of(object), arguments, state);
}

} // namespace Axle::Internal
