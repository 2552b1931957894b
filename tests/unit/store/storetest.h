#pragma once

#include <axle/store/store.h>
#include <axle/wheel/wheelwriter.h>

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/statvfs.h>

namespace Axle::Test {

using Files = QMap<QString, QByteArray>;

/// Where these tests write their thousands of small files: in memory where code may run from there.
inline QString scratchFolder()
{
    struct statvfs status = {};
    const bool suits = ::statvfs("/dev/shm", &status) == 0 && (status.f_flag & (ST_NOEXEC | ST_RDONLY)) == 0
        && QFileInfo(QStringLiteral("/dev/shm")).isWritable();
    return (suits ? QStringLiteral("/dev/shm") : QDir::tempPath()) % u"/axle-store-XXXXXX";
}

/// Writes `name`-1.0-py3-none-any.whl to `folder`; its path. A file whose path ends with `*` is executable.
inline QString writeWheel(const QString &folder, const Files &files, const QString &name = QStringLiteral("sample"))
{
    WheelWriter writer(name, QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    for (auto file = files.cbegin(); file != files.cend(); ++file) {
        const bool executable = file.key().endsWith(u'*');
        writer.addFile(executable ? file.key().chopped(1) : file.key(), file.value(), executable);
    }
    const auto path = writer.write(folder);
    return path ? *path : path.error().toString();
}

/// A wheel that needs its tree.
inline Files nativeFiles()
{
    return {{QStringLiteral("sample/__init__.py"), "VALUE = 1\n"},
        {QStringLiteral("sample/_fast.so"), QByteArray("\177ELF", 4) + QByteArray(5000, 'x')},
        {QStringLiteral("sample/bin/tool*"), "#!/bin/sh\n"}, {QStringLiteral("sample/data/table.csv"), "a,b\n"}};
}

inline Result<VerifiedWheel> mountable(
    const Store &store, const QString &path, Materialise materialise = Materialise::WhenNeeded)
{
    return store.snapshot(path).and_then(
        [&](Snapshot snapshot) { return store.verify(std::move(snapshot), materialise); });
}

/// All files below `folder`, relative, sorted.
inline QStringList filesBelow(const QString &folder)
{
    QStringList names;
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext())
        names += QDir(folder).relativeFilePath(files.next());
    names.sort();
    return names;
}

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

inline void createFile(const QString &path, const QByteArray &bytes = {})
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::NewOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Writes to a file that is not meant to be written to.
inline void overwrite(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    const auto permissions = file.permissions();
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
    file.close();
    file.setPermissions(permissions);
}

/// The first way in which the tree is not exactly the wheel; empty when it is.
inline QString treeDifference(const VerifiedWheel &wheel)
{
    const Wheel &original = wheel.snapshot.wheel;
    QStringList expected;
    for (const ArchiveMember &member : original.archive().members()) {
        expected += member.name();
        const auto bytes = original.archive().read(member);
        if (!bytes || contents(wheel.tree % u'/' % member.name()) != *bytes)
            return member.name();
    }
    expected.sort();
    return filesBelow(wheel.tree) == expected ? QString() : filesBelow(wheel.tree).join(u' ');
}

} // namespace Axle::Test
