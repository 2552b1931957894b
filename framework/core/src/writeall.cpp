#include <axle/core/writeall.h>

#include <cerrno>
#include <unistd.h>

namespace Axle {

int writeAll(const FileDescriptor &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t count = ::write(file.get(), bytes.data(), static_cast<size_t>(bytes.size()));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return errno;
        bytes = bytes.sliced(count);
    }
    return 0;
}

} // namespace Axle
