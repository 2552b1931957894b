#include "platform_p.h"

#include <axle/packaging/targetpython.h>

#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace Axle;

Q_DECLARE_METATYPE(CLibrary)

namespace {

QStringList linesOf(const QString &script)
{
    QProcess python;
    python.start(QStringLiteral(AXLE_TEST_PYTHON), {QStringLiteral("-I"), QStringLiteral("-c"), script});
    if (!python.waitForFinished() || python.exitCode() != 0)
        qFatal("%s", python.readAllStandardError().constData());
    return QString::fromUtf8(python.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
}

CLibrary glibc(int major, int minor)
{
    return CLibrary{CLibrary::Kind::Glibc, major, minor};
}

} // namespace

class TargetPythonTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void currentIsThePythonOfTheBuild();
    void suffixesAreThoseOfThePython();
    void suffixes_data();
    void suffixes();
    void versions();
    void manylinux_data();
    void manylinux();
    void legacyNamesFollowTheirVersion();
    void glibcOfAnotherMajorVersion();
    void glibcVersion_data();
    void glibcVersion();
    void machineOf32Bits_data();
    void machineOf32Bits();
    void muslVersion_data();
    void muslVersion();
    void asksTheLoaderOfMusl();
    void windows_data();
    void windows();
    void suffixesElsewhere();
};

void TargetPythonTest::currentIsThePythonOfTheBuild()
{
    const TargetPython python = TargetPython::current();
    const QStringList told = linesOf(QStringLiteral("import sys, sysconfig\n"
                                                    "print(sys.implementation.name)\n"
                                                    "print('%d.%d.%d' % sys.version_info[:3])\n"
                                                    "print(sysconfig.get_platform().replace('-', '_'))\n"));
    QCOMPARE(python.implementation, told.value(0));
    QCOMPARE(python.version().toString(), told.value(1));
    QCOMPARE(python.platforms.last(), told.value(2));
    QVERIFY(python.version() >= *Version::parse(u"3.11"));
}

void TargetPythonTest::suffixesAreThoseOfThePython()
{
    QCOMPARE(TargetPython::current().extensionSuffixes(),
        linesOf(QStringLiteral("import importlib.machinery\n"
                               "print('\\n'.join(importlib.machinery.EXTENSION_SUFFIXES))\n")));
}

void TargetPythonTest::suffixes_data()
{
    QTest::addColumn<QString>("machine");
    QTest::addColumn<QString>("suffix");
    QTest::newRow("64-bit PC") << "x86_64"
                               << ".cpython-39-x86_64-linux-gnu.so";
    QTest::newRow("32-bit PC") << "i686"
                               << ".cpython-39-i386-linux-gnu.so";
    QTest::newRow("64-bit ARM") << "aarch64"
                                << ".cpython-39-aarch64-linux-gnu.so";
    QTest::newRow("32-bit ARM") << "armv7l"
                                << ".cpython-39-arm-linux-gnueabihf.so";
    QTest::newRow("POWER") << "ppc64le"
                           << ".cpython-39-powerpc64le-linux-gnu.so";
}

void TargetPythonTest::suffixes()
{
    QFETCH(const QString, machine);
    QFETCH(const QString, suffix);
    TargetPython python;
    python.major = 3;
    python.minor = 9;
    QCOMPARE(python.extensionSuffixes(), (QStringList{QStringLiteral(".abi3.so"), QStringLiteral(".so")}));
    python.platforms = linuxPlatforms(machine, glibc(2, 17));
    QCOMPARE(python.extensionSuffixes(), (QStringList{suffix, QStringLiteral(".abi3.so"), QStringLiteral(".so")}));
}

