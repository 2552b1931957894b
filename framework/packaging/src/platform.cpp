#include "platform_p.h"

#include <QtCore/QList>

#include <array>
#include <charconv>
#include <cstring>

namespace Axle::Internal {

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

bool hasManylinux(const QString &machine)
{
    static const QStringList machines{QStringLiteral("x86_64"), QStringLiteral("i686"), QStringLiteral("aarch64"),
        QStringLiteral("armv7l"), QStringLiteral("ppc64"), QStringLiteral("ppc64le"), QStringLiteral("s390x"),
        QStringLiteral("loongarch64"), QStringLiteral("riscv64")};
    return machines.contains(machine);
}

void appendManylinux(QStringList &platforms, const QString &machine, GlibcVersion glibc)
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

} // namespace

GlibcVersion parseGlibcVersion(const char *text)
{
    const char *end = text + std::strlen(text);
    GlibcVersion version;
    const auto [dot, majorError] = std::from_chars(text, end, version.major);
    if (majorError != std::errc() || dot == end || *dot != '.')
        return {};
    if (std::from_chars(dot + 1, end, version.minor).ec != std::errc())
        return {};
    return version;
}

QString pythonMachine(const QString &machine, bool is32Bit)
{
    if (is32Bit && machine == u"x86_64")
        return QStringLiteral("i686");
    if (is32Bit && machine == u"aarch64")
        return QStringLiteral("armv7l");
    return machine;
}

QStringList linuxPlatforms(const QString &machine, GlibcVersion glibc)
{
    QStringList platforms;
    if (hasManylinux(machine))
        appendManylinux(platforms, machine, glibc);
    platforms += QStringLiteral("linux_") + machine;
    return platforms;
}

} // namespace Axle::Internal
