#include "command.h"
#include "output.h"
#include "world.h"

#include <QtCore/QJsonArray>

namespace Axle::Command {

namespace {

/// What is left out: plugins, and files that nothing could be made of.
struct Absences
{
    QMap<QString, Explanation> plugins;
    QMap<QString, Error> files; ///< those of no plugin in `plugins`

    bool isEmpty() const { return plugins.isEmpty() && files.isEmpty(); }
};

Absences absencesOf(const World &world, const Resolution &resolution)
{
    Absences absences{resolution.leftOut, world.uselessFiles()};
    for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
        absences.files.remove(each.key());
    return absences;
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
            {QStringLiteral("file"), fileNameOf(distribution)}, {QStringLiteral("plugin"), isPlugin(distribution)},
            {QStringLiteral("needs"), QJsonArray::fromStringList(entry.dependencies)}});
    }
    return plan;
}

/// The same keys as an explanation; what would help against a broken file was not tried, it is a hint.
QJsonObject jsonOf(const Error &error)
{
    QJsonObject object = error.toJson();
    object[QStringLiteral("text")] = object.take(QStringLiteral("message"));
    object[QStringLiteral("remedies")] = QJsonArray();
    return object;
}

QJsonArray leftOutArray(const Absences &absences)
{
    QMap<QString, QJsonObject> byId;
    for (auto each = absences.files.cbegin(); each != absences.files.cend(); ++each)
        byId.insert(each.key(), jsonOf(*each));
    for (auto each = absences.plugins.cbegin(); each != absences.plugins.cend(); ++each)
        byId.insert(each.key(), each->toJson());
    QJsonArray array;
    for (auto each = byId.begin(); each != byId.end(); ++each) {
        each->insert(QStringLiteral("id"), each.key());
        array.append(*each);
    }
    return array;
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
        rows.append({isPlugin(distribution) ? QStringLiteral("plugin") : QStringLiteral("library"),
            distribution.name.toString(), distribution.version.toString(), fileNameOf(distribution)});
    }
    Output::printTable(rows);
}

void print(const Resolution &resolution, const Absences &absences)
{
    if (resolution.plan.isEmpty() && absences.isEmpty())
        Output::printLine(QStringLiteral("nothing to load"));
    printPlan(resolution);
    if (absences.isEmpty())
        return;
    QMap<QString, QString> texts;
    for (auto each = absences.files.cbegin(); each != absences.files.cend(); ++each)
        texts.insert(each.key(), textOf(each.key(), *each));
    for (auto each = absences.plugins.cbegin(); each != absences.plugins.cend(); ++each)
        texts.insert(each.key(), Output::wrapped(each->toText()));
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
    const auto world = World::read(sources);
    if (!world)
        return fail(world.error(), Unreadable, format);
    const Resolver resolver(world->input);
    Resolution resolution;
    Absences absences;
    if (texts.isEmpty()) {
        resolution = resolver.resolvePlugins(world->plugins());
        absences = absencesOf(*world, resolution);
    } else {
        const auto answer = resolver.resolve(*requirements);
        if (!answer)
            return fail(answer.error(), Negative, format);
        resolution = *answer;
    }
    if (format == Format::Json) {
        Output::printJson(
            {{QStringLiteral("plan"), planArray(resolution)}, {QStringLiteral("left_out"), leftOutArray(absences)}});
    } else {
        print(resolution, absences);
    }
    return Answered;
}

} // namespace Axle::Command
