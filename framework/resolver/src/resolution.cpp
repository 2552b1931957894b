#include <axle/resolver/resolver.h>

#include "json_p.h"

#include <algorithm>

namespace Axle {

using namespace Internal;

QJsonObject Internal::jsonOf(const Distribution &distribution)
{
    return {{QStringLiteral("name"), distribution.name.toString()},
        {QStringLiteral("version"), distribution.version.toString()},
        {QStringLiteral("file"), distribution.location.section(u'/', -1)}};
}

QJsonArray Internal::leftOutArray(const QMap<QString, Explanation> &leftOut)
{
    QJsonArray absences;
    for (auto each = leftOut.cbegin(); each != leftOut.cend(); ++each) {
        QJsonObject object = each->toJson();
        object[QStringLiteral("id")] = each.key();
        absences.append(object);
    }
    return absences;
}

bool PlanEntry::isPlugin(QStringView entryPointGroup) const
{
    if (entryPointGroup.isEmpty())
        return isRoot;
    const QList<EntryPoint> &entryPoints = distribution.entryPoints;
    return std::any_of(entryPoints.cbegin(), entryPoints.cend(),
        [&](const EntryPoint &entryPoint) { return entryPoint.group == entryPointGroup; });
}

QJsonObject PlanEntry::toJson(QStringView entryPointGroup) const
{
    QJsonObject object = jsonOf(distribution);
    object[QStringLiteral("plugin")] = isPlugin(entryPointGroup);
    object[QStringLiteral("needs")] = QJsonArray::fromStringList(dependencies);
    return object;
}

QList<PluginRequest> PluginRequest::all(const QList<ProjectName> &names, PluginPriority priority)
{
    QList<PluginRequest> requests;
    for (const ProjectName &name : names)
        requests.append({name, priority});
    return requests;
}

const PlanEntry *Resolution::find(const QString &normalizedName) const
{
    const auto found = std::find_if(plan.cbegin(), plan.cend(),
        [&](const PlanEntry &entry) { return entry.distribution.name.normalized() == normalizedName; });
    return found == plan.cend() ? nullptr : &*found;
}

QJsonObject Resolution::toJson(QStringView entryPointGroup) const
{
    return {{QStringLiteral("plan"),
                jsonArray(plan, [&](const PlanEntry &entry) { return entry.toJson(entryPointGroup); })},
        {QStringLiteral("left_out"), leftOutArray(leftOut)}, {QStringLiteral("optimal"), isOptimal}};
}

} // namespace Axle
