#include "contentrules_p.h"

#include "sentence_p.h"
#include "stdlibnames_p.h"

#include <axle/wheel/codes.h>
#include <axle/wheel/wheel.h>
#include <axle/wheel/wheellayout.h>

#include <QtCore/QSet>

#include <algorithm>

namespace Axle::Internal {

namespace {

using Severity = Finding::Severity;

constexpr auto SdkPackage = QLatin1StringView("axle");
constexpr auto BytecodeSuffix = QLatin1StringView(".pyc");

int minorOf(const QString &version)
{
    return version.section(u'.', 1, 1).toInt();
}

void judgeFormats(const Wheel &wheel, Findings &findings)
{
    constexpr int LastWheelMinor = 0;
    constexpr int LastMetadataMinor = 5;
    const QString hint = QStringLiteral("what newer formats add is not used; a newer Axle may know it");
    if (minorOf(wheel.info().wheelVersion) > LastWheelMinor && wheel.info().wheelVersion.startsWith(u"1.")) {
        findings.add(Severity::Warning,
            Error(Codes::WheelFormatNewer,
                sentence("Wheel-Version is '%1', expected at most '1.%2'", wheel.info().wheelVersion, LastWheelMinor),
                hint)
                .withPlace({wheel.distInfo() + QStringLiteral("/WHEEL")}));
    }
    const QString metadata = wheel.metadata().metadataVersion;
    if (metadata.startsWith(u"2.") && minorOf(metadata) > LastMetadataMinor) {
        findings.add(Severity::Warning,
            Error(Codes::MetadataFormatNewer,
                sentence("Metadata-Version is '%1', expected at most '2.%2'", metadata, LastMetadataMinor), hint)
                .withPlace({wheel.distInfo() + QStringLiteral("/METADATA")}));
    }
}

/// The first file of a top-level module or package.
QString fileOf(const QString &topLevel, const WheelLayout &layout)
{
    const QStringList &files = layout.importedFiles();
    const auto found = std::find_if(files.begin(), files.end(), [&](const QString &file) {
        const QString path = layout.belowRoot(file);
        return path.startsWith(topLevel) && (path[topLevel.size()] == u'.' || path[topLevel.size()] == u'/');
    });
    return found == files.end() ? QString() : *found;
}

/// A module of this name would be found before the standard library's, by everybody.
void judgeTopLevels(const WheelLayout &layout, Findings &findings)
{
    for (const TopLevelName &name : layout.topLevelNames()) {
        const bool isStandard = std::binary_search(StdlibModuleNames.begin(), StdlibModuleNames.end(), name.name,
            [](const auto &a, const auto &b) { return QAnyStringView::compare(a, b) < 0; });
        if (!isStandard && name.name != SdkPackage)
            continue;
        const auto owner = isStandard ? QLatin1StringView("the standard library") : QLatin1StringView("the host");
        findings.add(Severity::Policy,
            Error(Codes::WheelShadowsStdlib,
                sentence(
                    "the top-level module '%1' is also one of %2, expected names of the wheel's own", name.name, owner),
                QStringLiteral("the author has to rename the module, or to leave it out where Python has it already"))
                .withPlace({fileOf(name.name, layout)}));
    }
}

bool isStartupFile(const QString &path)
{
    const bool isAtRoot = !path.contains(u'/');
    return isAtRoot && (path.endsWith(u".pth") || path == u"sitecustomize.py" || path == u"usercustomize.py");
}

void judgeStartup(const WheelLayout &layout, Findings &findings)
{
    for (const QString &file : layout.importedFiles()) {
        if (!isStartupFile(layout.belowRoot(file)))
            continue;
        findings.add(Severity::Warning,
            Error(Codes::WheelStartupFile,
                QStringLiteral("a file that Python would run when it starts, expected modules only"),
                QStringLiteral("Axle never runs it; the wheel may count on it having run"))
                .withPlace({file}));
    }
}

void judgeBytecode(const WheelLayout &layout, Findings &findings)
{
    const QSet<QString> files(layout.importedFiles().begin(), layout.importedFiles().end());
    for (const QString &file : layout.importedFiles()) {
        // Python looks for the others by their source.
        const bool isModule = file.endsWith(BytecodeSuffix) && !file.contains(u"__pycache__/");
        if (!isModule || files.contains(file.chopped(1)))
            continue;
        findings.add(Severity::Policy,
            Error(Codes::WheelBytecodeOnly, QStringLiteral("bytecode without source, expected the .py file beside it"),
                QStringLiteral(
                    "bytecode is not checked by Python and fits one version of it only; ask the author for a "
                    "wheel with sources"))
                .withPlace({file}));
    }
}

void judgeSchemes(const WheelLayout &layout, Findings &findings)
{
    const qsizetype count = layout.installedFiles().size();
    if (count == 0)
        return;
    findings.add(Severity::Warning,
        Error(Codes::WheelDataIgnored,
            sentence("%1 for an installer, expected files to import",
                count == 1 ? QStringLiteral("a file") : sentence("%1 files", count)),
            QStringLiteral("Axle installs nothing: scripts, headers and data of the wheel are not used"))
            .withPlace({layout.installedFiles().first()}));
}

void judgeNativeCode(const Wheel &wheel, const WheelLayout &layout, Findings &findings)
{
    const QList<Tag> tags = wheel.fileName().tags.tags();
    const bool isForAny = std::all_of(tags.begin(), tags.end(), [](const Tag &tag) { return tag.platform == u"any"; });
    if (!isForAny)
        return;
    const auto isNative = [](const QString &file) { return file.endsWith(u".so") || file.contains(u".so."); };
    const QStringList &files = layout.importedFiles();
    const auto found = std::find_if(files.begin(), files.end(), isNative);
    if (found == files.end())
        return;
    findings.add(Severity::Warning,
        Error(Codes::WheelNativeInPure,
            sentence("native code in a wheel with the tags '%1', expected the tag of a platform",
                wheel.fileName().tags.toString()),
            QStringLiteral("the author should build a wheel for each platform; this one fails where the code is for "
                           "another"))
            .withPlace({*found}));
}

/// What comes from a URL has no version to choose and no hash to hold it against; nothing is fetched from there.
void judgeRequirements(const Wheel &wheel, Findings &findings)
{
    const MarkerEnvironment environment = MarkerEnvironment::of(TargetPython::current());
    for (const Requirement &requirement : wheel.metadata().requiresDist) {
        if (requirement.url.isEmpty() || !requirement.marker.evaluate(environment))
            continue;
        findings.add(Severity::Policy,
            Error(Codes::WheelUrlRequirement,
                sentence("the requirement '%1', expected one by name and version", printable(requirement.toString())),
                sentence("the author should require '%1' by its versions", requirement.name.toString()))
                .withPlace({wheel.distInfo() + QStringLiteral("/METADATA")}));
    }
}

/// PEP 639: what License-File names lies in `licenses` of the dist-info folder; before it, in the folder itself.
void judgeLicenses(const Wheel &wheel, Findings &findings)
{
    for (const QString &file : wheel.metadata().licenseFiles) {
        const QString member = wheel.distInfo() + QStringLiteral("/licenses/") + file;
        if (wheel.archive().find(member) || wheel.archive().find(wheel.distInfo() + u'/' + file))
            continue;
        findings.add(Severity::Warning,
            Error(Codes::LicenseFileMissing,
                sentence("METADATA names the licence file '%1', expected the wheel to have it", printable(file)),
                QStringLiteral("ask the author what the licence is"))
                .withPlace({printable(member)}));
    }
}

} // namespace

void judgePolicy(const Wheel &wheel, Findings &findings)
{
    judgeTopLevels(wheel.layout(), findings);
    judgeBytecode(wheel.layout(), findings);
    judgeRequirements(wheel, findings);
}

void judgeContents(const Wheel &wheel, Findings &findings)
{
    const WheelLayout &layout = wheel.layout();
    judgeFormats(wheel, findings);
    judgeTopLevels(layout, findings);
    judgeStartup(layout, findings);
    judgeBytecode(layout, findings);
    judgeSchemes(layout, findings);
    judgeNativeCode(wheel, layout, findings);
    judgeRequirements(wheel, findings);
    judgeLicenses(wheel, findings);
}

} // namespace Axle::Internal
