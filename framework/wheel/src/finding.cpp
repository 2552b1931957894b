#include <axle/wheel/finding.h>

namespace Axle {

QString toString(Finding::Severity severity)
{
    switch (severity) {
    case Finding::Severity::Warning:
        return QStringLiteral("warning");
    case Finding::Severity::Policy:
        return QStringLiteral("policy");
    case Finding::Severity::Fatal:
        return QStringLiteral("fatal");
    }
    Q_UNREACHABLE();
}

QJsonObject Finding::toJson() const
{
    QJsonObject object = error.toJson();
    object[QStringLiteral("severity")] = toString(severity);
    object[QStringLiteral("found")] = error.found();
    object[QStringLiteral("expected")] = error.expected();
    return object;
}

} // namespace Axle
