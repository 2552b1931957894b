#include "command.h"
#include "input.h"
#include "output.h"

#include <axle/discovery/scanner.h>

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>

namespace Axle::Command {

namespace {

QStringList requirementTexts(const CoreMetadata &metadata)
{
    QStringList texts;
    for (const Requirement &requirement : metadata.requiresDist)
        texts.append(requirement.toString());
    return texts;
}

QStringList tagTexts(const TagSet &tags)
{
    QStringList texts;
    for (const Tag &tag : tags.tags())
        texts.append(tag.toString());
    return texts;
}

QJsonObject entryPointsObject(const EntryPoints &entryPoints)
{
    QJsonObject groups;
    for (const EntryPoint &entry : entryPoints.all()) {
        QJsonObject group = groups[entry.group].toObject();
        group[entry.name] = entry.attribute.isEmpty() ? entry.module : entry.module + u':' + entry.attribute;
        groups[entry.group] = group;
    }
    return groups;
}

QStringList entryPointTexts(const EntryPoints &entryPoints)
{
    QStringList texts;
    for (const EntryPoint &entry : entryPoints.all())
        texts.append(u'[' + entry.group + QStringLiteral("] ") + entry.toString());
    return texts;
}

/// Of wheels for another Python as well, in which a scan would not look for them.
QStringList pluginIds(const Wheel &wheel)
{
    return Output::pluginIds(wheel.metadata().name, wheel.entryPoints().group(PluginEntryPointGroup));
}

QJsonObject toJson(const Wheel &wheel, const DiscoveredFile &file)
{
    const CoreMetadata &metadata = wheel.metadata();
    QJsonObject object{{QStringLiteral("file"), wheel.fileName().toString()}, {QStringLiteral("path"), file.path},
        {QStringLiteral("size"), static_cast<qint64>(file.identity.size)},
        {QStringLiteral("name"), metadata.name.toString()}, {QStringLiteral("version"), metadata.version.toString()},
        {QStringLiteral("build"), wheel.fileName().build}, {QStringLiteral("summary"), metadata.summary},
        {QStringLiteral("author"), metadata.author}, {QStringLiteral("license"), metadata.license},
        {QStringLiteral("requires_python"), metadata.requiresPython.toString()},
        {QStringLiteral("requires_dist"), QJsonArray::fromStringList(requirementTexts(metadata))},
        {QStringLiteral("provides_extra"), QJsonArray::fromStringList(metadata.providesExtra)},
        {QStringLiteral("tags"), QJsonArray::fromStringList(tagTexts(wheel.fileName().tags))},
        {QStringLiteral("generator"), wheel.info().generator},
        {QStringLiteral("entry_points"), entryPointsObject(wheel.entryPoints())},
        {QStringLiteral("plugins"), QJsonArray::fromStringList(pluginIds(wheel))},
        {QStringLiteral("members"), wheel.archive().members().size()}, {QStringLiteral("compatible"), file.isUsable()}};
    if (!file.isUsable())
        object[QStringLiteral("error")] = file.error.toJson();
    return object;
}

void print(const Wheel &wheel, const DiscoveredFile &file)
{
    const CoreMetadata &metadata = wheel.metadata();
    const auto optional = [](const QString &text) { return text.isEmpty() ? QStringList() : QStringList{text}; };
    Output::printFields({{QStringLiteral("name"), {metadata.name.toString()}},
        {QStringLiteral("version"), {metadata.version.toString()}},
        {QStringLiteral("summary"), optional(metadata.summary)}, {QStringLiteral("author"), optional(metadata.author)},
        {QStringLiteral("license"), optional(metadata.license.section(u'\n', 0, 0))},
        {QStringLiteral("python"), optional(metadata.requiresPython.toString())},
        {QStringLiteral("tags"), tagTexts(wheel.fileName().tags)},
        {QStringLiteral("requires"), requirementTexts(metadata)},
        {QStringLiteral("extras"), optional(metadata.providesExtra.join(QStringLiteral(", ")))},
        {QStringLiteral("entry points"), entryPointTexts(wheel.entryPoints())},
        {QStringLiteral("plugins"), pluginIds(wheel)},
        {QStringLiteral("size"),
            {QStringLiteral("%1 bytes, %2 members").arg(file.identity.size).arg(wheel.archive().members().size())}},
        {QStringLiteral("loads here"),
            {file.isUsable() ? QStringLiteral("yes") : QStringLiteral("no: ") + file.error.message()}}});
}

} // namespace

int inspect(const QString &path, Format format)
{
    const auto wheel = Input::openWheel(path);
    if (!wheel) {
        if (format == Format::Json) {
            Output::printJson({{QStringLiteral("file"), QFileInfo(path).fileName()}, {QStringLiteral("path"), path},
                {QStringLiteral("error"), wheel.error().toJson()}});
        } else {
            Output::printError(wheel.error());
        }
        return Unreadable;
    }
    const DiscoveredFile file = Scanner(TargetPython::current()).examine(path);
    if (format == Format::Json) {
        Output::printJson(toJson(*wheel, file));
    } else {
        print(*wheel, file);
    }
    return Answered;
}

} // namespace Axle::Command
