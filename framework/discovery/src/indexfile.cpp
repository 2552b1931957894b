#include "indexfile_p.h"

#include <axle/core/fileclock.h>
#include <axle/core/logging.h>
#include <axle/core/writeall.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFile>

#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

/// An index of 100,000 wheels has less than half of it.
constexpr std::int64_t MaximumSize = 128 << 20;
/// Folders go, and processes are killed while they write: what is as old as that, in nanoseconds, is removed. An index
/// in use is then made anew.
constexpr std::int64_t Lifetime = std::int64_t(30) * 24 * 3600 * 1'000'000'000;

/// Makes `bytes` the content of the file `name`, in one step; an errno.
int replace(const FileDescriptor &place, const QByteArray &name, QByteArrayView bytes)
{
    static std::atomic_uint serial = 0;
    const QByteArray draft =
        name + '.' + QByteArray::number(::getpid()) + '.' + QByteArray::number(serial.fetch_add(1));
    // The remains of a process that was killed and had the same number.
    ::unlinkat(place.get(), draft.constData(), 0);
    const FileDescriptor file(
        ::openat(place.get(), draft.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    int error = file.isValid() ? writeAll(file, bytes) : errno;
    if (error == 0 && ::renameat(place.get(), draft.constData(), place.get(), name.constData()) != 0)
        error = errno;
    if (error != 0)
        ::unlinkat(place.get(), draft.constData(), 0);
    return error;
}

void removeOutdated(const FileDescriptor &place)
{
    const int copy = ::openat(place.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *const stream = copy < 0 ? nullptr : ::fdopendir(copy);
    if (!stream)
        return;
    const std::int64_t now = fileClock();
    while (const dirent *entry = ::readdir(stream)) {
        struct stat status = {};
        if (::fstatat(copy, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(status.st_mode)
            && now - std::int64_t(status.st_mtim.tv_sec) * 1'000'000'000 > Lifetime) {
            ::unlinkat(copy, entry->d_name, 0);
        }
    }
    ::closedir(stream);
}

} // namespace

IndexFile::IndexFile(const QString &storeFolder, const QString &folder, const QByteArray &key)
    : m_place(storeFolder.isEmpty() ? QString() : storeFolder + QStringLiteral("/scan"))
    , m_folder(folder)
    , m_key(key)
{
    QCryptographicHash name(QCryptographicHash::Sha256);
    name.addData(key);
    name.addData(QFile::encodeName(QDir::cleanPath(QDir::current().absoluteFilePath(folder))));
    m_name = name.result().toHex() + ".index";
}

FileDescriptor IndexFile::openPlace() const
{
    return FileDescriptor(
        ::open(QFile::encodeName(m_place).constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

KnownFiles IndexFile::read() const
{
    if (m_place.isEmpty())
        return {};
    const auto file = FileDescriptor::openRegular(m_place + u'/' + QString::fromLatin1(m_name));
    const auto identity = file ? file->identity() : Result<FileIdentity>(file.error());
    if (!identity || identity->size > MaximumSize)
        return {};
    const auto bytes = file->readAt(0, identity->size);
    return bytes ? decodeIndex(*bytes, m_key, m_folder).value_or(KnownFiles()) : KnownFiles();
}

void IndexFile::write(const KnownFiles &files) const
{
    const QByteArray bytes = m_place.isEmpty() ? QByteArray() : encodeIndex(files, m_key);
    if (bytes.isEmpty() || bytes.size() > MaximumSize)
        return;
    ::mkdir(QFile::encodeName(m_place).constData(), S_IRWXU);
    const FileDescriptor place = openPlace();
    if (const int error = place.isValid() ? replace(place, m_name, bytes) : errno; error != 0)
        qCInfo(lcAxleDiscovery, "the index of '%ls' is not kept: %s", qUtf16Printable(m_folder), std::strerror(error));
    if (place.isValid())
        removeOutdated(place);
}

} // namespace Axle::Internal
