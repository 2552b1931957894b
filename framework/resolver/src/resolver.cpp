#include <axle/resolver/resolver.h>

#include "conflictformatter_p.h"
#include "plan_p.h"
#include "pluginselection_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

namespace Axle {

namespace {

/// p2's budget twice over; real folders need some hundred.
constexpr int ConflictsOfRequest = 20'000;

} // namespace

const PlanEntry *Resolution::find(const QString &normalizedName) const
{
    const auto found = std::find_if(plan.cbegin(), plan.cend(),
        [&](const PlanEntry &entry) { return entry.distribution.name.normalized() == normalizedName; });
    return found == plan.cend() ? nullptr : &*found;
}

Resolver::Resolver(const ResolverInput &input)
    : m_input(input)
{
}

Result<Resolution> Resolver::resolve(const QList<Requirement> &requirements) const
{
    Internal::Universe universe(m_input);
    std::vector<Internal::Root> roots;
    QSet<QString> names;
    for (const Requirement &requirement : requirements) {
        auto dependencies = universe.require(requirement);
        if (dependencies.empty())
            continue;
        names.insert(requirement.name.normalized());
        roots.push_back({&requirement, std::move(dependencies)});
    }
    std::vector<const Internal::Root *> pointers;
    for (const Internal::Root &root : roots)
        pointers.push_back(&root);
    int conflicts = ConflictsOfRequest;
    const Internal::SearchResult result = Internal::Search(universe, &conflicts).run(pointers);
    if (result.outcome == Internal::SearchResult::Outcome::OutOfBudget) {
        return Error(Codes::ResolveBudget,
            QStringLiteral("no answer was found within %1 conflicts").arg(ConflictsOfRequest),
            QStringLiteral("ask for exact versions, so that there is less to choose from"));
    }
    if (result.outcome == Internal::SearchResult::Outcome::Unsolvable) {
        const Internal::ConflictFormatter formatter(universe, Internal::ConflictFormatter::Roots::Requirements);
        return formatter.format(Internal::collectReasons(universe, *result.proof));
    }
    return Resolution{Internal::makePlan(universe, result.choices, names), {}};
}

Resolution Resolver::resolvePlugins(const QList<ProjectName> &roots) const
{
    Internal::Universe universe(m_input);
    Internal::PluginSelection selection(universe, roots);
    selection.run();
    const QStringList selected = selection.selected();
    const QSet<QString> names(selected.cbegin(), selected.cend());
    return Resolution{Internal::makePlan(universe, selection.choices(), names), selection.leftOut()};
}

} // namespace Axle
