#pragma once

#include "markertree_p.h"

namespace Axle::Internal {

/// The variables that a marker is evaluated with: those that are given, then those of the context, then this Python's.
class MarkerVariables
{
public:
    /// `environment` is a mapping or null; `context` is metadata, lock_file or requirement.
    MarkerVariables(PyObject *environment, const QString &context)
        : m_environment(environment)
        , m_context(context)
    {
    }

    /// A str or a set of them. Raises UndefinedEnvironmentName.
    py::object value(const QString &name) const;

private:
    py::object unrepairedValue(const QString &name) const;

    PyObject *m_environment;
    QString m_context;
};

/// Whether the marker holds. All comparisons are made, so that UndefinedComparison is raised whatever the others say.
bool evaluateMarker(const MarkerTree &tree, const MarkerVariables &variables);

} // namespace Axle::Internal
