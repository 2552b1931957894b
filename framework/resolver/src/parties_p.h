#pragma once

#include <axle/resolver/resolutionfailure.h>
#include <axle/resolver/resolver.h>

#include <QtCore/QHash>

namespace Axle::Internal {

/// The explanation of a resolution as a failure with its parties, as pkg_resources' exceptions have them: the
/// requirement that is not met, who has it, and the distribution that stands in its way. Of the kind Unsolvable where
/// there are no such three.
///
/// `input`: what there was to choose from; `distributions`: what that was made of, by location.
ResolutionFailure failureOf(
    const Explanation &explanation, const ResolverInput &input, const QHash<QString, DistributionPtr> &distributions);

} // namespace Axle::Internal
