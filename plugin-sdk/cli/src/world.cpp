#include "world.h"

#include "input.h"

#include <axle/discovery/distributions.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QSet>

#include <deque>

namespace Axle {

namespace {

/// A file that is there but cannot be used: so that an explanation can say so instead of "there is none".
std::optional<Distribution> unusable(const DiscoveredFile &file)
{
    Distribution distribution;
    if (file.metadata) {
        distribution.name = file.metadata->name;
        distribution.version = file.metadata->version;
    } else if (file.fileName) {
        distribution.name = file.fileName->name;
        distribution.version = file.fileName->version;
    } else {
        return std::nullopt;
    }
    distribution.location = file.path;
    distribution.unusable = file.error;
    return distribution;
}

QList<Distribution> candidatesOf(const QList<DiscoveredFile> &files)
{
    QList<Distribution> candidates = toDistributions(files);
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            continue;
        if (const auto distribution = unusable(file))
            candidates.append(*distribution);
    }
    return candidates;
}

/// The file's lines come first: what they say of a project, the host says of itself.
Result<QList<Distribution>> fixedBy(const Sources &sources)
{
    QList<Distribution> fixed;
    if (!sources.fixedFile.isEmpty()) {
        const auto lines = readFixed(sources.fixedFile);
        if (!lines)
            return lines.error();
        fixed = *lines;
    }
    if (sources.python.isEmpty())
        return fixed;
    const auto installed = installedFor(sources.python);
    if (!installed)
        return installed.error();
    QSet<ProjectName> known;
    for (const Distribution &distribution : std::as_const(fixed))
        known.insert(distribution.name);
    for (const Distribution &distribution : *installed) {
        if (!known.contains(distribution.name))
            fixed.append(distribution);
    }
    return fixed;
}

} // namespace

Result<World> World::read(const Sources &sources)
{
    const TargetPython python = TargetPython::current();
    World world;
    world.folder = sources.folder;
    world.input.environment = MarkerEnvironment::of(python);
    world.input.pythonVersion = python.version();
    if (sources.allowPrereleases)
        world.input.prereleases = Prereleases::Allow;
    const auto fixed = fixedBy(sources);
    if (!fixed)
        return fixed.error();
    world.input.fixed = *fixed;
    auto files = Input::scanFolder(sources.folder);
    if (!files)
        return files.error();
    world.files = std::move(*files);
    world.input.candidates = candidatesOf(world.files);
    return world;
}

const World &kept(World &&world)
{
    static auto *const worlds = new std::deque<World>;
    return worlds->emplace_back(std::move(world));
}

QList<PluginRequest> World::plugins() const
{
    QMap<QString, ProjectName> names;
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate() && !file.plugins().isEmpty())
            names.insert(file.metadata->name.normalized(), file.metadata->name);
    }
    return PluginRequest::all(names.values());
}

QMap<QString, Error> World::uselessFiles() const
{
    QMap<QString, Error> useless;
    for (const DiscoveredFile &file : files) {
        if (!file.isCandidate())
            useless.insert(file.id(), file.error);
    }
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            useless.remove(file.id());
    }
    return useless;
}

QString fileNameOf(const Distribution &distribution)
{
    return distribution.location.section(u'/', -1);
}

} // namespace Axle
