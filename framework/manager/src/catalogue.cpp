#include "catalogue_p.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMap>

#include <algorithm>
#include <compare>

namespace Axle::Internal {

namespace {

bool isSameFile(const DiscoveredFile &a, const DiscoveredFile &b)
{
    return a.path == b.path && a.identity == b.identity && a.error == b.error;
}

Version versionOf(const DiscoveredFile &file)
{
    if (file.metadata)
        return file.metadata->version;
    return file.fileName ? file.fileName->version : Version();
}

/// Newest first, then what suits this Python best; the path makes it a total order.
bool isBetter(const DiscoveredFile &a, const DiscoveredFile &b)
{
    if (const auto order = versionOf(a) <=> versionOf(b); std::is_neq(order))
        return std::is_gt(order);
    if (a.tagRank != b.tagRank)
        return a.tagRank && (!b.tagRank || *a.tagRank < *b.tagRank);
    return a.path < b.path;
}

} // namespace

bool operator==(const CatalogueEntry &a, const CatalogueEntry &b)
{
    return a.id == b.id && a.untrusted == b.untrusted
        && std::equal(a.files.begin(), a.files.end(), b.files.begin(), b.files.end(), isSameFile);
}

ScanReport Catalogue::update(const QList<FolderListing> &listings, const QStringList &unfinished)
{
    // What is being rewritten stays what it was.
    QList<Found> files = m_files;
    files.removeIf([&](const Found &found) { return !unfinished.contains(found.file.path); });
    ScanReport report;
    for (const FolderListing &listing : listings) {
        for (const Error &error : {listing.unreadable, listing.untrusted}) {
            if (!error.isNull())
                report.ignored += error;
        }
        for (const DiscoveredFile &file : listing.files) {
            if (!unfinished.contains(file.path))
                files.append({file, listing.untrusted});
        }
    }
    m_files = files;
    const QList<CatalogueEntry> before = std::exchange(m_entries, {});
    regroup();
    compare(before, &report);
    return report;
}

void Catalogue::compare(const QList<CatalogueEntry> &before, ScanReport *report) const
{
    QMap<QString, const CatalogueEntry *> gone;
    for (const CatalogueEntry &entry : before)
        gone.insert(entry.id, &entry);
    for (const CatalogueEntry &entry : m_entries) {
        const CatalogueEntry *previous = gone.take(entry.id);
        if (!previous)
            report->added += entry.id;
        else if (*previous != entry)
            report->changed += entry.id;
    }
    report->removed = gone.keys();
}

void Catalogue::replaceFile(const DiscoveredFile &file)
{
    for (Found &found : m_files) {
        if (found.file.path != file.path)
            continue;
        if (found.file.identity == file.identity && !file.isUsable())
            m_refused.insert(file.path, file);
        found.file = file;
    }
    regroup();
}

void Catalogue::forgive(const QString &path)
{
    if (m_refused.remove(path) == 0)
        return;
    for (Found &found : m_files) {
        if (found.file.path == path)
            found.file.error = Error();
    }
    regroup();
}

void Catalogue::regroup()
{
    QMap<QString, QList<Found>> projects;
    QHash<QString, DiscoveredFile> stillRefused;
    for (Found &found : m_files) {
        const auto refused = m_refused.constFind(found.file.path);
        if (refused != m_refused.constEnd() && refused->identity == found.file.identity) {
            found.file.error = refused->error;
            stillRefused.insert(found.file.path, found.file);
        }
        projects[found.file.id()].append(found);
    }
    m_refused = stillRefused;
    m_entries.clear();
    for (auto it = projects.cbegin(); it != projects.cend(); ++it)
        appendProject(it.key(), it.value());
    std::sort(m_entries.begin(), m_entries.end(), [](const auto &a, const auto &b) { return a.id < b.id; });
}

void Catalogue::appendProject(const QString &project, QList<Found> files)
{
    std::sort(files.begin(), files.end(), [](const Found &a, const Found &b) { return isBetter(a.file, b.file); });
    CatalogueEntry trusted{project, {}, {}, {}};
    CatalogueEntry untrusted{project, {}, {}, {}};
    QList<DiscoveredFile> unusable;
    QList<DiscoveredFile> distrusted;
    for (const Found &found : std::as_const(files)) {
        if (!found.file.isUsable()) {
            unusable += found.file;
        } else if (found.untrusted.isNull()) {
            trusted.files += found.file;
        } else {
            if (untrusted.files.isEmpty()) {
                untrusted.files += found.file;
                untrusted.untrusted = found.untrusted;
            }
            distrusted += found.file;
            distrusted.last().error = found.untrusted;
        }
    }
    const QList<DiscoveredFile> useless = unusable + distrusted;
    if (!trusted.files.isEmpty())
        m_entries += trusted;
    else if (!untrusted.files.isEmpty())
        m_entries += untrusted;
    else
        m_entries += {project, {unusable.takeFirst()}, {}, {}};
    m_entries.last().unusable = useless;
    for (const DiscoveredFile &file : std::as_const(unusable)) {
        // A wheel for another Python beside one that can be used is no finding: folders are shared.
        if (!file.isIncompatible())
            appendUnusable(file);
    }
}

void Catalogue::appendUnusable(const DiscoveredFile &file)
{
    const QString fileName = QFileInfo(file.path).fileName();
    const bool isTaken = std::any_of(
        m_entries.cbegin(), m_entries.cend(), [&](const CatalogueEntry &entry) { return entry.id == fileName; });
    m_entries += {isTaken ? file.path : fileName, {file}, {}, {}};
}

} // namespace Axle::Internal
