#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QString>
#include <QtCore/QVariant>

#include <functional>
#include <memory>

namespace Axle {

/// A Python object that a plugin contributed. Created, called and destroyed on the Python thread only; hosts hold
/// `Contribution`s, which go through the manager.
class AXLE_EXPORT PythonObject
{
public:
    virtual ~PythonObject();
    /// Calls it. None, bool, int, float, str, bytes, list, tuple and dict cross as QVariants; a QByteArray goes in as a
    /// read-only memoryview without a copy, any contiguous buffer comes out as a QByteArray. Errors: `plugin-call-failed`
    /// with the traceback as details, `plugin-value-unsupported`.
    virtual Result<QVariant> call(const QVariantList &arguments, const QVariantMap &keywords = {}) = 0;
};

/// What the plugin's context reaches of the host. Called on the Python thread, with the GIL released.
class AXLE_EXPORT PluginBackend
{
public:
    virtual ~PluginBackend();
    /// `ctx.contribute(point, id, object, **properties)`. An error is raised in the plugin as `axle.ContributionError`.
    virtual Result<void> contribute(const QString &point, const QString &id, const QVariantMap &properties,
        std::shared_ptr<PythonObject> object) = 0;
    /// `ctx.log`: `level` as in Python's logging (10 debug … 50 critical).
    virtual void log(int level, const QString &message) = 0;
};

/// What a plugin is started with.
struct AXLE_EXPORT PluginSetup
{
    QString id;
    QString module;     ///< of the entry point, "axle_palette"
    QString attribute;  ///< dotted, "Plugin"; a class or a callable that makes the plugin
    QString reason;     ///< `ctx.reason`: startup, enabled, dependency, installed, updated, reload, retry
    QString dataFolder; ///< `ctx.data_dir`; made when first asked for
    QVariantMap host;   ///< `ctx.host`: name and version of the application
};

/// An activated plugin: the object that its entry point made, and its context. GIL held throughout.
class AXLE_EXPORT PluginInstance
{
public:
    /// Imports the entry point, makes the plugin, calls `activate(context)`. Errors, each with the plugin's part of the
    /// traceback as details: `plugin-import-failed`, `plugin-entry-point-missing`, `plugin-activate-failed`. A plugin
    /// that raises SystemExit or KeyboardInterrupt has failed like any other.
    static Result<std::unique_ptr<PluginInstance>> activate(
        const PluginSetup &setup, std::shared_ptr<PluginBackend> backend);
    ~PluginInstance(); ///< drops the plugin and invalidates its context
    Q_DISABLE_COPY_MOVE(PluginInstance)

    /// Calls `deactivate(context)` where there is one. Whatever it answers, the context is invalid afterwards and the
    /// plugin object dropped. Error: `plugin-deactivate-failed`.
    Result<void> deactivate();

private:
    PluginInstance();
    class Private;
    std::unique_ptr<Private> d;
};

/// `-m module` and `-c code` of `axle run`: runs it as `__main__`. GIL held. Error: `python-run-failed`.
AXLE_EXPORT Result<void> runModule(const QString &module);
AXLE_EXPORT Result<void> runCode(const QString &code);

} // namespace Axle
