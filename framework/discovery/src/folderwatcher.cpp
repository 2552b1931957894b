#include <axle/discovery/folderwatcher.h>

#include "foldercontents_p.h"
#include "folderevents_p.h"

#include <axle/core/logging.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtCore/QTimer>

#include <map>
#include <sys/stat.h>

namespace Axle {

using Internal::FolderContents;
using Internal::FolderEvents;

namespace {

/// News that come closer together than this are told of once, but none is kept back longer than MaximumDelay.
constexpr qint64 CoalescingTime = 50;
constexpr qint64 MaximumDelay = 250;
/// How often a folder that is not there is looked for.
constexpr qint64 AbsentInterval = 250;
/// How often it is checked that a path still leads to the folder that is watched: a parent may have been renamed.
constexpr qint64 ReplacementInterval = 2'000;

} // namespace

class FolderWatcher::Private
{
public:
    explicit Private(FolderWatcher *watcher)
        : q(watcher)
    {
        m_clock.start();
        m_timer.setSingleShot(true);
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, q, [this] { tick(); });
    }

    Result<void> watch(const QString &path);
    void unwatch(const QString &path);
    QStringList unfinished() const;

private:
    struct Folder
    {
        explicit Folder(const QString &path)
            : contents(path)
        {
        }

        FolderContents contents;
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        bool isPresent = false;
        qint64 nextCheck = 0;
        std::optional<qint64> firstNews; ///< since when there is something to tell
        qint64 lastNews = 0;
    };

    void receive(const QString &path, FolderEvents::Kind kind, const QString &name);
    bool follow(const QString &path, Folder &folder);
    Result<void> attach(const QString &path, Folder &folder);
    void note(Folder &folder, bool isNews);
    void tick();
    void tell();
    void schedule();
    qint64 now() const { return m_clock.elapsed(); }
    static qint64 tellingTime(const Folder &folder)
    {
        return qMin(folder.lastNews + CoalescingTime, *folder.firstNews + MaximumDelay);
    }

    FolderWatcher *q;
    std::unique_ptr<FolderEvents> m_events;
    std::map<QString, Folder> m_folders;
    QElapsedTimer m_clock;
    QTimer m_timer;
};

Result<void> FolderWatcher::Private::watch(const QString &path)
{
    if (m_folders.contains(path))
        return {};
    if (!m_events) {
        auto events = FolderEvents::create([this](const QString &folder, FolderEvents::Kind kind, const QString &name) {
            receive(folder, kind, name);
        });
        if (!events)
            return events.error();
        m_events = *std::move(events);
    }
    Folder folder(path);
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) == 0) {
        if (const auto names = Internal::listWheels(path); !names)
            return names.error();
        if (const auto attached = attach(path, folder); !attached)
            return attached.error();
        folder.contents.refresh(now());
    }
    m_folders.emplace(path, std::move(folder));
    schedule();
    return {};
}

void FolderWatcher::Private::unwatch(const QString &path)
{
    if (m_folders.erase(path) > 0)
        m_events->remove(path);
    schedule();
}

QStringList FolderWatcher::Private::unfinished() const
{
    QStringList paths;
    for (const auto &[path, folder] : m_folders)
        paths += folder.contents.unfinished();
    return paths;
}

/// Watches what `path` leads to now.
Result<void> FolderWatcher::Private::attach(const QString &path, Folder &folder)
{
    // Watched first, identified after: a folder that takes its place in between is noticed at the next check.
    if (const auto added = m_events->add(path); !added)
        return added.error();
    struct stat status = {};
    folder.isPresent = ::stat(QFile::encodeName(path).constData(), &status) == 0;
    folder.device = status.st_dev;
    folder.inode = status.st_ino;
    folder.nextCheck = now() + (folder.isPresent ? ReplacementInterval : AbsentInterval);
    return {};
}

