#include "scenario.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QMap>
#include <QtCore/QSet>

namespace Axle::Test {

namespace {

QStringList strings(const QJsonValue &value)
{
    QStringList list;
    for (const QJsonValue item : value.toArray())
        list.append(item.toString());
    return list;
}

Distribution wheelOf(const QJsonObject &object)
{
    Distribution wheel =
        distribution(object[QStringLiteral("wheel")].toString(), strings(object[QStringLiteral("requires")]));
    wheel.providesExtra = strings(object[QStringLiteral("extras")]);
    wheel.tagRank = object[QStringLiteral("tag_rank")].toInt();
    if (object.contains(QStringLiteral("file")))
        wheel.location = QStringLiteral("/plugins/") + object[QStringLiteral("file")].toString();
    wheel.isYanked = object[QStringLiteral("yanked")].toBool();
    wheel.topLevels = strings(object[QStringLiteral("modules")]);
    wheel.namespaces = strings(object[QStringLiteral("namespaces")]);
    for (const QJsonValue line : object[QStringLiteral("lines")].toArray())
        wheel.requirementLines.append(line.toInt());
    if (object.contains(QStringLiteral("unusable")))
        wheel.unusable = Error(ErrorCode("test-unusable"), object[QStringLiteral("unusable")].toString());
    if (object.contains(QStringLiteral("requires_python")))
        wheel.requiresPython = SpecifierSet::parse(object[QStringLiteral("requires_python")].toString()).value();
    return wheel;
}

Prereleases prereleasesOf(const QJsonObject &object)
{
    const QString text = object[QStringLiteral("prereleases")].toString();
    if (text == QLatin1StringView("allow"))
        return Prereleases::Allow;
    return text == QLatin1StringView("refuse") ? Prereleases::Refuse : Prereleases::ByRule;
}

PluginPriority priorityOf(const QString &text)
{
    static const QMap<QString, PluginPriority> priorities{{QStringLiteral("enabled"), PluginPriority::Enabled},
        {QStringLiteral("pinned"), PluginPriority::Pinned}, {QStringLiteral("mounted"), PluginPriority::Mounted}};
    return priorities.value(text, PluginPriority::Default);
}

QList<Distribution> wheelsOf(const QJsonValue &value)
{
    QList<Distribution> wheels;
    for (const QJsonValue wheel : value.toArray())
        wheels.append(wheelOf(wheel.toObject()));
    return wheels;
}

WorldChange changeOf(const QJsonObject &object)
{
    WorldChange change;
    change.added = wheelsOf(object[QStringLiteral("add")]);
    for (const QString &text : strings(object[QStringLiteral("remove")]))
        change.removed.append(distribution(text).location);
    change.enabled = requests(strings(object[QStringLiteral("enable")]));
    for (const QString &text : strings(object[QStringLiteral("disable")]))
        change.disabled.append(projectName(text));
    return change;
}

ResolverInput readInput(const QJsonObject &object)
{
    ResolverInput input = inputOf(wheelsOf(object[QStringLiteral("wheels")]));
    const QJsonObject environment = object[QStringLiteral("environment")].toObject();
    for (auto variable = environment.begin(); variable != environment.end(); ++variable)
        input.environment.variables.insert(variable.key(), variable.value().toString());
    if (object.contains(QStringLiteral("python")))
        input.pythonVersion = version(object[QStringLiteral("python")].toString());
    input.prereleases = prereleasesOf(object);
    for (const QString &text : strings(object[QStringLiteral("preferred")]))
        input.preferred.append(distribution(text).location);
    for (const QString &text : strings(object[QStringLiteral("pinned")]))
        input.pinned.append(distribution(text).location);
    input.fixed = wheelsOf(object[QStringLiteral("fixed")]);
    const QStringList capabilities = strings(object[QStringLiteral("capabilities")]);
    input.capabilities = {
        capabilities.contains(QLatin1StringView("isolation")), capabilities.contains(QLatin1StringView("remount"))};
    return input;
}

/// One chosen distribution and what is asked of it.
struct Force
{
    const Distribution *distribution = nullptr;
    QList<Requirement> requirements;
    QList<Requirement> calls; ///< those that others have: they may call for a pre-release
    QSet<QString> extras;
};

bool applies(const Requirement &requirement, const MarkerEnvironment &environment, const QSet<QString> &extras)
{
    return requirement.marker.evaluate(environment)
        || std::any_of(extras.cbegin(), extras.cend(),
            [&](const QString &extra) { return requirement.marker.evaluate(environment, {extra}); });
}

/// Follows the requirements from what was asked for; an error where one names a project that the plan does not have.
QString collect(
    const ResolverInput &input, const Resolution &resolution, QList<Requirement> open, QMap<QString, Force> &forces)
{
    QSet<QString> seen;
    QStringList needers(open.size());
    while (!open.isEmpty()) {
        const Requirement next = open.takeFirst();
        const QString needer = needers.takeFirst();
        const QString key = needer + u' ' + next.toString();
        if (!applies(next, input.environment, {})
            && next.marker.toString().contains(QLatin1StringView("extra")) == false)
            continue;
        if (seen.contains(key))
            continue;
        seen.insert(key);
        const PlanEntry *entry = resolution.find(next.name.normalized());
        if (!entry)
            return QStringLiteral("'%1' is not met").arg(next.toString());
        Force &force = forces[next.name.normalized()];
        force.distribution = &entry->distribution;
        force.requirements.append(next);
        if (needer != next.name.normalized())
            force.calls.append(next);
        force.extras.unite(QSet<QString>(next.extras.cbegin(), next.extras.cend()));
        for (const Requirement &dependency : entry->distribution.requiresDist) {
            if (!applies(dependency, input.environment, force.extras))
                continue;
            open.append(dependency);
            needers.append(next.name.normalized());
        }
    }
    return {};
}

bool isCalledFor(const ResolverInput &input, const Force &force)
{
    if (input.prereleases == Prereleases::Allow || !force.distribution->version.isPrerelease())
        return true;
    const auto names = [](const Requirement &requirement) { return requirement.specifiers.namesPrerelease(); };
    if (std::any_of(force.calls.cbegin(), force.calls.cend(), names))
        return true;
    return std::none_of(input.candidates.cbegin(), input.candidates.cend(), [&](const Distribution &candidate) {
        return candidate.name == force.distribution->name && !candidate.version.isPrerelease()
            && candidate.requiresPython.contains(input.pythonVersion, Prereleases::Allow)
            && std::all_of(force.calls.cbegin(), force.calls.cend(), [&](const Requirement &requirement) {
                   return requirement.specifiers.contains(candidate.version, Prereleases::Allow);
               });
    });
}

QString brokenRuleOf(const ResolverInput &input, const Force &force)
{
    const Distribution &chosen = *force.distribution;
    if (!chosen.requiresPython.contains(input.pythonVersion, Prereleases::Allow))
        return QStringLiteral("'%1' is for another Python").arg(chosen.toString());
    for (const Requirement &requirement : force.requirements) {
        if (!requirement.specifiers.contains(chosen.version, Prereleases::Allow))
            return QStringLiteral("'%1' does not meet '%2'").arg(chosen.toString(), requirement.toString());
    }
    if (!isCalledFor(input, force))
        return QStringLiteral("nothing calls for the pre-release '%1'").arg(chosen.toString());
    return {};
}

} // namespace

Scenario Scenario::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
    Scenario scenario;
    scenario.description = object[QStringLiteral("description")].toString();
    scenario.input = readInput(object);
    scenario.isForPlugins = object.contains(QStringLiteral("plugins"));
    for (const QString &text : strings(object[QStringLiteral("ask")]))
        scenario.requirements.append(requirement(text));
    scenario.plugins = requests(strings(object[QStringLiteral("plugins")]));
    const QJsonObject priorities = object[QStringLiteral("priorities")].toObject();
    for (PluginRequest &plugin : scenario.plugins)
        plugin.priority = priorityOf(priorities[plugin.name.normalized()].toString());
    scenario.plan = strings(object[QStringLiteral("plan")]);
    scenario.error = object[QStringLiteral("error")].toString();
    const QJsonObject leftOut = object[QStringLiteral("left_out")].toObject();
    for (auto each = leftOut.begin(); each != leftOut.end(); ++each)
        scenario.leftOut.insert(each.key(), each.value().toString());
    scenario.why = strings(object[QStringLiteral("why")]);
    scenario.whyNot = strings(object[QStringLiteral("why_not")]);
    for (const QJsonValue change : object[QStringLiteral("what_if")].toArray())
        scenario.whatIf.append(changeOf(change.toObject()));
    return scenario;
}

