// The resolver on the scenarios of tests/scenarios/resolver, and its laws on worlds small enough to try everything.
#include "scenario.h"

#include "support/golden.h"

#include <axle/resolver/codes.h>

#include <QtCore/QDirIterator>
#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

Resolution solve(const Scenario &scenario, const ResolverInput &input, Error *error)
{
    const Resolver resolver(input);
    if (scenario.isForPlugins)
        return resolver.resolvePlugins(scenario.plugins);
    const auto result = resolver.resolve(scenario.requirements);
    if (result)
        return *result;
    *error = result.error();
    return {};
}

QByteArray errorText(const Error &error)
{
    return '[' + QByteArray(error.code().name().data()) + "] " + error.toString().toUtf8() + '\n';
}

/// All that was answered, to compare two answers.
QByteArray answer(const Resolution &resolution, const Error &error)
{
    return error.isNull() ? everything(resolution) : errorText(error);
}

QList<Requirement> asRequirements(const QStringList &names)
{
    QList<Requirement> requirements;
    for (const QString &name : names)
        requirements.append(requirement(name));
    return requirements;
}

/// Four projects with up to three versions each, some of them pre-releases, and requirements drawn by lot.
QList<Distribution> randomWorld(QRandomGenerator &random)
{
    const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")};
    const QStringList versions{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3rc1"), QStringLiteral("3")};
    const QStringList conditions{QString(), QStringLiteral(" <2"), QStringLiteral(" >=2"), QStringLiteral(" !=1"),
        QStringLiteral(" ==1"), QStringLiteral(" >=3rc1"), QStringLiteral(" >3")};
    QList<Distribution> world;
    for (const QString &name : names) {
        for (const QString &number : versions) {
            if (random.bounded(4) == 0)
                continue;
            QStringList requirements;
            for (int i = random.bounded(3); i > 0; --i)
                requirements.append(names[random.bounded(4)] + conditions[random.bounded(conditions.size())]);
            world.append(distribution(name + u' ' + number, requirements));
        }
    }
    return world;
}

/// Whether some choice of versions meets what is asked for, found by trying all.
bool hasSolution(const ResolverInput &input, const QList<Requirement> &asked)
{
    QMap<QString, QList<Distribution>> projects;
    for (const Distribution &candidate : input.candidates)
        projects[candidate.name.normalized()].append(candidate);
    qsizetype combinations = 1;
    for (const auto &candidates : std::as_const(projects))
        combinations *= candidates.size() + 1;
    for (qsizetype number = 0; number < combinations; ++number) {
        Resolution choice;
        qsizetype rest = number;
        for (const auto &candidates : std::as_const(projects)) {
            const qsizetype position = rest % (candidates.size() + 1);
            rest /= candidates.size() + 1;
            if (position > 0)
                choice.plan.append({candidates[position - 1], false, {}});
        }
        if (firstBrokenRule(input, choice, asked).isEmpty())
            return true;
    }
    return false;
}

} // namespace

