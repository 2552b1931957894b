#pragma once

#include <axle/core/error.h>
#include <axle/resolver/distributionprovider.h>

#include <optional>

namespace Axle {

/// Why requirements could not be met, with its parties: what pkg_resources' exceptions say, as data.
struct AXLE_EXPORT ResolutionFailure
{
    enum class Kind {
        DistributionNotFound,      ///< nothing meets `requirement`
        VersionConflict,           ///< `distribution` is chosen already, and does not meet `requirement`
        ContextualVersionConflict, ///< the same, where `requiredBy` is known
        UnknownExtra,              ///< `distribution` does not have an extra that `requirement` asks for
        BadMetadata,               ///< what `distribution` needs cannot be read
        TagMismatch,               ///< `distribution`, which would meet `requirement`, is for another platform
        PythonMismatch,            ///< the same, for another Python
        Yanked,                    ///< the same; it was yanked, and `requirement` does not pin it
        Corrupt,                   ///< the same; it cannot be used, as it says itself
        Installer,                 ///< the installer failed to get `requirement`
        Unsolvable,                ///< of the solver, where there are no such parties
    };

    Kind kind = Kind::Unsolvable;
    DistributionPtr distribution;           ///< null where there is none
    std::optional<Requirement> requirement; ///< nothing: it is a plugin itself that cannot be had
    QStringList requiredBy;                 ///< names of projects, sorted; empty: the application itself
    /// Says it in words. Its code, by kind: `resolve-missing`, `resolve-conflict` (both), `resolve-extra`,
    /// `resolve-metadata` and `resolve-installer` (with what failed as the cause), or, where the solver explains it, the
    /// explanation's.
    Error error;

    static ResolutionFailure notFound(const Requirement &requirement, const QStringList &requiredBy);
    static ResolutionFailure conflict(
        const DistributionPtr &distribution, const Requirement &requirement, const QStringList &requiredBy);
    /// UnknownExtra or BadMetadata: what `distribution` answered when it was asked about itself.
    static ResolutionFailure metadata(
        const DistributionPtr &distribution, const std::optional<Requirement> &requirement, const Error &error);
    static ResolutionFailure installer(const Requirement &requirement, const Error &error);
    static ResolutionFailure unsolvable(const Error &error);
};

/// The distributions that meet some requirements, in the order to add them, or why there are none. Reads like a Result.
class AXLE_EXPORT ResolvedDistributions
{
public:
    ResolvedDistributions(const QList<DistributionPtr> &distributions)
        : m_distributions(distributions)
    {
    }
    ResolvedDistributions(const ResolutionFailure &failure)
        : m_failure(failure)
    {
    }

    explicit operator bool() const { return !m_failure; }
    /// Empty where there is a failure.
    const QList<DistributionPtr> &operator*() const { return m_distributions; }
    const QList<DistributionPtr> *operator->() const { return &m_distributions; }
    /// Only where there is one.
    const ResolutionFailure &failure() const { return *m_failure; }

private:
    QList<DistributionPtr> m_distributions;
    std::optional<ResolutionFailure> m_failure;
};

} // namespace Axle
