#include "hittingset_p.h"

#include <algorithm>

namespace Axle::Internal {

namespace {

constexpr int MaximumSteps = 200'000;

class BranchAndBound
{
public:
    BranchAndBound(const std::vector<std::vector<int>> &sets, const std::vector<qint64> &costs)
        : m_sets(sets)
        , m_costs(costs)
    {
    }

    std::vector<int> run()
    {
        visit(0, 0);
        return m_best;
    }

private:
    void visit(size_t position, qint64 cost)
    {
        while (position < m_sets.size() && isHit(m_sets[position]))
            ++position;
        if (position == m_sets.size()) {
            accept(cost);
            return;
        }
        if (++m_steps > MaximumSteps && m_hasBest)
            return;
        // The largest first, so that the first set found spares the small ones.
        const std::vector<int> &set = m_sets[position];
        for (auto element = set.crbegin(); element != set.crend(); ++element) {
            const qint64 next = cost + m_costs[static_cast<size_t>(*element)];
            if (m_hasBest && next > m_bestCost)
                continue;
            m_chosen.push_back(*element);
            visit(position + 1, next);
            m_chosen.pop_back();
        }
    }

    bool isHit(const std::vector<int> &set) const
    {
        return std::any_of(m_chosen.cbegin(), m_chosen.cend(),
            [&](int element) { return std::binary_search(set.cbegin(), set.cend(), element); });
    }

    void accept(qint64 cost)
    {
        std::vector<int> sorted = m_chosen;
        std::sort(sorted.begin(), sorted.end());
        if (m_hasBest && (cost > m_bestCost || (cost == m_bestCost && sorted <= m_best)))
            return;
        m_hasBest = true;
        m_bestCost = cost;
        m_best = std::move(sorted);
    }

    const std::vector<std::vector<int>> &m_sets;
    const std::vector<qint64> &m_costs;
    std::vector<int> m_chosen;
    std::vector<int> m_best;
    qint64 m_bestCost = 0;
    bool m_hasBest = false;
    int m_steps = 0;
};

} // namespace

std::vector<int> minimumHittingSet(const std::vector<std::vector<int>> &sets, const std::vector<qint64> &costs)
{
    // Sets that share no element, even by others, do not concern each other: each such group is solved alone.
    std::vector<int> result;
    std::vector<std::vector<int>> rest = sets;
    while (!rest.empty()) {
        std::vector<std::vector<int>> group{rest.back()};
        std::vector<int> elements = group.front();
        rest.pop_back();
        for (bool grew = true; grew;) {
            const auto isApart = [&](const std::vector<int> &set) {
                return std::none_of(set.cbegin(), set.cend(), [&](int element) {
                    return std::find(elements.cbegin(), elements.cend(), element) != elements.cend();
                });
            };
            const auto joined = std::stable_partition(rest.begin(), rest.end(), isApart);
            grew = joined != rest.end();
            for (auto set = joined; set != rest.end(); ++set) {
                elements.insert(elements.end(), set->cbegin(), set->cend());
                group.push_back(*set);
            }
            rest.erase(joined, rest.end());
        }
        const std::vector<int> hits = BranchAndBound(group, costs).run();
        result.insert(result.end(), hits.cbegin(), hits.cend());
    }
    std::sort(result.begin(), result.end());
    return result;
}

} // namespace Axle::Internal
