#pragma once

#include "reason_p.h"

namespace Axle::Internal {

/// Makes the Error that a person reads of the reasons for which something cannot be had: the first as the message,
/// who needs what (with file names) as details, further reasons as causes, and a hint where there is something to do.
class ConflictFormatter
{
public:
    /// Whether somebody gave requirements, or the roots are plugins, which nobody asks for by version.
    enum class Roots { Requirements, Plugins };
    ConflictFormatter(const Universe &universe, Roots roots);

    Error format(const QList<Reason> &reasons) const;

private:
    QString message(const Reason &reason) const;
    QString details(const Reason &reason) const;
    QString hint(const Reason &reason) const;
    Error toError(const Reason &reason) const;

    QString sidePhrase(const Side &side) const;
    QString obstacle(const Reason &reason) const;
    QString availableVersions(int variable) const;
    QString pythonPhrase(const Distribution &distribution, const QString &joint) const;
    QString shortPython() const;
    QString projectName(const Reason &reason) const;
    void appendChain(const NeederChain &chain, QStringList &lines) const;

    const Universe &m_universe;
    Roots m_roots;
};

} // namespace Axle::Internal
