#pragma once

#include <axle/packaging/marker.h>
#include <axle/resolver/distribution.h>

#include <compare>
#include <memory>

namespace Axle {

/// What a distribution is called and where it stands among others, as pkg_resources has it.
///
/// Ordered by version, precedence, key, location, Python version and platform, in this order; equal in all of them is
/// the same distribution. A value.
struct AXLE_EXPORT DistributionIdentity
{
    /// What sorts one of a version before others of the same: a folder that is worked in comes last, an archive first.
    static constexpr int DevelopPrecedence = -1;
    static constexpr int ArchivePrecedence = 3;

    QString projectName; ///< as `safeName` writes it
    QString key;         ///< `projectName` in lower case; what requirements find it by
    Version version;
    int precedence = ArchivePrecedence;
    QString location;      ///< an entry of a search path
    QString pythonVersion; ///< "3.11"; empty: any
    QString platform;      ///< empty: any

    /// The distribution's, which lies in an archive.
    static DistributionIdentity of(const Distribution &distribution);
    QString toString() const; ///< "geo-core 2.4.0"

    friend bool operator==(const DistributionIdentity &a, const DistributionIdentity &b) { return std::is_eq(a <=> b); }
    AXLE_EXPORT friend std::strong_ordering operator<=>(const DistributionIdentity &, const DistributionIdentity &);
};

/// Runs of what is no ASCII letter, digit or dot become `-`. Not PEP 503: dots and case stay.
AXLE_EXPORT QString safeName(QStringView name);
/// Runs of what is no ASCII letter, digit, dot or hyphen become `_`; in lower case.
AXLE_EXPORT QString safeExtra(QStringView extra);

/// A distribution whose metadata is known elsewhere, and asked for when it is first needed: the way from files, or from
/// objects of another language, into Environment and WorkingSet. Does no I/O of its own here; an implementation may.
///
/// The same answer each time. Implementations are called by the thread that uses the set.
class AXLE_EXPORT DistributionProvider
{
public:
    explicit DistributionProvider(const DistributionIdentity &identity);
    virtual ~DistributionProvider();
    Q_DISABLE_COPY_MOVE(DistributionProvider)

    const DistributionIdentity &identity() const { return m_identity; }

    /// What it needs in `environment` when these extras of it are asked for. Errors: `resolve-extra` for an extra that it
    /// does not have; any other says that its metadata cannot be read.
    virtual Result<QList<Requirement>> requirements(
        const QStringList &extras, const MarkerEnvironment &environment) const = 0;
    virtual Result<QStringList> extras() const = 0;        ///< by the names that `requirements` knows
    virtual Result<QList<EntryPoint>> entryPoints() const; ///< none, unless overridden
    /// All of it at once, as the solver wants it: unless overridden, of what `requirements` says to each extra.
    virtual Result<Distribution> distribution(const MarkerEnvironment &environment) const;

private:
    DistributionIdentity m_identity;
};

using DistributionPtr = std::shared_ptr<const DistributionProvider>;

/// A distribution of which everything is known already.
AXLE_EXPORT DistributionPtr makeProvider(const Distribution &distribution);

} // namespace Axle
