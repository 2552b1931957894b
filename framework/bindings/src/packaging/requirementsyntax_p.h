#pragma once

#include "markertree_p.h"

namespace Axle::Internal {

/// The parts of a dependency specifier, as they were written.
struct RequirementParts
{
    QString name;
    QStringList extras;
    QString url;
    QString specifier;
    std::shared_ptr<const MarkerTree> marker; ///< null without one
};

/// Throws SyntaxFault.
RequirementParts parseRequirement(QStringView text);

} // namespace Axle::Internal
