#include <axle/discovery/scanner.h>

#include "folderlisting_p.h"
#include "indexfile_p.h"
#include "parallel_p.h"

#include <axle/core/codes.h>
#include <axle/core/fileclock.h>
#include <axle/discovery/codes.h>
#include <axle/resolver/codes.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QHash>
#include <QtCore/QSet>

#include <functional>

namespace Axle {

using Internal::IndexFile;
using Internal::KnownFiles;
using Internal::WheelFolder;

namespace {

Result<void> checkRequiresPython(const CoreMetadata &metadata, const TargetPython &python)
{
    if (metadata.requiresPython.contains(python.version(), Prereleases::Allow))
        return {};
    return Error(Codes::ResolvePython,
        QStringLiteral("'%1 %2' needs Python '%3', but this is Python %4")
            .arg(metadata.name.toString(), metadata.version.toString(), metadata.requiresPython.toString(),
                python.version().toString()),
        QStringLiteral("use a version of '%1' that is made for Python %2")
            .arg(metadata.name.toString(), python.shortVersion()));
}

Error cancelled(const QString &folder)
{
    return Error(Codes::ScanCancelled, QStringLiteral("the scan of '%1' was cancelled").arg(folder),
        QStringLiteral("scan it again; what was read is not read again"));
}

/// Everything besides the file that a result depends on.
QByteArray indexKey(const TargetPython &python, const TagSet &supported)
{
    const QString text = QStringLiteral(AXLE_VERSION "\n") + python.version().toString() + u'\n' + supported.toString();
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

/// Of an unpacked wheel, that of all its files: any of them may change without the folder.
FileIdentity identityOf(const FileStatus &status, const QString &path)
{
    return status.isFolder() ? WheelArchive::identityOf(path).value_or(status.identity) : status.identity;
}

/// Whether the file stays as it was found while it does not change.
bool isLasting(const DiscoveredFile &file)
{
    return file.error.code() != Codes::FileUnreadable;
}

/// One look at all wheels of a folder. Threads look at different ones together.
class Look
{
public:
    using Examine = std::function<DiscoveredFile(const QString &path)>;
    struct Result
    {
        QList<DiscoveredFile>
            files;        ///< what is there, in the order of the names; what was not looked at, as it was known
        KnownFiles known; ///< what need not be read again
    };

    Look(const Examine &examine, const QString &folder, const WheelFolder &listing, const KnownFiles &known,
        const QStringList &unfinished);

    int count() const { return static_cast<int>(m_places.size()); }
    void look(int number);
    /// Whether files have come, gone or changed.
    bool hasNews() const;
    /// Of a look that began at `time`, once it is over.
    Result take(std::int64_t time) &&;

private:
    struct Place
    {
        qsizetype known = -1;               ///< its number in what is known, unless it is different now
        std::optional<DiscoveredFile> file; ///< as it was read or known; nothing: gone, or not looked at
        bool isLeftOut = false;
    };

    QString pathOf(const QByteArray &name) const { return Internal::wheelPath(m_folder, QFile::decodeName(name)); }
    std::optional<FileIdentity> stateOf(const QByteArray &name) const;
    static bool isReusable(const Place &place, std::int64_t time);

    const Examine m_examine;
    const QString &m_folder;
    const WheelFolder &m_listing;
    const KnownFiles &m_known;
    const QSet<QString> m_unfinished;
    std::vector<Place> m_places; // one for each name
};

Look::Look(const Examine &examine, const QString &folder, const WheelFolder &listing, const KnownFiles &known,
    const QStringList &unfinished)
    : m_examine(examine)
    , m_folder(folder)
    , m_listing(listing)
    , m_known(known)
    , m_unfinished(unfinished.cbegin(), unfinished.cend())
    , m_places(static_cast<size_t>(listing.names().size()))
{
    // Both are sorted.
    qsizetype next = 0;
    for (size_t i = 0; i < m_places.size(); ++i) {
        const QByteArrayView name = listing.names().at(static_cast<qsizetype>(i));
        int order = 1;
        while (next < known.count() && (order = known.name(next).compare(name)) < 0)
            ++next;
        if (order == 0)
            m_places[i].known = next++;
    }
}

std::optional<FileIdentity> Look::stateOf(const QByteArray &name) const
{
    const auto status = m_listing.status(name);
    if (!status || !status->isFolder())
        return status ? std::optional(status->identity) : std::nullopt;
    return identityOf(*status, pathOf(name));
}

void Look::look(int number)
{
    Place &place = m_places[static_cast<size_t>(number)];
    const QByteArray &name = m_listing.names().at(number);
    if (place.known >= 0 && m_known.identity(place.known) == stateOf(name)) {
        place.file = m_known.file(place.known);
        place.isLeftOut = !m_unfinished.isEmpty() && m_unfinished.contains(place.file->path);
        return;
    }
    place.known = -1;
    const QString path = pathOf(name);
    if (m_unfinished.contains(path))
        return;
    DiscoveredFile file = m_examine(path);
    const bool wasOpened = file.identity != FileIdentity();
    const auto state = wasOpened ? file.identity : stateOf(name);
    // Gone since the folder was listed: as if it were not there.
    if (!state)
        return;
    file.identity = *state;
    place.file = std::move(file);
}

bool Look::hasNews() const
{
    const auto isKnown = [](const Place &place) { return place.known >= 0; };
    return std::ssize(m_places) != m_known.count() || !std::all_of(m_places.cbegin(), m_places.cend(), isKnown);
}

bool Look::isReusable(const Place &place, std::int64_t time)
{
    return place.known >= 0 || (isLasting(*place.file) && Internal::isSettled(*place.file, time));
}

Look::Result Look::take(std::int64_t time) &&
{
    Result result;
    result.files.reserve(std::ssize(m_places));
    QByteArrayList names;
    QList<DiscoveredFile> reusable;
    // Else both lists are the same one.
    const bool areTwo = !std::all_of(m_places.cbegin(), m_places.cend(),
        [&](const Place &place) { return place.file && !place.isLeftOut && isReusable(place, time); });
    for (size_t i = 0; i < m_places.size(); ++i) {
        Place &place = m_places[i];
        if (!place.file && place.known >= 0)
            place.file = m_known.file(place.known);
        if (!place.file)
            continue;
        if (areTwo && isReusable(place, time)) {
            names += m_listing.names().at(static_cast<qsizetype>(i));
            reusable += *place.file;
        }
        if (!place.isLeftOut)
            result.files += std::move(*place.file);
    }
    result.known = areTwo ? KnownFiles(names, reusable) : KnownFiles(m_listing.names(), result.files);
    return result;
}

/// Whether the index that was written for `before` would be another one for `after`.
bool areKeptAlike(const KnownFiles &before, const KnownFiles &after)
{
    const auto nextKept = [](const KnownFiles &files, qsizetype number) {
        while (number < files.count() && !files.isKept(number))
            ++number;
        return number;
    };
    qsizetype a = nextKept(before, 0);
    qsizetype b = nextKept(after, 0);
    while (a < before.count() && b < after.count() && before.name(a) == after.name(b)
        && before.identity(a) == after.identity(b)) {
        a = nextKept(before, a + 1);
        b = nextKept(after, b + 1);
    }
    return a == before.count() && b == after.count();
}

} // namespace

class Scanner::Private
{
public:
    struct Folder
    {
        IndexFile index;
        KnownFiles known;
        bool isIndexStale = false;
    };

