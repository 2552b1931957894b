#pragma once

#include <axle/core/result.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle {

class Wheel;

/// A name that a wheel adds to the top of the tree of modules.
struct AXLE_EXPORT TopLevelName
{
    enum class Kind {
        Module,
        Package,   ///< has an `__init__`
        Namespace, ///< has none, so that several distributions can have a portion of it (PEP 420)
    };

    QString name;
    Kind kind = Kind::Module;

    friend bool operator==(const TopLevelName &, const TopLevelName &) = default;
};

/// Whether the wheel leaves room for others in the package `name`, as PEP 420 has it or in the older ways (pkgutil,
/// pkg_resources), or has nothing of that name. Reads its `__init__`.
AXLE_EXPORT bool sharesTopLevel(const Wheel &wheel, const QString &name);

/// Whether both wheels can be imported at once: no top-level name is in both, but for packages that both say to share,
/// as PEP 420 has it or in the older ways (pkgutil, pkg_resources). Error: `wheel-top-level-conflict`; `owner` is the one
/// that was there first.
AXLE_EXPORT Result<void> checkTopLevels(const Wheel &wheel, const Wheel &owner);

} // namespace Axle
