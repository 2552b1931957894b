#include "plugintypes_p.h"

#include "pythonerror_p.h"
#include "values_p.h"

#include <axle/python/codes.h>

namespace Axle {

PythonObject::~PythonObject() = default;
PluginBackend::~PluginBackend() = default;

namespace Internal {

namespace {

py::object asTuple(const Error &error)
{
    return py::make_tuple(toPython(QString(error.code().name())), toPython(error.toString()));
}

} // namespace

PythonReference::PythonReference(py::object object)
    : m_object(std::move(object))
{
}

PythonReference::~PythonReference()
{
    Q_ASSERT_X(!m_object, "PythonReference", "not released before it was destroyed");
}

void PythonReference::release()
{
    m_object = py::object();
}

Result<QVariant> PythonReference::call(const QVariantList &arguments, const QVariantMap &keywords)
{
    if (!m_object)
        return Error(Codes::PluginGone, QStringLiteral("the plugin of this contribution was unloaded"));
    return guarded(Codes::PluginCallFailed, QStringLiteral("the plugin's function failed"), [&]() -> Result<QVariant> {
        auto positional = toPython(QVariant(arguments));
        if (!positional)
            return std::move(positional).error();
        auto named = toPython(QVariant(keywords));
        if (!named)
            return std::move(named).error();
        const py::object function = m_object; // the plugin may be unloaded by what it calls
        return toVariant(function(*py::list(*positional), **py::dict(*named)));
    });
}

BackendHandle::BackendHandle(std::shared_ptr<PluginBackend> backend)
    : m_backend(std::move(backend))
{
}

py::object BackendHandle::contribute(
    const py::str &point, const py::str &id, const py::object &object, const py::dict &properties)
{
    if (!m_backend)
        return asTuple(
            Error(Codes::PluginGone, QStringLiteral("the plugin was unloaded, it cannot contribute any more")));
    const auto values = toVariant(properties);
    if (!values)
        return asTuple(values.error());
    const auto reference = std::make_shared<PythonReference>(object);
    m_contributed += reference;
    const QString pointName = toQString(point);
    const QString contributionId = toQString(id);
    Result<void> done;
    {
        const auto backend = m_backend;
        const py::gil_scoped_release release;
        done = backend->contribute(pointName, contributionId, values->toMap(), reference);
    }
    if (done)
        return py::none();
    reference->release();
    m_contributed.removeOne(reference);
    return asTuple(done.error());
}

void BackendHandle::log(int level, const py::str &message)
{
    const QString text = toQString(message);
    const auto backend = m_backend;
    const py::gil_scoped_release release;
    if (backend)
        backend->log(level, text);
}

void BackendHandle::close()
{
    for (const auto &reference : std::as_const(m_contributed))
        reference->release();
    m_contributed.clear();
    m_backend.reset();
}

void bindPluginTypes(py::module_ &scope)
{
    py::class_<BackendHandle, std::shared_ptr<BackendHandle>>(scope, "BackendHandle", py::module_local())
        .def("contribute", &BackendHandle::contribute)
        .def("log", &BackendHandle::log);
}

} // namespace Internal

} // namespace Axle
