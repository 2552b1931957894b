#pragma once

#include "folderscan_p.h"
#include "reconciler_p.h"

#include <axle/discovery/folderwatcher.h>
#include <axle/manager/pluginmanager.h>

#include <QtCore/QEventLoop>

namespace Axle {

/// Owns the parts and the queue of operations: one at a time, each begins in a turn of the event loop of its own.
class PluginManagerPrivate final : public Internal::BackendSink
{
public:
    PluginManagerPrivate(PluginManager *manager, Interpreter &interpreter, const PluginManagerOptions &options);
    ~PluginManagerPrivate() override;

    struct Operation
    {
        enum class Kind { Scan, SetEnabled, SetPreferred, Retry, Shutdown };
        Kind kind = Kind::Scan;
        QString id;
        bool value = false;
    };
    enum class Stage { Created, Started, ShuttingDown, ShutDown };

    void enqueue(const Operation &operation);
    void enqueueScan();
    /// A scan that is under way ends, and says nothing.
    void cancelScan();
    bool isIdle() const { return !m_isBusy && m_queue.empty(); }
    void shutdown();
    QFuture<Result<void>> install(const QString &wheelPath);
    QList<Plugin> pictures(bool libraries) const;
    Plugin picture(const Internal::Package &package, const Internal::PluginRecord &record) const;

    void contributed(const ContributionInfo &info, std::shared_ptr<PythonObject> object) override;
    void logged(const QString &pluginId, int level, const QString &message) override;

    PluginManager *const q;
    Interpreter &m_interpreter;
    const PluginManagerOptions m_options;
    QStringList m_folders;
    Stage m_stage = Stage::Created;
    // As asked for; the inventory follows when the operation's turn comes.
    QHash<QString, bool> m_enabled;
    QHash<QString, bool> m_preferred;
    std::shared_ptr<Internal::Mailbox> m_mailbox;
    std::shared_ptr<Internal::PythonGate> m_gate;
    Internal::Reporter m_reporter;
    Internal::Catalogue m_catalogue;
    Internal::Inventory m_inventory;
    Internal::ContributionRegistry m_contributions;

private:
    void pump();
    void begin(const Operation &operation);
    void finished();
    void scan();
    void foldersMade();
    void scanned(const QList<Internal::FolderListing> &listings);
    void retry(const QString &id);
    void finishShutdown();

    Internal::PythonSteps m_python;
    Internal::Worker m_worker;
    Internal::Executor m_executor;
    std::shared_ptr<Internal::FolderScan> m_folderScan; ///< the worker's
    Internal::Reconciler m_reconciler;
    FolderWatcher m_watcher;
    QStringList m_watched;
    QList<Error> m_watchErrors;
    std::deque<Operation> m_queue;
    bool m_isBusy = false;
    bool m_isScanning = false; ///< the present operation reads folders, and may be dropped
    quint64 m_scanSerial = 0;
    std::shared_ptr<std::atomic_bool> m_scanCancelled;
    QEventLoop *m_shutdownLoop = nullptr;
};

} // namespace Axle
