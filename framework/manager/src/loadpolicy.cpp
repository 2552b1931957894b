#include "loadpolicy_p.h"

#include <axle/wheel/toplevel.h>

namespace Axle::Internal {

Result<void> checkLoadPolicy(const Wheel &wheel)
{
    const QList<Finding> findings = wheel.policyFindings();
    return findings.isEmpty() ? Result<void>() : findings.first().error;
}

Result<void> TopLevelOwners::claim(const Wheel &wheel)
{
    const QList<TopLevelName> &names = wheel.layout().topLevelNames();
    for (const TopLevelName &name : names) {
        const Wheel *const owner = m_owners.value(name.name);
        if (!owner)
            continue;
        if (const auto checked = checkTopLevels(wheel, *owner); !checked)
            return checked.error();
    }
    for (const TopLevelName &name : names)
        m_owners.insert(name.name, &wheel);
    return {};
}

} // namespace Axle::Internal
