// The resolver's laws on thousands of random universes, against trying everything.
#include "enumeration.h"

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

/// One universe with the resolver's answer.
struct Case
{
    explicit Case(quint32 seed)
        : random(seed)
        , world(SmallWorld::draw(random))
        , oracle(world)
        , input(world.input(random))
        , resolution(Resolver(input).resolvePlugins(world.roots()))
    {
        for (int i = 0; i < world.pluginCount(); ++i) {
            if (!resolution.leftOut.contains(world.projects[i].name))
                selected |= 1U << i;
        }
    }

    Enumeration::Choice choice() const
    {
        Enumeration::Choice result(world.projects.size(), Enumeration::NotNeeded);
        for (const PlanEntry &entry : resolution.plan) {
            const int project = world.indexOf(entry.distribution.name.normalized());
            for (int place = 0; place < world.projects[project].versions.size(); ++place) {
                if (world.location(project, place) == entry.distribution.location)
                    result[static_cast<std::size_t>(project)] = place;
            }
        }
        return result;
    }

    QRandomGenerator random;
    SmallWorld world;
    Enumeration oracle;
    ResolverInput input;
    Resolution resolution;
    unsigned selected = 0;
};

QString setText(const SmallWorld &world, unsigned set)
{
    QStringList names;
    for (int i = 0; i < world.pluginCount(); ++i) {
        if ((set >> i & 1U) != 0)
            names.append(world.projects[i].name);
    }
    return u'{' + names.join(u',') + u'}';
}

QString checkSet(Case &each)
{
    const unsigned best = *each.oracle.bestSet();
    if (!each.resolution.isOptimal)
        return QStringLiteral("the budget was spent");
    return best == each.selected ? QString()
                                 : QStringLiteral("selected %1, and the best is %2")
                                       .arg(setText(each.world, each.selected), setText(each.world, best));
}

QString checkRules(Case &each)
{
    return each.oracle.brokenRule(each.oracle.asked(each.selected), each.choice());
}

/// Dependencies come first, except along circles.
QString checkOrder(Case &each)
{
    QMap<QString, QSet<QString>> reached;
    for (const PlanEntry &entry : each.resolution.plan) {
        const QString name = entry.distribution.name.normalized();
        reached[name] = QSet<QString>(entry.dependencies.cbegin(), entry.dependencies.cend());
    }
    for (int i = 0; i < reached.size(); ++i) {
        for (QSet<QString> &names : reached) {
            for (const QString &name : QSet<QString>(names))
                names.unite(reached.value(name));
        }
    }
    QSet<QString> before;
    for (const PlanEntry &entry : each.resolution.plan) {
        const QString name = entry.distribution.name.normalized();
        for (const QString &dependency : entry.dependencies) {
            if (!before.contains(dependency) && !reached[dependency].contains(name))
                return QStringLiteral("'%1' comes before '%2', which it needs").arg(name, dependency);
        }
        before.insert(name);
        const int number = each.world.indexOf(name);
        if (entry.isRoot != (number < each.world.pluginCount() && (each.selected >> number & 1U) != 0))
            return QStringLiteral("'%1' is wrongly marked as asked for or not").arg(name);
    }
    return {};
}

QString checkDeterminism(Case &each)
{
    const QByteArray expected = everything(each.resolution);
    if (everything(Resolver(each.input).resolvePlugins(each.world.roots())) != expected)
        return QStringLiteral("another answer when asked again");
    const ResolverInput shuffled = each.world.input(each.random);
    return everything(Resolver(shuffled).resolvePlugins(each.world.roots())) == expected
        ? QString()
        : QStringLiteral("another answer for another order");
}

