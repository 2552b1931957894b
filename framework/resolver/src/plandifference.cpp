#include <axle/resolver/plandifference.h>

#include "json_p.h"

#include <QtCore/QHash>

namespace Axle {

using namespace Internal;

PlanDifference PlanDifference::between(const QList<Distribution> &mounted, const QList<PlanEntry> &plan)
{
    QHash<QString, Distribution> left;
    for (const Distribution &each : mounted)
        left.insert(each.name.normalized(), each);
    PlanDifference difference;
    for (const PlanEntry &entry : plan) {
        const auto before = left.constFind(entry.distribution.name.normalized());
        if (before == left.cend()) {
            difference.mount.append(entry.distribution);
            continue;
        }
        if (*before == entry.distribution)
            difference.keep.append(entry.distribution);
        else
            difference.upgrade.append({*before, entry.distribution});
        left.erase(before);
    }
    for (const Distribution &each : mounted) {
        if (left.contains(each.name.normalized()))
            difference.unmount.prepend(each);
    }
    return difference;
}

PlanDifference PlanDifference::between(const QList<PlanEntry> &mounted, const QList<PlanEntry> &plan)
{
    QList<Distribution> distributions;
    for (const PlanEntry &entry : mounted)
        distributions.append(entry.distribution);
    return between(distributions, plan);
}

QJsonObject PlanDifference::toJson() const
{
    const auto jsonOfUpgrade = [](const Upgrade &each) {
        QJsonObject object = jsonOf(each.to);
        object[QStringLiteral("from")] = jsonOf(each.from);
        return object;
    };
    return {{QStringLiteral("unmount"), jsonArray(unmount, jsonOf)},
        {QStringLiteral("upgrade"), jsonArray(upgrade, jsonOfUpgrade)},
        {QStringLiteral("mount"), jsonArray(mount, jsonOf)}, {QStringLiteral("keep"), jsonArray(keep, jsonOf)}};
}

QString PlanDifference::toText() const
{
    QString text;
    for (const Distribution &each : unmount)
        text += QStringLiteral("unmount '%1'\n").arg(each.toString());
    for (const Upgrade &each : upgrade)
        text += QStringLiteral("replace '%1' by '%2'\n").arg(each.from.toString(), each.to.toString());
    for (const Distribution &each : mount)
        text += QStringLiteral("mount '%1'\n").arg(each.toString());
    return text;
}

} // namespace Axle
