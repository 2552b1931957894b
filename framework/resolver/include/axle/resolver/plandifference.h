#pragma once

#include <axle/resolver/resolver.h>

namespace Axle {

/// What has to happen to what is mounted so that a plan is mounted. A project is upgraded where another file of it takes
/// the place of the mounted one, even of an older version.
///
/// Laws: each distribution of the plan is in one of `mount`, `upgrade` and `keep`, each mounted one in one of `unmount`,
/// `upgrade` and `keep`; of the plan itself there is no difference.
struct AXLE_EXPORT PlanDifference
{
    struct Upgrade
    {
        Distribution from;
        Distribution to;
    };
    QList<Distribution> unmount; ///< in the order in which to do it: what needs others before these
    QList<Upgrade> upgrade;      ///< this and the following in the order of activation
    QList<Distribution> mount;
    QList<Distribution> keep;

    /// `mounted` in the order of its activation.
    static PlanDifference between(const QList<Distribution> &mounted, const QList<PlanEntry> &plan);
    static PlanDifference between(const QList<PlanEntry> &mounted, const QList<PlanEntry> &plan);

    /// Whether nothing has to be done.
    bool isEmpty() const { return unmount.isEmpty() && upgrade.isEmpty() && mount.isEmpty(); }
    /// `{"unmount", "upgrade", "mount", "keep"}`: lists of `{"name", "version", "file"}`, in `upgrade` with a `"from"`.
    QJsonObject toJson() const;
    /// One line for each thing to do: `unmount 'lib 1'`, `replace 'lib 1' by 'lib 2'`, `mount 'lib 2'`.
    QString toText() const;
};

} // namespace Axle
