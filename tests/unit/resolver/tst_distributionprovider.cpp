#include "scenario.h"

#include <axle/resolver/distributionprovider.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

QStringList texts(const QList<Requirement> &requirements)
{
    QStringList result;
    for (const Requirement &requirement : requirements)
        result.append(requirement.toString());
    return result;
}

/// Of what it needs.
QStringList names(const DistributionProvider &provider, const QStringList &extras)
{
    const auto needs = provider.requirements(extras, inputOf({}).environment);
    QStringList result;
    for (const Requirement &requirement : *needs)
        result.append(requirement.name.toString());
    return result;
}

/// One that answers for each extra only, as objects of other languages do.
class Answers final : public DistributionProvider
{
public:
    explicit Answers(const DistributionPtr &other)
        : DistributionProvider(other->identity())
        , m_other(other)
    {
    }

    Result<QList<Requirement>> requirements(
        const QStringList &extras, const MarkerEnvironment &environment) const override
    {
        return m_other->requirements(extras, environment);
    }
    Result<QStringList> extras() const override { return m_other->extras(); }

private:
    DistributionPtr m_other;
};

Distribution withExtras()
{
    Distribution result = distribution(QStringLiteral("geo 1"),
        {QStringLiteral("core"), QStringLiteral("net; extra == 'online-maps'"), QStringLiteral("core"),
            QStringLiteral("old; python_version < '3'"), QStringLiteral("tiles; extra == 'tiles'")});
    result.providesExtra = {QStringLiteral("online-maps"), QStringLiteral("tiles"), QStringLiteral("nothing")};
    return result;
}

} // namespace

class TestDistributionProvider : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void safeNames_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("extra");
        QTest::newRow("empty") << QString() << QString() << QString();
        QTest::newRow("case") << QStringLiteral("WSGI") << QStringLiteral("WSGI") << QStringLiteral("wsgi");
        QTest::newRow("run of spaces") << QStringLiteral("a  b") << QStringLiteral("a-b") << QStringLiteral("a_b");
        QTest::newRow("dots stay") << QStringLiteral("a..b") << QStringLiteral("a..b") << QStringLiteral("a..b");
        QTest::newRow("underscore") << QStringLiteral("a_b") << QStringLiteral("a-b") << QStringLiteral("a_b");
        QTest::newRow("hyphens") << QStringLiteral("a--b") << QStringLiteral("a-b") << QStringLiteral("a--b");
        QTest::newRow("not ASCII") << QStringLiteral("aé1") << QStringLiteral("a-1") << QStringLiteral("a_1");
        QTest::newRow("at both ends") << QStringLiteral("$a$") << QStringLiteral("-a-") << QStringLiteral("_a_");
    }

    void safeNames()
    {
        QFETCH(QString, text);
        QTEST(safeName(text), "name");
        QTEST(safeExtra(text), "extra");
        QCOMPARE(safeName(safeName(text)), safeName(text));
        QCOMPARE(safeExtra(safeExtra(text)), safeExtra(text));
    }

    void identity()
    {
        const DistributionIdentity identity = DistributionIdentity::of(distribution(QStringLiteral("Geo_Tools 2.1")));
        QCOMPARE(identity.projectName, QStringLiteral("Geo-Tools"));
        QCOMPARE(identity.key, QStringLiteral("geo-tools"));
        QCOMPARE(identity.toString(), QStringLiteral("Geo-Tools 2.1"));
        QCOMPARE(identity.location, distribution(QStringLiteral("Geo_Tools 2.1")).location);
        QCOMPARE(identity.precedence, DistributionIdentity::ArchivePrecedence);
    }

    void orderIsByVersionThenPrecedenceThenTexts()
    {
        const DistributionIdentity least;
        QList<DistributionIdentity> rising(7, least);
        rising[1].platform = QStringLiteral("linux");
        rising[2].pythonVersion = QStringLiteral("3.11");
        rising[3].location = QStringLiteral("/a");
        rising[4].key = QStringLiteral("a");
        rising[5].precedence = least.precedence + 1;
        rising[6].version = version(QStringLiteral("0.1"));
        for (qsizetype a = 0; a < rising.size(); ++a) {
            for (qsizetype b = 0; b < rising.size(); ++b) {
                QCOMPARE(rising[a] < rising[b], a < b);
                QCOMPARE(rising[a] == rising[b], a == b);
            }
        }
    }

    void needsByExtra()
    {
        const DistributionPtr provider = makeProvider(withExtras());
        const MarkerEnvironment environment = inputOf({}).environment;
        const auto needs = [&](const QStringList &extras) {
            return texts(provider->requirements(extras, environment).value());
        };
        QCOMPARE(needs({}), QStringList{QStringLiteral("core")});
        QCOMPARE(needs({QStringLiteral("Online_Maps")}).size(), 2);
        QCOMPARE(needs({QStringLiteral("nothing")}), needs({}));
        const QStringList both = needs({QStringLiteral("tiles"), QStringLiteral("online-maps")});
        QCOMPARE(both.size(), 3);
        QVERIFY(both.at(1).startsWith(QStringLiteral("tiles")));
        QVERIFY(both.at(2).startsWith(QStringLiteral("net")));
    }

    void unknownExtra()
    {
        const auto needs = makeProvider(withExtras())->requirements({QStringLiteral("x")}, {});
        QVERIFY(!needs);
        QCOMPARE(needs.error().code().name(), QLatin1StringView("resolve-extra"));
        QCOMPARE(needs.error().found(), QStringLiteral("'geo 1' has no extra 'x'"));
        QCOMPARE(needs.error().expected(), QStringLiteral("one of 'online-maps', 'tiles', 'nothing'"));
        const auto none = makeProvider(distribution(QStringLiteral("a 1")))->requirements({QStringLiteral("x")}, {});
        QCOMPARE(none.error().expected(), QStringLiteral("none"));
    }

    void asTheSolverWantsIt()
    {
        const DistributionPtr known = makeProvider(withExtras());
        const MarkerEnvironment environment = inputOf({}).environment;
        const Distribution made = Answers(known).distribution(environment).value();
        QCOMPARE(made.toString(), QStringLiteral("geo 1"));
        QCOMPARE(made.location, withExtras().location);
        QCOMPARE(made.providesExtra, withExtras().providesExtra);
        const DistributionPtr again = makeProvider(made);
        for (const QStringList &extras : {QStringList(), made.providesExtra})
            QCOMPARE(names(*again, extras), names(*known, extras));
    }

    void aNameThatIsNoneIsNoDistribution()
    {
        Distribution nameless = distribution(QStringLiteral("a 1"));
        nameless.name = ProjectName();
        const auto made = Answers(makeProvider(nameless)).distribution({});
        QVERIFY(!made);
        QCOMPARE(made.error().code().name(), QLatin1StringView("name-invalid"));
    }

    void entryPoints()
    {
        Distribution plugin = distribution(QStringLiteral("a 1"));
        plugin.entryPoints = EntryPoints::parse("[axle.plugins]\nmain = a:Plugin\n").value().all();
        QCOMPARE(makeProvider(plugin)->entryPoints().value(), plugin.entryPoints);
        QVERIFY(Answers(makeProvider(plugin)).entryPoints().value().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestDistributionProvider)
#include "tst_distributionprovider.moc"
