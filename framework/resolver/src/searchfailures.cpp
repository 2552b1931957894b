// What a Search says of its conflicts: which demands they come from, and who makes these.
#include "search_p.h"

#include <algorithm>

namespace Axle::Internal {

/// The demands that took candidates from `variable`, and the one that first made it necessary.
std::vector<const Search::Demand *> Search::decisiveDemands(int variable) const
{
    std::vector<const Demand *> decisive;
    bool isRequired = false;
    QBitArray left = m_universe.projectOf(variable).usable;
    for (const Demand &demand : state(variable).demands) {
        const QBitArray rest = left & demand.dependency->allowed;
        if (rest != left || (demand.dependency->isRequired && !isRequired))
            decisive.push_back(&demand);
        isRequired = isRequired || demand.dependency->isRequired;
        left = rest;
    }
    return decisive;
}

/// The fewest of the decisive demands that leave no candidate together; where there are several ways, the earliest.
std::vector<const Search::Demand *> Search::wipingDemands(int variable) const
{
    std::vector<const Demand *> demands = decisiveDemands(variable);
    const auto leaveNone = [&](const Demand *without) {
        QBitArray left = m_universe.projectOf(variable).usable;
        for (const Demand *demand : demands) {
            if (demand != without)
                left &= demand->dependency->allowed;
        }
        return left.count(true) == 0;
    };
    for (size_t i = demands.size(); i-- > 0;) {
        if (demands.size() > 1 && leaveNone(demands[i]))
            demands.erase(demands.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return demands;
}

void Search::blame(Failure &failure, const std::vector<const Demand *> &demands) const
{
    for (const Demand *demand : demands) {
        failure.needers.push_back(chainOf(demand->needer));
        failure.reasons.push_back(demand->level);
    }
    std::sort(failure.reasons.begin(), failure.reasons.end());
    failure.reasons.erase(std::unique(failure.reasons.begin(), failure.reasons.end()), failure.reasons.end());
}

Search::FailurePointer Search::wipeout(int variable) const
{
    const auto failure = std::make_shared<Failure>();
    failure->variable = variable;
    blame(*failure, wipingDemands(variable));
    return failure;
}

Search::FailurePointer Search::clash(int variable, const Demand &demand) const
{
    const auto failure = std::make_shared<Failure>();
    failure->kind = Failure::Kind::Clash;
    failure->variable = variable;
    failure->candidate = state(variable).choice;
    failure->reasons.push_back(state(variable).level);
    blame(*failure, {&demand});
    return failure;
}

bool Search::callsForPrerelease(int variable) const
{
    const auto &demands = state(m_universe.projectOf(variable).variable).demands;
    return std::any_of(demands.cbegin(), demands.cend(), [](const Demand &demand) {
        return demand.dependency->requirement && demand.dependency->requirement->specifiers.namesPrerelease();
    });
}

/// The final releases that all requirements in force admit.
QBitArray Search::finalsOf(int variable) const
{
    const Project &project = m_universe.projectOf(variable);
    QBitArray finals = project.usable & ~project.prereleases;
    for (const Demand &demand : state(project.variable).demands) {
        if (demand.dependency->requirement)
            finals &= demand.dependency->allowed;
    }
    return finals;
}

/// PEP 440: a pre-release counts only where a requirement names one, or where no final release fits.
Search::FailurePointer Search::unjustifiedPrerelease() const
{
    if (m_universe.input().prereleases == Prereleases::Allow)
        return nullptr;
    for (const int variable : m_required) {
        const int choice = state(variable).choice;
        if (!m_universe.projectOf(variable).prereleases.testBit(choice) || callsForPrerelease(variable)
            || finalsOf(variable).count(true) == 0)
            continue;
        const auto failure = std::make_shared<Failure>();
        failure->kind = Failure::Kind::Prerelease;
        failure->variable = variable;
        failure->candidate = choice;
        failure->reasons = levelsThatCallNot(variable);
        failure->isLasting = false;
        return failure;
    }
    return nullptr;
}

/// Whether some candidate of `requirer` has a requirement that would let in a pre-release of `variable`: it names one,
/// or keeps out a final release that fits so far.
bool Search::couldCall(int requirer, int variable) const
{
    const QBitArray finals = finalsOf(variable);
    for (const auto &dependencies : m_universe.variables()[Universe::index(requirer)].dependencies) {
        for (const Dependency &dependency : dependencies) {
            if (dependency.variable == variable && dependency.requirement
                && (dependency.requirement->specifiers.namesPrerelease()
                    || (finals & ~dependency.allowed).count(true) > 0))
                return true;
        }
    }
    return false;
}

/// The choices because of which no requirement calls for the pre-release that was chosen: its own, those of the
/// projects that could have called for it, and, of the ones among these that are not needed, those of what could have
/// needed them.
Levels Search::levelsThatCallNot(int variable) const
{
    const int base = m_universe.projectOf(variable).variable;
    Levels levels{state(variable).level};
    std::vector<int> open;
    for (const int requirer : m_universe.requirersOf(base)) {
        if (couldCall(requirer, base))
            open.push_back(requirer);
    }
    std::vector<bool> isSeen(m_states.size());
    while (!open.empty()) {
        const int each = open.back();
        open.pop_back();
        if (isSeen[Universe::index(each)])
            continue;
        isSeen[Universe::index(each)] = true;
        const auto &requirers = m_universe.requirersOf(each);
        if (state(each).choice >= 0)
            levels.push_back(state(each).level);
        else
            open.insert(open.end(), requirers.cbegin(), requirers.cend());
    }
    std::sort(levels.begin(), levels.end());
    levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
    return levels;
}

NeederChain Search::chainOf(const Needer &needer) const
{
    NeederChain chain{needer};
    while (chain.back().variable >= 0) {
        const auto &demands = state(chain.back().variable).demands;
        const auto first = std::find_if(
            demands.cbegin(), demands.cend(), [](const Demand &demand) { return demand.dependency->isRequired; });
        chain.push_back(first->needer);
    }
    return chain;
}

} // namespace Axle::Internal
