#pragma once

#include <axle/discovery/discoveredfile.h>
#include <axle/resolver/resolver.h>

#include <QtCore/QMap>

/// What a plan is made of: a folder of wheels, and what the host brings.
namespace Axle {

/// Where to look, as the command line says.
struct Sources
{
    QString folder;
    QString fixedFile; ///< the host's `name==version` lines; may be empty
    QString python;    ///< an executable, whose installed distributions the host brings; may be empty
    bool allowPrereleases = false;
};

struct World
{
    QString folder;
    QList<DiscoveredFile> files;
    ResolverInput input;

    /// Errors: `folder-unreadable`, those of readFixed() and of installedFor().
    static Result<World> read(const Sources &sources);

    /// Every plugin of the folder that has a file that can be used.
    QList<PluginRequest> plugins() const;
    /// What cannot be used, and why, by DiscoveredFile::id(); not where there is a file of the project that can be.
    QMap<QString, Error> uselessFiles() const;
};

/// Stays until the process has ended, and is not taken apart then: that takes as long as to plan.
const World &kept(World &&world);

/// The name of its file, without folder.
QString fileNameOf(const Distribution &distribution);

/// What a file says that the host brings: one `name==version` a line, `#` begins a comment. Errors: those of
/// Input::readText(), `fixed-invalid` with the line.
Result<QList<Distribution>> readFixed(const QString &path);

/// What is installed for a Python, found by reading its folders and nothing else: of each project the one that it
/// would import. Neither `.pth` files, `PYTHONPATH` nor the user's site-packages are followed. Errors:
/// `python-not-found`; `python-version-mismatch` where it is not the version that Axle is built for.
Result<QList<Distribution>> installedFor(const QString &executable);

} // namespace Axle
