#include "plan_p.h"

#include <QtCore/QMap>
#include <QtCore/QSet>

#include <set>

namespace Axle::Internal {

namespace {

QMap<QString, PlanEntry> collectEntries(const Universe &universe, const std::vector<int> &choices)
{
    QMap<QString, PlanEntry> entries;
    for (size_t i = 0; i < choices.size(); ++i) {
        if (choices[i] < 0)
            continue;
        const auto variable = static_cast<int>(i);
        const QString &name = universe.projectOf(variable).name;
        PlanEntry &entry = entries[name];
        entry.distribution = universe.candidate(variable, choices[i]);
        for (const Dependency &dependency : universe.variables()[i].dependencies[Universe::index(choices[i])]) {
            const QString &needed = universe.projectOf(dependency.variable).name;
            if (dependency.isRequired && needed != name && !entry.dependencies.contains(needed))
                entry.dependencies.append(needed);
        }
    }
    return entries;
}

/// Names in the order of their dependencies, taken out one by one.
class Queue
{
public:
    explicit Queue(const QMap<QString, PlanEntry> &entries)
    {
        for (auto entry = entries.cbegin(); entry != entries.cend(); ++entry) {
            const QStringList &needs = entry->dependencies;
            m_waiting.insert(entry.key(), QSet<QString>(needs.cbegin(), needs.cend()));
            for (const QString &needed : needs)
                m_neededBy[needed].append(entry.key());
            if (needs.isEmpty())
                m_ready.insert(entry.key());
        }
    }

    bool isEmpty() const { return m_waiting.isEmpty(); }

    QString take()
    {
        const QString name = m_ready.empty() ? firstOfCircle() : *m_ready.begin();
        m_ready.erase(name);
        m_waiting.remove(name);
        for (const QString &needer : m_neededBy.value(name)) {
            const auto waiting = m_waiting.find(needer);
            if (waiting == m_waiting.end())
                continue;
            waiting->remove(name);
            if (waiting->isEmpty())
                m_ready.insert(needer);
        }
        return name;
    }

private:
    /// Everything waits. The first name of a circle that waits for nothing outside itself.
    QString firstOfCircle() const
    {
        QString name = m_waiting.firstKey();
        for (;;) {
            const QStringList reached = reachableFrom(name);
            // What does not lead back lies nearer to such a circle.
            const auto nearer = std::find_if(reached.cbegin(), reached.cend(),
                [&](const QString &other) { return !reachableFrom(other).contains(name); });
            if (nearer == reached.cend())
                return reached.first();
            name = *nearer;
        }
    }

    QStringList reachableFrom(const QString &name) const
    {
        QSet<QString> reached;
        QStringList open{name};
        while (!open.isEmpty()) {
            const QSet<QString> needs = m_waiting.value(open.takeLast());
            for (const QString &next : needs) {
                if (!reached.contains(next)) {
                    reached.insert(next);
                    open.append(next);
                }
            }
        }
        QStringList sorted(reached.cbegin(), reached.cend());
        sorted.sort();
        return sorted;
    }

    QMap<QString, QSet<QString>> m_waiting; // with what each still waits for
    QHash<QString, QStringList> m_neededBy;
    std::set<QString> m_ready;
};

} // namespace

QList<PlanEntry> makePlan(const Universe &universe, const std::vector<int> &choices, const QSet<QString> &roots)
{
    QMap<QString, PlanEntry> entries = collectEntries(universe, choices);
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
        entry->isRoot = roots.contains(entry.key());
        entry->dependencies.sort();
    }
    QList<PlanEntry> plan;
    Queue queue(entries);
    while (!queue.isEmpty())
        plan.append(entries.value(queue.take()));
    return plan;
}

} // namespace Axle::Internal