ProjectName projectName(const QString &text)
{
    return ProjectName::parse(text).value();
}

Version version(const QString &text)
{
    return Version::parse(text).value();
}

Requirement requirement(const QString &text)
{
    return Requirement::parse(text).value();
}

QList<PluginRequest> requests(const QStringList &names)
{
    QList<PluginRequest> result;
    for (const QString &name : names)
        result.append({projectName(name)});
    return result;
}

Distribution distribution(const QString &nameAndVersion, const QStringList &requirements)
{
    Distribution result;
    result.name = projectName(nameAndVersion.section(u' ', 0, 0));
    result.version = version(nameAndVersion.section(u' ', 1));
    result.location = QStringLiteral("/plugins/%1-%2-py3-none-any.whl")
                          .arg(result.name.normalized().replace(u'-', u'_'), result.version.toString());
    for (const QString &text : requirements)
        result.requiresDist.append(requirement(text));
    return result;
}

ResolverInput inputOf(const QList<Distribution> &candidates)
{
    ResolverInput input;
    input.candidates = candidates;
    input.environment.variables = {{QStringLiteral("python_version"), QStringLiteral("3.11")},
        {QStringLiteral("python_full_version"), QStringLiteral("3.11.2")},
        {QStringLiteral("sys_platform"), QStringLiteral("linux")}};
    input.pythonVersion = version(QStringLiteral("3.11.2"));
    return input;
}