class TestResolver : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void scenario_data()
    {
        QTest::addColumn<QString>("path");
        const QString root = QStringLiteral(AXLE_SCENARIOS);
        QStringList paths;
        QDirIterator files(root, {QStringLiteral("*.json")}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths.append(files.next());
        paths.sort();
        QVERIFY(paths.size() > 50);
        for (const QString &path : std::as_const(paths))
            QTest::newRow(qPrintable(path.mid(root.size() + 1).chopped(5))) << path;
    }
    void scenario()
    {
        QFETCH(QString, path);
        const Scenario scenario = Scenario::read(path);
        QVERIFY2(!scenario.description.isEmpty(), "the case does not say what it pins");
        Error error;
        const Resolution resolution = solve(scenario, scenario.input, &error);
        QCOMPARE(QString(error.code().name()), scenario.error);
        QCOMPARE(planTexts(resolution), scenario.plan);
        QMap<QString, QString> leftOut;
        for (auto each = resolution.leftOut.cbegin(); each != resolution.leftOut.cend(); ++each)
            leftOut.insert(each.key(), each->code.name());
        QCOMPARE(leftOut, scenario.leftOut);

        QByteArray texts = error.isNull() ? QByteArray() : errorText(error);
        for (auto each = leftOut.cbegin(); each != leftOut.cend(); ++each)
            texts += resolution.leftOut[each.key()].toText().toUtf8() + '\n';
        if (!texts.isEmpty())
            AXLE_COMPARE_GOLDEN(
                QStringLiteral("resolver/%1.txt").arg(QString::fromUtf8(QTest::currentDataTag())), texts);
    }

    void theOrderOfTheCandidatesDoesNotMatter_data() { scenario_data(); }
    void theOrderOfTheCandidatesDoesNotMatter()
    {
        QFETCH(QString, path);
        const Scenario scenario = Scenario::read(path);
        Error error;
        const QByteArray expected = answer(solve(scenario, scenario.input, &error), error);
        ResolverInput shuffled = scenario.input;
        QRandomGenerator random(1);
        for (int i = 0; i < 5; ++i) {
            std::shuffle(shuffled.candidates.begin(), shuffled.candidates.end(), random);
            Error shuffledError;
            const Resolution resolution = solve(scenario, shuffled, &shuffledError);
            QCOMPARE(answer(resolution, shuffledError), expected);
        }
    }

    void asksAndPlansAgreeWithTryingEverything()
    {
        QRandomGenerator random(7);
        int solvable = 0;
        for (int round = 0; round < 400; ++round) {
            const ResolverInput input = inputOf(randomWorld(random));
            const auto asked = asRequirements({QStringLiteral("a"), QStringLiteral("b")});
            const auto result = Resolver(input).resolve(asked);
            QCOMPARE(result.has_value(), hasSolution(input, asked));
            if (!result) {
                QVERIFY(!result.error().message().isEmpty());
                continue;
            }
            ++solvable;
            QCOMPARE(firstBrokenRule(input, *result, asked), QString());
        }
        QVERIFY2(solvable > 100 && solvable < 300, "the worlds are too easy or too hard to show anything");
    }

    void asManyPluginsAsTryingEverythingFinds()
    {
        QRandomGenerator random(11);
        int conflicts = 0;
        for (int round = 0; round < 150; ++round) {
            const ResolverInput input = inputOf(randomWorld(random));
            const QStringList names{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
            qsizetype largest = 0;
            for (unsigned set = 0; set < 8; ++set) {
                QStringList chosen;
                for (unsigned i = 0; i < 3; ++i) {
                    if (set & (1U << i))
                        chosen.append(names[i]);
                }
                if (chosen.size() > largest && hasSolution(input, asRequirements(chosen)))
                    largest = chosen.size();
            }
            const Resolution resolution = Resolver(input).resolvePlugins(requests(names));
            QCOMPARE(names.size() - resolution.leftOut.size(), largest);
            QStringList kept = names;
            for (const Explanation &each : resolution.leftOut)
                conflicts += each.code == Codes::ResolveConflict;
            kept.removeIf([&](const QString &name) { return resolution.leftOut.contains(name); });
            QCOMPARE(firstBrokenRule(input, resolution, asRequirements(kept)), QString());
        }
        QVERIFY2(conflicts > 0, "the worlds are too easy to show anything");
    }

    void rootsAndDependenciesAreMarked()
    {
        const ResolverInput input = inputOf({distribution(QStringLiteral("plugin 1"), {QStringLiteral("lib[x]")}),
            distribution(QStringLiteral("lib 1"), {QStringLiteral("extra-lib; extra == 'x'"), QStringLiteral("lib")}),
            distribution(QStringLiteral("extra-lib 1"))});
        const Resolution resolution = Resolver(input).resolvePlugins(requests({QStringLiteral("plugin")}));
        const PlanEntry *plugin = resolution.find(QStringLiteral("plugin"));
        const PlanEntry *lib = resolution.find(QStringLiteral("lib"));
        QVERIFY(plugin && lib && !resolution.find(QStringLiteral("nothing")));
        QVERIFY(plugin->isRoot);
        QCOMPARE(plugin->dependencies, QStringList{QStringLiteral("lib")});
        QVERIFY(!lib->isRoot);
        QCOMPARE(lib->dependencies, QStringList{QStringLiteral("extra-lib")});
    }

    void aHardRequestEndsWithinItsBudget()
    {
        const ResolverInput input = inputOf(pigeons(12));
        const auto result = Resolver(input).resolve(asRequirements(pigeonNames(12)));
        QVERIFY(!result);
        QCOMPARE(QString(result.error().code().name()), QStringLiteral("resolve-budget"));
        QCOMPARE(result.error().message(), QStringLiteral("no answer was found within 20000 conflicts"));
    }

    void hardPluginsCostNoOther()
    {
        const ResolverInput input = inputOf(pigeons(12) + QList<Distribution>{distribution(QStringLiteral("good 1"))});
        const QStringList names = pigeonNames(12) + QStringList{QStringLiteral("good")};
        const Resolution resolution = Resolver(input).resolvePlugins(requests(names));
        QCOMPARE(resolution.leftOut.size(), 1);
        QCOMPARE(QString(resolution.leftOut.begin()->code.name()), QStringLiteral("resolve-budget"));
        QVERIFY(resolution.find(QStringLiteral("good")));
    }

    void manyPluginsThatNeedOneLibrary()
    {
        QList<Distribution> world{distribution(QStringLiteral("core 2")), distribution(QStringLiteral("core 1"))};
        QStringList names;
        for (int i = 0; i < 300; ++i) {
            const QString name = QStringLiteral("plugin-%1").arg(i);
            world.append(distribution(
                name + QStringLiteral(" 1"), {i % 100 == 0 ? QStringLiteral("core >=2") : QStringLiteral("core <2")}));
            names.append(name);
        }
        const Resolution resolution = Resolver(inputOf(world)).resolvePlugins(requests(names));
        QStringList leftOut = resolution.leftOut.keys();
        leftOut.sort();
        QCOMPARE(leftOut,
            (QStringList{QStringLiteral("plugin-0"), QStringLiteral("plugin-100"), QStringLiteral("plugin-200")}));
    }
};

QTEST_GUILESS_MAIN(TestResolver)
#include "tst_resolver.moc"
