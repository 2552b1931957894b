// News of folders where there is no inotify: QFileSystemWatcher tells of names, polling of everything else.
#include "folderevents_p.h"

#include <QtCore/QFileSystemWatcher>
#include <QtCore/QStringList>
#include <QtCore/QTimer>

namespace Axle::Internal {

namespace {

/// Writing into a file is no news to QFileSystemWatcher.
constexpr std::chrono::milliseconds PollInterval{250};

class GenericEvents : public FolderEvents
{
public:
    explicit GenericEvents(const Listener &listener)
        : m_listener(listener)
    {
        QObject::connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_poll, [this] { lookAgain(); });
        QObject::connect(&m_poll, &QTimer::timeout, &m_poll, [this] { lookAgain(); });
        m_poll.start(PollInterval);
    }

    Result<void> add(const QString &folder) override
    {
        remove(folder);
        m_folders.append(folder);
        // Where this fails, polling does alone.
        m_watcher.addPath(folder);
        return {};
    }

    void remove(const QString &folder) override
    {
        if (m_folders.removeAll(folder) > 0)
            m_watcher.removePath(folder);
    }

private:
    void lookAgain()
    {
        const QStringList folders = m_folders;
        for (const QString &folder : folders)
            m_listener(folder, Kind::LookAgain, {});
    }

    QFileSystemWatcher m_watcher;
    QTimer m_poll;
    QStringList m_folders;
    Listener m_listener;
};

} // namespace

Result<std::unique_ptr<FolderEvents>> FolderEvents::create(const Listener &listener)
{
    return std::unique_ptr<FolderEvents>(std::make_unique<GenericEvents>(listener));
}

} // namespace Axle::Internal
