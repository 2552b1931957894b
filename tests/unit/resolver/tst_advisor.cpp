// The advisor on the scenarios of tests/scenarios/advisor, and its laws on random universes, against trying everything.
#include "enumeration.h"

#include "support/golden.h"

#include <axle/resolver/codes.h>

#include <QtCore/QDir>
#include <QtCore/QJsonDocument>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

QString whyText(const Advisor &advisor, const QString &name)
{
    const auto presence = advisor.why(projectName(name));
    return presence ? presence->toText() : QStringLiteral("it is not loaded\n");
}

QString whyNotText(const Advisor &advisor, const QString &text)
{
    const auto absence = advisor.whyNot(requirement(text));
    return absence ? absence->toText() : QStringLiteral("it is loaded\n");
}

QString changeText(const WorldChange &change)
{
    QStringList texts;
    for (const Distribution &each : change.added)
        texts.append(QStringLiteral("add %1").arg(each.toString()));
    for (const QString &each : change.removed)
        texts.append(QStringLiteral("remove %1").arg(each));
    for (const PluginRequest &each : change.enabled)
        texts.append(QStringLiteral("enable %1").arg(each.name.toString()));
    for (const ProjectName &each : change.disabled)
        texts.append(QStringLiteral("disable %1").arg(each.toString()));
    return texts.join(QStringLiteral(", "));
}

QByteArray answers(const Scenario &scenario, const Advisor &advisor)
{
    QString text;
    const auto add = [&](const QString &question, const QString &answer) {
        text += QStringLiteral("=== %1\n%2\n").arg(question, answer);
    };
    for (const QString &name : scenario.why)
        add(QStringLiteral("why ") + name, whyText(advisor, name));
    for (const QString &each : scenario.whyNot)
        add(QStringLiteral("why not ") + each, whyNotText(advisor, each));
    for (const WorldChange &change : scenario.whatIf) {
        const Outlook outlook = advisor.whatIf(change);
        add(QStringLiteral("what if ") + changeText(change),
            QStringLiteral("gained: %1; lost: %2\n%3")
                .arg(outlook.gained.join(u' '), outlook.lost.join(u' '), outlook.toText()));
    }
    return text.toUtf8();
}

QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

/// One universe, what is loaded of it, and somebody who tries everything.
struct Case
{
    explicit Case(quint32 seed)
        : random(seed)
        , world(SmallWorld::draw(random))
        , oracle(world)
        , input(world.input(random))
        , advisor(input, world.roots())
    {
        for (const PlanEntry &entry : advisor.plan())
            byName.insert(entry.distribution.name.normalized(), entry);
        for (int i = 0; i < world.pluginCount(); ++i) {
            if (isLoaded(world.projects[i].name))
                selected |= 1U << i;
        }
    }

    /// A plugin that the host brings is not part of plans.
    bool isLoaded(const QString &name) const
    {
        return byName.contains(name) || std::any_of(input.fixed.cbegin(), input.fixed.cend(), [&](const auto &each) {
            return each.name.normalized() == name;
        });
    }

    QRandomGenerator random;
    SmallWorld world;
    Enumeration oracle;
    ResolverInput input;
    Advisor advisor;
    QMap<QString, PlanEntry> byName;
    unsigned selected = 0;
};

QString checkThatOneAnswers(Case &each)
{
    for (const SmallProject &project : std::as_const(each.world.projects)) {
        const bool isThere = each.advisor.why(projectName(project.name)).has_value();
        if (isThere != each.isLoaded(project.name))
            return QStringLiteral("why '%1' does not know whether it is loaded").arg(project.name);
        if (isThere == each.advisor.whyNot(requirement(project.name)).has_value())
            return QStringLiteral("not exactly one answer for '%1'").arg(project.name);
    }
    return {};
}

