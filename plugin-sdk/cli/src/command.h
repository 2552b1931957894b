#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

/// The commands of the program axle. Each prints its answer and returns the exit code.
namespace Axle::Command {

enum class Format { Text, Json };

/// What is the same for all commands (docs/reference/command-line.md).
enum ExitCode {
    Answered = 0, ///< the input was read; what is wrong with it is part of the answer
    Negative = 1, ///< verify found what keeps a wheel from being loaded, or a requirement has no solution
    WrongUsage = 2,
    Unreadable = 3, ///< the file or folder could not be read
};

int inspect(const QString &wheel, Format format);
/// Every finding of every wheel; the highest exit code of any.
int verify(const QStringList &wheels, Format format);
int scan(const QString &folder, Format format);
/// Without requirements: every plugin of the folder.
int resolve(const QString &folder, const QStringList &requirements, Format format);
/// Becomes axle-host, which gets the arguments as they are.
int run(const QStringList &arguments);

} // namespace Axle::Command
