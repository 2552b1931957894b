#pragma once

#include "pythonapi_p.h"

#include <axle/python/plugininstance.h>

#include <QtCore/QList>

#include <memory>

namespace Axle::Internal {

/// A contributed object. Emptied when its plugin goes, so that handles to it can be dropped on any thread.
class PythonReference final : public PythonObject
{
public:
    explicit PythonReference(py::object object);
    ~PythonReference() override;

    Result<QVariant> call(const QVariantList &arguments, const QVariantMap &keywords) override;
    void release(); ///< GIL held

private:
    py::object m_object;
};

/// What `Context` calls: passes a plugin's requests on to the host, until it is closed. GIL held.
class BackendHandle
{
public:
    explicit BackendHandle(std::shared_ptr<PluginBackend> backend);

    /// None, or (code, message) of the error.
    py::object contribute(
        const py::str &point, const py::str &id, const py::object &object, const py::dict &properties);
    void log(int level, const py::str &message);
    /// Drops the contributed objects; later calls do nothing that reaches the host.
    void close();

private:
    std::shared_ptr<PluginBackend> m_backend;
    QList<std::shared_ptr<PythonReference>> m_contributed;
};

void bindPluginTypes(py::module_ &scope);

} // namespace Axle::Internal
