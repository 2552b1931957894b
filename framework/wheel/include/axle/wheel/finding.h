#pragma once

#include <axle/core/error.h>

#include <QtCore/QJsonObject>
#include <QtCore/QList>

namespace Axle {

/// One thing that verification found in a wheel.
struct AXLE_EXPORT Finding
{
    enum class Severity {
        Warning, ///< worth knowing; the wheel is used all the same
        Policy,  ///< refused by the default policy of a host, allowed where a program mounts wheels by itself
        Fatal,   ///< the wheel is never mounted
    };

    Severity severity = Severity::Fatal;
    Error error;

    /// `{"severity", "code", "message", "found", "expected"}`, and what `Error::toJson` has besides.
    QJsonObject toJson() const;
    friend bool operator==(const Finding &, const Finding &) = default;
};

/// `warning`, `policy` or `fatal`.
AXLE_EXPORT QString toString(Finding::Severity severity);

} // namespace Axle
