#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <variant>

namespace Axle::Host {

/// Exit codes.
enum ExitCode {
    AllLoaded = 0,
    NotAllLoaded = 1, ///< an enabled plugin was not loaded, or the code of --module or -c failed
    WrongUsage = 2,
    Unreadable = 3, ///< the folder cannot be read
};

struct Options
{
    QString folder;
    QStringList only; ///< ids; empty: all plugins are enabled
    QString module;
    QString code;
    bool isJson = false;
    bool watch = false;
    bool unload = false;
    QString storeFolder;
    QString dataFolder;

    bool isEnabled(const QString &id) const { return only.isEmpty() || only.contains(id); }
};

/// The options, or the exit code where there is nothing more to do; help and complaints are printed.
std::variant<Options, ExitCode> parseOptions(int argc, char **argv);

} // namespace Axle::Host
