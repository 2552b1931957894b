#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QString>

#include <compare>

namespace Axle {

struct VersionData;

/// A version of PEP 440, totally ordered. Law: `parse(v.toString()) == v`.
class AXLE_EXPORT Version
{
public:
    Version(); ///< "0"
    Version(const Version &);
    Version(Version &&) noexcept;
    Version &operator=(const Version &);
    Version &operator=(Version &&) noexcept;
    ~Version();

    /// Accepts every spelling that PEP 440 normalises (`v1.0-RC.1`). Error: `version-invalid`, with span.
    static Result<Version> parse(QStringView text);

    QString toString() const;      ///< normalised, with local part
    QString publicVersion() const; ///< without local part
    QString baseVersion() const;   ///< epoch and release only
    int epoch() const;
    QList<qint64> release() const;
    QString local() const;     ///< empty when there is none
    bool isPrerelease() const; ///< a, b, rc or dev
    bool isPostrelease() const;
    bool isDevrelease() const;

    AXLE_EXPORT friend bool operator==(const Version &, const Version &);
    AXLE_EXPORT friend std::strong_ordering operator<=>(const Version &, const Version &);
    AXLE_EXPORT friend size_t qHash(const Version &, size_t seed);

private:
    friend struct VersionData;
    QSharedDataPointer<VersionData> d;
};

} // namespace Axle
