#include "pendingfile_p.h"

#include "sentence_p.h"

#include <axle/core/filedescriptor.h>
#include <axle/wheel/codes.h>

#include <QtCore/QFileInfo>
#include <QtCore/QRandomGenerator>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

constexpr int MaximumTries = 100;

Error notWritten(const QString &path, const char *step)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(errno));
    return Error(Codes::WheelNotWritten, sentence("cannot %1 '%2': %3", QLatin1StringView(step), path, reason));
}

QString temporaryName(const QString &target)
{
    const QFileInfo info(target);
    const QString suffix = QString::number(QRandomGenerator::global()->generate64(), 36);
    return QStringLiteral("%1/.%2.%3.part").arg(info.path(), info.fileName(), suffix);
}

/// A signal may interrupt it, which says nothing of the disk.
bool makeDurable(int fd)
{
    while (::fsync(fd) != 0) {
        if (errno != EINTR)
            return false;
    }
    return true;
}

} // namespace

PendingFile::PendingFile(const QString &target)
    : m_target(target)
{
}

PendingFile::~PendingFile()
{
    m_file.close();
    if (!m_path.isEmpty())
        QFile::remove(m_path);
}

Result<void> PendingFile::open()
{
    for (int i = 0; i < MaximumTries; ++i) {
        const QString path = temporaryName(m_target);
        const int fd =
            ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
        if (fd < 0 && errno == EEXIST)
            continue;
        if (fd < 0)
            return notWritten(m_target, "write");
        m_path = path;
        if (!m_file.open(fd, QIODevice::ReadWrite, QFileDevice::AutoCloseHandle))
            return notWritten(m_target, "write");
        return {};
    }
    return notWritten(m_target, "write");
}

Result<void> PendingFile::commit()
{
    if (!m_file.flush())
        return Error(Codes::WheelNotWritten, sentence("cannot write '%1': %2", m_target, m_file.errorString()));
    if (!makeDurable(m_file.handle()))
        return notWritten(m_target, "write");
    if (std::rename(QFile::encodeName(m_path).constData(), QFile::encodeName(m_target).constData()) != 0)
        return notWritten(m_target, "rename to");
    m_path.clear();
    const FileDescriptor folder(
        ::open(QFile::encodeName(QFileInfo(m_target).path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder.isValid() || !makeDurable(folder.get()))
        return notWritten(m_target, "make durable");
    return {};
}

} // namespace Axle::Internal