    Folder &folder(const QString &path);
    /// The identity is that of what was opened, null where nothing was.
    DiscoveredFile examine(const QString &path) const;
    void read(DiscoveredFile &file, const WheelFileName &fileName) const;

    TargetPython m_python;
    TagSet m_supported;
    QString m_storeFolder;
    QHash<QString, std::shared_ptr<Folder>> m_folders;
};

Scanner::Private::Folder &Scanner::Private::folder(const QString &path)
{
    std::shared_ptr<Folder> &folder = m_folders[path];
    if (!folder) {
        const IndexFile index(m_storeFolder, path, indexKey(m_python, m_supported));
        folder = std::make_shared<Folder>(Folder{index, index.read()});
    }
    return *folder;
}

void Scanner::Private::read(DiscoveredFile &file, const WheelFileName &fileName) const
{
    const auto archive = WheelArchive::open(file.path);
    const auto wheel = archive ? WheelSummary::open(*archive, fileName) : Result<WheelSummary>(archive.error());
    if (!wheel) {
        file.error = wheel.error();
        return;
    }
    // What was read may be newer than what was looked at before.
    file.identity = (*archive)->identity();
    // As text it takes a tenth of the memory, and most of what is in a large folder is never asked for.
    file.metadata = {ScannedMetadata::of(*wheel).toText(), &ScannedMetadata::parse};
    if (const auto python = checkRequiresPython(wheel->metadata, m_python); !python)
        file.error = python.error();
}

Scanner::Scanner(const TargetPython &python, const QString &storeFolder)
    : d(std::make_unique<Private>())
{
    d->m_python = python;
    d->m_supported = TagSet::supportedBy(python);
    d->m_storeFolder = storeFolder;
}

Scanner::Scanner(Scanner &&) noexcept = default;
Scanner &Scanner::operator=(Scanner &&) noexcept = default;
Scanner::~Scanner() = default;

Result<QList<DiscoveredFile>> Scanner::scan(
    const QString &folder, const QStringList &unfinished, const ScanObserver &observer)
{
    const auto listing = WheelFolder::open(folder);
    if (!listing)
        return listing.error();
    Private::Folder &memory = d->folder(folder);
    const std::int64_t begin = fileClock();
    Look look([this](const QString &path) { return d->examine(path); }, folder, *listing, memory.known, unfinished);
    const bool isComplete = Internal::forEachBelow(
        look.count(), [&](int number) { look.look(number); }, observer);
    const bool hasNews = look.hasNews();
    auto [files, known] = std::move(look).take(begin);
    memory.isIndexStale = memory.isIndexStale || (hasNews && !areKeptAlike(memory.known, known));
    memory.known = std::move(known);
    if (isComplete && std::exchange(memory.isIndexStale, false))
        memory.index.write(memory.known);
    return isComplete ? Result<QList<DiscoveredFile>>(std::move(files)) : cancelled(folder);
}

DiscoveredFile Scanner::Private::examine(const QString &path) const
{
    DiscoveredFile file;
    file.path = path;
    const auto fileName = WheelFileName::parse(QStringView(path).sliced(path.lastIndexOf(u'/') + 1));
    if (!fileName) {
        file.error = fileName.error();
        return file;
    }
    file.tagRank = m_supported.rank(fileName->tags);
    // Its tags take more memory than all the rest, and few ask for them.
    const QByteArray name = QFile::encodeName(fileName->text);
    file.fileName = Internal::laterFileName(name, name);
    if (file.tagRank) {
        read(file, *fileName);
        return file;
    }
    if (const auto compatible = checkCompatible(*fileName, m_python); !compatible)
        file.error = compatible.error();
    return file;
}

DiscoveredFile Scanner::examine(const QString &path) const
{
    const auto before = Internal::statusOf(path);
    DiscoveredFile file = d->examine(path);
    if (before && file.identity == FileIdentity())
        file.identity = identityOf(*before, path);
    return file;
}

} // namespace Axle
