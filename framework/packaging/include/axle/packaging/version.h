#pragma once

#include <axle/core/export.h>
#include <axle/core/result.h>
#include <axle/packaging/versionkey.h>

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <compare>
#include <optional>

namespace Axle {

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
    Version() = default; ///< "0"

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
    QString local() const;                                    ///< empty when there is none
    bool isPrerelease() const { return m_form.isPrerelease; } ///< a, b, rc or dev
    bool isPostrelease() const { return m_form.isPostrelease; }
    bool isDevrelease() const { return m_form.isDevrelease; }

    friend bool operator==(const Version &a, const Version &b) { return a.m_form.key == b.m_form.key; }
    friend std::strong_ordering operator<=>(const Version &a, const Version &b)
    {
        return a.m_form.key <=> b.m_form.key;
    }
    friend size_t qHash(const Version &version, size_t seed = 0) { return qHash(version.m_form.key, seed); }

    /// How this module holds a version: from the key alone follows all but the zeros at the end of the release.
    struct Form
    {
        Internal::VersionKey key = Internal::VersionKey(quint64{0x05} << 56); ///< that of "0"
        quint32 trailingZeros = 1;
        bool isPrerelease = false;
        bool isPostrelease = false;
        bool isDevrelease = false;
        bool hasLocal = false;
    };
    explicit Version(const Form &form)
        : m_form(form)
    {
    }
    const Form &form() const { return m_form; }

private:
    Form m_form;
};

} // namespace Axle
