#include <axle/python/modulemount.h>

#include <axle/python/codes.h>

#include "importer_p.h"
#include "pythonerror_p.h"
#include "supportmodule_p.h"

namespace Axle {

using namespace Internal;

class ModuleMount::Private
{
public:
    std::shared_ptr<const SourceIndex> index;
    bool isMounted = false;
};

ModuleMount::ModuleMount()
    : d(std::make_unique<Private>())
{
}

ModuleMount::~ModuleMount()
{
    if (d->isMounted)
        unmount();
}

Result<std::unique_ptr<ModuleMount>> ModuleMount::mount(
    std::shared_ptr<const ModuleSource> source, SearchPosition position)
{
    Q_ASSERT(PyGILState_Check());
    using Mounted = Result<std::unique_ptr<ModuleMount>>;
    const QString what = QStringLiteral("'%1' cannot be mounted").arg(source->name());
    return guarded(Codes::MountFailed, what, [&]() -> Mounted {
        std::unique_ptr<ModuleMount> mount(new ModuleMount);
        const QString location = source->location();
        mount->d->index = Importer::instance().add(std::move(source), position);
        mount->d->isMounted = true;
        // Import caches may have learned, before, that there was nothing here.
        supportModule().attr("clear_caches")(toPython(location));
        supportModule().attr("purge_namespace_epoch")();
        restoreParked(location);
        return mount;
    });
}

const ModuleSource &ModuleMount::source() const
{
    return d->index->source();
}

bool ModuleMount::isMounted() const
{
    return d->isMounted;
}

UnmountReport ModuleMount::unmount()
{
    Q_ASSERT(PyGILState_Check());
    if (!std::exchange(d->isMounted, false))
        return {};
    const QString location = d->index->location();
    UnmountReport report;
    const auto done =
        guarded(Codes::MountFailed, QStringLiteral("unmounting '%1'").arg(location), [&]() -> Result<void> {
            if (Importer::instance().remove(location))
                report = purge(location);
            // The collection is most of an unmount's time: only where something can have become garbage.
            if (!report.modules.isEmpty() && !report.parked)
                PyGC_Collect();
            return {};
        });
    // Only running out of memory comes here, or a sys.modules that a plugin replaced by something else.
    if (!done)
        qWarning("%ls", qUtf16Printable(done.error().toString()));
    return report;
}

} // namespace Axle
