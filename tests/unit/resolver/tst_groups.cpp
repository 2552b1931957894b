// Plugins that cannot live with the main set: which worlds they are fitted into.
#include "scenario.h"

#include <axle/resolver/codes.h>
#include <axle/resolver/groups.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

/// Plugins `names`, plugin i of which needs core i and nothing else; all cores from 1 on.
ResolverInput disagreeing(const QStringList &names)
{
    QList<Distribution> world;
    for (int i = 1; i <= names.size(); ++i) {
        world.append(distribution(names[i - 1] + QStringLiteral(" 1"), {QStringLiteral("core ==%1").arg(i)}));
        world.append(distribution(QStringLiteral("core %1").arg(i)));
    }
    return inputOf(world);
}

QStringList worldTexts(const Groups &groups)
{
    QStringList texts;
    for (const World &world : groups.worlds) {
        Resolution resolution;
        resolution.plan = world.plan;
        texts.append(planTexts(resolution).join(QStringLiteral(", ")));
    }
    return texts;
}

} // namespace

class TestGroups : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void noWorldWhereAllLiveTogether()
    {
        const ResolverInput input = disagreeing({QStringLiteral("a")});
        const Groups groups = Groups::make(input, requests({QStringLiteral("a")}), {});
        QCOMPARE(planTexts(groups.main), (QStringList{QStringLiteral("core 1"), QStringLiteral("a 1")}));
        QVERIFY(groups.worlds.isEmpty());
        QVERIFY(groups.leftOut.isEmpty());
    }

    void thoseThatAgreeShareAWorld()
    {
        ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b")});
        input.candidates.append(distribution(QStringLiteral("c 1"), {QStringLiteral("core >=2")}));
        input.candidates.append(distribution(QStringLiteral("d 1"), {QStringLiteral("core <2")}));
        QList<PluginRequest> roots =
            requests({QStringLiteral("a"), QStringLiteral("d"), QStringLiteral("b"), QStringLiteral("c")});
        const Groups groups = Groups::make(input, roots, {});
        QCOMPARE(planTexts(groups.main),
            (QStringList{QStringLiteral("core 1"), QStringLiteral("a 1"), QStringLiteral("d 1")}));
        QCOMPARE(worldTexts(groups), QStringList{QStringLiteral("core 2, b 1, c 1")});
        QVERIFY(groups.leftOut.isEmpty());
    }

    void whatIsInAWorldStaysAsItIs()
    {
        // Alone, `b` would take the newest core; `c` would fit beside it with an older one.
        const ResolverInput input = inputOf({distribution(QStringLiteral("a 1"), {QStringLiteral("core ==1")}),
            distribution(QStringLiteral("b 1"), {QStringLiteral("core >=2")}),
            distribution(QStringLiteral("c 1"), {QStringLiteral("core ==2")}), distribution(QStringLiteral("core 1")),
            distribution(QStringLiteral("core 2")), distribution(QStringLiteral("core 3"))});
        QList<PluginRequest> roots = requests({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        roots.first().priority = PluginPriority::Mounted;
        const Groups groups = Groups::make(input, roots, {});
        QCOMPARE(worldTexts(groups), (QStringList{QStringLiteral("core 3, b 1"), QStringLiteral("core 2, c 1")}));
    }

    void theMoreWantedComeFirst()
    {
        const ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QList<PluginRequest> roots = requests({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        roots[0].priority = PluginPriority::Mounted;
        roots[2].priority = PluginPriority::Enabled;
        const Groups groups = Groups::make(input, roots, {{}, 1});
        QCOMPARE(worldTexts(groups), QStringList{QStringLiteral("core 3, c 1")});
        QCOMPARE(groups.leftOut.keys(), QStringList{QStringLiteral("b")});
    }

    void limit_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<QStringList>("worlds");
        QTest::addColumn<QStringList>("leftOut");
        const QString b = QStringLiteral("core 2, b 1");
        const QString c = QStringLiteral("core 3, c 1");
        QTest::newRow("none") << 0 << QStringList() << QStringList{QStringLiteral("b"), QStringLiteral("c")};
        QTest::newRow("one too few") << 1 << QStringList{b} << QStringList{QStringLiteral("c")};
        QTest::newRow("enough") << 2 << QStringList{b, c} << QStringList();
    }
    void limit()
    {
        QFETCH(int, limit);
        QFETCH(QStringList, worlds);
        QFETCH(QStringList, leftOut);
        ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        input.capabilities.isolation = true;
        const Groups groups =
            Groups::make(input, requests({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}), {{}, limit});
        QCOMPARE(worldTexts(groups), worlds);
        QCOMPARE(groups.leftOut.keys(), leftOut);
        for (const Explanation &each : groups.leftOut) {
            QCOMPARE(each.code, Codes::ResolveConflict);
            QVERIFY(each.toText().contains(limit == 0 ? QStringLiteral("a process of its own: none is allowed")
                                                      : QStringLiteral("there are 1 already, which is the limit")));
            QVERIFY(!each.toText().contains(QStringLiteral("run '")));
        }
    }

    void whatCannotLiveAloneIsExplainedAlone()
    {
        ResolverInput input = inputOf({distribution(QStringLiteral("a 1"), {QStringLiteral("gone")})});
        const Groups groups = Groups::make(input, requests({QStringLiteral("a")}), {});
        QVERIFY(groups.worlds.isEmpty());
        QCOMPARE(groups.leftOut[QStringLiteral("a")].code, Codes::ResolveMissing);
    }

    void theHostIsNotPartOfAWorld()
    {
        ResolverInput input = inputOf({distribution(QStringLiteral("a 1"), {QStringLiteral("numpy >=2")}),
            distribution(QStringLiteral("numpy 2"))});
        input.fixed.append(distribution(QStringLiteral("numpy 1")));
        input.pinned.append(QStringLiteral("/elsewhere/numpy"));
        const auto roots = requests({QStringLiteral("a")});
        const Groups apart = Groups::make(input, roots, {});
        QCOMPARE(apart.main.leftOut[QStringLiteral("a")].code, Codes::ResolveHost);
        QCOMPARE(worldTexts(apart), QStringList{QStringLiteral("numpy 2, a 1")});

        const Groups same = Groups::make(input, roots, {input.fixed, 4});
        QCOMPARE(same.leftOut[QStringLiteral("a")].code, Codes::ResolveHost);
    }

    void whatAnotherPluginNeedsIsNotMoved()
    {
        ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b")});
        input.candidates.append(distribution(QStringLiteral("user 1"), {QStringLiteral("a")}));
        const Groups groups =
            Groups::make(input, requests({QStringLiteral("b"), QStringLiteral("a"), QStringLiteral("user")}), {});
        QVERIFY(groups.main.find(QStringLiteral("a")));
        QCOMPARE(worldTexts(groups), QStringList{QStringLiteral("core 2, b 1")});
    }

    void namedTwiceIsFittedOnce()
    {
        const ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b")});
        const Groups groups =
            Groups::make(input, requests({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("B")}), {});
        QCOMPARE(groups.worlds.size(), 1);
        QCOMPARE(groups.worlds.first().plugins.size(), 1);
    }

    void json()
    {
        const ResolverInput input = disagreeing({QStringLiteral("a"), QStringLiteral("b")});
        const Groups groups = Groups::make(input, requests({QStringLiteral("a"), QStringLiteral("b")}), {});
        const QJsonObject json = groups.toJson();
        QCOMPARE(json[QStringLiteral("main")].toObject(), groups.main.toJson());
        QCOMPARE(json[QStringLiteral("left_out")].toArray(), QJsonArray());
        const QByteArray expected = R"([{"plugins": ["b"], "plan": [
            {"name": "core", "version": "2", "file": "core-2-py3-none-any.whl", "plugin": false, "needs": []},
            {"name": "b", "version": "1", "file": "b-1-py3-none-any.whl", "plugin": true, "needs": ["core"]}]}])";
        QCOMPARE(json[QStringLiteral("worlds")].toArray(), QJsonDocument::fromJson(expected).array());
    }
};

QTEST_GUILESS_MAIN(TestGroups)
#include "tst_groups.moc"
