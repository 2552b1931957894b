#include "reason_p.h"

namespace Axle::Internal {

namespace {

/// Further leaves of a proof say the same again, or nothing that a reader would still take in.
constexpr qsizetype MaximumLeaves = 256;

QList<const Failure *> leavesOf(const Failure &proof)
{
    QList<const Failure *> leaves;
    QList<const Failure *> open{&proof};
    while (!open.isEmpty() && leaves.size() < MaximumLeaves) {
        const Failure *failure = open.takeLast();
        if (!failure->exhaustion) {
            leaves.append(failure);
            continue;
        }
        const auto &failures = failure->exhaustion->failures;
        for (auto each = failures.crbegin(); each != failures.crend(); ++each)
            open.append(each->get());
    }
    return leaves;
}

const Distribution *firstOf(const Universe &universe, int variable, const QBitArray &candidates)
{
    for (int i = 0; i < candidates.size(); ++i) {
        if (candidates.testBit(i))
            return &universe.candidate(variable, i);
    }
    return nullptr;
}

Side sideOf(const Universe &universe, const NeederChain &chain)
{
    Side side;
    side.chain = chain;
    side.requirement = chain.front().requirement;
    if (chain.front().variable >= 0) {
        const Distribution &needer = universe.candidate(chain.front().variable, chain.front().candidate);
        side.project = needer.name.toString();
        side.versions = QStringList{needer.version.toString()};
    }
    return side;
}

/// Why the requirement of one side alone has no candidate.
void classify(Universe &universe, Reason &reason)
{
    const Project &project = universe.projectOf(reason.variable);
    const SpecifierSet &specifiers = reason.sides.first().requirement->specifiers;
    const QBitArray matching =
        universe.matching(universe.variables()[Universe::index(reason.variable)].project, specifiers);
    const QBitArray usable = matching & project.usable;
    if (project.candidates.empty()) {
        reason.kind = Reason::Kind::Missing;
    } else if (matching.count(true) == 0) {
        reason.kind = Reason::Kind::NoVersion;
    } else if (usable.count(true) > 0) {
        reason.kind = Reason::Kind::Extra;
        reason.example = firstOf(universe, reason.variable, usable);
        for (const QString &extra : reason.sides.first().requirement->extras) {
            if (reason.extra.isEmpty() && !Universe::provides(*reason.example, extra, universe.input().environment))
                reason.extra = extra;
        }
    } else {
        reason.example = firstOf(universe, reason.variable, matching);
        const bool isForThisPython =
            reason.example->requiresPython.contains(universe.input().pythonVersion, Prereleases::Allow);
        reason.kind = isForThisPython ? Reason::Kind::OnlyPrereleases : Reason::Kind::Python;
    }
}

Reason reasonOf(Universe &universe, const Failure &leaf)
{
    Reason reason;
    reason.variable = leaf.variable;
    for (const NeederChain &chain : leaf.needers) {
        if (chain.front().requirement)
            reason.sides.append(sideOf(universe, chain));
    }
    if (leaf.kind == Failure::Kind::Wipeout && reason.sides.size() == 1) {
        classify(universe, reason);
    } else if (leaf.kind == Failure::Kind::Wipeout) {
        reason.kind = Reason::Kind::Conflict;
    } else {
        const bool isClash = leaf.kind == Failure::Kind::Clash;
        reason.kind = isClash ? Reason::Kind::Chosen : Reason::Kind::Prerelease;
        reason.example = &universe.candidate(leaf.variable, leaf.candidate);
    }
    return reason;
}

void add(QList<Reason> &reasons, const Reason &reason)
{
    const auto same =
        std::find_if(reasons.begin(), reasons.end(), [&](const Reason &other) { return other.isSame(reason); });
    if (same == reasons.end()) {
        reasons.append(reason);
        return;
    }
    for (qsizetype i = 0; i < reason.sides.size(); ++i) {
        for (const QString &version : reason.sides[i].versions) {
            if (!same->sides[i].versions.contains(version))
                same->sides[i].versions.append(version);
        }
    }
}

bool isOfItself(const Reason &reason)
{
    return reason.kind != Reason::Kind::Chosen && reason.kind != Reason::Kind::Prerelease;
}

void putFirst(const Requirement *subject, QList<Reason> &reasons)
{
    const auto isSubjects = [=](const Side &side) { return side.chain.back().requirement == subject; };
    for (Reason &reason : reasons)
        std::stable_partition(reason.sides.begin(), reason.sides.end(), isSubjects);
    std::stable_partition(reasons.begin(), reasons.end(),
        [&](const Reason &reason) { return std::any_of(reason.sides.cbegin(), reason.sides.cend(), isSubjects); });
}

} // namespace

bool Reason::isSame(const Reason &other) const
{
    const auto sameSide = [](const Side &a, const Side &b) {
        return a.project == b.project && a.requirement->specifiers == b.requirement->specifiers
            && a.requirement->extras == b.requirement->extras;
    };
    return kind == other.kind && variable == other.variable && example == other.example && extra == other.extra
        && std::equal(sides.cbegin(), sides.cend(), other.sides.cbegin(), other.sides.cend(), sameSide);
}

QList<Reason> collectReasons(Universe &universe, const Failure &proof, const Requirement *subject)
{
    QList<Reason> reasons;
    for (const Failure *leaf : leavesOf(proof))
        add(reasons, reasonOf(universe, *leaf));
    if (std::any_of(reasons.cbegin(), reasons.cend(), isOfItself))
        reasons.removeIf([](const Reason &reason) { return !isOfItself(reason); });
    if (subject)
        putFirst(subject, reasons);
    return reasons;
}

} // namespace Axle::Internal
