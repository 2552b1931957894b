#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/manager/contribution.h>
#include <axle/manager/plugin.h>
#include <axle/manager/pluginstate.h>
#include <axle/resolver/explanation.h>

#include <QtCore/QFuture>
#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtCore/QVariantMap>

#include <chrono>
#include <functional>
#include <memory>

namespace Axle {

class Interpreter;
class PluginManagerPrivate;

/// Which plugins folders may be loaded from.
enum class TrustPolicy {
    /// Folders that belong to the user (or root) and that nobody else can write to.
    Folder,
};

struct AXLE_EXPORT PluginManagerOptions
{
    QString storeFolder; ///< empty: the place that Store::open chooses
    QString dataFolder;  ///< parent of the plugins' data folders; empty: QStandardPaths::AppDataLocation + "/plugins"
    TrustPolicy trust = TrustPolicy::Folder;
    bool watch = true; ///< react to changes of the folders
    /// Whether a plugin is enabled when it is first seen; empty: all are.
    std::function<bool(const QString &id)> enabledByDefault;
    /// `ctx.host` of the plugins: name, version, whatever the host wants to tell. Empty: those of QCoreApplication.
    QVariantMap host;
    /// How long shutdown() waits for plugins that do not return.
    std::chrono::milliseconds shutdownTimeout{4500};
};

/// Finds plugins in folders, resolves what they need, mounts, activates, deactivates and unmounts them, and says so.
///
/// Belongs, with all its signals, to the thread that made it, which needs an event loop and never takes the GIL: files
/// are read on workers, Python runs on the Interpreter's thread. The interpreter must outlive it. Calls that change
/// something return at once; they are queued and carried out one after the other, also when they are made from within
/// a slot.
///
/// Order (docs/concepts/signals.md has all of it): a dependency is loaded before, and unloaded after, what needs it; each pluginAboutToLoad is followed by exactly one of pluginLoaded and pluginLoadFailed; stateChanged comes
/// when state() already answers the new state; equal folders load in equal order.
class AXLE_EXPORT PluginManager : public QObject
{
    Q_OBJECT
public:
    explicit PluginManager(
        Interpreter &interpreter, const PluginManagerOptions &options = {}, QObject *parent = nullptr);
    /// Calls shutdown().
    ~PluginManager() override;

    /// Folders are scanned by `start`; one that is added later is scanned at once. The folder need not exist yet; it is
    /// made when its parent exists.
    void addFolder(const QString &folder);
    QStringList folders() const;
    void start();
    /// Looks at the folders again, from the beginning where that is being done; needed only without watching.
    void rescan();

    QList<Plugin> plugins() const;              ///< sorted by id; libraries not among them
    QList<Plugin> libraries() const;            ///< sorted by id
    Plugin plugin(const QString &id) const;     ///< empty id when unknown
    PluginState state(const QString &id) const; ///< Removed when unknown

    /// Why a plugin is Unresolved, as data: with remedies that were tried. `code` is empty where it is not, and where
    /// the error says it all (`dependency-failed`).
    Explanation explanation(const QString &id) const;

    /// Changes what is wanted, and loads or unloads accordingly. Where not all can be loaded together, what the user
    /// asked for by name comes before what is enabled by default. May be called before the plugin is there.
    void setEnabled(const QString &id, bool enabled);
    /// Whether the user wants this plugin rather than others: where not all can be loaded together, others give way,
    /// running or not. This carries out a Remedy::Kind::Prefer. May be called before the plugin is there; does not
    /// enable.
    void setPreferred(const QString &id, bool preferred);
    /// Tries a Failed plugin again, and what it needs where that has failed.
    void retry(const QString &id);
    /// Copies a wheel into the first folder, under a temporary name first; the usual discovery follows. Error:
    /// `install-failed`, or the reason why the file is not usable.
    QFuture<Result<void>> install(const QString &wheelPath);
    /// Unloads everything, dependents first, and returns when that is done: runs an event loop that takes no user
    /// input. A plugin that does not return within `shutdownTimeout` is given up: its pluginUnloaded carries
    /// `python-unresponsive`. No signal comes afterwards. Within a slot of the manager's signals it is queued, and
    /// returns at once.
    void shutdown();

    /// Whether nothing is queued, scanned or under way.
    bool isIdle() const;

    /// The point of that name, made when first asked for. Owned by the manager.
    ExtensionPoint *extensionPoint(const QString &name);

    /// For hosts that run Python code of their own.
    Interpreter &interpreter() const;

Q_SIGNALS:
    // A plugin's coming and going. Direct connections only for the aboutTo family: the step waits for them.
    void pluginAboutToLoad(const QString &id, Axle::LoadReason why);
    void pluginLoaded(const QString &id, const Axle::LoadReport &report);
    void pluginLoadFailed(const QString &id, const Axle::Error &error);
    void pluginAboutToUnload(const QString &id, Axle::UnloadReason why, bool isUpdate);
    void pluginUnloaded(const QString &id, Axle::UnloadReason why, const Axle::UnloadResult &result);

    /// `from` is Discovered in the first report of an id, and equals `to` where only the reason has changed.
    void stateChanged(const QString &id, Axle::PluginState from, Axle::PluginState to, const Axle::Error &why);
    void dispositionChanged(const QString &id, Axle::Disposition disposition, const QString &detail);
    void preferredChanged(const QString &id, bool isPreferred);
    void contributionAdded(const Axle::ContributionInfo &contribution);
    void contributionRemoved(const Axle::ContributionInfo &contribution);
    void wheelMounted(const Axle::DistributionInfo &distribution);
    void wheelUnmounted(const Axle::DistributionInfo &distribution);

    /// How many files of a folder are looked at, every 50 ms; a folder that takes no longer has none.
    void scanProgress(const QString &folder, int done, int total);
    void scanFinished(const Axle::ScanReport &report);
    /// The queue has run empty.
    void idle();
    void pluginLogged(const QString &id, int level, const QString &message);
    void aboutToShutdown();

private:
    std::unique_ptr<PluginManagerPrivate> d;
};

} // namespace Axle
