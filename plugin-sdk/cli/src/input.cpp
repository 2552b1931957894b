#include "input.h"

#include "output.h"

#include <axle/core/codes.h>
#include <axle/discovery/scanner.h>
#include <axle/store/store.h>

#include <QtCore/QFileInfo>

namespace Axle::Input {

Result<Wheel> openWheel(const QString &path)
{
    if (!QFileInfo::exists(path)) {
        if (const auto file = FileDescriptor::openRegular(path); !file)
            return file.error();
    }
    return Wheel::open(path);
}

Result<QList<DiscoveredFile>> scanFolder(const QString &folder)
{
    // Without a store that can be used it takes longer, and that is all.
    const auto store = Store::open();
    ScanObserver observer;
    observer.progress = [](int done, int total) { Output::showProgress(done, total); };
    const auto files = Scanner(TargetPython::current(), store ? store->root() : QString()).scan(folder, {}, observer);
    Output::endProgress();
    return files;
}

bool isUnreadable(const Error &error)
{
    return error.code() == Codes::FileNotFound || error.code() == Codes::FileNotRegular
        || error.code() == Codes::FileUnreadable;
}

} // namespace Axle::Input
