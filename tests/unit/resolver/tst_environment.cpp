#include "scenario.h"

#include <axle/resolver/environment.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

#include <algorithm>

using namespace Axle;
using namespace Axle::Test;

namespace {

DistributionPtr provider(const char *nameAndVersion)
{
    return makeProvider(distribution(QString::fromLatin1(nameAndVersion)));
}

QStringList versions(const Environment &environment, const char *key)
{
    QStringList result;
    for (const DistributionPtr &each : environment.distributions(QString::fromLatin1(key)))
        result.append(each->identity().version.toString());
    return result;
}

/// One that is for a platform and a Python.
class Built final : public DistributionProvider
{
public:
    Built(const QString &platform, const QString &pythonVersion)
        : DistributionProvider(identityOf(platform, pythonVersion))
    {
    }

    Result<QList<Requirement>> requirements(const QStringList &, const MarkerEnvironment &) const override
    {
        return QList<Requirement>();
    }
    Result<QStringList> extras() const override { return QStringList(); }

private:
    static DistributionIdentity identityOf(const QString &platform, const QString &pythonVersion)
    {
        DistributionIdentity identity = DistributionIdentity::of(Test::distribution(QStringLiteral("a 1")));
        identity.platform = platform;
        identity.pythonVersion = pythonVersion;
        return identity;
    }
};

} // namespace

class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void newestFirstWhateverComesFirst()
    {
        const QStringList expected{QStringLiteral("1.10"), QStringLiteral("1.9+local"), QStringLiteral("1.9"),
            QStringLiteral("1.0.post1"), QStringLiteral("1.0"), QStringLiteral("1.0rc1")};
        QStringList shuffled = expected;
        QRandomGenerator random(7);
        for (int round = 0; round < 50; ++round) {
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            Environment environment;
            for (const QString &each : std::as_const(shuffled))
                environment.add(makeProvider(distribution(QStringLiteral("a ") + each)));
            QCOMPARE(versions(environment, "a"), expected);
        }
    }

    void oneAndTheSameIsThereOnce()
    {
        Environment environment;
        environment.add(provider("a 1"));
        environment.add(provider("a 1"));
        environment.add(provider("a 1.0"));
        QCOMPARE(environment.distributions(QStringLiteral("a")).size(), 2); // "a 1.0" lies elsewhere
    }

    void projectsInTheOrderTheyCame()
    {
        Environment environment;
        QVERIFY(environment.projects().isEmpty());
        for (const char *each : {"zeta 1", "Alpha_x 1", "zeta 2", "beta 1"})
            environment.add(provider(each));
        QCOMPARE(environment.projects(),
            (QStringList{QStringLiteral("zeta"), QStringLiteral("alpha-x"), QStringLiteral("beta")}));
        QCOMPARE(versions(environment, "ALPHA-X").size(), 1);
        QVERIFY(versions(environment, "alpha_x").isEmpty());
    }

    void removed()
    {
        Environment environment;
        environment.add(provider("a 1"));
        environment.add(provider("a 2"));
        QVERIFY(environment.remove(provider("a 1")->identity()));
        QCOMPARE(versions(environment, "a"), QStringList{QStringLiteral("2")});
        QVERIFY(!environment.remove(provider("a 1")->identity()));
        QVERIFY(!environment.remove(provider("b 1")->identity()));
        QVERIFY(environment.remove(provider("a 2")->identity()));
        QVERIFY(environment.projects().isEmpty());
    }

    void restricted_data()
    {
        QTest::addColumn<QString>("platform");
        QTest::addColumn<QString>("python");
        QTest::addColumn<bool>("fits");
        QTest::newRow("for any") << QString() << QString() << true;
        QTest::newRow("for this") << QStringLiteral("linux-x86_64") << QStringLiteral("3.11") << true;
        QTest::newRow("for another platform") << QStringLiteral("win32") << QStringLiteral("3.11") << false;
        QTest::newRow("for another Python") << QStringLiteral("linux-x86_64") << QStringLiteral("2.7") << false;
    }

    void restricted()
    {
        QFETCH(QString, platform);
        QFETCH(QString, python);
        QFETCH(bool, fits);
        const auto built = std::make_shared<const Built>(platform, python);
        Environment restricted(QStringLiteral("linux-x86_64"), QStringLiteral("3.11"));
        restricted.add(built);
        QCOMPARE(restricted.canAdd(built->identity()), fits);
        QCOMPARE(restricted.projects().size(), fits ? 1 : 0);
        Environment all;
        all.add(built);
        QCOMPARE(all.projects().size(), 1);
        QCOMPARE((restricted + all).projects().size(), 1);
        restricted += all;
        QCOMPARE(restricted.projects().size(), fits ? 1 : 0);
    }

    void sumOfTwo()
    {
        Environment a;
        Environment b;
        a.add(provider("x 1"));
        b.add(provider("x 2"));
        b.add(provider("y 1"));
        const Environment sum = a + b;
        QCOMPARE(versions(sum, "x"), (QStringList{QStringLiteral("2"), QStringLiteral("1")}));
        QCOMPARE(sum.projects(), (QStringList{QStringLiteral("x"), QStringLiteral("y")}));
        QCOMPARE(versions(a, "x"), QStringList{QStringLiteral("1")});
        QCOMPARE((a + Environment()).projects(), a.projects());
    }
};

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
