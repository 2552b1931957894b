#include "pluginselection_p.h"

#include "conflictformatter_p.h"
#include "hittingset_p.h"

#include <axle/resolver/codes.h>

#include <QtCore/QSet>

#include <algorithm>
#include <numeric>

namespace Axle::Internal {

namespace {

constexpr int ConflictsOfOne = 2'000; ///< for one plugin alone, or one more beside others
constexpr int ConflictsOfAll = 4'000; ///< for finding the largest set
constexpr size_t LargestShrunkCore = 24;

std::vector<int> without(const std::vector<int> &numbers, int number)
{
    std::vector<int> rest;
    std::copy_if(numbers.cbegin(), numbers.cend(), std::back_inserter(rest), [=](int each) { return each != number; });
    return rest;
}

} // namespace

PluginSelection::PluginSelection(Universe &universe, const QList<ProjectName> &names)
    : m_universe(universe)
    , m_shared(ConflictsOfAll)
{
    QSet<QString> seen;
    for (const ProjectName &name : names) {
        if (seen.contains(name.normalized()))
            continue;
        seen.insert(name.normalized());
        Requirement requirement;
        requirement.name = name;
        m_requirements.push_back(requirement);
    }
    for (const Requirement &requirement : m_requirements)
        m_roots.push_back({&requirement, m_universe.require(requirement)});
    // What is mounted is worth more than everything that is not.
    const auto count = static_cast<qint64>(m_roots.size());
    for (const Root &root : m_roots) {
        const Project &project = m_universe.projectOf(root.dependencies.front().variable);
        m_costs.push_back(project.preferred.count(true) > 0 ? count + 1 : 1);
    }
    m_search = std::make_unique<Search>(m_universe, &m_conflicts);
}

QStringList PluginSelection::selected() const
{
    QStringList names;
    for (const int number : m_selected)
        names.append(m_requirements[Universe::index(number)].name.normalized());
    return names;
}

void PluginSelection::run()
{
    leaveOutHopeless();
    const std::vector<int> all = m_selected;
    selectMost();
    explainConflicts(all);
}

SearchResult PluginSelection::search(const std::vector<int> &numbers, int conflicts)
{
    std::vector<const Root *> roots;
    for (const int number : numbers)
        roots.push_back(&m_roots[Universe::index(number)]);
    m_conflicts = conflicts;
    SearchResult result = m_search->run(roots);
    for (int &position : result.core)
        position = numbers[Universe::index(position)];
    return result;
}

bool PluginSelection::canLive(const std::vector<int> &numbers)
{
    // Near what was selected a solution is found soonest, if there is one.
    m_search->setFavourites(m_choices);
    const SearchResult result = search(numbers, ConflictsOfOne);
    m_search->setFavourites({});
    return result.outcome == SearchResult::Outcome::Solved;
}

/// A plugin that cannot live alone cannot live with others, and shall not make their search longer.
void PluginSelection::leaveOutHopeless()
{
    for (int number = 0; number < static_cast<int>(m_roots.size()); ++number) {
        const SearchResult result = search({number}, ConflictsOfOne);
        const QString name = m_requirements[Universe::index(number)].name.normalized();
        if (result.outcome == SearchResult::Outcome::Solved) {
            m_selected.push_back(number);
        } else if (result.outcome == SearchResult::Outcome::OutOfBudget) {
            m_leftOut.insert(name, budgetError(number));
        } else {
            m_leftOut.insert(name, explain({number}));
        }
    }
}

void PluginSelection::selectMost()
{
    const std::vector<int> all = m_selected;
    while (m_shared > 0) {
        const std::vector<int> leftOut = minimumHittingSet(m_cores, m_costs);
        m_selected.clear();
        std::set_difference(all.cbegin(), all.cend(), leftOut.cbegin(), leftOut.cend(), std::back_inserter(m_selected));
        const SearchResult result = search(m_selected, m_shared);
        m_shared = m_conflicts;
        if (result.outcome == SearchResult::Outcome::Solved) {
            m_choices = result.choices;
            return;
        }
        if (result.outcome == SearchResult::Outcome::Unsolvable)
            m_cores.push_back(shrink(result.core));
    }
    selectOneByOne(all);
}

void PluginSelection::selectOneByOne(const std::vector<int> &numbers)
{
    m_selected.clear();
    std::vector<int> order = numbers;
    std::stable_sort(order.begin(), order.end(),
        [&](int a, int b) { return m_costs[Universe::index(a)] > m_costs[Universe::index(b)]; });
    for (const int number : order) {
        m_selected.push_back(number);
        const SearchResult result = search(m_selected, ConflictsOfOne);
        if (result.outcome == SearchResult::Outcome::Solved) {
            m_choices = result.choices;
            m_search->setFavourites(m_choices);
        } else {
            m_selected.pop_back();
        }
    }
    m_search->setFavourites({});
    std::sort(m_selected.begin(), m_selected.end());
}

/// A core as small as can be found at little cost: the smaller the cores, the fewer searches, and the clearer the
/// reason.
std::vector<int> PluginSelection::shrink(std::vector<int> core)
{
    for (size_t size = core.size() + 1; core.size() < size && core.size() > 2;) {
        size = core.size();
        const SearchResult result = search(core, ConflictsOfOne);
        if (result.outcome == SearchResult::Outcome::Unsolvable)
            core = result.core;
    }
    if (core.size() > LargestShrunkCore)
        return core;
    const std::vector<int> candidates = core;
    for (const int number : candidates) {
        const std::vector<int> fewer = without(core, number);
        if (!fewer.empty() && search(fewer, ConflictsOfOne).outcome == SearchResult::Outcome::Unsolvable)
            core = fewer;
    }
    return core;
}

/// Why the last of the plugins does not live with those before it.
Error PluginSelection::explain(const std::vector<int> &numbers)
{
    // A search of its own: what a former one learnt would be told with the former plugin's chain of requirements.
    std::vector<const Root *> roots;
    for (const int number : numbers)
        roots.push_back(&m_roots[Universe::index(number)]);
    int conflicts = ConflictsOfOne;
    const SearchResult result = Search(m_universe, &conflicts).run(roots);
    if (result.outcome != SearchResult::Outcome::Unsolvable)
        return budgetError(numbers.back());
    const ConflictFormatter formatter(m_universe, ConflictFormatter::Roots::Plugins);
    return formatter.format(collectReasons(m_universe, *result.proof, roots.back()->requirement));
}

void PluginSelection::explainConflicts(const std::vector<int> &all)
{
    for (const int number : all) {
        if (!std::binary_search(m_selected.cbegin(), m_selected.cend(), number))
            m_leftOut.insert(m_requirements[Universe::index(number)].name.normalized(), explainConflict(number));
    }
}

/// The fewest of the selected plugins found that the plugin does not live with; none when the budget is spent.
std::vector<int> PluginSelection::opponentsOf(int number)
{
    for (const std::vector<int> &core : m_cores) {
        const std::vector<int> others = without(core, number);
        if (others.size() < core.size()
            && std::includes(m_selected.cbegin(), m_selected.cend(), others.cbegin(), others.cend()))
            return others;
    }
    std::vector<int> together = m_selected;
    together.push_back(number);
    const SearchResult result = search(together, ConflictsOfOne);
    if (result.outcome != SearchResult::Outcome::Unsolvable)
        return {};
    return without(shrink(result.core), number);
}

/// Why the plugin does not live with those that were selected.
Error PluginSelection::explainConflict(int number)
{
    const std::vector<int> opponents = opponentsOf(number);
    if (opponents.empty())
        return budgetError(number);
    // The plugin is searched for last, so that the others' choices are what stands in its way.
    std::vector<int> core = opponents;
    core.push_back(number);
    Error error = explain(core);
    const QString hint = whatToRemove(number, opponents);
    return hint.isEmpty() ? error : error.withHint(hint);
}

/// A remedy that was tried: without which one of the others the plugin can be loaded.
QString PluginSelection::whatToRemove(int number, const std::vector<int> &opponents)
{
    for (auto other = opponents.crbegin(); other != opponents.crend(); ++other) {
        std::vector<int> instead = without(m_selected, *other);
        instead.push_back(number);
        if (canLive(instead)) {
            return QStringLiteral("without '%1', '%2' can be loaded")
                .arg(m_requirements[Universe::index(*other)].name.toString(),
                    m_requirements[Universe::index(number)].name.toString());
        }
    }
    return {};
}

Error PluginSelection::budgetError(int number) const
{
    return Error(Codes::ResolveBudget,
        QStringLiteral("whether '%1' can be loaded was not decided within %2 conflicts")
            .arg(m_requirements[Universe::index(number)].name.toString())
            .arg(ConflictsOfOne),
        QStringLiteral("remove old versions from the folder, so that there is less to choose from"));
}

} // namespace Axle::Internal
