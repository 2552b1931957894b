#include "foldercontents_p.h"

#include <axle/wheel/wheelarchive.h>

#include <QtCore/QDateTime>

namespace Axle::Internal {

namespace {

constexpr qint64 QuietTime = 500;
/// For a file whose writer seems to be still there: a stalled copy, or a program that keeps its broken result open.
constexpr qint64 StalledTime = 10'000;
constexpr std::int64_t NanosecondsPerMillisecond = 1'000'000;

bool hasCompleteEndAt(const QString &path)
{
    const auto file = FileDescriptor::openRegular(path);
    return file && hasCompleteEnd(*file);
}

/// Milliseconds since the file was written to; a time in the future counts as now.
qint64 ageOf(const FileIdentity &identity)
{
    return qMax<qint64>(0, QDateTime::currentMSecsSinceEpoch() - identity.modificationTime / NanosecondsPerMillisecond);
}

} // namespace

FolderContents::FolderContents(const QString &folder)
    : m_folder(folder)
{
}

bool FolderContents::refresh(qint64 now)
{
    const QStringList names = listWheels(m_folder).value_or(QStringList());
    bool isNews = false;
    const QStringList known = m_files.keys();
    for (const QString &name : known) {
        if (!names.contains(name))
            isNews |= fileRemoved(name);
    }
    for (const QString &name : names)
        isNews |= meet(name, now);
    return isNews;
}

bool FolderContents::meet(const QString &name, qint64 now)
{
    const auto status = statusOf(path(name));
    if (!status)
        return fileRemoved(name);
    File &file = m_files[name];
    if (file.identity == status->identity)
        return false;
    file.identity = status->identity;
    file.isClosed = false;
    if (!status->isRegular() || ageOf(status->identity) >= QuietTime)
        return complete(file);
    wait(file, now - ageOf(status->identity));
    return false;
}

void FolderContents::fileWritten(const QString &name, qint64 now)
{
    File &file = m_files[name];
    if (const auto status = statusOf(path(name)))
        file.identity = status->identity;
    file.isClosed = false;
    wait(file, now);
}

bool FolderContents::fileClosed(const QString &name, qint64 now)
{
    const auto status = statusOf(path(name));
    if (!status)
        return fileRemoved(name);
    File &file = m_files[name];
    if (file.isComplete && file.identity == status->identity)
        return false;
    file.identity = status->identity;
    file.isClosed = true;
    if (!status->isRegular() || hasCompleteEndAt(path(name)))
        return complete(file);
    wait(file, now);
    return false;
}

bool FolderContents::fileRemoved(const QString &name)
{
    return m_files.take(name).isTold;
}

bool FolderContents::settle(qint64 now)
{
    bool isNews = false;
    const QStringList names = m_files.keys();
    for (const QString &name : names) {
        const File &file = m_files[name];
        if (!file.isComplete && file.due <= now)
            isNews |= settle(name, now);
    }
    return isNews;
}

bool FolderContents::settle(const QString &name, qint64 now)
{
    const auto status = statusOf(path(name));
    if (!status)
        return fileRemoved(name);
    File &file = m_files[name];
    if (file.identity != status->identity) {
        // Written to in a way that nobody told of, through a mapping for example.
        file.identity = status->identity;
        wait(file, now);
        return false;
    }
    if (!status->isRegular() || file.isClosed || now - file.unchangedSince >= StalledTime
        || hasCompleteEndAt(path(name)))
        return complete(file);
    file.due = file.unchangedSince + StalledTime;
    return false;
}

void FolderContents::wait(File &file, qint64 since)
{
    file.isComplete = false;
    file.unchangedSince = since;
    file.due = since + QuietTime;
}

bool FolderContents::complete(File &file)
{
    file.isComplete = true;
    file.isTold = true;
    return true;
}

std::optional<qint64> FolderContents::deadline() const
{
    std::optional<qint64> earliest;
    for (const File &file : m_files) {
        if (!file.isComplete)
            earliest = earliest ? qMin(*earliest, file.due) : file.due;
    }
    return earliest;
}

QStringList FolderContents::unfinished() const
{
    QStringList paths;
    for (auto file = m_files.cbegin(); file != m_files.cend(); ++file) {
        if (!file->isComplete)
            paths.append(path(file.key()));
    }
    paths.sort();
    return paths;
}

} // namespace Axle::Internal
