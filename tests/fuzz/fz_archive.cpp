#include <axle/wheel/wheel.h>

#include <cstdlib>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace Axle;

namespace {

/// One file in memory for all runs: making one anew would take longer than what is tested.
FileDescriptor fileWith(const uint8_t *data, size_t size)
{
    static const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
    const bool isWritten = ::ftruncate(file, 0) == 0 && ::pwrite(file, data, size, 0) == static_cast<ssize_t>(size);
    if (!isWritten)
        std::abort();
    return FileDescriptor(::fcntl(file, F_DUPFD_CLOEXEC, 0));
}

void readEverything(Rules rules, const uint8_t *data, size_t size)
{
    const auto archive = WheelArchive::open(fileWith(data, size), rules);
    if (!archive)
        return;
    for (const ArchiveMember &member : (*archive)->members()) {
        const auto contents = (*archive)->read(member);
        if (contents && contents->size() != member.size)
            std::abort();
    }
    const auto wheel = Wheel::open(*archive, QStringLiteral("demo-1.0-py3-none-any.whl"));
    if (wheel)
        static_cast<void>(wheel->verify().has_value());
}

} // namespace

/// Any bytes as a wheel: no crash, no hang, no allocation beyond what the file's size allows.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    readEverything(Rules::Strict, data, size);
    readEverything(Rules::Tolerant, data, size);
    return 0;
}
