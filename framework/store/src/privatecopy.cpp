#include "privatecopy_p.h"

#include <axle/core/writeall.h>
#include <axle/wheel/digest.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QStringBuilder>

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace Axle::Internal {

namespace {

// What stays in the cache between reading, hashing and writing.
constexpr std::int64_t ChunkSize = 256 << 10;
// Linux 6.3; glibc 2.36 does not name it yet.
constexpr unsigned int NoExecSeal = 0x0008U;

/// A file of `folder` whose name is gone before anything is in it: nothing is left behind even by a kill.
Result<FileDescriptor> createNamelessFile(const PrivateFolder &folder)
{
    FileDescriptor file(::openat(folder.fd.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0400));
    if (file.isValid())
        return file;
    // Not every file system has O_TMPFILE.
    const QByteArray name = ".snapshot-" + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    file = FileDescriptor(
        ::openat(folder.fd.get(), name.constData(), O_CREAT | O_EXCL | O_NOFOLLOW | O_RDWR | O_CLOEXEC, 0400));
    if (!file.isValid() || ::unlinkat(folder.fd.get(), name.constData(), 0) != 0)
        return writeError(folder.path % u'/' % QString::fromLatin1(name), errno);
    return file;
}

/// What `produce` gives goes to `target`; its hash.
Result<QByteArray> keep(const Produce &produce, const FileDescriptor &target, const QString &targetName)
{
    Sha256 hash;
    const auto produced = produce([&](QByteArrayView bytes) -> Result<void> {
        hash.add(bytes);
        const int error = writeAll(target, bytes);
        return error == 0 ? Result<void>() : writeError(targetName, error);
    });
    if (!produced)
        return produced.error();
    return hash.result();
}

bool seal(const FileDescriptor &file)
{
    return ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
}

} // namespace

FileDescriptor createMemoryFile()
{
    constexpr unsigned int flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    FileDescriptor file(::memfd_create("axle-wheel", flags | NoExecSeal));
    if (!file.isValid() && errno == EINVAL)
        file = FileDescriptor(::memfd_create("axle-wheel", flags));
    return file;
}

Result<PrivateCopy> copyPrivately(
    const Produce &produce, std::int64_t size, std::int64_t memoryLimit, const OpenFolder &folder)
{
    if (FileDescriptor memory = size <= memoryLimit ? createMemoryFile() : FileDescriptor(); memory.isValid()) {
        auto hash = keep(produce, memory, QStringLiteral("memory"));
        if (!hash)
            return std::move(hash).error();
        if (seal(memory))
            return PrivateCopy{std::move(memory), *hash};
    }
    auto opened = folder();
    if (!opened)
        return std::move(opened).error();
    auto file = createNamelessFile(*opened);
    if (!file)
        return std::move(file).error();
    auto hash = keep(produce, *file, opened->path);
    if (!hash)
        return std::move(hash).error();
    return PrivateCopy{std::move(*file), *hash};
}

Result<PrivateCopy> copyPrivately(
    const FileDescriptor &source, std::int64_t size, std::int64_t memoryLimit, const OpenFolder &folder)
{
    const auto produce = [&](const WheelArchive::Sink &sink) -> Result<void> {
        QByteArray chunk(static_cast<qsizetype>(qMin(size, ChunkSize)), Qt::Uninitialized);
        for (std::int64_t offset = 0; offset < size; offset += ChunkSize) {
            const auto part = qMin(ChunkSize, size - offset);
            if (const auto read = source.readAt(offset, chunk.data(), part); !read)
                return read.error();
            if (const auto written = sink(QByteArrayView(chunk).first(static_cast<qsizetype>(part))); !written)
                return written.error();
        }
        return {};
    };
    return copyPrivately(Produce(produce), size, memoryLimit, folder);
}

} // namespace Axle::Internal
