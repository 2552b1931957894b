// WorkingSet::findPlugins: the same folders in both modes, and its laws on random ones.
#include "shelf.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <algorithm>

using namespace Axle;
using namespace Axle::Test;

namespace {

QStringList list(const char *lines)
{
    return QString::fromLatin1(lines).split(u'|', Qt::SkipEmptyParts);
}

FindPluginsOptions optionsOf(ResolveMode mode, PluginPolicy policy = PluginPolicy::Fallback)
{
    FindPluginsOptions options;
    options.mode = mode;
    options.policy = policy;
    return options;
}

/// Plugins of up to four versions that need one another and some libraries.
QStringList randomFolder(QRandomGenerator &random)
{
    QStringList folder;
    const int projects = random.bounded(3, 8);
    for (int project = 0; project < projects; ++project) {
        const int versions = random.bounded(1, 4);
        for (int version = 1; version <= versions; ++version) {
            QStringList needs;
            for (int need = random.bounded(0, 3); need > 0; --need) {
                const QStringList specifiers{QString(), QStringLiteral("<2"), QStringLiteral(">=2"),
                    QStringLiteral("!=3"), QStringLiteral("==1"), QStringLiteral(">3")};
                needs.append(QStringLiteral("p%1%2")
                                 .arg(random.bounded(projects))
                                 .arg(specifiers.at(random.bounded(specifiers.size()))));
            }
            folder.append(QStringLiteral("p%1 %2:").arg(project).arg(version) + needs.join(QStringLiteral(", ")));
        }
    }
    return folder;
}

/// Whether each meets what the others need.
bool isConsistent(const QList<DistributionPtr> &distributions)
{
    WorkingSet set = workingSet();
    for (const DistributionPtr &each : distributions) {
        if (!set.add(each))
            return false;
    }
    return std::all_of(distributions.begin(), distributions.end(), [&set](const DistributionPtr &each) {
        const auto needs = each->requirements({}, set.markerEnvironment()).value();
        return std::all_of(needs.begin(), needs.end(), [&set](const Requirement &requirement) {
            const ResolvedDistributions found = set.find(requirement);
            return found && !found->isEmpty();
        });
    });
}

} // namespace

