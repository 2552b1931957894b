#pragma once

#include "scenario.h"

#include <axle/resolver/workingset.h>

namespace Axle::Test {

/// "name version: requirement, requirement" as a distribution; "name version [extra, extra]: …" has extras.
DistributionPtr shelved(const QString &text);
/// Several of them, as Environment has them.
Environment shelf(const QStringList &texts);
/// On Python 3.11.2 on Linux, with these active.
WorkingSet workingSet(const QStringList &active = {});

QList<Requirement> requirements(const QStringList &texts);
/// "name version" of each.
QStringList texts(const QList<DistributionPtr> &distributions);
/// The distributions; or the code, who is in the way, what is not met, and who requires that.
QStringList answer(const ResolvedDistributions &resolved);
/// "name version: code" of each.
QStringList texts(const QList<FailedPlugin> &failed);

/// One that cannot tell what it needs.
DistributionPtr unreadable(const QString &nameAndVersion);

} // namespace Axle::Test
