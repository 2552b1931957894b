#include "folderlisting_p.h"

#include "fileowner_p.h"
#include "findings_p.h"
#include "limits_p.h"
#include "membername_p.h"
#include "sentence_p.h"

#include <axle/core/codes.h>
#include <axle/wheel/codes.h>

#include <QtCore/QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>

namespace Axle::Internal {

namespace {

constexpr std::int64_t Anywhere = -1;
// What an archive without ZIP64 records holds, so that a copy can be one.
constexpr std::int64_t MaximumTolerantFiles = 0xfffe;
constexpr mode_t ModeSetIds = S_ISUID | S_ISGID;
constexpr mode_t ModeExecutable = S_IXUSR | S_IXGRP | S_IXOTH;

struct CloseFolder
{
    void operator()(DIR *folder) const { ::closedir(folder); }
};

Error changed(const QByteArray &path)
{
    return fault(Codes::FileChanged, {path, Anywhere},
        QStringLiteral("the file is not as it was when its folder was listed, expected nobody to change it"),
        QStringLiteral("wait until the folder is complete, then try again"));
}

/// What was listed cannot be read; it may be gone by now.
Error unreadable(const QByteArray &path)
{
    if (errno == ENOENT)
        return changed(path);
    return fault(Codes::FileUnreadable, {path, Anywhere},
        sentence("cannot be read: %1", QString::fromLocal8Bit(std::strerror(errno))));
}

/// The entries of `folder` in the order of their bytes, at most `limit` + 1 of them.
Result<std::vector<QByteArray>> namesIn(const FileDescriptor &folder, const QByteArray &path, std::int64_t limit)
{
    const int fd = ::openat(folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const std::unique_ptr<DIR, CloseFolder> stream(fd < 0 ? nullptr : ::fdopendir(fd));
    if (!stream)
        return unreadable(path);
    std::vector<QByteArray> names;
    errno = 0;
    while (const dirent *entry = ::readdir(stream.get())) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            names.push_back(name);
        if (std::ssize(names) > limit)
            break;
    }
    if (errno != 0)
        return unreadable(path);
    std::sort(names.begin(), names.end());
    return names;
}

/// The walk through an unpacked wheel.
class FolderLister
{
public:
    FolderLister(Rules rules, Findings &findings)
        : m_rules(rules)
        , m_findings(findings)
        , m_names(0)
    {
    }

    /// Lists what is below `folder`, which is `path` and a slash. False: what comes next is not worth a look.
    bool list(const FileDescriptor &folder, const QByteArray &path);
    FolderListing &listing() { return m_listing; }

private:
    bool add(const FileDescriptor &folder, const QByteArray &name, const QByteArray &path);
    bool addFile(const FileStatus &status, const QByteArray &path);
    bool addFolder(const FileDescriptor &parent, const QByteArray &name, const QByteArray &path);
    void addTimes(const FileIdentity &identity);
    bool refuse(const Error &error);

