#include "folderscan_p.h"

#include "trustcheck_p.h"

#include <QtCore/QFile>

#include <sys/stat.h>

namespace Axle::Internal {

void makeFolder(const QString &folder)
{
    // Where this fails, the scan says why the folder cannot be read.
    ::mkdir(QFile::encodeName(folder).constData(), S_IRWXU);
}

QList<FolderListing> scanFolders(
    Scanner &scanner, const QStringList &folders, const QStringList &unfinished, TrustPolicy policy)
{
    QList<FolderListing> listings;
    for (const QString &folder : folders) {
        FolderListing listing;
        listing.folder = folder;
        Result<QList<DiscoveredFile>> files = scanner.scan(folder, unfinished);
        if (!files) {
            listing.unreadable = files.error();
        } else {
            listing.files = std::move(*files);
            if (const Result<void> trust = checkTrust(folder, policy); !trust)
                listing.untrusted = trust.error();
        }
        listings += listing;
    }
    return listings;
}

} // namespace Axle::Internal
