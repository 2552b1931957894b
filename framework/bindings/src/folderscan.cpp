#include "folderscan_p.h"

#include <axle/discovery/scanner.h>
#include <axle/store/store.h>

namespace Axle::Internal {

Result<QList<DiscoveredFile>> scanFolder(const QString &folder)
{
    // Without a store the folder is read all the same, only not remembered.
    const auto store = Store::open();
    return Scanner(TargetPython::current(), store ? store->root() : QString()).scan(folder);
}

DiscoveredFile examineFile(const QString &path)
{
    return Scanner(TargetPython::current()).examine(path);
}

} // namespace Axle::Internal
