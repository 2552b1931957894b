// What a WorkingSet holds and tells; what it chooses is in tst_workingset_resolve.cpp and tst_workingset_plugins.cpp.
#include "shelf.h"

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

using Change = WorkingSet::Change;

/// A subscriber that writes down what it hears.
struct Listener
{
    QStringList heard;

    WorkingSet::Callback callback()
    {
        return [this](Change change, const DistributionPtr &distribution) {
            heard.append((change == Change::Added ? u'+' : u'-') + distribution->identity().toString());
        };
    }
    QStringList take() { return std::exchange(heard, {}); }
};

QString place(const char *nameAndVersion)
{
    return distribution(QString::fromLatin1(nameAndVersion)).location;
}

DistributionPtr plugin(const QString &nameAndVersion, const QByteArray &entryPoints)
{
    Distribution result = distribution(nameAndVersion);
    result.entryPoints = EntryPoints::parse(entryPoints).value().all();
    return makeProvider(result);
}

} // namespace

class TestWorkingSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void firstOfAProjectStays()
    {
        WorkingSet set = workingSet();
        QVERIFY(set.add(shelved(QStringLiteral("a 1"))));
        QVERIFY(!set.add(shelved(QStringLiteral("a 2"))));
        QVERIFY(set.add(shelved(QStringLiteral("b 1"))));
        QCOMPARE(texts(set.distributions()), (QStringList{QStringLiteral("a 1"), QStringLiteral("b 1")}));
        QVERIFY(set.contains(shelved(QStringLiteral("a 1"))->identity()));
        QVERIFY(!set.contains(shelved(QStringLiteral("a 2"))->identity()));
    }

    void replaced()
    {
        WorkingSet set = workingSet({QStringLiteral("a 1"), QStringLiteral("b 1")});
        Listener listener;
        set.subscribe(listener.callback(), WorkingSet::Existing::Skip);
        QVERIFY(set.add(shelved(QStringLiteral("a 2")), WorkingSet::Active::Replace));
        QCOMPARE(listener.take(), (QStringList{QStringLiteral("-a 1"), QStringLiteral("+a 2")}));
        QCOMPARE(texts(set.distributions()).size(), 2);
        QCOMPARE(set.entries().constFirst(), place("a 2"));
    }

    void removed()
    {
        WorkingSet set = workingSet({QStringLiteral("a 1"), QStringLiteral("b 1")});
        Listener listener;
        set.subscribe(listener.callback(), WorkingSet::Existing::Skip);
        QVERIFY(!set.remove(shelved(QStringLiteral("a 2"))->identity()));
        QVERIFY(!set.remove(shelved(QStringLiteral("c 1"))->identity()));
        QCOMPARE(listener.take(), QStringList());
        QVERIFY(set.remove(shelved(QStringLiteral("a 1"))->identity()));
        QCOMPARE(listener.take(), QStringList{QStringLiteral("-a 1")});
        QCOMPARE(set.entries(), QStringList{place("b 1")});
        QVERIFY(!set.active(QStringLiteral("a")));
        QVERIFY(!set.remove(shelved(QStringLiteral("a 1"))->identity()));
        QVERIFY(set.add(shelved(QStringLiteral("a 2"))));
        QCOMPARE(texts(set.distributions()), (QStringList{QStringLiteral("b 1"), QStringLiteral("a 2")}));
    }

    void entriesOfOthersStay()
    {
        WorkingSet set = workingSet();
        const QString folder = QStringLiteral("/site");
        set.appendEntry(folder);
        QVERIFY(set.addFound(folder, shelved(QStringLiteral("a 1"))));
        QVERIFY(set.remove(shelved(QStringLiteral("a 1"))->identity()));
        QCOMPARE(set.entries(), QStringList{folder});
        set.appendEntry(folder);
        QCOMPARE(set.entries(), (QStringList{folder, folder}));
    }

    void inTheOrderOfTheEntries()
    {
        WorkingSet set = workingSet();
        set.appendEntry(QStringLiteral("/one"));
        set.appendEntry(QStringLiteral("/two"));
        set.addFound(QStringLiteral("/two"), shelved(QStringLiteral("a 1")));
        set.addFound(QStringLiteral("/one"), shelved(QStringLiteral("b 1")));
        set.addFound(QStringLiteral("/two"), shelved(QStringLiteral("c 1")));
        set.addFound(QStringLiteral("/nowhere"), shelved(QStringLiteral("d 1")));
        QCOMPARE(texts(set.distributions()),
            (QStringList{QStringLiteral("b 1"), QStringLiteral("a 1"), QStringLiteral("c 1")}));
    }

    void archiveBeforeItsFolder()
    {
        WorkingSet set = workingSet();
        set.appendEntry(QStringLiteral("/plugins"));
        set.add(shelved(QStringLiteral("a 1")));
        QCOMPARE(set.entries(), (QStringList{place("a 1"), QStringLiteral("/plugins")}));
        set.add(shelved(QStringLiteral("b 1")), WorkingSet::Active::Keep, QStringLiteral("/elsewhere"));
        QCOMPARE(set.entries().constLast(), QStringLiteral("/elsewhere"));
    }

    void subscribers()
    {
        WorkingSet set = workingSet({QStringLiteral("a 1")});
        Listener all;
        Listener later;
        const int first = set.subscribe(all.callback());
        const int second = set.subscribe(later.callback(), WorkingSet::Existing::Skip);
        QCOMPARE(all.take(), QStringList{QStringLiteral("+a 1")});
        set.add(shelved(QStringLiteral("b 1")));
        set.add(shelved(QStringLiteral("b 2")));
        QCOMPARE(all.take(), QStringList{QStringLiteral("+b 1")});
        QVERIFY(set.unsubscribe(first));
        QVERIFY(!set.unsubscribe(first));
        set.remove(shelved(QStringLiteral("b 1"))->identity());
        QCOMPARE(all.take(), QStringList());
        QCOMPARE(later.take(), (QStringList{QStringLiteral("+b 1"), QStringLiteral("-b 1")}));
        QVERIFY(set.unsubscribe(second));
    }

    void subscribersMayChangeTheSet()
    {
        WorkingSet set = workingSet();
        Listener listener;
        int number = 0;
        int own = set.subscribe([&](Change change, const DistributionPtr &distribution) {
            if (change == Change::Added && distribution->identity().key == QStringLiteral("a"))
                set.add(shelved(QStringLiteral("b 1")));
            set.unsubscribe(number);
            set.unsubscribe(own);
        });
        number = set.subscribe(listener.callback());
        set.add(shelved(QStringLiteral("a 1")));
        QCOMPARE(listener.take(), QStringList());
        QCOMPARE(texts(set.distributions()).size(), 2);
    }

    void copiesHaveNoSubscribers()
    {
        WorkingSet set = workingSet({QStringLiteral("a 1")});
        Listener listener;
        set.subscribe(listener.callback(), WorkingSet::Existing::Skip);
        WorkingSet copy(set);
        copy.add(shelved(QStringLiteral("b 1")));
        QCOMPARE(listener.take(), QStringList());
        QCOMPARE(texts(copy.distributions()).size(), 2);
        QCOMPARE(texts(set.distributions()).size(), 1);
    }

    void find_data()
    {
        QTest::addColumn<QString>("requirement");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("fits") << QStringLiteral("a>=1") << QStringList{QStringLiteral("a 1.5")};
        QTest::newRow("a pre-release fits") << QStringLiteral("b<2") << QStringList{QStringLiteral("b 1rc1")};
        QTest::newRow("not active") << QStringLiteral("c") << QStringList();
        QTest::newRow("another spelling") << QStringLiteral("Geo-Core") << QStringList{QStringLiteral("geo.core 1")};
        QTest::newRow("another version") << QStringLiteral("a<1")
                                         << QStringList{QStringLiteral("resolve-conflict"), QStringLiteral("a 1.5"),
                                                QStringLiteral("a<1"), QString()};
    }

    void find()
    {
        QFETCH(QString, requirement);
        const WorkingSet set =
            workingSet({QStringLiteral("a 1.5"), QStringLiteral("b 1rc1"), QStringLiteral("geo.core 1")});
        const ResolvedDistributions found = set.find(Test::requirement(requirement));
        QTEST(answer(found), "expected");
        if (!found) {
            QCOMPARE(found.failure().kind, ResolutionFailure::Kind::VersionConflict);
            QCOMPARE(found.failure().error.message(),
                QStringLiteral("'a 1.5' is chosen, expected 'a<1', which the application needs"));
        }
    }

    void entryPoints()
    {
        WorkingSet set = workingSet();
        set.add(plugin(QStringLiteral("b 1"), "[axle.plugins]\nmain = b:Plugin\nother = b:Other\n[x]\nmain = b:X\n"));
        set.add(unreadable(QStringLiteral("bad 1")));
        set.add(plugin(QStringLiteral("a 1"), "[axle.plugins]\nmain = a:Plugin\n"));
        QList<FailedPlugin> failed;
        QStringList all;
        for (const ProvidedEntryPoint &each : set.iterEntryPoints(QStringLiteral("axle.plugins"), {}, &failed))
            all.append(each.distribution->identity().key + u' ' + each.entryPoint.toString());
        QCOMPARE(all,
            (QStringList{QStringLiteral("b main = b:Plugin"), QStringLiteral("b other = b:Other"),
                QStringLiteral("a main = a:Plugin")}));
        QCOMPARE(texts(failed), QStringList{QStringLiteral("bad 1: resolve-metadata")});
        QCOMPARE(set.iterEntryPoints(QStringLiteral("axle.plugins"), QStringLiteral("main")).size(), 2);
        QVERIFY(set.iterEntryPoints(QStringLiteral("none")).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWorkingSet)
#include "tst_workingset.moc"
