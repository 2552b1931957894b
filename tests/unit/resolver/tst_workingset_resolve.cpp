// WorkingSet::resolve and require: the same questions in both modes.
#include "shelf.h"

#include <axle/packaging/codes.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

Q_DECLARE_METATYPE(Axle::Distribution)

namespace {

QStringList list(const char *lines)
{
    return QString::fromLatin1(lines).split(u'|', qstrlen(lines) == 0 ? Qt::SkipEmptyParts : Qt::KeepEmptyParts);
}

ResolveOptions optionsOf(ResolveMode mode, const QStringList &available)
{
    ResolveOptions options;
    options.environment = shelf(available);
    options.mode = mode;
    return options;
}

/// Has "name version" for what it meets.
struct Shop
{
    QStringList goods;
    QStringList asked = {};

    Installer installer()
    {
        return [this](const Requirement &requirement) -> Result<DistributionPtr> {
            asked.append(requirement.toString());
            for (const QString &each : std::as_const(goods)) {
                const DistributionPtr distribution = shelved(each);
                if (distribution->identity().key == requirement.name.normalized()
                    && requirement.specifiers.contains(distribution->identity().version))
                    return distribution;
            }
            return DistributionPtr();
        };
    }
};

} // namespace

class TestWorkingSetResolve : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void resolve_data()
    {
        QTest::addColumn<QStringList>("active");
        QTest::addColumn<QStringList>("available");
        QTest::addColumn<QStringList>("asked");
        QTest::addColumn<QStringList>("compatible");
        QTest::addColumn<QStringList>("optimal");
        QTest::newRow("nothing") << QStringList() << list("a 1") << QStringList() << QStringList() << QStringList();
        QTest::newRow("newest") << QStringList() << list("a 1|a 2|a 1.10") << list("a<2") << list("a 1.10")
                                << list("a 1.10");
        QTest::newRow("what it needs") << QStringList() << list("a 1:b|b 1:c|c 1") << list("a") << list("a 1|b 1|c 1")
                                       << list("c 1|b 1|a 1");
        QTest::newRow("last asked first")
            << QStringList() << list("a 1|b 1") << list("a|b") << list("b 1|a 1") << list("a 1|b 1");
        QTest::newRow("circle") << QStringList() << list("a 1:b|b 1:a") << list("a") << list("a 1|b 1")
                                << list("a 1|b 1");
        QTest::newRow("first choice is final") << QStringList() << list("c 1|c 2|a 1:c|b 1:c<2") << list("b|a")
                                               << QStringList{QStringLiteral("resolve-conflict"), QStringLiteral("c 2"),
                                                      QStringLiteral("c<2"), QStringLiteral("b")}
                                               << list("c 1|a 1|b 1");
        QTest::newRow("pre-releases are versions")
            << QStringList() << list("a 1|a 2rc1") << list("a") << list("a 2rc1") << list("a 1");
        QTest::newRow("a spelling that nothing active has")
            << QStringList() << list("geo.core 1") << list("geo-core")
            << QStringList{QStringLiteral("resolve-missing"), QString(), QStringLiteral("geo-core"), QString()}
            << list("geo.core 1");
        QTest::newRow("a spelling of what is active")
            << list("geo.core 1") << QStringList() << list("geo-core") << list("geo.core 1") << list("geo.core 1");
        QTest::newRow("active stays") << list("a 1") << list("a 2") << list("a") << list("a 1") << list("a 1");
        QTest::newRow("active is listed for each requirement")
            << list("a 1") << list("b 1:a>=1") << list("a|b") << list("b 1|a 1|a 1") << list("a 1|b 1");
        QTest::newRow("marker is false") << QStringList() << QStringList() << list("a; python_version < '3'")
                                         << QStringList() << QStringList();
        QTest::newRow("extra") << QStringList() << list("a 1 [x]:b; extra == 'x'|b 1") << list("a[x]")
                               << list("a 1|b 1") << list("b 1|a 1");
        QTest::newRow("not found, and by whom it is needed")
            << QStringList() << list("a 1:c>=2|b 1:c>=2") << list("a|b")
            << QStringList{QStringLiteral("resolve-missing"), QString(), QStringLiteral("c>=2"), QStringLiteral("a b")}
            << QStringList{QStringLiteral("resolve-missing"), QString(), QStringLiteral("c>=2"), QStringLiteral("a")};
        QTest::newRow("unknown extra") << QStringList() << list("a 1") << list("a[x]")
                                       << QStringList{QStringLiteral("resolve-extra"), QStringLiteral("a 1"),
                                              QStringLiteral("a[x]"), QString()}
                                       << QStringList{QStringLiteral("resolve-extra"), QStringLiteral("a 1"),
                                              QStringLiteral("a[x]"), QString()};
    }

    void resolve()
    {
        QFETCH(QStringList, active);
        QFETCH(QStringList, available);
        QFETCH(QStringList, asked);
        const WorkingSet set = workingSet(active);
        const QList<Requirement> requirements = Test::requirements(asked);
        QTEST(answer(set.resolve(requirements, optionsOf(ResolveMode::Compatible, available))), "compatible");
        QTEST(answer(set.resolve(requirements, optionsOf(ResolveMode::Optimal, available))), "optimal");
    }

    void modes_data()
    {
        QTest::addColumn<ResolveMode>("mode");
        QTest::newRow("compatible") << ResolveMode::Compatible;
        QTest::newRow("optimal") << ResolveMode::Optimal;
    }

    void optimalIsTheDefault() { QCOMPARE(ResolveOptions().mode, ResolveMode::Optimal); }

    void replacing_data() { modes_data(); }
    void replacing()
    {
        QFETCH(ResolveMode, mode);
        WorkingSet set = workingSet({QStringLiteral("a 1"), QStringLiteral("b 1")});
        ResolveOptions options = optionsOf(mode, list("a 2|b 2"));
        QVERIFY(!set.resolve(requirements({QStringLiteral("a>1")}), options));
        options.isReplacingConflicting = true;
        QCOMPARE(answer(set.resolve(requirements({QStringLiteral("a>1")}), options)), list("a 2"));
        QCOMPARE(answer(set.resolve(requirements({QStringLiteral("b")}), options)), list("b 1"));
        QVERIFY(set.require(requirements({QStringLiteral("a>1")}), options));
        QVERIFY(set.contains(shelved(QStringLiteral("a 2"))->identity()));
    }

    void withoutAnEnvironmentOnlyTheInstallerReplaces()
    {
        const WorkingSet set = workingSet({QStringLiteral("a 1")});
        Shop shop{{QStringLiteral("a 3")}};
        int searches = 0;
        ResolveOptions options;
        options.mode = ResolveMode::Compatible;
        options.isReplacingConflicting = true;
        options.surroundings = [&searches] {
            ++searches;
            return shelf(list("a 2|b 1|c 1"));
        };
        options.installer = shop.installer();
        QCOMPARE(answer(set.resolve(requirements({QStringLiteral("a>1")}), options)), list("a 3"));
        QCOMPARE(searches, 0);
        QCOMPARE(answer(set.resolve(requirements(list("b|c")), options)), list("c 1|b 1"));
        QCOMPARE(searches, 1);
    }

    void installer_data() { modes_data(); }
    void installer()
    {
        QFETCH(ResolveMode, mode);
        const WorkingSet set = workingSet();
        Shop shop{{QStringLiteral("b 1:c"), QStringLiteral("c 2")}};
        ResolveOptions options = optionsOf(mode, list("a 1:b"));
        options.installer = shop.installer();
        QStringList got = answer(set.resolve(requirements({QStringLiteral("a")}), options));
        got.sort();
        QCOMPARE(got, list("a 1|b 1|c 2"));
        QCOMPARE(shop.asked, list("b|c"));
        const ResolvedDistributions none = set.resolve(requirements({QStringLiteral("a>1")}), options);
        QVERIFY(!none);
        QCOMPARE(shop.asked, list("b|c|a>1") + (mode == ResolveMode::Optimal ? list("b|c") : QStringList()));
    }

    void installerFails_data() { modes_data(); }
    void installerFails()
    {
        QFETCH(ResolveMode, mode);
        ResolveOptions options = optionsOf(mode, {});
        options.installer = [](const Requirement &) -> Result<DistributionPtr> {
            return Error(Codes::VersionInvalid, QStringLiteral("no network"));
        };
        const ResolvedDistributions resolved = workingSet().resolve(requirements({QStringLiteral("a")}), options);
        QVERIFY(!resolved);
        QCOMPARE(resolved.failure().kind, ResolutionFailure::Kind::Installer);
        QCOMPARE(resolved.failure().error.code().name(), QLatin1StringView("resolve-installer"));
        QCOMPARE(resolved.failure().error.causes().constFirst().message(), QStringLiteral("no network"));
    }

    void badMetadata()
    {
        ResolveOptions options = optionsOf(ResolveMode::Compatible, {});
        options.environment->add(unreadable(QStringLiteral("a 1")));
        const ResolvedDistributions resolved = workingSet().resolve(requirements({QStringLiteral("a")}), options);
        QVERIFY(!resolved);
        QCOMPARE(resolved.failure().kind, ResolutionFailure::Kind::BadMetadata);
        QCOMPARE(resolved.failure().error.code().name(), QLatin1StringView("resolve-metadata"));
        QCOMPARE(
            resolved.failure().error.causes().constFirst().code().name(), QLatin1StringView("requirement-invalid"));
        options.mode = ResolveMode::Optimal;
        options.environment->add(shelved(QStringLiteral("a 0.9")));
        QCOMPARE(answer(workingSet().resolve(requirements({QStringLiteral("a")}), options)), list("a 0.9"));
    }

    void extrasOfTheAsker_data() { modes_data(); }
    void extrasOfTheAsker()
    {
        QFETCH(ResolveMode, mode);
        const WorkingSet set = workingSet();
        ResolveOptions options = optionsOf(mode, list("a 1|b 1"));
        const QList<Requirement> asked = requirements({QStringLiteral("a; extra == 'x'"), QStringLiteral("b")});
        QCOMPARE(answer(set.resolve(asked, options)), list("b 1"));
        options.extras = {QStringLiteral("x")};
        QCOMPARE(answer(set.resolve(asked, options)).size(), 2);
    }

    void parties_data()
    {
        QTest::addColumn<QStringList>("active");
        QTest::addColumn<QStringList>("available");
        QTest::addColumn<QStringList>("asked");
        QTest::addColumn<ResolutionFailure::Kind>("kind");
        QTest::addColumn<QStringList>("answer");
        using Kind = ResolutionFailure::Kind;
        QTest::newRow("active, asked for")
            << list("c 1") << list("c 2") << list("c>1") << Kind::VersionConflict << list("resolve-mounted|c 1|c>1|");
        QTest::newRow("active, needed") << list("c 1") << list("c 2|a 1:c>1") << list("a")
                                        << Kind::ContextualVersionConflict << list("resolve-mounted|c 1|c>1|a");
        QTest::newRow("two that were asked for") << QStringList() << list("c 1|c 2|c 3") << list("c<2|c>2")
                                                 << Kind::VersionConflict << list("resolve-conflict|c 1|c>2|");
        QTest::newRow("two that are needed") << QStringList() << list("c 1|c 2|c 3|a 1:c<3|b 1:c>2") << list("a|b")
                                             << Kind::ContextualVersionConflict << list("resolve-conflict|c 2|c>2|b");
        QTest::newRow("nothing of it") << QStringList() << list("a 1:c>=2") << list("a") << Kind::DistributionNotFound
                                       << list("resolve-missing||c>=2|a");
        QTest::newRow("no such version") << QStringList() << list("a 1:c>=2|c 1") << list("a")
                                         << Kind::DistributionNotFound << list("resolve-no-version||c>=2|a");
        QTest::newRow("no such extra") << QStringList() << list("a 1:c[x]|c 1 [y]:") << list("a") << Kind::UnknownExtra
                                       << list("resolve-extra|c 1|c[x]|a");
    }

    void parties()
    {
        QFETCH(QStringList, active);
        QFETCH(QStringList, available);
        QFETCH(QStringList, asked);
        const WorkingSet set = workingSet(active);
        const ResolvedDistributions resolved =
            set.resolve(Test::requirements(asked), optionsOf(ResolveMode::Optimal, available));
        QVERIFY(!resolved);
        QTEST(resolved.failure().kind, "kind");
        QTEST(answer(resolved), "answer");
        QVERIFY(!resolved.failure().error.details().isEmpty());
    }

    void useless_data()
    {
        QTest::addColumn<Distribution>("wheel");
        QTest::addColumn<ResolutionFailure::Kind>("kind");
        QTest::addColumn<QString>("code");
        using Kind = ResolutionFailure::Kind;
        Distribution wheel = distribution(QStringLiteral("c 2"));
        wheel.unusable = Error(ErrorCode("wheel-incompatible"), QStringLiteral("for Windows"));
        QTest::newRow("another platform") << wheel << Kind::TagMismatch << QStringLiteral("resolve-unusable");
        wheel.unusable = Error(ErrorCode("zip-truncated"), QStringLiteral("cut off"));
        QTest::newRow("corrupt") << wheel << Kind::Corrupt << QStringLiteral("resolve-unusable");
        wheel = distribution(QStringLiteral("c 2"));
        wheel.requiresPython = SpecifierSet::parse(QStringLiteral(">=3.12")).value();
        QTest::newRow("another Python") << wheel << Kind::PythonMismatch << QStringLiteral("resolve-python");
        wheel = distribution(QStringLiteral("c 2"));
        wheel.isYanked = true;
        QTest::newRow("yanked") << wheel << Kind::Yanked << QStringLiteral("resolve-no-version");
    }

    void useless()
    {
        QFETCH(Distribution, wheel);
        QFETCH(QString, code);
        ResolveOptions options = optionsOf(ResolveMode::Optimal, list("a 1:c>=1"));
        options.environment->add(makeProvider(wheel));
        const ResolvedDistributions needed = workingSet().resolve(requirements({QStringLiteral("a")}), options);
        QVERIFY(!needed);
        QTEST(needed.failure().kind, "kind");
        QCOMPARE(
            answer(needed), (QStringList{code, QStringLiteral("c 2"), QStringLiteral("c>=1"), QStringLiteral("a")}));
        const FoundPlugins found = workingSet().findPlugins(*options.environment);
        QCOMPARE(texts(found.failed), (QStringList{QStringLiteral("a 1: ") + code, QStringLiteral("c 2: ") + code}));
        for (const FailedPlugin &each : found.failed)
            QTEST(each.failure.kind, "kind");
        QVERIFY(!found.failed.last().failure.requirement);
        // A version that can be used will do.
        options.environment->add(shelved(QStringLiteral("c 1")));
        QCOMPARE(answer(workingSet().resolve(requirements({QStringLiteral("a")}), options)), list("c 1|a 1"));
    }

    void uselessIsNeverChosen()
    {
        Distribution wheel = distribution(QStringLiteral("c 2"));
        wheel.unusable = Error(ErrorCode("zip-truncated"), QStringLiteral("cut off"));
        ResolveOptions options = optionsOf(ResolveMode::Compatible, {});
        options.environment->add(makeProvider(wheel));
        const ResolvedDistributions resolved = workingSet().resolve(requirements({QStringLiteral("c")}), options);
        QCOMPARE(resolved.failure().kind, ResolutionFailure::Kind::BadMetadata);
        QCOMPARE(resolved.failure().error.causes(), QList{wheel.unusable});
    }

    void kindsOfConflict()
    {
        const ResolveOptions options = optionsOf(ResolveMode::Compatible, list("a 1:c<2|c 2|c 1"));
        const ResolvedDistributions plain = workingSet().resolve(requirements(list("c<2|c>1")), options);
        QCOMPARE(plain.failure().kind, ResolutionFailure::Kind::VersionConflict);
        const ResolvedDistributions contextual = workingSet().resolve(requirements(list("a|c")), options);
        QCOMPARE(contextual.failure().kind, ResolutionFailure::Kind::ContextualVersionConflict);
        QCOMPARE(contextual.failure().error.toString(),
            QStringLiteral("'c 2' is chosen, expected 'c<2', which 'a' needs\n"
                           "hint: add a version that all accept, or do without one side"));
    }

    void requireAdds_data() { modes_data(); }
    void requireAdds()
    {
        QFETCH(ResolveMode, mode);
        WorkingSet set = workingSet({QStringLiteral("b 1")});
        const ResolveOptions options = optionsOf(mode, list("a 1:b|b 2"));
        QStringList got = answer(set.require(requirements({QStringLiteral("a")}), options));
        got.sort();
        QCOMPARE(got, list("a 1|b 1"));
        QCOMPARE(texts(set.distributions()), list("b 1|a 1"));
        QVERIFY(!set.require(requirements({QStringLiteral("nothing")}), options));
        QCOMPARE(texts(set.distributions()).size(), 2);
    }
};

QTEST_GUILESS_MAIN(TestWorkingSetResolve)
#include "tst_workingset_resolve.moc"