void TargetPythonTest::suffixesElsewhere()
{
    TargetPython python;
    python.major = 3;
    python.minor = 13;
    const auto suffixes = [&python](const QStringList &platforms, const char *flags) {
        python.platforms = platforms;
        python.abiFlags = QLatin1StringView(flags);
        return python.extensionSuffixes().join(u' ');
    };
    const QString pc = QStringLiteral("x86_64");
    QCOMPARE(suffixes(linuxPlatforms(pc, glibc(2, 36)), "t"),
        QStringLiteral(".cpython-313t-x86_64-linux-gnu.so .abi3.so .so"));
    QCOMPARE(suffixes(linuxPlatforms(pc, glibc(2, 36)), "td"),
        QStringLiteral(".cpython-313td-x86_64-linux-gnu.so .cpython-313t-x86_64-linux-gnu.so .abi3.so .so"));
    QCOMPARE(suffixes(linuxPlatforms(pc, CLibrary{CLibrary::Kind::Musl, 1, 2}), ""),
        QStringLiteral(".cpython-313-x86_64-linux-musl.so .abi3.so .so"));
    QCOMPARE(suffixes(linuxPlatforms(QStringLiteral("armv8l"), glibc(2, 36)), ""),
        QStringLiteral(".cpython-313-arm-linux-gnueabihf.so .abi3.so .so"));
    QCOMPARE(suffixes(macPlatforms(14, 0, QStringLiteral("arm64")), ""),
        QStringLiteral(".cpython-313-darwin.so .abi3.so .so"));
    QCOMPARE(suffixes(windowsPlatforms(pc), ""), QStringLiteral(".cp313-win_amd64.pyd .pyd"));
    python.implementation = QStringLiteral("pypy");
    python.soabi = QStringLiteral("pypy310-pp73");
    QCOMPARE(suffixes(linuxPlatforms(pc, glibc(2, 36)), ""), QStringLiteral(".pypy310-pp73-x86_64-linux-gnu.so .so"));
}

void TargetPythonTest::versions()
{
    TargetPython python;
    python.major = 3;
    python.minor = 12;
    python.micro = 0;
    QCOMPARE(python.version(), *Version::parse(u"3.12"));
    QCOMPARE(python.version().toString(), QStringLiteral("3.12.0"));
    QCOMPARE(python.shortVersion(), QStringLiteral("3.12"));
}

void TargetPythonTest::manylinux_data()
{
    QTest::addColumn<QString>("machine");
    QTest::addColumn<int>("minor");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::addColumn<int>("count");
    // From the running version down to 2.5 or 2.17, with the old names, and linux_*.
    QTest::newRow("64-bit PC") << "x86_64" << 36 << "manylinux_2_36_x86_64"
                               << "manylinux1_x86_64" << 32 + 3 + 1;
    QTest::newRow("32-bit PC") << "i686" << 36 << "manylinux_2_36_i686"
                               << "manylinux1_i686" << 32 + 3 + 1;
    QTest::newRow("64-bit ARM") << "aarch64" << 36 << "manylinux_2_36_aarch64"
                                << "manylinux2014_aarch64" << 20 + 1 + 1;
    QTest::newRow("old system") << "x86_64" << 12 << "manylinux_2_12_x86_64"
                                << "manylinux1_x86_64" << 8 + 2 + 1;
    QTest::newRow("oldest system") << "x86_64" << 5 << "manylinux_2_5_x86_64"
                                   << "manylinux1_x86_64" << 1 + 1 + 1;
    QTest::newRow("too old a system") << "x86_64" << 4 << "linux_x86_64"
                                      << "" << 1;
    QTest::newRow("too old for ARM") << "aarch64" << 16 << "linux_aarch64"
                                     << "" << 1;
    QTest::newRow("machine without manylinux") << "sparc64" << 36 << "linux_sparc64"
                                               << "" << 1;
}

void TargetPythonTest::manylinux()
{
    QFETCH(const QString, machine);
    QFETCH(const int, minor);
    QFETCH(const QString, last);
    const QStringList platforms = linuxPlatforms(machine, glibc(2, minor));
    QTEST(platforms.first(), "first");
    QTEST(int(platforms.size()), "count");
    QCOMPARE(platforms.last(), QStringLiteral("linux_") + machine);
    if (!last.isEmpty())
        QCOMPARE(platforms.at(platforms.size() - 2), last);
    QCOMPARE(linuxPlatforms(machine, {}), QStringList{QStringLiteral("linux_") + machine});
}

void TargetPythonTest::legacyNamesFollowTheirVersion()
{
    const QStringList platforms = linuxPlatforms(QStringLiteral("x86_64"), glibc(2, 36));
    const auto follows = [&platforms](const char *name, const char *version) {
        QCOMPARE(platforms.indexOf(QLatin1StringView(name)), platforms.indexOf(QLatin1StringView(version)) + 1);
    };
    follows("manylinux2014_x86_64", "manylinux_2_17_x86_64");
    follows("manylinux2010_x86_64", "manylinux_2_12_x86_64");
    follows("manylinux1_x86_64", "manylinux_2_5_x86_64");
}

void TargetPythonTest::glibcOfAnotherMajorVersion()
{
    const QStringList platforms = linuxPlatforms(QStringLiteral("x86_64"), glibc(3, 1));
    QCOMPARE(platforms.mid(0, 3),
        (QStringList{QStringLiteral("manylinux_3_1_x86_64"), QStringLiteral("manylinux_3_0_x86_64"),
            QStringLiteral("manylinux_2_50_x86_64")}));
    QVERIFY(platforms.contains(QStringLiteral("manylinux2014_x86_64")));
}

