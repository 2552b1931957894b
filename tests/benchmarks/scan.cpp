// What a scan takes within a process, beside the system calls that no scan can do without. Prints seconds.
//
//     axle-bench-scan stat FOLDER          lists the folder and asks for the state of each wheel in it
//     axle-bench-scan scan FOLDER STORE    Scanner::scan of a new Scanner
//     axle-bench-scan use FOLDER STORE     the same, and everything that the resolver asks each file for
#include <axle/discovery/scanner.h>

#include <QtCore/QElapsedTimer>

#include <cstdio>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

using namespace Axle;

namespace {

bool statAll(const char *folder)
{
    DIR *const stream = ::opendir(folder);
    if (!stream)
        return false;
    std::vector<std::string> names;
    while (const dirent *entry = ::readdir(stream)) {
        if (std::strstr(entry->d_name, ".whl"))
            names.emplace_back(entry->d_name);
    }
    for (const std::string &name : names) {
        struct stat status = {};
        if (::fstatat(::dirfd(stream), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            return false;
    }
    ::closedir(stream);
    return !names.empty();
}

bool scan(Scanner &scanner, const QString &folder, bool isUsed)
{
    const auto files = scanner.scan(folder);
    if (!files || files->isEmpty())
        return false;
    const auto isGood = [](const DiscoveredFile &file) { return !file.toDistribution().name.isEmpty(); };
    return !isUsed || std::all_of(files->cbegin(), files->cend(), isGood);
}

} // namespace

int main(int argc, char **argv)
{
    const bool isStat = argc == 3 && std::strcmp(argv[1], "stat") == 0;
    const bool isUsed = argc == 4 && std::strcmp(argv[1], "use") == 0;
    if (!isStat && !isUsed && (argc != 4 || std::strcmp(argv[1], "scan") != 0)) {
        std::fprintf(stderr, "usage: %s stat FOLDER | scan FOLDER STORE | use FOLDER STORE\n", argv[0]);
        return 2;
    }
    Scanner scanner(TargetPython::current(), isStat ? QString() : QString::fromLocal8Bit(argv[3]));
    QElapsedTimer clock;
    clock.start();
    const bool isDone = isStat ? statAll(argv[2]) : scan(scanner, QString::fromLocal8Bit(argv[2]), isUsed);
    std::printf("%.6f\n", static_cast<double>(clock.nsecsElapsed()) / 1e9);
    return isDone ? 0 : 1;
}
