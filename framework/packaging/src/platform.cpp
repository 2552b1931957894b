#include <axle/packaging/platform.h>

#include <QtCore/QList>

#include <array>
#include <utility>

namespace Axle {

namespace {

// What the last minor version of a major one was will be known when there is a next; pypa/packaging assumes this too.
constexpr int AssumedLastMinor = 50;
constexpr int FirstGlibcMajor = 2;

struct LegacyName
{
    int minor = 0; // of glibc 2
    QLatin1StringView name;
};

constexpr std::array LegacyNames{
    LegacyName{17, QLatin1StringView("manylinux2014")}, // PEP 599
    LegacyName{12, QLatin1StringView("manylinux2010")}, // PEP 571
    LegacyName{5, QLatin1StringView("manylinux1")},     // PEP 513
};

/// A processor that calls itself `armv8l` runs what was built for `armv7l`.
QStringList compatibleMachines(const QString &machine)
{
    return machine == u"armv8l" ? QStringList{machine, QStringLiteral("armv7l")} : QStringList{machine};
}

bool hasManylinux(const QStringList &machines)
{
    static const QStringList known{QStringLiteral("x86_64"), QStringLiteral("i686"), QStringLiteral("aarch64"),
        QStringLiteral("armv7l"), QStringLiteral("ppc64"), QStringLiteral("ppc64le"), QStringLiteral("s390x"),
        QStringLiteral("loongarch64"), QStringLiteral("riscv64")};
    return known.contains(machines.last());
}

void appendManylinux(QStringList &platforms, const QString &machine, const CLibrary &glibc)
{
    const bool isX86 = machine == u"x86_64" || machine == u"i686";
    const int firstMinor = isX86 ? 5 : 17; // of glibc 2
    for (int major = glibc.major; major >= FirstGlibcMajor; --major) {
        const int last = major == glibc.major ? glibc.minor : AssumedLastMinor;
        const int first = major == FirstGlibcMajor ? firstMinor : 0;
        for (int minor = last; minor >= first; --minor) {
            platforms += QStringLiteral("manylinux_%1_%2_%3").arg(major).arg(minor).arg(machine);
            for (const LegacyName &legacy : LegacyNames) {
                if (major == FirstGlibcMajor && minor == legacy.minor)
                    platforms += legacy.name + u'_' + machine;
            }
        }
    }
}

using MacVersion = std::pair<int, int>;

constexpr MacVersion FirstYearly{11, 0}; // from here on the major number counts, before it the minor one behind 10

/// The kinds of files that run on this machine, its own first; the others hold code for several machines.
QStringList macFormats(MacVersion version, const QString &machine)
{
    const QString universal = QStringLiteral("universal");
    if (machine == u"x86_64" && version >= MacVersion{10, 4}) {
        return {machine, QStringLiteral("intel"), QStringLiteral("fat64"), QStringLiteral("fat32"),
            QStringLiteral("universal2"), universal};
    }
    if (machine == u"i386" && version >= MacVersion{10, 4})
        return {machine, QStringLiteral("intel"), QStringLiteral("fat32"), QStringLiteral("fat"), universal};
    if (machine == u"ppc64" && version >= MacVersion{10, 4} && version <= MacVersion{10, 5})
        return {machine, QStringLiteral("fat64"), universal};
    if (machine == u"ppc" && version <= MacVersion{10, 6})
        return {machine, QStringLiteral("fat32"), QStringLiteral("fat"), universal};
    if (machine == u"x86_64" || machine == u"i386" || machine == u"ppc64" || machine == u"ppc")
        return {};
    if (machine == u"arm64")
        return {machine, QStringLiteral("universal2")};
    return machine == u"intel" ? QStringList{machine, universal} : QStringList{machine};
}

void appendMac(QStringList &platforms, MacVersion version, const QStringList &formats)
{
    for (const QString &format : formats)
        platforms += QStringLiteral("macosx_%1_%2_%3").arg(version.first).arg(version.second).arg(format);
}

} // namespace

QString machineOf32Bits(const QString &machine)
{
    if (machine == u"x86_64")
        return QStringLiteral("i686");
    return machine == u"aarch64" ? QStringLiteral("armv8l") : machine;
}

QStringList linuxPlatforms(const QString &machine, const CLibrary &library)
{
    QStringList platforms;
    const QStringList machines = compatibleMachines(machine);
    for (const QString &compatible : machines) {
        if (library.kind == CLibrary::Kind::Glibc && hasManylinux(machines))
            appendManylinux(platforms, compatible, library);
        for (int minor = library.minor; library.kind == CLibrary::Kind::Musl && minor >= 0; --minor)
            platforms += QStringLiteral("musllinux_%1_%2_%3").arg(library.major).arg(minor).arg(compatible);
    }
    for (const QString &compatible : machines)
        platforms += QStringLiteral("linux_") + compatible;
    return platforms;
}

QStringList macPlatforms(int major, int minor, const QString &machine)
{
    constexpr int LastBeforeYearly = 16; // 10.16 is what 11 calls itself to old programs
    constexpr int FirstIntel = 4;
    QStringList platforms;
    if (major == 10) {
        for (int older = minor; older >= 0; --older)
            appendMac(platforms, {10, older}, macFormats({10, older}, machine));
    }
    if (MacVersion{major, minor} < FirstYearly)
        return platforms;
    for (int older = major; older >= FirstYearly.first; --older)
        appendMac(platforms, {older, 0}, macFormats({older, 0}, machine));
    for (int older = LastBeforeYearly; older >= FirstIntel; --older) {
        // Of the older files an ARM machine runs those whose other half is for it.
        appendMac(platforms, {10, older},
            machine == u"x86_64" ? macFormats({10, older}, machine) : QStringList{QStringLiteral("universal2")});
    }
    return platforms;
}

QStringList windowsPlatforms(const QString &machine)
{
    const QString lower = machine.toLower();
    if (lower == u"amd64" || lower == u"x86_64")
        return {QStringLiteral("win_amd64")};
    if (lower == u"arm64" || lower == u"aarch64")
        return {QStringLiteral("win_arm64")};
    if (lower == u"x86" || lower == u"i386" || lower == u"i686")
        return {QStringLiteral("win32")};
    return {};
}

} // namespace Axle
