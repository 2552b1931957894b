#include "folderscan_p.h"

#include "trustcheck_p.h"

#include <axle/store/store.h>

#include <QtCore/QFile>

#include <sys/stat.h>

namespace Axle::Internal {

void makeFolder(const QString &folder)
{
    // Where this fails, the scan says why the folder cannot be read.
    ::mkdir(QFile::encodeName(folder).constData(), S_IRWXU);
}

FolderScan::FolderScan(const TargetPython &python, const QString &storeFolder)
    : m_python(python)
    , m_storeFolder(storeFolder)
{
}

QList<FolderListing> FolderScan::run(const ScanRequest &request)
{
    if (!m_scanner) {
        // What is wrong with the store is told when something is to be loaded.
        const Result<Store> store = Store::open(m_storeFolder);
        m_scanner.emplace(m_python, store ? store->root() : QString());
    }
    QList<FolderListing> listings;
    for (const QString &folder : request.folders)
        listings += read(folder, request);
    return listings;
}

FolderListing FolderScan::read(const QString &folder, const ScanRequest &request)
{
    ScanObserver observer;
    observer.cancelled = request.cancelled;
    observer.progress = [&](int done, int total) { request.progress(folder, done, total); };
    FolderListing listing;
    listing.folder = folder;
    Result<QList<DiscoveredFile>> files = m_scanner->scan(folder, request.unfinished, observer);
    if (!files) {
        listing.unreadable = files.error();
        return listing;
    }
    listing.files = std::move(*files);
    if (const Result<void> trust = checkTrust(folder, request.trust); !trust)
        listing.untrusted = trust.error();
    return listing;
}

} // namespace Axle::Internal
