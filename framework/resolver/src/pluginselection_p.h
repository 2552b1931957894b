#pragma once

#include "search_p.h"

#include <QtCore/QHash>

namespace Axle::Internal {

/// Which of the plugins live together: as many as can, those that are mounted before all others, then the earlier ones.
///
/// Exact (implicit hitting set): each search that fails gives a core, plugins that cannot all live; the fewest plugins
/// that touch all cores are left out, and the search is made again, until it succeeds. When the budget is spent,
/// plugins are added one by one instead, each as far as it fits to those before it.
class PluginSelection
{
public:
    PluginSelection(Universe &universe, const QList<ProjectName> &names);

    void run();

    const std::vector<int> &choices() const { return m_choices; } ///< candidate by variable
    QStringList selected() const;                                 ///< normalised names
    const QHash<QString, Error> &leftOut() const { return m_leftOut; }

private:
    SearchResult search(const std::vector<int> &numbers, int conflicts);
    bool canLive(const std::vector<int> &numbers);
    void leaveOutHopeless();
    void selectMost();
    void selectOneByOne(const std::vector<int> &numbers);
    std::vector<int> shrink(std::vector<int> core);
    void explainConflicts(const std::vector<int> &all);
    Error explainConflict(int number);
    Error explain(const std::vector<int> &numbers);
    std::vector<int> opponentsOf(int number);
    QString whatToRemove(int number, const std::vector<int> &opponents);
    Error budgetError(int number) const;

    Universe &m_universe;
    std::vector<Requirement> m_requirements;
    std::vector<Root> m_roots;
    std::vector<qint64> m_costs;
    std::vector<std::vector<int>> m_cores; ///< plugins that cannot all live together; each sorted
    std::vector<int> m_selected;           ///< sorted
    std::vector<int> m_choices;
    std::unique_ptr<Search> m_search;
    QHash<QString, Error> m_leftOut;
    int m_shared = 0;    ///< conflicts left for finding the largest set
    int m_conflicts = 0; ///< conflicts left for the present search
};

} // namespace Axle::Internal
