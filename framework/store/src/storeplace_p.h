#pragma once

#include <axle/core/result.h>

#include <QtCore/QString>

namespace Axle::Internal {

/// Where the store is when nobody says otherwise: `$AXLE_STORE`, else `$XDG_CACHE_HOME/axle`, else `$HOME/.cache/axle`.
///
/// A process that runs with another user's rights (uid and euid differ) believes none of these variables and takes the
/// home folder of the effective user from the user database. Error: `store-unusable`.
Result<QString> storePlace();

} // namespace Axle::Internal
