#pragma once

#include "pythonapi_p.h"

#include <axle/core/error.h>

namespace Axle::Internal {

/// Translates the exception that was caught. The message is "`what`: Type: text"; the details are the traceback without
/// the frames of the import machinery and of Axle itself. Survives exceptions that cannot be formatted.
Error pythonError(ErrorCode code, const QString &what, const py::error_already_set &exception);

/// Runs `function`, which may throw what Python code throws, and translates it.
template<class F>
auto guarded(ErrorCode code, const QString &what, F &&function) -> std::invoke_result_t<F>
{
    try {
        return function();
    } catch (const py::error_already_set &exception) {
        return pythonError(code, what, exception);
    } catch (const std::exception &exception) {
        return Error(code, QStringLiteral("%1: %2").arg(what, QString::fromUtf8(exception.what())));
    }
}

} // namespace Axle::Internal