void TargetPythonTest::glibcVersion_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("major");
    QTest::addColumn<int>("minor");
    QTest::newRow("plain") << QByteArray("2.36") << 2 << 36;
    QTest::newRow("patched") << QByteArray("2.20-2014.11") << 2 << 20;
    QTest::newRow("three numbers") << QByteArray("2.4.1") << 2 << 4;
    QTest::newRow("one number") << QByteArray("2") << 0 << 0;
    QTest::newRow("dot last") << QByteArray("2.") << 0 << 0;
    QTest::newRow("word") << QByteArray("stable") << 0 << 0;
    QTest::newRow("empty") << QByteArray("") << 0 << 0;
}

void TargetPythonTest::glibcVersion()
{
    QFETCH(const QByteArray, text);
    const CLibrary version = Internal::parseGlibcVersion(text);
    QTEST(version.major, "major");
    QTEST(version.minor, "minor");
}

void TargetPythonTest::machineOf32Bits_data()
{
    QTest::addColumn<QString>("machine");
    QTest::addColumn<QString>("expected");
    QTest::newRow("64-bit PC") << "x86_64"
                               << "i686";
    QTest::newRow("64-bit ARM") << "aarch64"
                                << "armv8l";
    QTest::newRow("32 bits") << "i686"
                             << "i686";
}

void TargetPythonTest::machineOf32Bits()
{
    QFETCH(const QString, machine);
    QTEST(Axle::machineOf32Bits(machine), "expected");
}

void TargetPythonTest::muslVersion_data()
{
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<CLibrary>("library");
    const auto musl = [](int major, int minor) { return CLibrary{CLibrary::Kind::Musl, major, minor}; };
    QTest::newRow("loader") << QByteArray("musl libc (x86_64)\nVersion 1.2.2\nDynamic Program Loader\n") << musl(1, 2);
    QTest::newRow("two numbers") << QByteArray("musl libc\nVersion 1.25") << musl(1, 25);
    QTest::newRow("blanks") << QByteArray("\n musl libc\n  Version 1.1.24-git \n") << musl(1, 1);
    QTest::newRow("one line") << QByteArray("musl libc (x86_64)") << CLibrary();
    QTest::newRow("another library") << QByteArray("glibc\nVersion 1.2.2\n") << CLibrary();
    QTest::newRow("no version") << QByteArray("musl libc\nversion unknown\n") << CLibrary();
    QTest::newRow("one number") << QByteArray("musl libc\nVersion 1\n") << CLibrary();
    QTest::newRow("empty") << QByteArray() << CLibrary();
}

void TargetPythonTest::muslVersion()
{
    QFETCH(const QByteArray, output);
    QTEST(Internal::parseMuslVersion(output), "library");
}

void TargetPythonTest::asksTheLoaderOfMusl()
{
    QTemporaryDir folder;
    QFile loader(folder.filePath(QStringLiteral("ld-musl-x86_64.so.1")));
    QVERIFY(loader.open(QIODevice::WriteOnly));
    loader.write("#!/bin/sh\nprintf 'musl libc (x86_64)\\nVersion 1.2.3\\n' >&2\nexit 1\n");
    QVERIFY(loader.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    loader.close();
    QCOMPARE(Internal::muslOfLoader(QFile::encodeName(loader.fileName())), (CLibrary{CLibrary::Kind::Musl, 1, 2}));
    QCOMPARE(Internal::muslOfLoader("/nowhere/ld-musl.so"), CLibrary());
}

void TargetPythonTest::windows_data()
{
    QTest::addColumn<QString>("machine");
    QTest::addColumn<QString>("platform");
    QTest::newRow("64-bit PC") << "AMD64"
                               << "win_amd64";
    QTest::newRow("64-bit PC as others name it") << "x86_64"
                                                 << "win_amd64";
    QTest::newRow("64-bit ARM") << "ARM64"
                                << "win_arm64";
    QTest::newRow("32-bit PC") << "x86"
                               << "win32";
    QTest::newRow("none") << "Alpha"
                          << "";
}

void TargetPythonTest::windows()
{
    QFETCH(const QString, machine);
    QTEST(windowsPlatforms(machine).join(u' '), "platform");
}

QTEST_GUILESS_MAIN(TargetPythonTest)
#include "tst_targetpython.moc"
