#include "parties_p.h"

#include <axle/resolver/codes.h>

#include <algorithm>

namespace Axle::Internal {

namespace {

using Kind = ResolutionFailure::Kind;

/// Of the module wheel, which this one does not know: made for another platform.
constexpr ErrorCode WheelIncompatible{"wheel-incompatible"};

/// One requirement of the explanation.
struct Need
{
    QString project; ///< normalised: what is needed
    Requirement requirement;
    QString requirer; ///< as written; empty: the application
};

class Parties
{
public:
    Parties(const Explanation &explanation, const ResolverInput &input,
        const QHash<QString, DistributionPtr> &distributions)
        : m_explanation(explanation)
        , m_input(input)
        , m_distributions(distributions)
        , m_failure(ResolutionFailure::unsolvable(explanation.toError()))
    {
        for (const Reason &reason : explanation.reasons) {
            const auto requirement = Requirement::parse(reason.requirement);
            const bool isNeed = reason.kind == Reason::Kind::Requirement && requirement;
            if (isNeed)
                m_needs.append({requirement->name.normalized(), *requirement, reason.project});
        }
    }

    ResolutionFailure failure()
    {
        using Reasons = Reason::Kind;
        if (const Reason *mounted = find(Reasons::Mounted))
            addMounted(*mounted);
        else if (m_explanation.code == Codes::ResolveConflict)
            addDispute();
        else if (const Reason *python = find(Reasons::Python))
            addUseless(Kind::PythonMismatch, *python);
        else if (const Reason *unusable = find(Reasons::Unusable))
            addUseless(isForAnotherPlatform(*unusable) ? Kind::TagMismatch : Kind::Corrupt, *unusable);
        else if (const Reason *yanked = find(Reasons::Yanked))
            addUseless(Kind::Yanked, *yanked);
        else if (const Reason *prerelease = find(Reasons::Prerelease))
            addNotFound(*prerelease);
        else if (const Reason *available = find(Reasons::Available))
            m_explanation.code == Codes::ResolveExtra ? addUseless(Kind::UnknownExtra, *available)
                                                      : addNotFound(*available);
        return m_failure;
    }

private:
    const Reason *find(Reason::Kind kind) const
    {
        const auto found = std::find_if(m_explanation.reasons.cbegin(), m_explanation.reasons.cend(),
            [=](const Reason &reason) { return reason.kind == kind; });
        return found == m_explanation.reasons.cend() ? nullptr : &*found;
    }

    DistributionPtr newestOf(const Reason &reason) const { return m_distributions.value(reason.files.value(0)); }

    bool isForAnotherPlatform(const Reason &unusable) const
    {
        return std::any_of(m_input.candidates.cbegin(), m_input.candidates.cend(), [&](const Distribution &candidate) {
            return candidate.location == unusable.files.value(0) && candidate.unusable.code() == WheelIncompatible;
        });
    }

    QList<Need> needsOn(const QString &project) const
    {
        QList<Need> needs = m_needs;
        needs.removeIf([&](const Need &need) { return need.project != ProjectName::normalize(project); });
        return needs;
    }

    void setRequirement(const Requirement &requirement)
    {
        m_failure.requirement = requirement;
        for (const Need &need : std::as_const(m_needs)) {
            if (need.requirement == requirement && !need.requirer.isEmpty())
                m_failure.requiredBy.append(need.requirer);
        }
        m_failure.requiredBy.sort();
        m_failure.requiredBy.removeDuplicates();
    }

    void setConflict(const DistributionPtr &distribution, const Requirement &requirement)
    {
        m_failure.distribution = distribution;
        setRequirement(requirement);
        m_failure.kind = m_failure.requiredBy.isEmpty() ? Kind::VersionConflict : Kind::ContextualVersionConflict;
    }

    /// A wheel that is there, but of no use. Where it is the plugin itself, nobody requires it.
    void addUseless(Kind kind, const Reason &reason)
    {
        m_failure.kind = kind;
        m_failure.distribution = newestOf(reason);
        if (const QList<Need> needs = needsOn(reason.project); !needs.isEmpty())
            setRequirement(needs.first().requirement);
    }

    void addNotFound(const Reason &reason)
    {
        m_failure.kind = Kind::DistributionNotFound;
        const QList<Need> needs = needsOn(reason.project);
        if (!needs.isEmpty())
            setRequirement(needs.first().requirement);
    }

    void addMounted(const Reason &mounted)
    {
        const DistributionPtr active = newestOf(mounted);
        for (const Need &need : needsOn(mounted.project)) {
            if (!need.requirement.specifiers.contains(active->identity().version, Prereleases::Allow))
                return setConflict(active, need.requirement);
        }
    }

    /// The newest version that one side accepts, and the other does not.
    void addDispute()
    {
        for (auto need = m_needs.crbegin(); need != m_needs.crend(); ++need) {
            const QList<Need> sides = needsOn(need->project);
            for (const Need &side : sides) {
                if (const DistributionPtr between = newestBetween(sides.first(), side))
                    return setConflict(between, side.requirement);
            }
        }
    }

    DistributionPtr newestBetween(const Need &accepting, const Need &refusing) const
    {
        const Distribution *newest = nullptr;
        for (const Distribution &candidate : m_input.candidates) {
            const bool isBetween = candidate.name.normalized() == accepting.project
                && accepting.requirement.specifiers.contains(candidate.version, Prereleases::Allow)
                && !refusing.requirement.specifiers.contains(candidate.version, Prereleases::Allow);
            if (isBetween && (!newest || newest->version < candidate.version))
                newest = &candidate;
        }
        return newest ? m_distributions.value(newest->location) : nullptr;
    }

    const Explanation &m_explanation;
    const ResolverInput &m_input;
    const QHash<QString, DistributionPtr> &m_distributions;
    QList<Need> m_needs;
    ResolutionFailure m_failure;
};

} // namespace

ResolutionFailure failureOf(
    const Explanation &explanation, const ResolverInput &input, const QHash<QString, DistributionPtr> &distributions)
{
    return Parties(explanation, input, distributions).failure();
}

} // namespace Axle::Internal