    const Rules m_rules;
    Findings &m_findings;
    FolderListing m_listing;
    NameRegister m_names;              // of the listed paths
    std::vector<QByteArray> m_refused; // and of these
    std::int64_t m_entries = 0;        // folders too: even empty ones take their time
};

bool FolderLister::refuse(const Error &error)
{
    m_findings.add(error);
    return !m_findings.isEnough();
}

void FolderLister::addTimes(const FileIdentity &identity)
{
    FileIdentity &all = m_listing.identity;
    all.modificationTime = qMax(all.modificationTime, identity.modificationTime);
    all.changeTime = qMax(all.changeTime, identity.changeTime);
}

bool FolderLister::list(const FileDescriptor &folder, const QByteArray &path)
{
    const auto status = folder.status();
    if (!status)
        return refuse(unreadable(path));
    if (const auto checked = checkOwner(*status, {path, Anywhere}); !checked)
        addStrict(m_findings, m_rules, checked.error());
    addTimes(status->identity);

    const std::int64_t limit = m_rules == Rules::Strict ? MaximumMembers : MaximumTolerantFiles;
    const auto names = namesIn(folder, path, limit);
    if (!names)
        return refuse(names.error());
    m_entries += std::ssize(*names);
    if (m_entries > limit) {
        m_findings.add(fault(Codes::ZipTooManyMembers, {path, Anywhere},
            sentence("more than %1 files and folders, expected at most that many", limit)));
        return false;
    }
    return std::all_of(
        names->begin(), names->end(), [&](const QByteArray &name) { return add(folder, name, path + name); });
}

bool FolderLister::add(const FileDescriptor &folder, const QByteArray &name, const QByteArray &path)
{
    struct stat status = {};
    if (::fstatat(folder.get(), name.constData(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return refuse(unreadable(path));
    if (S_ISDIR(status.st_mode))
        return addFolder(folder, name, path + '/');
    if (S_ISREG(status.st_mode))
        return addFile(FileStatus::of(status), path);
    return refuse(fault(Codes::ZipSpecialFile, {path, Anywhere},
        sentence(
            "file mode %1 is that of a link or device, expected a regular file or a folder", octal(status.st_mode))));
}

bool FolderLister::addFolder(const FileDescriptor &parent, const QByteArray &name, const QByteArray &path)
{
    if (const auto checked = checkMemberName(path, true, {path, Anywhere}); !checked)
        return refuse(checked.error());
    const FileDescriptor folder(
        ::openat(parent.get(), name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    return folder.isValid() ? list(folder, path) : refuse(unreadable(path));
}

bool FolderLister::addFile(const FileStatus &status, const QByteArray &path)
{
    ListedFile file;
    file.path = path;
    const Place place{file.path, Anywhere};
    if (!m_names.judge(file.path, true, place, m_findings)) {
        m_refused.push_back(file.path);
        return !m_findings.isEnough();
    }
    if (const auto checked = checkOwner(status, place); !checked)
        addStrict(m_findings, m_rules, checked.error());
    if ((status.mode & ModeSetIds) != 0) {
        m_findings.add(
            fault(Codes::ZipSetuid, place, sentence("file mode %1, expected no setuid or setgid", octal(status.mode))));
    }
    file.identity = status.identity;
    file.member.rawName = file.path;
    file.member.size = file.member.compressedSize = status.identity.size;
    file.member.isExecutable = (status.mode & ModeExecutable) != 0;
    m_listing.identity.size += status.identity.size;
    addTimes(status.identity);
    m_listing.files.push_back(std::move(file));
    return !m_findings.isEnough();
}

/// The folder that holds `path`, opened component by component, and the name of the file in it.
Result<FileDescriptor> openListed(const FileDescriptor &folder, const QByteArray &path)
{
    FileDescriptor parent;
    qsizetype begin = 0;
    for (qsizetype slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', begin)) {
        const QByteArray name = path.sliced(begin, slash - begin);
        const int from = parent.isValid() ? parent.get() : folder.get();
        parent = FileDescriptor(::openat(from, name.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!parent.isValid())
            return unreadable(path);
        begin = slash + 1;
    }
    const int from = parent.isValid() ? parent.get() : folder.get();
    FileDescriptor file(
        ::openat(from, path.constData() + begin, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (!file.isValid())
        return unreadable(path);
    return file;
}

} // namespace

FileDescriptor openFolder(const QString &path)
{
    FileDescriptor folder(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!folder.isValid())
        return {};
    const auto first = namesIn(folder, {}, 0);
    return first && !first->empty() ? std::move(folder) : FileDescriptor();
}

std::optional<FolderListing> listFolder(const FileDescriptor &folder, Rules rules, Findings &findings)
{
    const auto identity = findings.take(folder.identity());
    if (!identity)
        return std::nullopt;
    FolderLister lister(rules, findings);
    if (!lister.list(folder, {}))
        return std::nullopt;
    FolderListing &listing = lister.listing();
    listing.identity.device = identity->device;
    listing.identity.inode = identity->inode;
    if (listing.identity.size > MaximumFileSize) {
        findings.add(Error(Codes::FileTooLarge,
            sentence("the files have %1 bytes together, expected at most %2", listing.identity.size, MaximumFileSize)));
    }
    return std::move(listing);
}

Result<QByteArray> readListed(const FileDescriptor &folder, const ListedFile &file)
{
    const QByteArray &path = file.path;
    const auto opened = openListed(folder, path);
    if (!opened)
        return opened.error();
    const auto before = opened->identity();
    if (!before || *before != file.identity)
        return before ? changed(path) : before.error();
    auto data = opened->readAt(0, file.member.size);
    const auto after = opened->identity();
    if (!after || *after != file.identity)
        return after ? changed(path) : after.error();
    return data;
}

} // namespace Axle::Internal
