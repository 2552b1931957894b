#include "platform_p.h"

#include <axle/packaging/targetpython.h>

#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

QStringList linesOf(const QString &script)
{
    QProcess python;
    python.start(QStringLiteral(AXLE_TEST_PYTHON), {QStringLiteral("-I"), QStringLiteral("-c"), script});
    if (!python.waitForFinished() || python.exitCode() != 0)
        qFatal("%s", python.readAllStandardError().constData());
    return QString::fromUtf8(python.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
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
    python.platforms = Internal::linuxPlatforms(machine, {2, 17});
    QCOMPARE(python.extensionSuffixes(), (QStringList{suffix, QStringLiteral(".abi3.so"), QStringLiteral(".so")}));
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
    const QStringList platforms = Internal::linuxPlatforms(machine, {2, minor});
    QTEST(platforms.first(), "first");
    QTEST(int(platforms.size()), "count");
    QCOMPARE(platforms.last(), QStringLiteral("linux_") + machine);
    if (!last.isEmpty())
        QCOMPARE(platforms.at(platforms.size() - 2), last);
    QCOMPARE(Internal::linuxPlatforms(machine, {}), QStringList{QStringLiteral("linux_") + machine});
}

void TargetPythonTest::legacyNamesFollowTheirVersion()
{
    const QStringList platforms = Internal::linuxPlatforms(QStringLiteral("x86_64"), {2, 36});
    const auto follows = [&platforms](const char *name, const char *version) {
        QCOMPARE(platforms.indexOf(QLatin1StringView(name)), platforms.indexOf(QLatin1StringView(version)) + 1);
    };
    follows("manylinux2014_x86_64", "manylinux_2_17_x86_64");
    follows("manylinux2010_x86_64", "manylinux_2_12_x86_64");
    follows("manylinux1_x86_64", "manylinux_2_5_x86_64");
}

void TargetPythonTest::glibcOfAnotherMajorVersion()
{
    const QStringList platforms = Internal::linuxPlatforms(QStringLiteral("x86_64"), {3, 1});
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
    const Internal::GlibcVersion version = Internal::parseGlibcVersion(text.constData());
    QTEST(version.major, "major");
    QTEST(version.minor, "minor");
}

void TargetPythonTest::machineOf32Bits_data()
{
    QTest::addColumn<QString>("machine");
    QTest::addColumn<bool>("is32Bit");
    QTest::addColumn<QString>("expected");
    QTest::newRow("64 bits") << "x86_64" << false << "x86_64";
    QTest::newRow("32 bits on a 64-bit PC") << "x86_64" << true << "i686";
    QTest::newRow("32 bits on a 64-bit ARM") << "aarch64" << true << "armv7l";
    QTest::newRow("32 bits") << "i686" << true << "i686";
}

void TargetPythonTest::machineOf32Bits()
{
    QFETCH(const QString, machine);
    QFETCH(const bool, is32Bit);
    QTEST(Internal::pythonMachine(machine, is32Bit), "expected");
}

QTEST_GUILESS_MAIN(TargetPythonTest)
#include "tst_targetpython.moc"
