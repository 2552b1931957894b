#include "pythonerror_p.h"

#include "supportmodule_p.h"

namespace Axle::Internal {

namespace {

/// "Type: text" and the traceback, both made in Python where a hostile `__str__` may raise anything.
std::pair<QString, QString> describe(const py::error_already_set &exception)
{
    const py::tuple texts = supportModule().attr("describe_exception")(exception.type(),
        exception.value() ? exception.value() : py::none(), exception.trace() ? exception.trace() : py::none());
    return {toQString(texts[0]), toQString(texts[1])};
}

} // namespace

Error pythonError(ErrorCode code, const QString &what, const py::error_already_set &exception)
{
    QString text;
    QString traceback;
    try {
        std::tie(text, traceback) = describe(exception);
    } catch (const py::error_already_set &) {
        text = QString::fromUtf8(reinterpret_cast<PyTypeObject *>(exception.type().ptr())->tp_name)
            + QStringLiteral(" (which cannot be shown: formatting it failed)");
    }
    return Error(code, QStringLiteral("%1: %2").arg(what, text)).withDetails(traceback);
}

} // namespace Axle::Internal
