#include "planner_p.h"

#include <support/testhost.h>

#include <axle/manager/codes.h>

using namespace Axle;
using namespace Axle::Internal;
using namespace Axle::Test;

class TestPlanner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { m_root.reset(); }

    void preparesAllInOrder();
    void preparedWheelsAreKept();
    void anotherVersionStandsInForABadOne();
    void badWheelsExplainWhatLacksThem();
    void disabledPluginsBlock();
    void failedPackagesBlock_data();
    void failedPackagesBlock();
    void rewrittenFilesMakeThePlanStale();
    void vanishedFilesAreRefused();
    void judgesDisabledProjectsAlone();
    void storeTroubleIsNotTheWheelsFault();
    void stopsWhenItIsCancelled();

private:
    PlanRequest request(const QStringList &roots) const;
    Plan plan(const PlanRequest &request) const;
    QString folder() const { return m_root->path(); }

    std::unique_ptr<QTemporaryDir> m_root;
};

namespace {

ProjectName projectName(const QString &text)
{
    return ProjectName::parse(text).value();
}

} // namespace

void TestPlanner::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_root = std::make_unique<QTemporaryDir>();
}

PlanRequest TestPlanner::request(const QStringList &roots) const
{
    PlanRequest request;
    request.files = Scanner(TargetPython::current()).scan(folder()).value();
    for (const QString &root : roots)
        request.roots += {projectName(root)};
    request.cancelled = std::make_shared<std::atomic_bool>(false);
    return request;
}

Plan TestPlanner::plan(const PlanRequest &request) const
{
    return Planner(TargetPython::current(), folder() + QStringLiteral("/store")).plan(request);
}

void TestPlanner::preparesAllInOrder()
{
    pluginWheel("top").requires_("middle").write(folder());
    libraryWheel("middle").requires_("base").write(folder());
    const QString base = libraryWheel("base").write(folder());
    libraryWheel("unneeded").write(folder());
    const Plan plan = this->plan(request({"top"}));
    QCOMPARE(plan.order, (QStringList{"base", "middle", "top"}));
    QCOMPARE(plan.prepared.size(), 3);
    QVERIFY(!plan.isStale);
    QVERIFY(plan.corrections.isEmpty());
    QCOMPARE(plan.wheels["base"].file.path, base);
    QCOMPARE(plan.wheels["top"].dependencies, QStringList{"middle"});
    const auto prepared = plan.prepared.constFind(base);
    QVERIFY(prepared != plan.prepared.constEnd());
    QCOMPARE(prepared->wheel.snapshot.source, plan.wheels["base"].file.identity);
}

void TestPlanner::preparedWheelsAreKept()
{
    const QString path = pluginWheel("top").write(folder());
    PlanRequest request = this->request({"top"});
    request.prepared = plan(request).prepared;
    const auto archive = [&path](const QHash<QString, PreparedWheel> &prepared) {
        return prepared.constFind(path)->wheel.snapshot.wheel.sharedArchive();
    };
    QCOMPARE(archive(plan(request).prepared), archive(request.prepared));
    // Written again since: the same path, another file.
    pluginWheel("top").file("more.py", "MORE = 1\n").write(folder());
    PlanRequest later = this->request({"top"});
    later.prepared = request.prepared;
    QVERIFY(archive(plan(later).prepared) != archive(request.prepared));
}

void TestPlanner::anotherVersionStandsInForABadOne()
{
    pluginWheel("top").requires_("base").write(folder());
    libraryWheel("base", "1.0").write(folder());
    const QString bad = libraryWheel("base", "2.0").replaced("base.py", "VERSION = 'evil'\n").write(folder());
    const Plan plan = this->plan(request({"top"}));
    QCOMPARE(plan.order, (QStringList{"base", "top"}));
    QCOMPARE(plan.wheels["base"].file.metadata->version.toString(), "1.0");
    QCOMPARE(plan.corrections.size(), 1);
    QCOMPARE(plan.corrections.at(0).path, bad);
    QVERIFY(!plan.corrections.at(0).isUsable());
    QVERIFY(!plan.isStale);
}

void TestPlanner::badWheelsExplainWhatLacksThem()
{
    pluginWheel("top").requires_("middle").write(folder());
    libraryWheel("middle").requires_("base").write(folder());
    libraryWheel("base").replaced("base.py", "VERSION = 'evil'\n").write(folder());
    const Plan plan = this->plan(request({"top"}));
    QVERIFY(plan.order.isEmpty());
    QCOMPARE(plan.leftOut.keys(), QStringList{"top"});
    const Explanation why = plan.leftOut["top"];
    QCOMPARE(why.code.name(), QLatin1StringView("resolve-unusable"));
    QCOMPARE(why.headline,
        "'top' is not loaded: it needs 'base' through 'middle', which cannot be used: "
            + plan.corrections.at(0).error.message());
    QCOMPARE(why.reasons.last().files, QStringList{plan.corrections.at(0).path});

    // What the scan knew already counts as well, where it has a name.
    PlanRequest known = request({"top"});
    for (DiscoveredFile &file : known.files) {
        if (file.id() == u"base")
            file.error = Error(ErrorCode("zip-truncated"), "cut off");
    }
    known.files += Scanner(TargetPython::current()).examine(writeFile(folder(), "stranger.whl", "no wheel"));
    QCOMPARE(this->plan(known).leftOut["top"].headline,
        "'top' is not loaded: it needs 'base' through 'middle', which cannot be used: cut off");
}

