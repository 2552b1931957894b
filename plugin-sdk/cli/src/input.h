#pragma once

#include <axle/discovery/discoveredfile.h>
#include <axle/wheel/wheel.h>

/// How the commands read what they are given.
namespace Axle::Input {

/// Opens a wheel. That there is no such file is said before anything is said of its name.
Result<Wheel> openWheel(const QString &path);
/// The wheels of a folder, of which only those are read that have changed since any process read them. While it takes
/// long, a terminal on standard error shows how far it is.
Result<QList<DiscoveredFile>> scanFolder(const QString &folder);
/// All of a small file, such as a list or a lock; symbolic links are followed. Errors: those of
/// FileDescriptor::openRegular(), `file-unreadable` for more than 64 MiB.
Result<QByteArray> readText(const QString &path);
/// Whether the error says that there is no file to read, rather than what is wrong with its contents.
bool isUnreadable(const Error &error);

} // namespace Axle::Input
