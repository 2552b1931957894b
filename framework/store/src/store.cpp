#include <axle/store/store.h>

#include "folderlock_p.h"
#include "privatecopy_p.h"
#include "storeplace_p.h"
#include "verification_p.h"

#include <axle/core/codes.h>
#include <axle/store/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <fcntl.h>

namespace Axle {

namespace {

constexpr std::int64_t MemoryLimit = 64 << 20;
// Longer than staging the largest wheels takes on a slow disk.
constexpr std::chrono::seconds LockTimeout{60};

Error sourceChanged(const QString &path)
{
    return Error(Codes::SourceChanged, QStringLiteral("'%1' changed while it was read").arg(path),
        QStringLiteral("wait until the file is written completely, then try again"));
}

/// Judges a file that is too large to be copied for nothing.
Result<void> checkBeforeCopy(const FileDescriptor &file, const QString &path, Rules rules)
{
    FileDescriptor second(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
    if (!second.isValid())
        return Error(Codes::FileUnreadable, QStringLiteral("cannot open '%1' a second time").arg(path));
    const auto archive = WheelArchive::open(std::move(second), rules);
    return archive ? Result<void>() : archive.error();
}

/// A private copy, and the state that its source had before and after.
struct Copied
{
    Internal::PrivateCopy copy;
    FileIdentity source;
};

Result<Copied> copyFile(const QString &path, Rules rules, const Internal::OpenFolder &folder)
{
    const QString target = rules == Rules::Tolerant ? QFileInfo(path).canonicalFilePath() : QString();
    const auto source = FileDescriptor::openRegular(target.isEmpty() ? path : target);
    if (!source)
        return source.error();
    // The copy is ours whoever owns the file.
    if (const auto owner = checkOwner(*source); !owner && rules == Rules::Strict)
        return owner.error();
    const auto before = source->identity();
    if (!before)
        return before.error();
    if (before->size > MemoryLimit) {
        if (const auto checked = checkBeforeCopy(*source, path, rules); !checked)
            return checked.error();
    }
    auto copy = Internal::copyPrivately(*source, before->size, MemoryLimit, folder);
    const auto after = source->identity();
    const bool isShorter = !copy && copy.error().code() == Codes::FileTruncated;
    if (isShorter || (after && *after != *before))
        return sourceChanged(path);
    if (!copy)
        return std::move(copy).error();
    return Copied{std::move(*copy), *before};
}

/// The files of an unpacked wheel become an archive, so that everything behind this sees one kind of wheel.
Result<Copied> packFolder(const QString &path, Rules rules, const Internal::OpenFolder &folder)
{
    const auto archive = WheelArchive::open(path, rules);
    if (!archive)
        return archive.error().code() == Codes::FileChanged ? sourceChanged(path) : archive.error();
    const FileIdentity before = (*archive)->identity();
    const auto pack = [&](const WheelArchive::Sink &sink) { return (*archive)->pack(sink); };
    auto copy = Internal::copyPrivately(pack, before.size, MemoryLimit, folder);
    // Each file was what it was listed as while it was read; this says that all still are, and that none came or went.
    const auto after = (*archive)->currentIdentity();
    const bool isChanged = !copy && copy.error().code() == Codes::FileChanged;
    if (isChanged || !after || *after != before)
        return sourceChanged(path);
    if (!copy)
        return std::move(copy).error();
    return Copied{std::move(*copy), before};
}

} // namespace

Store::Store(const QString &root)
    : m_root(root)
{
}

Result<Store> Store::open(const QString &root)
{
    const auto place =
        root.isEmpty() ? Internal::storePlace() : QDir::cleanPath(QDir::current().absoluteFilePath(root));
    if (!place)
        return place.error();
    return Internal::openPrivateFolder(*place).transform(
        [](const Internal::PrivateFolder &folder) { return Store(folder.path); });
}

Result<Snapshot> Store::snapshot(const QString &path, Rules rules) const
{
    // Without the slash that a folder's path may end with.
    const QFileInfo info(QDir::cleanPath(path));
    const auto folder = [this] { return Internal::openPrivateFolder(m_root); };
    auto copied = info.isDir() ? packFolder(info.filePath(), rules, folder) : copyFile(info.filePath(), rules, folder);
    if (!copied)
        return std::move(copied).error();
    const auto archive = WheelArchive::open(std::move(copied->copy.file), rules);
    if (!archive)
        return archive.error();
    auto wheel = Wheel::open(*archive, info.fileName());
    if (!wheel)
        return std::move(wheel).error();
    return Snapshot{std::move(*wheel), copied->copy.sha256, copied->source, info.absoluteFilePath()};
}

Result<VerifiedWheel> Store::verify(Snapshot snapshot, Materialise materialise) const
{
    const auto root = Internal::openPrivateFolder(m_root);
    if (!root)
        return root.error();
    const auto content = Internal::openPrivateFolder(*root, QString::fromLatin1(snapshot.sha256.toHex()));
    if (!content)
        return content.error();
    const auto lock = Internal::FolderLock::acquire(*content, LockTimeout);
    if (!lock)
        return lock.error();
    const auto tree = Internal::Verification(*content, snapshot.wheel, materialise).run();
    if (!tree)
        return tree.error();
    return VerifiedWheel{std::move(snapshot), *tree};
}

} // namespace Axle
