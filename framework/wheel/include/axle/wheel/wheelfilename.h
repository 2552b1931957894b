#pragma once

#include <axle/packaging/projectname.h>
#include <axle/packaging/tag.h>
#include <axle/packaging/version.h>

namespace Axle {

/// `name-version(-build)?-python-abi-platform.whl` (binary distribution format specification).
struct AXLE_EXPORT WheelFileName
{
    ProjectName name;
    Version version;
    QString build; ///< empty when there is none
    TagSet tags;   ///< expanded
    QString text;  ///< the file name as given

    /// `fileName`: without folder. Error: `wheel-filename`, with span.
    static Result<WheelFileName> parse(QStringView fileName);
    QString toString() const { return text; }

    friend bool operator==(const WheelFileName &a, const WheelFileName &b) { return a.text == b.text; }
};

} // namespace Axle
