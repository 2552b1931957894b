#pragma once

#include "solver_p.h"
#include "universe_p.h"

namespace Axle::Internal {

/// Which releases count: pre-releases only where a requirement in force names one or no final release fits (PEP 440),
/// yanked ones only where a requirement in force pins them (PEP 592); and nothing that nobody needs.
///
/// Who calls for a release shows only when everything is chosen, so these rules are told to the solver as objections to
/// its solutions.
class ReleasePolicy : public ChoicePolicy
{
public:
    explicit ReleasePolicy(const Universe &universe);

    int bestValue(const Solver &solver, int variable) const override;
    std::optional<Objection> objectTo(Solver &solver) const override;

private:
    std::optional<Objection> objectToUnneeded(Solver &solver, const std::vector<bool> &needed) const;
    std::optional<Objection> objectToPrerelease(Solver &solver, const Project &project) const;
    std::optional<Objection> objectToYanked(Solver &solver, const Project &project) const;
    template<class Facts, class Changes>
    Objection objection(Solver &solver, const Term &unwanted, int fact, Facts facts, Changes changes) const;
    bool isCalledFor(const Solver &solver, const Project &project) const;
    bool isInForce(const Solver &solver, int fact) const;

    const Universe &m_universe;
    std::vector<const Project *> m_reserved; ///< with candidates that have to be called for
};

/// By variable: whether something that is asked for needs it, directly or not. What the host brings is not needed.
std::vector<bool> neededVariables(const Universe &universe, const std::vector<int> &values);

} // namespace Axle::Internal