/// Checks that the folder is still the one that is watched; tells whether there is news.
bool FolderWatcher::Private::follow(const QString &path, Folder &folder)
{
    struct stat status = {};
    const bool exists = ::stat(QFile::encodeName(path).constData(), &status) == 0 && S_ISDIR(status.st_mode);
    folder.nextCheck = now() + (exists ? ReplacementInterval : AbsentInterval);
    const bool isSame = exists && folder.isPresent && status.st_dev == folder.device && status.st_ino == folder.inode;
    if (isSame || (!exists && !folder.isPresent))
        return false;
    m_events->remove(path);
    folder.isPresent = false;
    if (exists) {
        if (const auto attached = attach(path, folder); !attached)
            qCWarning(lcAxleDiscovery).noquote() << attached.error().toString();
    }
    folder.contents.refresh(now());
    return true;
}

void FolderWatcher::Private::receive(const QString &path, FolderEvents::Kind kind, const QString &name)
{
    const auto found = m_folders.find(path);
    if (found == m_folders.end())
        return;
    Folder &folder = found->second;
    const bool concernsFolder = kind == FolderEvents::Kind::FolderGone || kind == FolderEvents::Kind::LookAgain;
    if (!concernsFolder && !Internal::isWheelName(QFile::encodeName(name)))
        return;
    switch (kind) {
    case FolderEvents::Kind::FileWritten:
        folder.contents.fileWritten(name, now());
        break;
    case FolderEvents::Kind::FileClosed:
        note(folder, folder.contents.fileClosed(name, now()));
        break;
    case FolderEvents::Kind::FileRemoved:
        note(folder, folder.contents.fileRemoved(name));
        break;
    case FolderEvents::Kind::LookAgain:
        note(folder, follow(path, folder));
        note(folder, folder.contents.refresh(now()));
        break;
    case FolderEvents::Kind::FolderGone:
        note(folder, follow(path, folder));
        break;
    }
    schedule();
}

void FolderWatcher::Private::note(Folder &folder, bool isNews)
{
    if (!isNews)
        return;
    folder.lastNews = now();
    if (!folder.firstNews)
        folder.firstNews = folder.lastNews;
}

void FolderWatcher::Private::tick()
{
    for (auto &[path, folder] : m_folders) {
        if (folder.nextCheck <= now())
            note(folder, follow(path, folder));
        if (folder.contents.deadline().value_or(now() + 1) <= now())
            note(folder, folder.contents.settle(now()));
    }
    tell();
}

void FolderWatcher::Private::tell()
{
    QStringList due;
    for (auto &[path, folder] : m_folders) {
        if (folder.firstNews && tellingTime(folder) <= now()) {
            folder.firstNews.reset();
            due.append(path);
        }
    }
    schedule();
    // Whoever is told may change what is watched, or destroy the watcher.
    const QPointer<FolderWatcher> guard(q);
    for (const QString &path : std::as_const(due)) {
        Q_EMIT q->changed(path);
        if (!guard)
            return;
    }
}

/// Sets the timer to what comes next.
void FolderWatcher::Private::schedule()
{
    std::optional<qint64> next;
    const auto consider = [&](qint64 time) { next = next ? qMin(*next, time) : time; };
    for (const auto &[path, folder] : m_folders) {
        consider(folder.nextCheck);
        if (const auto deadline = folder.contents.deadline())
            consider(*deadline);
        if (folder.firstNews)
            consider(tellingTime(folder));
    }
    if (next)
        m_timer.start(std::chrono::milliseconds(qMax<qint64>(0, *next - now())));
    else
        m_timer.stop();
}

FolderWatcher::FolderWatcher(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this))
{
}

FolderWatcher::~FolderWatcher() = default;

Result<void> FolderWatcher::watch(const QString &folder)
{
    return d->watch(folder);
}

void FolderWatcher::unwatch(const QString &folder)
{
    d->unwatch(folder);
}

QStringList FolderWatcher::unfinished() const
{
    return d->unfinished();
}

} // namespace Axle
