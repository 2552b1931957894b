#pragma once

#include <axle/packaging/marker.h>
#include <axle/packaging/projectname.h>
#include <axle/packaging/specifierset.h>

#include <QtCore/QStringList>

namespace Axle {

/// A dependency specifier of PEP 508: `name[extra] >=1,<2 ; python_version < "3.12"`.
/// Equality is that of normalised extras.
/// Law: `parse(r.toString()) == r`.
struct AXLE_EXPORT Requirement
{
    ProjectName name;
    QStringList extras;        ///< PEP 503 normalised, sorted, each once
    QStringList writtenExtras; ///< as written, sorted, each once; `toString()` writes these
    SpecifierSet specifiers;
    QString url; ///< `name @ url`; parsed, never fetched
    Marker marker;

    /// Error: `requirement-invalid`, with span.
    static Result<Requirement> parse(QStringView text);
    QString toString() const;

    /// Whether one is a copy of the other, which is told at once: copies share what they hold. Then they are equal.
    bool isCopyOf(const Requirement &other) const
    {
        return name.identity() == other.name.identity() && specifiers.isCopyOf(other.specifiers)
            && marker.isCopyOf(other.marker) && extras.constData() == other.extras.constData()
            && url.constData() == other.url.constData();
    }
    AXLE_EXPORT friend bool operator==(const Requirement &, const Requirement &);
};

} // namespace Axle
