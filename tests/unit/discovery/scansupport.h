#pragma once

#include "support/wheelbuilder.h"

#include <axle/discovery/scanner.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/// What the tests of the scanner share.
namespace Axle::Test {

/// A Python that does not depend on the machine that the test runs on.
inline TargetPython python311()
{
    TargetPython python;
    python.major = 3;
    python.minor = 11;
    python.micro = 2;
    python.platforms = QStringList{QStringLiteral("manylinux_2_17_x86_64"), QStringLiteral("linux_x86_64")};
    return python;
}

inline QStringList namesOf(const QList<DiscoveredFile> &files)
{
    QStringList names;
    for (const DiscoveredFile &file : files)
        names.append(file.path.section(u'/', -1));
    return names;
}

inline QString codeOf(const DiscoveredFile &file)
{
    return file.error.code().name();
}

/// Tells whether a file, or any file of a folder, was opened since it was last asked.
class OpenWatch
{
public:
    explicit OpenWatch(const QString &path)
        : m_inotify(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        if (::inotify_add_watch(m_inotify.get(), QFile::encodeName(path).constData(), IN_OPEN) < 0)
            qFatal("cannot watch %s", qPrintable(path));
    }

    bool wasOpened() { return !opened().isEmpty(); }
    /// Names of the files of the folder.
    QStringList opened()
    {
        alignas(inotify_event) char buffer[65536];
        QStringList names;
        for (ssize_t size = 0; (size = ::read(m_inotify.get(), buffer, sizeof buffer)) > 0;) {
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                if ((event->mask & IN_ISDIR) == 0)
                    names += QString::fromUtf8(event->len > 0 ? event->name : ".");
                at += static_cast<ssize_t>(sizeof *event + event->len);
            }
        }
        names.removeDuplicates();
        names.sort();
        return names;
    }

private:
    FileDescriptor m_inotify;
};

/// Time stamps of this age tell states apart.
inline void waitUntilSettled()
{
    QTest::qWait(2050);
}

/// A wheel as a folder, with one module; gives its path.
inline QString writeUnpacked(const QString &folder, const QByteArray &name)
{
    const QString wheel = folder + u'/' + QString::fromLatin1(name) + QStringLiteral("-1.0-py3-none-any.whl");
    const QString info = wheel + u'/' + QString::fromLatin1(name) + QStringLiteral("-1.0.dist-info");
    if (!QDir().mkpath(info))
        qFatal("cannot make %s", qPrintable(info));
    writeFile(info, QStringLiteral("METADATA"), "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n");
    writeFile(info, QStringLiteral("WHEEL"), "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    writeFile(info, QStringLiteral("RECORD"), name + "-1.0.dist-info/RECORD,,\n");
    return wheel;
}

/// The one index of a store.
inline QString indexOf(const QString &store)
{
    const QStringList names = QDir(store + QStringLiteral("/scan")).entryList(QDir::Files);
    return names.size() == 1 ? store + QStringLiteral("/scan/") + names.first() : QString();
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void replaceByFile(const QString &parent, const QString &folder)
{
    if (!QDir(parent + u'/' + folder).removeRecursively())
        qFatal("cannot remove %s", qPrintable(folder));
    writeFile(parent, folder, "a file");
}

/// All that is said of each file.
inline QStringList described(const QList<DiscoveredFile> &files)
{
    QStringList lines;
    for (const DiscoveredFile &file : files) {
        lines += file.path + u'|' + file.id() + u'|' + file.error.toString() + u'|'
            + QString::number(file.tagRank.value_or(-1)) + u'|' + QString::number(file.identity.inode) + u'|'
            + (file.metadata ? QString::fromUtf8(file.metadata->toText()) : QString());
    }
    return lines;
}

} // namespace Axle::Test
