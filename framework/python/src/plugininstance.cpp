#include <axle/python/plugininstance.h>

#include "plugintypes_p.h"
#include "pythonerror_p.h"
#include "supportmodule_p.h"
#include "values_p.h"

#include <axle/python/codes.h>

namespace Axle {

using namespace Internal;

namespace {

Result<py::object> resolveEntryPoint(const PluginSetup &setup)
{
    const QString what = QStringLiteral("'%1' cannot be imported").arg(setup.module);
    auto module = guarded(Codes::PluginImportFailed, what, [&]() -> Result<py::object> {
        return py::object(py::module_::import("importlib").attr("import_module")(toPython(setup.module)));
    });
    if (!module)
        return module;
    py::object target = *module;
    for (const QString &name : setup.attribute.split(u'.', Qt::SkipEmptyParts)) {
        if (!py::hasattr(target, toPython(name))) {
            return Error(Codes::PluginEntryPointMissing,
                QStringLiteral("module '%1' has no '%2', which the entry point of '%3' names")
                    .arg(setup.module, setup.attribute, setup.id),
                QStringLiteral("the plugin's author corrects the entry point 'axle.plugins'"));
        }
        target = target.attr(toPython(name));
    }
    return target;
}

Result<py::object> makePlugin(const PluginSetup &setup, const py::object &target)
{
    const QString what = QStringLiteral("'%1:%2' cannot be made").arg(setup.module, setup.attribute);
    auto plugin = guarded(Codes::PluginActivateFailed, what, [&]() -> Result<py::object> { return target(); });
    if (plugin && !py::hasattr(*plugin, "activate")) {
        return Error(Codes::PluginEntryPointMissing,
            QStringLiteral("'%1:%2' has no method 'activate'").arg(setup.module, setup.attribute),
            QStringLiteral("a plugin is a class with activate(context) and, where needed, deactivate(context)"));
    }
    return plugin;
}

Result<py::object> makeContext(const PluginSetup &setup, const std::shared_ptr<BackendHandle> &backend)
{
    return guarded(Codes::PluginActivateFailed, QStringLiteral("the context of '%1' cannot be made").arg(setup.id),
        [&]() -> Result<py::object> {
            using namespace py::literals;
            auto host = toPython(QVariant(setup.host));
            if (!host)
                return host;
            return py::object(py::module_::import("axle.context")
                                  .attr("Context")(py::cast(backend), "id"_a = toPython(setup.id),
                                      "reason"_a = toPython(setup.reason), "host"_a = *host,
                                      "data_dir"_a = toPython(setup.dataFolder)));
        });
}

} // namespace

class PluginInstance::Private
{
public:
    void drop();

    QString id;
    py::object plugin;
    py::object context;
    std::shared_ptr<BackendHandle> backend;
};

void PluginInstance::Private::drop()
{
    if (context) {
        try {
            context.attr("_invalidate")();
        } catch (const py::error_already_set &) {
            // A context that cannot be told is cut off from the host all the same, below.
        }
    }
    if (backend)
        backend->close();
    backend.reset();
    plugin = py::object();
    context = py::object();
}

PluginInstance::PluginInstance()
    : d(std::make_unique<Private>())
{
}

PluginInstance::~PluginInstance()
{
    d->drop();
}

Result<std::unique_ptr<PluginInstance>> PluginInstance::activate(
    const PluginSetup &setup, std::shared_ptr<PluginBackend> backend)
{
    Q_ASSERT(PyGILState_Check());
    supportModule(); // registers the types that the context is made of
    auto target = resolveEntryPoint(setup);
    if (!target)
        return std::move(target).error();
    auto plugin = makePlugin(setup, *target);
    if (!plugin)
        return std::move(plugin).error();
    std::unique_ptr<PluginInstance> instance(new PluginInstance);
    instance->d->id = setup.id;
    instance->d->plugin = std::move(*plugin);
    instance->d->backend = std::make_shared<BackendHandle>(std::move(backend));
    auto context = makeContext(setup, instance->d->backend);
    if (!context)
        return std::move(context).error();
    instance->d->context = std::move(*context);
    const QString what = QStringLiteral("activate() of '%1' failed").arg(setup.id);
    const auto activated = guarded(Codes::PluginActivateFailed, what, [&]() -> Result<void> {
        instance->d->plugin.attr("activate")(instance->d->context);
        return {};
    });
    if (!activated)
        return activated.error();
    return instance;
}

Result<void> PluginInstance::deactivate()
{
    Q_ASSERT(PyGILState_Check());
    if (!d->plugin)
        return {};
    const QString what = QStringLiteral("deactivate() of '%1' failed").arg(d->id);
    const auto done = guarded(Codes::PluginDeactivateFailed, what, [&]() -> Result<void> {
        if (py::hasattr(d->plugin, "deactivate"))
            d->plugin.attr("deactivate")(d->context);
        return {};
    });
    d->drop();
    return done;
}

Result<void> runModule(const QString &module)
{
    return guarded(Codes::PythonRunFailed, QStringLiteral("module '%1' failed").arg(module), [&]() -> Result<void> {
        supportModule().attr("run_module")(toPython(module));
        return {};
    });
}

Result<void> runCode(const QString &code)
{
    return guarded(Codes::PythonRunFailed, QStringLiteral("the code given with -c failed"), [&]() -> Result<void> {
        supportModule().attr("run_code")(toPython(code));
        return {};
    });
}

} // namespace Axle
