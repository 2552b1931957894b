#include "platform_p.h"

#include <QtCore/QProcess>

#include <link.h>
#include <sys/utsname.h>

#include <charconv>
#ifdef __GLIBC__
#    include <gnu/libc-version.h>
#endif

namespace Axle::Internal {

namespace {

/// "1.2…" as a version; nothing where it is none.
CLibrary parseVersion(CLibrary::Kind kind, const char *begin, const char *end)
{
    CLibrary library{.kind = kind};
    const auto [dot, majorError] = std::from_chars(begin, end, library.major);
    if (majorError != std::errc() || dot == end || *dot != '.')
        return {};
    if (std::from_chars(dot + 1, end, library.minor).ec != std::errc())
        return {};
    return library;
}

/// The loader that the ELF header of this program asks for. The first object is the program itself.
[[maybe_unused]] QByteArray loaderOfThisProgram()
{
    QByteArray loader;
    ::dl_iterate_phdr(
        [](dl_phdr_info *info, size_t, void *result) {
            for (int i = 0; i < info->dlpi_phnum; ++i) {
                const auto &header = info->dlpi_phdr[i];
                const auto address = info->dlpi_addr + header.p_vaddr;
                if (header.p_type == PT_INTERP) // NOLINTNEXTLINE(performance-no-int-to-ptr): the loader tells numbers
                    *static_cast<QByteArray *>(result) = reinterpret_cast<const char *>(address);
            }
            return 1;
        },
        &loader);
    return loader;
}

CLibrary runningLibrary()
{
#if defined(__GLIBC__) && (!defined(__arm__) || defined(__ARM_PCS_VFP))
    return parseGlibcVersion(::gnu_get_libc_version());
#elif defined(__GLIBC__)
    return {}; // manylinux has no soft-float ARM
#else
    const QByteArray loader = loaderOfThisProgram();
    return loader.contains("musl") ? muslOfLoader(loader) : CLibrary();
#endif
}

} // namespace

RunningSystem runningSystem()
{
    utsname system = {};
    ::uname(&system); // an empty string stands for what the system does not tell, as PEP 508 has it
    return RunningSystem{
        .name = QString::fromLocal8Bit(system.sysname),
        .machine = QString::fromLocal8Bit(system.machine),
        .release = QString::fromLocal8Bit(system.release),
        .version = QString::fromLocal8Bit(system.version),
        .platform = QStringLiteral("linux"),
        .osName = QStringLiteral("posix"),
    };
}

QStringList runningPlatforms()
{
    const QString machine = runningSystem().machine;
    return linuxPlatforms(sizeof(void *) == 4 ? machineOf32Bits(machine) : machine, runningLibrary());
}

CLibrary parseGlibcVersion(const QByteArray &text)
{
    return parseVersion(CLibrary::Kind::Glibc, text.begin(), text.end());
}

CLibrary parseMuslVersion(const QByteArray &output)
{
    const QByteArrayList lines = output.trimmed().split('\n');
    constexpr char label[] = "Version ";
    if (lines.size() < 2 || !lines[0].startsWith("musl") || !lines[1].trimmed().startsWith(label))
        return {};
    const QByteArray version = lines[1].trimmed().sliced(sizeof label - 1);
    return parseVersion(CLibrary::Kind::Musl, version.begin(), version.end());
}

CLibrary muslOfLoader(const QByteArray &path)
{
    QProcess loader;
    loader.start(QString::fromLocal8Bit(path), QStringList());
    loader.waitForFinished();
    return parseMuslVersion(loader.readAllStandardError());
}

} // namespace Axle::Internal
