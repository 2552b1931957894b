#pragma once

#include "releasepolicy_p.h"

namespace Axle::Internal {

/// The facts because of which goals cannot be met together; without any one of them they could.
struct Proof
{
    std::vector<int> goals; ///< variables
    std::vector<int> facts; ///< sorted; the structural kinds left out
};

/// Proves again what a Solver found, and makes the proof as small as it can be.
class Prover
{
public:
    Prover(const Universe &universe, const ReleasePolicy &policy);

    /// Nothing: they can be met, or that is not decided within the budget of the input.
    std::optional<Proof> prove(const std::vector<int> &goals);

private:
    Problem restricted(const std::vector<int> &facts, std::vector<int> &goals) const;
    std::vector<int> tiesOf(const std::vector<int> &facts) const;
    bool isStructural(int fact) const;

    const Universe &m_universe;
    Solver m_solver;
};

} // namespace Axle::Internal
