#include "command.h"
#include "input.h"
#include "output.h"

#include <axle/discovery/scanner.h>
#include <axle/resolver/resolver.h>

#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QMap>

namespace Axle::Command {

namespace {

/// The plugins that are left out, and the files that nothing could be made of; sorted by id.
using LeftOut = QMap<QString, Error>;

ResolverInput inputOf(const QList<DiscoveredFile> &files)
{
    const TargetPython python = TargetPython::current();
    ResolverInput input;
    input.environment = MarkerEnvironment::of(python);
    input.pythonVersion = python.version();
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            input.candidates.append(file.toDistribution());
    }
    return input;
}

bool isPlugin(const Distribution &distribution)
{
    return std::any_of(distribution.entryPoints.cbegin(), distribution.entryPoints.cend(),
        [](const EntryPoint &entry) { return entry.group == PluginEntryPointGroup; });
}

QList<ProjectName> pluginNames(const ResolverInput &input)
{
    QMap<QString, ProjectName> names;
    for (const Distribution &candidate : input.candidates) {
        if (isPlugin(candidate))
            names.insert(candidate.name.normalized(), candidate.name);
    }
    return names.values();
}

/// A file that cannot be used is told of unless there is a better one of its project.
LeftOut uselessFiles(const QList<DiscoveredFile> &files)
{
    LeftOut leftOut;
    for (const DiscoveredFile &file : files) {
        if (!file.isCandidate())
            leftOut.insert(file.id(), file.error);
    }
    for (const DiscoveredFile &file : files) {
        if (file.isCandidate())
            leftOut.remove(file.id());
    }
    return leftOut;
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

QJsonArray planArray(const Resolution &resolution)
{
    QJsonArray plan;
    for (const PlanEntry &entry : resolution.plan) {
        const Distribution &distribution = entry.distribution;
        plan.append(QJsonObject{{QStringLiteral("name"), distribution.name.toString()},
            {QStringLiteral("version"), distribution.version.toString()},
            {QStringLiteral("file"), QFileInfo(distribution.location).fileName()},
            {QStringLiteral("plugin"), isPlugin(distribution)},
            {QStringLiteral("needs"), QJsonArray::fromStringList(entry.dependencies)}});
    }
    return plan;
}

QJsonArray leftOutArray(const LeftOut &leftOut)
{
    QJsonArray array;
    for (auto each = leftOut.cbegin(); each != leftOut.cend(); ++each) {
        QJsonObject object = each->toJson();
        object[QStringLiteral("id")] = each.key();
        object[QStringLiteral("text")] = object.take(QStringLiteral("message"));
        array.append(object);
    }
    return array;
}

void print(const Resolution &resolution, const LeftOut &leftOut)
{
    if (resolution.plan.isEmpty() && leftOut.isEmpty())
        Output::printLine(QStringLiteral("nothing to load"));
    QList<QStringList> rows;
    for (const PlanEntry &entry : resolution.plan) {
        const Distribution &distribution = entry.distribution;
        rows.append({isPlugin(distribution) ? QStringLiteral("plugin") : QStringLiteral("library"),
            distribution.name.toString(), distribution.version.toString(),
            QFileInfo(distribution.location).fileName()});
    }
    Output::printTable(rows);
    if (leftOut.isEmpty())
        return;
    if (!rows.isEmpty())
        Output::printLine({});
    Output::printLine(QStringLiteral("left out:"));
    for (auto each = leftOut.cbegin(); each != leftOut.cend(); ++each) {
        Output::printLine(Output::indented(each.key(), 2));
        Output::printLine(Output::indented(each->toString(), 4));
    }
}

int fail(const Error &error, ExitCode code, Format format)
{
    if (format == Format::Json) {
        Output::printJson({{QStringLiteral("plan"), QJsonArray()}, {QStringLiteral("left_out"), QJsonArray()},
            {QStringLiteral("error"), error.toJson()}});
    } else {
        Output::printError(error);
    }
    return code;
}

} // namespace

int resolve(const QString &folder, const QStringList &texts, Format format)
{
    const auto requirements = parse(texts);
    if (!requirements)
        return fail(requirements.error(), WrongUsage, format);
    const auto files = Input::scanFolder(folder);
    if (!files)
        return fail(files.error(), Unreadable, format);
    const ResolverInput input = inputOf(*files);
    const Resolver resolver(input);
    Resolution resolution;
    LeftOut leftOut;
    if (texts.isEmpty()) {
        resolution = resolver.resolvePlugins(PluginRequest::all(pluginNames(input)));
        leftOut = uselessFiles(*files);
        for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
            leftOut.insert(each.key(), each->toError());
    } else {
        const auto answer = resolver.resolve(*requirements);
        if (!answer)
            return fail(answer.error(), Negative, format);
        resolution = *answer;
    }
    if (format == Format::Json) {
        Output::printJson(
            {{QStringLiteral("plan"), planArray(resolution)}, {QStringLiteral("left_out"), leftOutArray(leftOut)}});
    } else {
        print(resolution, leftOut);
    }
    return Answered;
}

} // namespace Axle::Command