QList<Distribution> pigeons(int plugins)
{
    QList<Distribution> world;
    for (int plugin = 0; plugin < plugins; ++plugin) {
        for (int place = 1; place < plugins; ++place) {
            world.append(distribution(QStringLiteral("pigeon-%1 %2").arg(plugin).arg(place),
                {QStringLiteral("place-%1 ==%2").arg(place).arg(plugin)}));
            if (plugin == 0) {
                for (int guest = 0; guest < plugins; ++guest)
                    world.append(distribution(QStringLiteral("place-%1 %2").arg(place).arg(guest)));
            }
        }
    }
    return world;
}

QStringList pigeonNames(int plugins)
{
    QStringList names;
    for (int plugin = 0; plugin < plugins; ++plugin)
        names.append(QStringLiteral("pigeon-%1").arg(plugin));
    return names;
}

QStringList planTexts(const Resolution &resolution)
{
    QStringList texts;
    for (const PlanEntry &entry : resolution.plan)
        texts.append(entry.distribution.name.normalized() + u' ' + entry.distribution.version.toString());
    return texts;
}

QByteArray everything(const Resolution &resolution)
{
    QByteArray text = planTexts(resolution).join(u'\n').toUtf8() + '\n';
    for (const PlanEntry &entry : resolution.plan) {
        text += entry.distribution.location.toUtf8() + (entry.isRoot ? " root " : " needed ")
            + entry.dependencies.join(u' ').toUtf8() + '\n';
    }
    for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
        text += each.key().toUtf8() + ": " + QJsonDocument(each->toJson()).toJson();
    return text;
}

QString firstBrokenRule(const ResolverInput &input, const Resolution &resolution, const QList<Requirement> &asked)
{
    QMap<QString, Force> forces;
    if (const QString unmet = collect(input, resolution, asked, forces); !unmet.isEmpty())
        return unmet;
    QSet<QString> before;
    for (const PlanEntry &entry : resolution.plan) {
        const QString name = entry.distribution.name.normalized();
        if (!forces.contains(name))
            return QStringLiteral("'%1' is not needed").arg(name);
        if (before.contains(name))
            return QStringLiteral("'%1' is there twice").arg(name);
        before.insert(name);
        if (const QString broken = brokenRuleOf(input, forces[name]); !broken.isEmpty())
            return broken;
    }
    return {};
}

} // namespace Axle::Test