/// It is said to be possible exactly where it is, beside all that is loaded.
QString checkWishes(Case &each)
{
    const QList<SmallCondition> &conditions = SmallCondition::all();
    for (int project = 0; project < each.world.projects.size(); ++project) {
        const int condition = each.random.bounded(static_cast<int>(conditions.size()));
        const QString text = each.world.projects[project].name + u' ' + conditions[condition].text;
        const auto absence = each.advisor.whyNot(requirement(text));
        if (!absence)
            continue;
        QList<SmallNeed> asked = each.oracle.asked(each.selected);
        asked.append(SmallNeed{project, condition});
        if (each.oracle.isSolvable(asked) == absence->difference.isEmpty())
            return QStringLiteral("'%1': %2").arg(text, absence->toText());
        if (absence->explanation.headline.isEmpty() || absence->explanation.code.name().isEmpty())
            return QStringLiteral("'%1' is not explained").arg(text);
    }
    return {};
}

/// Whether the wish is met, or could be, once the remedy is carried out.
bool helps(const Case &each, const Remedy &remedy, const Requirement &wish)
{
    ResolverInput input = each.input;
    QList<PluginRequest> roots = each.world.roots();
    switch (remedy.kind) {
    case Remedy::Kind::Disable:
        roots.removeIf([&](const PluginRequest &root) { return remedy.projects.contains(root.name.normalized()); });
        break;
    case Remedy::Kind::AllowPrereleases:
        input.prereleases = Prereleases::Allow;
        break;
    case Remedy::Kind::Remount:
    case Remedy::Kind::Restart:
        input.pinned.clear();
        break;
    default:
        return true; // wheels that are added and processes are carried out by the tests of the resolver
    }
    const auto absence = Advisor(input, roots).whyNot(wish);
    return !absence || !absence->difference.isEmpty();
}

QString checkRemedies(Case &each)
{
    const QList<SmallCondition> &conditions = SmallCondition::all();
    for (const SmallProject &project : std::as_const(each.world.projects)) {
        const Requirement wish =
            requirement(project.name + u' ' + conditions[each.random.bounded(conditions.size())].text);
        const auto absence = each.advisor.whyNot(wish);
        if (!absence || wish.specifiers.isEmpty())
            continue;
        for (const Remedy &remedy : absence->explanation.remedies) {
            if (!helps(each, remedy, wish))
                return QStringLiteral("'%1' does not help against %2").arg(remedy.text, absence->toText());
        }
    }
    return {};
}

/// The plugins that need the project of a plan, directly or not.
QSet<QString> rootsThatNeed(const Case &each, const QString &name)
{
    QSet<QString> reaching{name};
    for (qsizetype before = 0; before != reaching.size();) {
        before = reaching.size();
        for (const PlanEntry &entry : each.byName) {
            const auto isReaching = [&](const QString &needed) { return reaching.contains(needed); };
            if (std::any_of(entry.dependencies.cbegin(), entry.dependencies.cend(), isReaching))
                reaching.insert(entry.distribution.name.normalized());
        }
    }
    QSet<QString> roots;
    for (const QString &reached : std::as_const(reaching)) {
        if (reached != name && each.byName[reached].isRoot)
            roots.insert(reached);
    }
    return roots;
}

QString brokenChain(const Case &each, const QList<Reason> &chain, const QString &target)
{
    QSet<QString> passed;
    for (qsizetype i = 0; i < chain.size(); ++i) {
        const Requirement needed = requirement(chain[i].requirement);
        const QString next = i + 1 < chain.size() ? chain[i + 1].project : target;
        if (needed.name.normalized() != next)
            return QStringLiteral("'%1' does not lead to '%2'").arg(chain[i].text, next);
        if (passed.contains(chain[i].text))
            return QStringLiteral("'%1' is there twice").arg(chain[i].text);
        passed.insert(chain[i].text);
        const auto entry = each.byName.constFind(chain[i].project);
        if (entry != each.byName.cend() && chain[i].files != QStringList{entry->distribution.location})
            return QStringLiteral("'%1' is of another file").arg(chain[i].text);
    }
    return {};
}

