#pragma once

#include <axle/packaging/projectname.h>
#include <axle/packaging/requirement.h>
#include <axle/packaging/specifierset.h>
#include <axle/packaging/version.h>

#include <QtCore/QStringList>

namespace Axle {

/// METADATA of a wheel (core metadata 1.x and 2.x, with the fields of 2.4), as far as hosts ask for it.
struct AXLE_EXPORT CoreMetadata
{
    QString metadataVersion;
    ProjectName name;
    Version version;
    QString summary;
    QString description;
    QString author;
    QString license;          ///< an SPDX expression (2.4) where there is one, else what License says
    QStringList licenseFiles; ///< PEP 639: paths below `licenses` of the dist-info folder
    QString homePage;
    SpecifierSet requiresPython;
    QList<Requirement> requiresDist;
    QList<int> requiresDistLines; ///< where each of `requiresDist` is written, from 1
    QStringList providesExtra;    ///< PEP 503 normalised
    /// Every header, in file order, as (name, value).
    QList<std::pair<QString, QString>> headers;

    /// Errors: `metadata-invalid` and the packaging codes, with the line.
    static Result<CoreMetadata> parse(const QByteArray &text);
    /// The same by all rules, but only what lists a wheel and chooses it: format, name, version, summary, requirements,
    /// extras. Description and headers take longest, and of thousands of wheels nobody asks for them.
    static Result<CoreMetadata> parseForChoice(const QByteArray &text);
};

} // namespace Axle
