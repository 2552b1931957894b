#pragma once

#include <axle/manager/pluginstate.h>
#include <axle/resolver/resolver.h>

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <optional>

namespace Axle::Internal {

/// What somebody needs and cannot have although it is there.
struct FailedPackage
{
    Error error;
    bool isLibrary = false;
};

/// Why a project with a wanted plugin is not loaded although it could be resolved.
struct Blocked
{
    PluginState state = PluginState::Resolved;
    Disposition disposition = Disposition::None;
    QString detail;           ///< "needs 'b', which is disabled"
    Error error;              ///< `dependency-failed`; null when the dependency is only disabled
    QStringList dependencies; ///< all of its own
};

/// What may not be loaded, and what may not because of that.
class Obstacles
{
public:
    /// `failed`: by id.
    Obstacles(const QList<ProjectName> &disabled, const QHash<QString, FailedPackage> &failed);

    /// Who in `resolution` needs, directly or not, what may not be loaded: by id.
    QHash<QString, Blocked> blockedIn(const Resolution &resolution) const;

private:
    std::optional<Blocked> judge(
        const Distribution &who, const QString &dependency, const QHash<QString, Blocked> &blocked) const;

    QHash<QString, FailedPackage> m_failed;
    QSet<QString> m_disabled;
};

} // namespace Axle::Internal
