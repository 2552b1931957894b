#pragma once

#include <axle/packaging/version.h>

#include <QtCore/QList>
#include <QtCore/QString>

#include <memory>

namespace Axle {

namespace Internal {
struct Clauses;
} // namespace Internal

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
/// Sets are equal when their clauses are, in any order and spelling (`>=1.0` is `>=1`, but `~=1.0` is not `~=1.0.0`).
/// Law: `parse(s.toString()) == s`.
class AXLE_EXPORT SpecifierSet
{
public:
    SpecifierSet() = default;
    /// At most 1024 clauses. Error: `specifier-invalid`, with span.
    static Result<SpecifierSet> parse(QStringView text);

    bool isEmpty() const { return !m_clauses; }
    QList<Specifier> specifiers() const;
    bool contains(const Version &version, Prereleases prereleases = Prereleases::ByRule) const;
    /// True where a clause names a pre-release, which lets pre-releases in under `ByRule`.
    bool namesPrerelease() const;
    QString toString() const; ///< clauses sorted, `,` between them

    AXLE_EXPORT friend bool operator==(const SpecifierSet &, const SpecifierSet &);
    /// Whether one is a copy of the other, which is told without a look at the clauses.
    bool isCopyOf(const SpecifierSet &other) const { return m_clauses == other.m_clauses; }
    friend size_t qHash(const SpecifierSet &set, size_t seed = 0) { return set.hash() ^ seed; }

private:
    friend struct Requirement;
    explicit SpecifierSet(const std::shared_ptr<Internal::Clauses> &clauses);
    size_t hash() const;

    // Sorted by text, each once; null when there are none.
    std::shared_ptr<const Internal::Clauses> m_clauses;
};

} // namespace Axle
