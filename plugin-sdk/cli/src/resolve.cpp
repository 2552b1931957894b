#include "command.h"
#include "output.h"
#include "world.h"

#include <QtCore/QJsonArray>

namespace Axle::Command {

namespace {

/// The files that nothing could be made of, but for those of plugins that are explained.
QMap<QString, Error> uselessFiles(const World &world, const Resolution &resolution)
{
    QMap<QString, Error> files = world.uselessFiles();
    for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
        files.remove(each.key());
    return files;
}

Result<QList<Requirement>> parse(const QStringList &texts)
{
    QList<Requirement> requirements;
    for (const QString &text : texts) {
        const auto requirement = Requirement::parse(text);
        if (!requirement)
            return requirement.error();
        requirements.append(*requirement);
    }
    return requirements;
}

/// The same keys as an explanation; what would help against a broken file was not tried, it is a hint.
QJsonObject jsonOf(const QString &id, const Error &error)
{
    QJsonObject object = error.toJson();
    object[QStringLiteral("id")] = id;
    object[QStringLiteral("text")] = object.take(QStringLiteral("message"));
    object[QStringLiteral("remedies")] = QJsonArray();
    return object;
}

QJsonObject toJson(const Resolution &resolution, const QMap<QString, Error> &files)
{
    QJsonObject document = resolution.toJson(PluginEntryPointGroup);
    QMap<QString, QJsonObject> byId;
    for (const QJsonValue plugin : document[QStringLiteral("left_out")].toArray())
        byId.insert(plugin[QStringLiteral("id")].toString(), plugin.toObject());
    for (auto each = files.cbegin(); each != files.cend(); ++each)
        byId.insert(each.key(), jsonOf(each.key(), *each));
    QJsonArray leftOut;
    for (const QJsonObject &each : std::as_const(byId))
        leftOut.append(each);
    document[QStringLiteral("left_out")] = leftOut;
    return document;
}

QString textOf(const QString &id, const Error &error)
{
    const QString text = Output::indented(error.toString(), 2);
    // A caret points into the line above it, which must not be broken.
    return QStringLiteral("'%1' cannot be used [%2]\n").arg(id, QString(error.code().name()))
        + (error.span().isEmpty() ? Output::wrapped(text) : text);
}

void printPlan(const Resolution &resolution)
{
    QList<QStringList> rows;
    for (const PlanEntry &entry : resolution.plan) {
        const Distribution &distribution = entry.distribution;
        rows.append({entry.isPlugin(PluginEntryPointGroup) ? QStringLiteral("plugin") : QStringLiteral("library"),
            distribution.name.toString(), distribution.version.toString(), fileNameOf(distribution)});
    }
    Output::printTable(rows);
}

void print(const Resolution &resolution, const QMap<QString, Error> &files)
{
    QMap<QString, QString> texts;
    for (auto each = files.cbegin(); each != files.cend(); ++each)
        texts.insert(each.key(), textOf(each.key(), *each));
    for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
        texts.insert(each.key(), Output::wrapped(each->toText()));
    if (resolution.plan.isEmpty() && texts.isEmpty())
        Output::printLine(QStringLiteral("nothing to load"));
    printPlan(resolution);
    if (texts.isEmpty())
        return;
    if (!resolution.plan.isEmpty())
        Output::printLine({});
    Output::printLine(QStringLiteral("left out:"));
    for (const QString &text : std::as_const(texts)) {
        Output::printLine({});
        Output::printLine(text.trimmed());
    }
}

int fail(const Error &error, ExitCode code, Format format)
{
    return Output::fail(
        error, code, format, {{QStringLiteral("plan"), QJsonArray()}, {QStringLiteral("left_out"), QJsonArray()}});
}

} // namespace

int resolve(const Sources &sources, const QStringList &texts, Format format)
{
    const auto requirements = parse(texts);
    if (!requirements)
        return fail(requirements.error(), WrongUsage, format);
    auto found = World::read(sources);
    if (!found)
        return fail(found.error(), Unreadable, format);
    const World &world = kept(*std::move(found));
    const Resolver resolver(world.input);
    Resolution resolution;
    QMap<QString, Error> files;
    if (texts.isEmpty()) {
        resolution = resolver.resolvePlugins(world.plugins());
        files = uselessFiles(world, resolution);
    } else {
        const auto answer = resolver.resolve(*requirements);
        if (!answer)
            return fail(answer.error(), Negative, format);
        resolution = *answer;
    }
    if (format == Format::Json)
        Output::printJson(toJson(resolution, files));
    else
        print(resolution, files);
    return Answered;
}

} // namespace Axle::Command
