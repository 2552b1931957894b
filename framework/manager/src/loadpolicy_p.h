#pragma once

#include <axle/wheel/wheel.h>

#include <QtCore/QHash>

namespace Axle::Internal {

/// What a host does not load although it could (the findings of `Finding::Severity::Policy`). Error: the first of them.
Result<void> checkLoadPolicy(const Wheel &wheel);

/// Which of the wheels that are to be mounted together has which top-level name. The wheels must outlive it.
class TopLevelOwners
{
public:
    /// Takes all names of the wheel. Error: `wheel-top-level-conflict`, and nothing is taken.
    Result<void> claim(const Wheel &wheel);

private:
    QHash<QString, const Wheel *> m_owners;
};

} // namespace Axle::Internal