/// The earlier plugins have the best versions that there are; a final release is as good as a pre-release, which
/// something may call for only later.
QString checkVersions(Case &each)
{
    const auto asked = each.oracle.asked(each.selected);
    const Enumeration::Choice choice = each.choice();
    Enumeration::Choice given = each.oracle.free();
    for (int plugin = 0; plugin < each.world.pluginCount(); ++plugin) {
        const auto index = static_cast<std::size_t>(plugin);
        if ((each.selected >> plugin & 1U) == 0 || each.world.projects[plugin].fixed >= 0)
            continue;
        for (const int place : each.oracle.inOrder(plugin)) {
            if (place == choice[index])
                break;
            const int release = each.world.projects[plugin].versions[place].release;
            given[index] = place;
            if (!SmallRelease::all()[release].isPrerelease && each.oracle.isSolvable(asked, given))
                return QStringLiteral("'%1' would be better").arg(each.world.location(plugin, place));
        }
        given[index] = choice[index];
    }
    return {};
}

QString checkExplanations(Case &each)
{
    for (auto left = each.resolution.leftOut.cbegin(); left != each.resolution.leftOut.cend(); ++left) {
        if (left->code.name().isEmpty() || left->headline.isEmpty() || left->reasons.isEmpty())
            return QStringLiteral("'%1' is not explained").arg(left.key());
        for (const Reason &reason : left->reasons) {
            if (reason.text.isEmpty())
                return QStringLiteral("a reason for '%1' says nothing").arg(left.key());
        }
    }
    return {};
}

/// A remedy for one plugin, carried out.
class Treatment
{
public:
    Treatment(Case &each, const QString &plugin, const Remedy &remedy)
        : m_case(each)
        , m_plugin(each.world.indexOf(plugin))
        , m_remedy(remedy)
        , m_input(each.input)
        , m_roots(each.world.roots())
    {
    }

    QString check()
    {
        const bool helps = m_remedy.kind == Remedy::Kind::Prefer ? preferring()
            : m_remedy.kind == Remedy::Kind::Add                 ? adding()
                                                                 : changing();
        return helps
            ? QString()
            : QStringLiteral("'%1' does not help '%2'").arg(m_remedy.text, m_case.world.projects[m_plugin].name);
    }

private:
    bool changing()
    {
        const auto isDisabled = [this](const PluginRequest &root) {
            return m_remedy.projects.contains(root.name.normalized());
        };
        switch (m_remedy.kind) {
        case Remedy::Kind::Disable:
            m_roots.removeIf(isDisabled);
            break;
        case Remedy::Kind::AllowPrereleases:
            m_input.prereleases = Prereleases::Allow;
            break;
        case Remedy::Kind::Isolate:
            m_input.fixed.clear();
            m_input.pinned.clear();
            m_roots.removeIf([&](const PluginRequest &root) { return !isDisabled(root); });
            break;
        default:
            m_input.pinned.clear();
        }
        return isLoaded(m_remedy.kind != Remedy::Kind::Disable && m_remedy.kind != Remedy::Kind::Isolate);
    }

    /// Whether the plugin is loaded now, and all that were loaded before where nothing was taken away.
    bool isLoaded(bool withOthers)
    {
        const Resolution resolution = Resolver(m_input).resolvePlugins(m_roots, Explain::Reasons);
        for (int i = 0; i < m_case.world.pluginCount(); ++i) {
            const bool wasLoaded = withOthers && (m_case.selected >> i & 1U) != 0;
            if ((i == m_plugin || wasLoaded) && resolution.leftOut.contains(m_case.world.projects[i].name))
                return false;
        }
        return true;
    }

    /// The others that are named, and no more, are left out instead.
    bool preferring()
    {
        const auto with = m_case.oracle.bestSet(1U << m_plugin);
        if (!with)
            return false;
        QStringList dropped;
        for (int i = 0; i < m_case.world.pluginCount(); ++i) {
            if ((m_case.selected & ~*with) >> i & 1U)
                dropped.append(m_case.world.projects[i].name);
        }
        if (dropped != m_remedy.projects)
            return false;
        m_roots.move(m_plugin, 0);
        for (PluginRequest &root : m_roots)
            root.priority =
                &root == &m_roots.front() ? PluginPriority::Pinned : std::min(root.priority, PluginPriority::Mounted);
        return isLoaded(false);
    }

