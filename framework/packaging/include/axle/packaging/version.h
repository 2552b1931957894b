#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <compare>
#include <optional>

namespace Axle {

struct VersionData;

/// The parts of a version as normalised text, since PEP 440 gives its numbers no limit; what is absent is empty.
struct AXLE_EXPORT VersionParts
{
    QString epoch; ///< "0" where none is written
    QStringList release;
    QString preLetter = {}; ///< "a", "b" or "rc"
    QString pre = {};
    QString post = {};
    QString dev = {};
    QString local = {};

    friend bool operator==(const VersionParts &, const VersionParts &) = default;
};

/// A version of PEP 440, totally ordered. Law: `parse(v.toString()) == v`.
///
/// Numbers of any length are exact in text and order; where they are asked for as integers, one that does not fit is the
/// largest that does.
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
    VersionParts parts() const;
    int epoch() const;
    QList<qint64> release() const;
    std::optional<qint64> pre() const; ///< the number after a, b or rc; the letter is in `parts()`
    std::optional<qint64> post() const;
    std::optional<qint64> dev() const;
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
