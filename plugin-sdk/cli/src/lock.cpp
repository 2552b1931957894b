#include "codes.h"
#include "command.h"
#include "lockfile.h"
#include "output.h"
#include "world.h"

#include <QtCore/QDir>
#include <QtCore/QSaveFile>

namespace Axle::Command {

namespace {

/// `base`: the folder of the lock file.
Result<LockFile> lockOf(const Resolution &resolution, const QDir &base)
{
    LockFile lock;
    for (const PlanEntry &entry : resolution.plan) {
        const Distribution &distribution = entry.distribution;
        const auto content = FileContent::of(distribution.location);
        if (!content)
            return content.error();
        lock.wheels.append({distribution.name, distribution.version, distribution.requiresPython.toString(),
            entry.dependencies, fileNameOf(distribution),
            base.relativeFilePath(QFileInfo(distribution.location).absoluteFilePath()), *content});
    }
    return lock;
}

Result<void> write(const QByteArray &text, const QString &path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return Error(Codes::FileNotWritten, QStringLiteral("cannot write '%1': %2").arg(path, file.errorString()),
        QStringLiteral("check that its folder is there and can be written to"));
}

} // namespace

int lock(const Sources &sources, const QString &target)
{
    const auto world = World::read(sources);
    if (!world)
        return Output::fail(world.error(), Unreadable, Format::Text);
    const Resolution resolution = Resolver(world->input).resolvePlugins(world->plugins(), Explain::Reasons);
    const QString base = target.isEmpty() ? sources.folder : QFileInfo(target).absolutePath();
    const auto lock = lockOf(resolution, QDir(QDir(base).absolutePath()));
    if (!lock)
        return Output::fail(lock.error(), Unreadable, Format::Text);
    if (target.isEmpty()) {
        Output::printText(lock->toText());
        return Answered;
    }
    if (const auto written = write(lock->toText(), target); !written)
        return Output::fail(written.error(), Unreadable, Format::Text);
    return Answered;
}

} // namespace Axle::Command