    /// One wheel of some version that meets the requirement.
    bool adding()
    {
        const Requirement wanted = requirement(m_remedy.requirement);
        for (const char *text :
            {"1", "2", "3rc1", "3", "0.1", "1.1", "2.1", "3.1", "4", "4.dev0", "3rc1.dev0", "3.dev0"}) {
            Distribution wheel = distribution(wanted.name.toString() + u' ' + QLatin1StringView(text));
            wheel.providesExtra = wanted.extras;
            if (!wanted.specifiers.contains(wheel.version, Prereleases::Allow))
                continue;
            m_input.candidates = m_case.input.candidates;
            m_input.candidates.append(wheel);
            if (isLoaded(true))
                return true;
        }
        return false;
    }

    Case &m_case;
    int m_plugin;
    const Remedy &m_remedy;
    ResolverInput m_input;
    QList<PluginRequest> m_roots;
};

QString checkRemedies(Case &each)
{
    for (auto left = each.resolution.leftOut.cbegin(); left != each.resolution.leftOut.cend(); ++left) {
        for (const Remedy &remedy : left->remedies) {
            if (const QString text = Treatment(each, left.key(), remedy).check(); !text.isEmpty())
                return text;
        }
    }
    return {};
}

/// Requirements with versions, all or nothing.
QString checkRequirements(Case &each)
{
    QList<SmallNeed> asked;
    QList<Requirement> requirements;
    for (int i = 0; i < 2; ++i) {
        SmallNeed need;
        need.project = each.random.bounded(static_cast<int>(each.world.projects.size()));
        need.condition = each.random.bounded(static_cast<int>(SmallCondition::all().size()));
        need.asksForExtra = each.random.bounded(4) == 0;
        asked.append(need);
        requirements.append(requirement(each.world.projects[need.project].name
            + (need.asksForExtra ? QStringLiteral("[more]") : QString()) + need.what().text));
    }
    const auto result = Resolver(each.input).resolve(requirements);
    if (result.has_value() != each.oracle.isSolvable(asked))
        return result ? QStringLiteral("what cannot be had was found") : result.error().toString();
    if (!result)
        return result.error().message().isEmpty() || result.error().code().name().isEmpty()
            ? QStringLiteral("a failure without a word")
            : QString();
    each.resolution = *result;
    return each.oracle.brokenRule(asked, each.choice());
}

} // namespace

class TestOptimality : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void law_data()
    {
        using Check = QString (*)(Case &);
        QTest::addColumn<Check>("check");
        QTest::newRow("the best set of plugins is selected") << Check(checkSet);
        QTest::newRow("no rule is broken") << Check(checkRules);
        QTest::newRow("dependencies come first") << Check(checkOrder);
        QTest::newRow("the same answer for another order") << Check(checkDeterminism);
        QTest::newRow("plugins have the best versions") << Check(checkVersions);
        QTest::newRow("what is left out is explained") << Check(checkExplanations);
        QTest::newRow("remedies help") << Check(checkRemedies);
        QTest::newRow("requirements are met whenever they can be") << Check(checkRequirements);
    }
    void law()
    {
        using Check = QString (*)(Case &);
        QFETCH(Check, check);
        int failures = 0;
        for (int seed = 0; seed < universeCount(); ++seed) {
            Case each(static_cast<quint32>(seed));
            const QString broken = check(each);
            if (broken.isEmpty())
                continue;
            ++failures;
            if (failures < 4)
                qInfo("universe %d: %s\n%s", seed, qPrintable(broken), qPrintable(each.world.toString()));
        }
        QCOMPARE(failures, 0);
    }
};

QTEST_GUILESS_MAIN(TestOptimality)
#include "tst_optimality.moc"
