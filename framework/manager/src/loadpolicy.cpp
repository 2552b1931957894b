#include "loadpolicy_p.h"

namespace Axle::Internal {

Result<void> checkLoadPolicy(const Wheel &wheel)
{
    const QList<Finding> findings = wheel.policyFindings();
    return findings.isEmpty() ? Result<void>() : findings.first().error;
}

} // namespace Axle::Internal