void TestPlanner::disabledPluginsBlock()
{
    pluginWheel("asleep").write(folder());
    pluginWheel("dreamer").requires_("asleep").write(folder());
    pluginWheel("sleeper").requires_("dreamer").write(folder());
    pluginWheel("awake").write(folder());
    PlanRequest request = this->request({"dreamer", "sleeper", "awake"});
    request.disabledRoots = {projectName("asleep")};
    const Plan plan = this->plan(request);
    QCOMPARE(plan.order, QStringList{"awake"});
    QCOMPARE(plan.blocked.size(), 2);
    QCOMPARE(plan.blocked["dreamer"].disposition, Disposition::DisabledByDependency);
    QCOMPARE(plan.blocked["dreamer"].state, PluginState::Resolved);
    QCOMPARE(plan.blocked["dreamer"].detail, "needs 'asleep', which is disabled");
    QCOMPARE(plan.blocked["sleeper"].detail, "needs 'dreamer', which needs 'asleep', which is disabled");
    QVERIFY(plan.blocked["sleeper"].error.isNull());
    QCOMPARE(plan.blocked["sleeper"].dependencies, QStringList{"dreamer"});
}

void TestPlanner::failedPackagesBlock_data()
{
    QTest::addColumn<bool>("isLibrary");
    QTest::addColumn<PluginState>("expected");
    QTest::addRow("plugin") << false << PluginState::Unresolved;
    QTest::addRow("library") << true << PluginState::Failed;
}

void TestPlanner::failedPackagesBlock()
{
    QFETCH(bool, isLibrary);
    QFETCH(PluginState, expected);
    (isLibrary ? libraryWheel("broken") : pluginWheel("broken")).write(folder());
    pluginWheel("follower").requires_("broken").write(folder());
    pluginWheel("trailer").requires_("follower").write(folder());
    PlanRequest request = this->request({"follower", "trailer"});
    const Error reason(ErrorCode("plugin-activate-failed"), "no");
    request.failed.insert("broken", {reason, isLibrary});
    const Plan plan = this->plan(request);
    QVERIFY(plan.order.isEmpty());
    for (const QString &id : {QStringLiteral("follower"), QStringLiteral("trailer")}) {
        QCOMPARE(plan.blocked[id].state, expected);
        QCOMPARE(plan.blocked[id].disposition, Disposition::None);
        QCOMPARE(plan.blocked[id].error.code(), Codes::DependencyFailed);
        QCOMPARE(plan.blocked[id].error.causes(), QList{reason});
    }
    QCOMPARE(plan.blocked["follower"].error.message(), "'follower 1.0' needs 'broken', which failed");
}

void TestPlanner::rewrittenFilesMakeThePlanStale()
{
    pluginWheel("top").requires_("base").write(folder());
    const QString base = libraryWheel("base").write(folder());
    const PlanRequest request = this->request({"top"});
    libraryWheel("base").file("more.py", "MORE = 1\n").write(folder());
    const Plan plan = this->plan(request);
    QVERIFY(plan.isStale);
    QCOMPARE(plan.corrections.size(), 1);
    QCOMPARE(plan.corrections.at(0).path, base);
    QVERIFY(plan.corrections.at(0).isUsable());
    QVERIFY(plan.corrections.at(0).identity != request.files.at(0).identity);
}

void TestPlanner::vanishedFilesAreRefused()
{
    const QString path = pluginWheel("top").write(folder());
    const PlanRequest request = this->request({"top"});
    QVERIFY(QFile::remove(path));
    const Plan plan = this->plan(request);
    QVERIFY(plan.order.isEmpty());
    QCOMPARE(plan.corrections.size(), 1);
    QCOMPARE(plan.corrections.at(0).error.code().name(), QLatin1StringView("file-not-found"));
}

void TestPlanner::judgesDisabledProjectsAlone()
{
    pluginWheel("able").requires_("base").write(folder());
    pluginWheel("unable").requires_("nobody").write(folder());
    libraryWheel("base").write(folder());
    PlanRequest request = this->request({});
    request.disabledRoots = {projectName("able"), projectName("unable")};
    const Plan plan = this->plan(request);
    QVERIFY(plan.order.isEmpty());
    QVERIFY(plan.solo["able"].explanation.headline.isEmpty());
    QCOMPARE(plan.solo["able"].wheel->dependencies, QStringList{"base"});
    QCOMPARE(plan.solo["unable"].explanation.code.name(), QLatin1StringView("resolve-missing"));
    QVERIFY(!plan.solo["unable"].wheel);
    // Nothing was to be loaded, so nothing was stored.
    QVERIFY(!QFileInfo::exists(folder() + "/store"));
}

void TestPlanner::storeTroubleIsNotTheWheelsFault()
{
    pluginWheel("top").write(folder());
    writeFile(folder(), "store", "a file where a folder should be");
    const Plan plan = this->plan(request({"top"}));
    QVERIFY(plan.corrections.isEmpty());
    QCOMPARE(plan.unprepared["top"].code().name(), QLatin1StringView("store-unusable"));
}

void TestPlanner::stopsWhenItIsCancelled()
{
    pluginWheel("top").write(folder());
    const PlanRequest request = this->request({"top"});
    *request.cancelled = true;
    QVERIFY(plan(request).prepared.isEmpty());
}

QTEST_GUILESS_MAIN(TestPlanner)
#include "tst_planner.moc"
