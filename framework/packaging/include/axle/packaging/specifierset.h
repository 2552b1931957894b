#pragma once

#include <axle/packaging/version.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace Axle {

/// Whether pre-releases satisfy a specifier set (PEP 440, "Handling of pre-releases").
enum class Prereleases {
    ByRule, ///< only where a specifier of the set names one
    Allow,
    Refuse,
};

/// One clause: operator and version, for example `~=1.4`.
struct AXLE_EXPORT Specifier
{
    enum class Operator { Compatible, Equal, NotEqual, LessOrEqual, GreaterOrEqual, Less, Greater, Arbitrary };

    Operator op = Operator::Equal;
    QString version;       ///< as written, without `.*`
    bool wildcard = false; ///< `==1.*`, `!=1.*`

    QString toString() const;
    friend bool operator==(const Specifier &, const Specifier &) = default;
};

/// A comma-separated set of version clauses (PEP 440), all of which must hold; the empty set admits all versions.
/// Law: `parse(s.toString()) == s`.
class AXLE_EXPORT SpecifierSet
{
public:
    SpecifierSet() = default;
    /// Error: `specifier-invalid`, with span.
    static Result<SpecifierSet> parse(QStringView text);

    bool isEmpty() const { return m_specifiers.isEmpty(); }
    QList<Specifier> specifiers() const { return m_specifiers; }
    bool contains(const Version &version, Prereleases prereleases = Prereleases::ByRule) const;
    /// True where a clause names a pre-release, which lets pre-releases in under `ByRule`.
    bool namesPrerelease() const;
    QString toString() const; ///< clauses sorted, `,` between them

    AXLE_EXPORT friend bool operator==(const SpecifierSet &, const SpecifierSet &);

private:
    struct Clause;
    QList<Specifier> m_specifiers; // sorted by text, unique
    QList<Version> m_versions;     // parsed, parallel to m_specifiers; default for Arbitrary
};

} // namespace Axle
