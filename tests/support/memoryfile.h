#pragma once

#include <axle/core/filedescriptor.h>

#include <QtCore/QByteArray>

#include <sys/mman.h>
#include <unistd.h>

namespace Axle::Test {

/// An open file with these bytes that lies in no folder. Invalid where the system gives none.
inline FileDescriptor memoryFile(const QByteArray &bytes)
{
    FileDescriptor file(::memfd_create("axle-test", MFD_CLOEXEC));
    qsizetype done = 0;
    while (file.isValid() && done < bytes.size()) {
        const ssize_t written = ::write(file.get(), bytes.constData() + done, static_cast<size_t>(bytes.size() - done));
        if (written <= 0)
            return {};
        done += written;
    }
    return file;
}

} // namespace Axle::Test