class TestWorkingSetPlugins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void findPlugins_data()
    {
        QTest::addColumn<QStringList>("active");
        QTest::addColumn<QStringList>("plugins");
        QTest::addColumn<QStringList>("libraries");
        QTest::addColumn<QStringList>("compatible");
        QTest::addColumn<QStringList>("failed");
        QTest::addColumn<QStringList>("optimal");
        QTest::addColumn<QStringList>("leftOut");
        QTest::newRow("nothing") << QStringList() << QStringList() << list("c 1") << QStringList() << QStringList()
                                 << QStringList() << QStringList();
        QTest::newRow("with its library") << QStringList() << list("a 1:c") << list("c 1|c 2") << list("a 1|c 2")
                                          << QStringList() << list("c 2|a 1") << QStringList();
        QTest::newRow("sorted by version")
            << QStringList() << list("a 3|b 2|z 1") << QStringList() << list("z 1|b 2|a 3") << QStringList()
            << list("a 3|b 2|z 1") << QStringList();
        QTest::newRow("the first in the alphabet takes the newest library")
            << QStringList() << list("a 1:c|b 1:c<2") << list("c 1|c 2") << list("a 1|c 2")
            << list("b 1: resolve-conflict") << list("c 1|a 1|b 1") << QStringList();
        QTest::newRow("an older version will do")
            << QStringList() << list("a 3:none|a 2:none|a 1") << QStringList() << list("a 1")
            << list("a 3: resolve-missing|a 2: resolve-missing") << list("a 1") << QStringList();
        QTest::newRow("active stays") << list("c 1") << list("a 1:c>1|b 1:c") << list("c 2") << list("b 1|c 1")
                                      << list("a 1: resolve-conflict") << list("c 1|b 1")
                                      << list("a 1: resolve-mounted");
        QTest::newRow("unknown extra") << QStringList() << list("a 1:c[x]|b 1") << list("c 1") << list("b 1")
                                       << list("a 1: resolve-extra") << list("b 1") << list("a 1: resolve-extra");
    }

    void findPlugins()
    {
        QFETCH(QStringList, active);
        QFETCH(QStringList, plugins);
        QFETCH(QStringList, libraries);
        const WorkingSet set = workingSet(active);
        FindPluginsOptions options = optionsOf(ResolveMode::Compatible);
        options.environment = shelf(libraries);
        const FoundPlugins compatible = set.findPlugins(shelf(plugins), options);
        QTEST(texts(compatible.distributions), "compatible");
        QTEST(texts(compatible.failed), "failed");
        options.mode = ResolveMode::Optimal;
        const FoundPlugins optimal = set.findPlugins(shelf(plugins), options);
        QTEST(texts(optimal.distributions), "optimal");
        QTEST(texts(optimal.failed), "leftOut");
        QCOMPARE(texts(set.distributions()), active);
    }

    void policies_data()
    {
        QTest::addColumn<ResolveMode>("mode");
        QTest::newRow("compatible") << ResolveMode::Compatible;
        QTest::newRow("optimal") << ResolveMode::Optimal;
    }

    void policies()
    {
        QFETCH(ResolveMode, mode);
        const WorkingSet set = workingSet();
        const Environment older = shelf(list("a 2:none|a 1|b 1"));
        const auto found = [&](const Environment &plugins, PluginPolicy policy) {
            QStringList result = texts(set.findPlugins(plugins, optionsOf(mode, policy)).distributions);
            result.sort();
            return result;
        };
        QCOMPARE(found(older, PluginPolicy::Fallback), list("a 1|b 1"));
        QCOMPARE(found(older, PluginPolicy::NoDowngrade), list("b 1"));
        QCOMPARE(found(older, PluginPolicy::AllGoodOrNothing), list("a 1|b 1"));
        const Environment lost = shelf(list("a 2:none|b 1"));
        QCOMPARE(found(lost, PluginPolicy::Fallback), list("b 1"));
        QCOMPARE(found(lost, PluginPolicy::AllGoodOrNothing), QStringList());
    }

    void oneBadPluginCostsNoOther_data() { policies_data(); }
    void oneBadPluginCostsNoOther()
    {
        QFETCH(ResolveMode, mode);
        Environment plugins = shelf(list("a 1|c 1"));
        plugins.add(unreadable(QStringLiteral("b 2")));
        const FoundPlugins found = workingSet().findPlugins(plugins, optionsOf(mode));
        QCOMPARE(texts(found.distributions), list("a 1|c 1"));
        QCOMPARE(texts(found.failed), list("b 2: resolve-metadata"));
        QCOMPARE(found.failed.constFirst().failure.kind, ResolutionFailure::Kind::BadMetadata);
        QCOMPARE(found.failed.constFirst().failure.error.message(), QStringLiteral("'b 2' cannot tell what it needs"));
    }

    void installer_data() { policies_data(); }
    void installer()
    {
        QFETCH(ResolveMode, mode);
        FindPluginsOptions options = optionsOf(mode);
        options.installer = [](const Requirement &requirement) -> Result<DistributionPtr> {
            return requirement.name.normalized() == QStringLiteral("lib") ? shelved(QStringLiteral("lib 1")) : nullptr;
        };
        const FoundPlugins found = workingSet().findPlugins(shelf(list("a 1:lib|b 1:none")), options);
        QStringList got = texts(found.distributions);
        got.sort();
        QCOMPARE(got, list("a 1|lib 1"));
        QCOMPARE(texts(found.failed), list("b 1: resolve-missing"));
    }

    void optimalFindsNeverFewer()
    {
        QRandomGenerator random(20);
        int more = 0;
        for (int world = 0; world < 400; ++world) {
            QStringList folder = randomFolder(random);
            const Environment plugins = shelf(folder);
            const FoundPlugins compatible = workingSet().findPlugins(plugins, optionsOf(ResolveMode::Compatible));
            const FoundPlugins optimal = workingSet().findPlugins(plugins, optionsOf(ResolveMode::Optimal));
            const QByteArray text = folder.join(u'\n').toUtf8();
            QVERIFY2(isConsistent(compatible.distributions), text);
            QVERIFY2(isConsistent(optimal.distributions), text);
            QVERIFY2(optimal.distributions.size() >= compatible.distributions.size(), text);
            QCOMPARE(optimal.distributions.size() + optimal.failed.size(), plugins.projects().size());
            more += optimal.distributions.size() > compatible.distributions.size();
            std::shuffle(folder.begin(), folder.end(), random);
            for (const ResolveMode mode : {ResolveMode::Compatible, ResolveMode::Optimal}) {
                const FoundPlugins shuffled = workingSet().findPlugins(shelf(folder), optionsOf(mode));
                const FoundPlugins &before = mode == ResolveMode::Optimal ? optimal : compatible;
                QCOMPARE(texts(shuffled.distributions), texts(before.distributions));
                QCOMPARE(texts(shuffled.failed), texts(before.failed));
            }
        }
        QVERIFY(more > 0);
    }
};

QTEST_GUILESS_MAIN(TestWorkingSetPlugins)
#include "tst_workingset_plugins.moc"
