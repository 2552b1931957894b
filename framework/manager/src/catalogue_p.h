#pragma once

#include <axle/core/error.h>
#include <axle/discovery/scanner.h>
#include <axle/manager/plugin.h>

#include <QtCore/QHash>
#include <QtCore/QList>

namespace Axle::Internal {

/// What one scan found in one folder.
struct FolderListing
{
    QString folder;
    Error unreadable;
    Error untrusted;
    QList<DiscoveredFile> files;
};

/// One id and the files behind it.
struct CatalogueEntry
{
    QString id;
    QList<DiscoveredFile> files; ///< usable ones, newest first; else the one that stands for them
    Error untrusted;             ///< of the folder of `files`
    /// What of the project cannot be used, or not from its folder, with the reason, so that the resolver can say so.
    QList<DiscoveredFile> unusable;

    friend bool operator==(const CatalogueEntry &a, const CatalogueEntry &b);
};

/// What is in the folders, by id: files of one project are versions of one plugin. A value, owner's thread.
///
/// A file that cannot be used stands under its project's name only where nothing else of that project can be used; else
/// under its file name, or, when it is merely for another Python, not at all.
class Catalogue
{
public:
    /// Replaces what is known by `listings`; tells the ids that came, changed and went. Files named in `unfinished`
    /// stay as they were known, if they were.
    ScanReport update(const QList<FolderListing> &listings, const QStringList &unfinished);
    /// A file that is not what the scan found, or was found unusable when it was about to be mounted. The latter stays
    /// unusable as long as it is the same file.
    void replaceFile(const DiscoveredFile &file);
    /// Gives a file that was found unusable after the scan another chance.
    void forgive(const QString &path);

    const QList<CatalogueEntry> &entries() const { return m_entries; } ///< sorted by id

private:
    struct Found
    {
        DiscoveredFile file;
        Error untrusted;
    };

    void regroup();
    void appendProject(const QString &project, QList<Found> files);
    void appendUnusable(const DiscoveredFile &file);
    void compare(const QList<CatalogueEntry> &before, ScanReport *report) const;

    QList<Found> m_files;
    QHash<QString, DiscoveredFile> m_refused; ///< by path
    QList<CatalogueEntry> m_entries;
};

} // namespace Axle::Internal
