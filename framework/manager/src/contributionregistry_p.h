#pragma once

#include "reporter_p.h"

#include <axle/manager/contribution.h>
#include <axle/python/interpreter.h>

#include <map>

namespace Axle::Internal {

/// The host's extension points and what plugins added to them. Owner's thread.
class ContributionRegistry
{
public:
    ContributionRegistry(Interpreter &interpreter, Reporter &reporter, QObject *pointsParent);

    ExtensionPoint *point(const QString &name);
    void add(const ContributionInfo &info, std::shared_ptr<PythonObject> object);
    /// Takes back all that the plugin added, last first; handles become null before anybody is told.
    void withdraw(const QString &pluginId);
    int count(const QString &pluginId) const;

private:
    Interpreter &m_interpreter;
    Reporter &m_reporter;
    QObject *m_pointsParent;
    std::map<QString, ExtensionPoint *> m_points;
    QList<Contribution> m_contributions; ///< in order of arrival
};

} // namespace Axle::Internal