bool hasExtras(const SmallWorld &world)
{
    const auto isForExtra = [](const SmallNeed &need) { return need.when == SmallNeed::When::WithExtra; };
    return std::any_of(world.projects.cbegin(), world.projects.cend(), [&](const SmallProject &project) {
        return std::any_of(project.versions.cbegin(), project.versions.cend(), [&](const SmallVersion &version) {
            return std::any_of(version.needs.cbegin(), version.needs.cend(), isForExtra);
        });
    });
}

QString checkChains(Case &each)
{
    for (auto entry = each.byName.cbegin(); entry != each.byName.cend(); ++entry) {
        const Presence presence = *each.advisor.why(projectName(entry.key()));
        QSet<QString> beginnings;
        qsizetype length = 0;
        for (const QList<Reason> &chain : presence.chains) {
            if (const QString broken = brokenChain(each, chain, entry.key()); !broken.isEmpty())
                return broken;
            if (chain.size() < length)
                return QStringLiteral("a shorter chain comes later");
            length = chain.size();
            beginnings.insert(chain.first().project);
        }
        // Who needs the project without the extra that leads on is no beginning.
        const QSet<QString> roots = rootsThatNeed(each, entry.key());
        const bool isComplete =
            hasExtras(each.world) ? roots.contains(beginnings) && (presence.isRoot || length > 0) : roots == beginnings;
        if (presence.isRoot != entry->isRoot || !isComplete)
            return QStringLiteral("'%1' is loaded for other reasons").arg(entry.key());
    }
    return {};
}

QString checkNewer(Case &each)
{
    for (auto entry = each.byName.cbegin(); entry != each.byName.cend(); ++entry) {
        const Presence presence = *each.advisor.why(projectName(entry.key()));
        QStringList told;
        for (const Absence &absence : presence.newer)
            told += absence.versions;
        QStringList newer;
        for (qsizetype i = SmallRelease::all().size() - 1; i >= 0; --i) {
            const QString &text = SmallRelease::all()[i].text;
            const auto is = [&](const Distribution &candidate) {
                return candidate.name == presence.distribution.name && candidate.version == version(text);
            };
            if (version(text) > presence.distribution.version
                && std::any_of(each.input.candidates.cbegin(), each.input.candidates.cend(), is))
                newer.append(text);
        }
        if (told != newer)
            return QStringLiteral("'%1': told of %2").arg(entry.key(), told.join(u' '));
    }
    return {};
}

QString checkChanges(Case &each)
{
    if (!each.advisor.whatIf({}).difference.isEmpty())
        return QStringLiteral("no change changes something");
    QList<PluginRequest> roots = each.world.roots();
    const PluginRequest disabled = roots.takeAt(each.random.bounded(roots.size()));
    WorldChange change;
    change.disabled = {disabled.name};
    const Outlook outlook = each.advisor.whatIf(change);
    const Resolution resolution = Resolver(each.input).resolvePlugins(roots);
    if (outlook.difference.toJson() != PlanDifference::between(each.advisor.plan(), resolution.plan).toJson())
        return QStringLiteral("without '%1' there is another plan").arg(disabled.name.toString());
    if (outlook.lost.contains(disabled.name.normalized()) != each.isLoaded(disabled.name.normalized()))
        return QStringLiteral("'%1' is wrongly lost or not").arg(disabled.name.toString());
    change.enabled = {disabled};
    return each.advisor.whatIf(change).lost.isEmpty() || each.world.priorities.size() > 1
        ? QString()
        : QStringLiteral("'%1' is lost where it is enabled again").arg(disabled.name.toString());
}

