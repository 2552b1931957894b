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

Result<QByteArray> readText(const QString &path)
{
    constexpr std::int64_t limit = 64 << 20;
    const QString target = QFileInfo(path).canonicalFilePath();
    const auto opened = FileDescriptor::openWithStatus(target.isEmpty() ? path : target);
    if (!opened)
        return opened.error();
    const std::int64_t size = opened->status.identity.size;
    if (size > limit) {
        return Error(Codes::FileUnreadable,
            QStringLiteral("'%1' has %2 bytes, expected at most %3").arg(path).arg(size).arg(limit));
    }
    return opened->file.readAt(0, size);
}

bool isUnreadable(const Error &error)
{
    return error.code() == Codes::FileNotFound || error.code() == Codes::FileNotRegular
        || error.code() == Codes::FileUnreadable;
}

} // namespace Axle::Input
