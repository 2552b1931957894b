// Wheels with everything that WheelWriter can put into one, for tst_pypi.py and tst_twine.py: samplewheels FOLDER
#include <axle/wheel/wheelwriter.h>

#include <QtCore/QFile>

#include <cstdio>

using namespace Axle;

namespace {

void describe(WheelWriter &writer)
{
    writer.addMetadata(QStringLiteral("Summary"), QStringLiteral("A sample — of what is written"));
    writer.addMetadata(QStringLiteral("Description-Content-Type"), QStringLiteral("text/markdown"));
    writer.setDescription(QStringLiteral("# Sample\n\nAll of it, *été* as well.\n"));
}

/// Text only, for every Python.
WheelWriter pure()
{
    WheelWriter writer(QStringLiteral("Sample.Plugin"), QStringLiteral("1.0rc1"), QStringLiteral("py2.py3-none-any"));
    describe(writer);
    writer.addFile(QStringLiteral("sample_plugin/__init__.py"), "VALUE = 'sample'\n");
    writer.addFile(QStringLiteral("sample_plugin/empty.txt"), {});
    writer.addFile(QStringLiteral("sample_plugin/a, \"b\" é.txt"), "quoted in RECORD\n");
    writer.addFile(QStringLiteral("sample_plugin/run.sh"), "#!/bin/sh\nexit 0\n", true);
    writer.addMetadata(QStringLiteral("License-Expression"), QStringLiteral("MIT"));
    writer.addLicenseFile(QStringLiteral("LICENSE"), "free\n");
    writer.addLicenseFile(QStringLiteral("vendor/LICENSE.txt"), "also free\n");
    writer.addMetadata(QStringLiteral("Requires-Python"), QStringLiteral(">=3.11"));
    writer.addMetadata(QStringLiteral("Provides-Extra"), QStringLiteral("gui"));
    writer.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("numpy>=1.24"));
    writer.addMetadata(QStringLiteral("Requires-Dist"), QStringLiteral("qt; extra == \"gui\""));
    writer.addEntryPoint(
        QStringLiteral("axle.plugins"), QStringLiteral("main"), QStringLiteral("sample_plugin:Plugin"));
    writer.addEntryPoint(
        QStringLiteral("console_scripts"), QStringLiteral("sample"), QStringLiteral("sample_plugin:run"));
    return writer;
}

/// For one platform, with a build number and files for an installer.
WheelWriter native()
{
    WheelWriter writer(
        QStringLiteral("native"), QStringLiteral("2!1.0"), QStringLiteral("py3-none-manylinux_2_17_x86_64"));
    describe(writer);
    writer.setBuild(QStringLiteral("7"));
    writer.addFile(QStringLiteral("native/__init__.py"), "VALUE = 'native'\n");
    writer.addFile(QStringLiteral("native/data.bin"), QByteArray(200'000, '\1'));
    using Scheme = WheelWriter::Scheme;
    writer.addDataFile(Scheme::Purelib, QStringLiteral("native_pure.py"), "VALUE = 'pure'\n");
    writer.addDataFile(Scheme::Platlib, QStringLiteral("native_platform.py"), "VALUE = 'platform'\n");
    writer.addDataFile(Scheme::Scripts, QStringLiteral("native-tool"), "#!python\nprint('tool')\n", true);
    writer.addDataFile(Scheme::Data, QStringLiteral("share/native/readme"), "read me\n");
    return writer;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    for (const WheelWriter &writer : {pure(), native()}) {
        const auto path = writer.write(QFile::decodeName(argv[1]));
        if (!path) {
            std::fprintf(stderr, "%s\n", qPrintable(path.error().toString()));
            return 1;
        }
    }
    return 0;
}