QString checkDeterminism(Case &each)
{
    const ResolverInput shuffled = each.world.input(each.random);
    const Advisor other(shuffled, each.world.roots());
    for (const SmallProject &project : std::as_const(each.world.projects)) {
        const auto presence = each.advisor.why(projectName(project.name));
        const auto same = other.why(projectName(project.name));
        if (presence && (!same || jsonOf(presence->toJson()) != jsonOf(same->toJson())))
            return QStringLiteral("why '%1' depends on the order").arg(project.name);
        const auto absence = each.advisor.whyNot(requirement(project.name));
        const auto sameAbsence = other.whyNot(requirement(project.name));
        if (absence && (!sameAbsence || jsonOf(absence->toJson()) != jsonOf(sameAbsence->toJson())))
            return QStringLiteral("why not '%1' depends on the order").arg(project.name);
    }
    return {};
}

} // namespace

class TestAdvisor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void scenario_data()
    {
        QTest::addColumn<QString>("path");
        const QDir folder(QStringLiteral(AXLE_SCENARIOS));
        const QStringList names = folder.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name);
        QVERIFY(names.size() > 8);
        for (const QString &name : names)
            QTest::newRow(qPrintable(name.chopped(5))) << folder.filePath(name);
    }
    void scenario()
    {
        QFETCH(QString, path);
        const Scenario scenario = Scenario::read(path);
        QVERIFY2(!scenario.description.isEmpty(), "the case does not say what it pins");
        const QByteArray texts = answers(scenario, Advisor(scenario.input, scenario.plugins));
        ResolverInput shuffled = scenario.input;
        QRandomGenerator random(1);
        std::shuffle(shuffled.candidates.begin(), shuffled.candidates.end(), random);
        QCOMPARE(answers(scenario, Advisor(shuffled, scenario.plugins)), texts);
        AXLE_COMPARE_GOLDEN(QStringLiteral("advisor/%1.txt").arg(QString::fromUtf8(QTest::currentDataTag())), texts);
    }

    void law_data()
    {
        using Check = QString (*)(Case &);
        QTest::addColumn<Check>("check");
        QTest::newRow("exactly one of why and why not answers") << Check(checkThatOneAnswers);
        QTest::newRow("what can be had is told from what cannot") << Check(checkWishes);
        QTest::newRow("remedies help") << Check(checkRemedies);
        QTest::newRow("chains lead from every plugin that needs it") << Check(checkChains);
        QTest::newRow("every newer version is told of") << Check(checkNewer);
        QTest::newRow("changes lead to the plan that is made with them") << Check(checkChanges);
        QTest::newRow("the order of the input does not matter") << Check(checkDeterminism);
    }
    void law()
    {
        using Check = QString (*)(Case &);
        QFETCH(Check, check);
        // A law asks several questions of each universe.
        for (int seed = 0; seed < universeCount() / 5; ++seed) {
            Case each(static_cast<quint32>(seed));
            const QString broken = check(each);
            QVERIFY2(broken.isEmpty(),
                qPrintable(QStringLiteral("seed %1: %2\n%3").arg(seed).arg(broken, each.world.toString())));
        }
    }

    void codeOfWhatNothingNeeds()
    {
        const Advisor advisor(inputOf({distribution(QStringLiteral("spare 1"))}), {});
        const auto absence = advisor.whyNot(requirement(QStringLiteral("spare")));
        QVERIFY(absence);
        QCOMPARE(QString(absence->explanation.code.name()), QStringLiteral("resolve-unneeded"));
        const QByteArray expected = R"({
            "code": "resolve-unneeded", "text": "'spare' is not loaded: no plugin that is loaded needs it",
            "reasons": [], "remedies": [], "tried": [],
            "difference": {"unmount": [], "upgrade": [],
                           "mount": [{"name": "spare", "version": "1", "file": "spare-1-py3-none-any.whl"}]}})";
        QCOMPARE(absence->toJson(), QJsonDocument::fromJson(expected).object());
    }

    void presenceAsJson()
    {
        const Advisor advisor(inputOf({distribution(QStringLiteral("plugin 1"), {QStringLiteral("lib<2")}),
                                  distribution(QStringLiteral("lib 1")), distribution(QStringLiteral("lib 2"))}),
            requests({QStringLiteral("plugin")}));
        const QJsonObject json = advisor.why(projectName(QStringLiteral("lib")))->toJson();
        QJsonObject rest = json;
        const QJsonObject newer = rest.take(QStringLiteral("newer"))[0].toObject();
        const QByteArray expected = R"({
            "name": "lib", "version": "1", "file": "lib-1-py3-none-any.whl", "wanted": false, "host": false,
            "all_chains": true,
            "chains": [[{"kind": "requirement", "project": "plugin", "versions": ["1"], "requirement": "lib <2",
                         "files": ["/plugins/plugin-1-py3-none-any.whl"], "text": "'plugin 1' needs 'lib <2'"}]]})";
        QCOMPARE(rest, QJsonDocument::fromJson(expected).object());
        QCOMPARE(newer[QStringLiteral("versions")].toArray(), QJsonArray{QStringLiteral("2")});
        QCOMPARE(newer[QStringLiteral("code")].toString(), QStringLiteral("resolve-conflict"));
        QVERIFY(!newer.contains(QStringLiteral("difference")));
    }

    void outlookAsJson()
    {
        const Advisor advisor(
            inputOf({distribution(QStringLiteral("plugin 1"))}), requests({QStringLiteral("plugin")}));
        WorldChange change;
        change.enabled = requests({QStringLiteral("ghost")});
        change.disabled = {projectName(QStringLiteral("plugin"))};
        const QJsonObject json = advisor.whatIf(change).toJson();
        QCOMPARE(json[QStringLiteral("lost")].toArray(), QJsonArray{QStringLiteral("plugin")});
        QCOMPARE(json[QStringLiteral("gained")].toArray(), QJsonArray());
        QCOMPARE(json[QStringLiteral("left_out")][0][QStringLiteral("id")].toString(), QStringLiteral("ghost"));
        QCOMPARE(json[QStringLiteral("difference")][QStringLiteral("unmount")].toArray().size(), 1);
    }

    void manyChainsAreCutOff()
    {
        QList<Distribution> wheels{distribution(QStringLiteral("lib 1"))};
        QStringList plugins;
        for (int i = 0; i < 101; ++i) {
            plugins.append(QStringLiteral("plugin-%1").arg(i, 3, 10, QChar(u'0')));
            wheels.append(distribution(plugins.last() + QStringLiteral(" 1"), {QStringLiteral("lib")}));
        }
        const auto chainsOf = [&](const QStringList &names) {
            return *Advisor(inputOf(wheels), requests(names)).why(projectName(QStringLiteral("lib")));
        };
        const Presence presence = chainsOf(plugins);
        QCOMPARE(presence.chains.size(), 100);
        QVERIFY(!presence.areAllChains);
        QCOMPARE(presence.chains.last().first().project, QStringLiteral("plugin-099"));
        QVERIFY(presence.toText().contains(QStringLiteral("and more, of which only the shortest are listed")));
        QVERIFY(chainsOf(plugins.mid(1)).areAllChains);
    }

    void whatIsTooHardIsNotDecided()
    {
        const Advisor advisor(inputOf(pigeons(12)), requests(pigeonNames(12).mid(1)));
        const auto absence = advisor.whyNot(requirement(QStringLiteral("pigeon-0 <20")));
        QVERIFY(absence);
        QCOMPARE(QString(absence->explanation.code.name()), QStringLiteral("resolve-budget"));
        QCOMPARE(absence->explanation.headline,
            QStringLiteral("'pigeon-0 <20' is not loaded: whether it can be was not decided within 20000 conflicts"));
    }
};

QTEST_GUILESS_MAIN(TestAdvisor)
#include "tst_advisor.moc"
