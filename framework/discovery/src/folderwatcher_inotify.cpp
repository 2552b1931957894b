// News of folders from Linux' inotify.
#include "folderevents_p.h"

#include <axle/core/filedescriptor.h>
#include <axle/discovery/codes.h>

#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <sys/inotify.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

constexpr std::uint32_t EventMask = IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE
    | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

Error watchError(const QString &what)
{
    const bool isLimit = errno == EMFILE || errno == ENOSPC;
    return Error(Codes::WatchFailed,
        QStringLiteral("cannot watch %1: %2").arg(what, QString::fromLocal8Bit(std::strerror(errno))),
        isLimit ? QStringLiteral(
            "raise the limit of open files, or fs.inotify.max_user_instances or max_user_watches with sysctl")
                : QString());
}

std::optional<FolderEvents::Kind> kindOf(std::uint32_t mask)
{
    using Kind = FolderEvents::Kind;
    if (mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT))
        return Kind::FolderGone;
    if (mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
        return Kind::FileClosed;
    if (mask & (IN_CREATE | IN_MODIFY))
        return Kind::FileWritten;
    if (mask & (IN_DELETE | IN_MOVED_FROM))
        return Kind::FileRemoved;
    return std::nullopt;
}

class InotifyEvents : public FolderEvents
{
public:
    InotifyEvents(FileDescriptor inotify, const Listener &listener)
        : m_inotify(std::move(inotify))
        , m_notifier(m_inotify.get(), QSocketNotifier::Read)
        , m_listener(listener)
    {
        QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_notifier, [this] { read(); });
    }

    Result<void> add(const QString &folder) override
    {
        remove(folder);
        const int watch = ::inotify_add_watch(m_inotify.get(), QFile::encodeName(folder).constData(), EventMask);
        if (watch < 0)
            return watchError(QStringLiteral("the folder '%1'").arg(folder));
        m_watches.insert(folder, watch);
        return {};
    }

    void remove(const QString &folder) override
    {
        const int watch = m_watches.value(folder, -1);
        m_watches.remove(folder);
        // Two paths of one folder share a watch.
        if (watch >= 0 && m_watches.keys(watch).isEmpty())
            ::inotify_rm_watch(m_inotify.get(), watch);
    }

private:
    void read()
    {
        alignas(inotify_event) char buffer[16 * 1024];
        for (;;) {
            const ssize_t size = ::read(m_inotify.get(), buffer, sizeof buffer);
            if (size <= 0)
                return;
            for (const char *at = buffer; at < buffer + size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(at);
                dispatch(*event);
                at += sizeof(inotify_event) + event->len;
            }
        }
    }

    void dispatch(const inotify_event &event)
    {
        const bool isOverflow = event.mask & IN_Q_OVERFLOW;
        const std::optional<Kind> kind = isOverflow ? Kind::LookAgain : kindOf(event.mask);
        if (!kind)
            return;
        const QString name = event.len > 0 ? QFile::decodeName(event.name) : QString();
        const QStringList folders = isOverflow ? m_watches.keys() : m_watches.keys(event.wd);
        for (const QString &folder : folders)
            m_listener(folder, *kind, name);
    }

    FileDescriptor m_inotify;
    QSocketNotifier m_notifier;
    QHash<QString, int> m_watches; // by folder
    Listener m_listener;
};

} // namespace

Result<std::unique_ptr<FolderEvents>> FolderEvents::create(const Listener &listener)
{
    FileDescriptor inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC));
    if (!inotify.isValid())
        return watchError(QStringLiteral("folders"));
    return std::unique_ptr<FolderEvents>(std::make_unique<InotifyEvents>(std::move(inotify), listener));
}

} // namespace Axle::Internal
