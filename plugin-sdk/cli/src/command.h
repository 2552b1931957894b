#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Axle {
struct Sources;
} // namespace Axle

/// The commands of the program axle. Each prints its answer and returns the exit code.
namespace Axle::Command {

enum class Format { Text, Json };

/// What is the same for all commands (docs/reference/command-line.md).
enum ExitCode {
    Answered = 0, ///< the input was read; what is wrong with it is part of the answer
    /// verify refuses a wheel, a requirement has no solution, a folder is not as its lock says, or what was asked about is
    /// not so: `why` of what is not loaded, `why-not` of what is.
    Negative = 1,
    WrongUsage = 2,
    Unreadable = 3, ///< a file or folder could not be read, understood or written
};

int inspect(const QString &wheel, Format format);
/// Every finding of every wheel; the highest exit code of any.
int verify(const QStringList &wheels, Format format);
int scan(const QString &folder, Format format);
/// Without requirements: every plugin of the folder.
int resolve(const Sources &sources, const QStringList &requirements, Format format);
/// Why the project of a plugin id is part of the plan of every plugin; or why it is not.
int why(const Sources &sources, const QString &id, Format format);
/// Why nothing that meets the requirement is part of that plan; or why something is.
int whyNot(const Sources &sources, const QString &requirement, Format format);
/// The plan of every plugin as a graph; its text is DOT.
int graph(const Sources &sources, Format format);
/// Writes the plan of every plugin as a lock file; on standard output where `target` is empty.
int lock(const Sources &sources, const QString &target);
/// Compares a folder with a lock. Wheels that it lacks are copied from `origin`, unless that is empty.
int sync(const Sources &sources, const QString &lockFile, const QString &origin, Format format);
/// Becomes axle-host, which gets the arguments as they are.
int run(const QStringList &arguments);

} // namespace Axle::Command
