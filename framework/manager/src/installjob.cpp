#include "installjob_p.h"

#include <axle/discovery/scanner.h>
#include <axle/manager/codes.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

namespace Axle::Internal {

namespace {

constexpr qint64 ChunkSize = 1 << 20;

Error installError(const QString &wheelPath, const QString &folder, const QString &reason)
{
    return Error(Codes::InstallFailed,
        QStringLiteral("'%1' cannot be copied to '%2': %3").arg(QFileInfo(wheelPath).fileName(), folder, reason));
}

Result<void> copy(const FileDescriptor &source, QSaveFile &target)
{
    const Result<FileIdentity> identity = source.identity();
    if (!identity)
        return identity.error();
    for (qint64 offset = 0; offset < identity->size; offset += ChunkSize) {
        const Result<QByteArray> chunk = source.readAt(offset, qMin(ChunkSize, identity->size - offset));
        if (!chunk)
            return chunk.error();
        target.write(*chunk);
    }
    return {};
}

} // namespace

Result<void> installWheel(const QString &wheelPath, const QString &folder, const TargetPython &python)
{
    const DiscoveredFile found = Scanner(python).examine(wheelPath);
    if (!found.isUsable())
        return found.error;
    const QString targetPath = folder + u'/' + QFileInfo(wheelPath).fileName();
    const Result<FileDescriptor> source = FileDescriptor::openRegular(wheelPath);
    if (!source)
        return source.error();
    // Its temporary name does not end in .whl, so that a scan passes it over until it is whole.
    QSaveFile target(targetPath);
    if (!target.open(QIODevice::WriteOnly))
        return installError(wheelPath, folder, target.errorString());
    if (const Result<void> copied = copy(*source, target); !copied)
        return installError(wheelPath, folder, QStringLiteral("it cannot be read")).withCause(copied.error());
    if (!target.commit())
        return installError(wheelPath, folder, target.errorString());
    return {};
}

} // namespace Axle::Internal
