#include "support/wheelbuilder.h"

#include <axle/discovery/distributions.h>
#include <axle/discovery/scanner.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

class TestDistributions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void modulesAndParts()
    {
        write(wheel("a").file("a/__init__.py", "").file("b.py", "").file("common/a.py", ""));
        const Distribution a = all().value(0);
        QCOMPARE(a.topLevels, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(a.namespaces, QStringList{QStringLiteral("common")});
    }

    void whatIsSharedInOlderWays_data()
    {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QStringList>("topLevels"); // of the first, then of the second
        const QByteArray pkgutil = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";
        const QByteArray pkgResources = "__import__('pkg_resources').declare_namespace(__name__)\n";
        const QStringList none{QString(), QString()};
        QTest::newRow("pkgutil and pkg_resources") << pkgutil << pkgResources << none;
        QTest::newRow("one does not share")
            << pkgutil << QByteArray() << QStringList{QString(), QStringLiteral("common")};
        QTest::newRow("neither shares") << QByteArray() << QByteArray("X = 1\n")
                                        << QStringList{QStringLiteral("common"), QStringLiteral("common")};
    }

    void whatIsSharedInOlderWays()
    {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(QStringList, topLevels);
        write(wheel("a").file("common/__init__.py", first));
        write(wheel("b").file("common/__init__.py", second));
        const QList<Distribution> distributions = all();
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(distributions[i].topLevels.join(u' '), topLevels[i]);
            QCOMPARE(
                distributions[i].namespaces.join(u' '), topLevels[i].isEmpty() ? QStringLiteral("common") : QString());
        }
    }

    void versionsOfOneProjectDisputeNothing()
    {
        const QByteArray shared = "extend_path";
        write(wheel("a").file("common/__init__.py", shared));
        write(WheelBuilder("a", "2.0").file("common/__init__.py", shared));
        for (const Distribution &distribution : all())
            QCOMPARE(distribution.topLevels, QStringList{QStringLiteral("common")});
    }

    void uselessWheelsAreNamed()
    {
        write(wheel("a").file("a.py", ""));
        write(wheel("b").file("b.py", "").tag("cp39-cp39-win_amd64"));
        const QString torn = writeFile(m_folder->path(), QStringLiteral("c-3.0-py3-none-any.whl"), "no archive");
        writeFile(m_folder->path(), QStringLiteral("nameless.whl"), "no archive");
        const QList<Distribution> distributions = all();
        QCOMPARE(distributions.size(), 3);
        QVERIFY(distributions[0].unusable.isNull());
        QCOMPARE(distributions[1].toString(), QStringLiteral("b 1.0"));
        QCOMPARE(distributions[1].unusable.code(), ErrorCode("wheel-incompatible"));
        QCOMPARE(distributions[2].toString(), QStringLiteral("c 3.0"));
        QCOMPARE(distributions[2].location, torn);
        QCOMPARE(distributions[2].unusable.code(), ErrorCode("zip-no-end-record"));
    }

    void whatHasGoneIsLeftAsItWas()
    {
        write(wheel("a").file("common/__init__.py", ""));
        const QString gone = wheel("b").file("common/__init__.py", "extend_path").write(m_folder->path());
        const QList<DiscoveredFile> files = scan();
        QVERIFY(QFile::remove(gone));
        QCOMPARE(toAllDistributions(files).last().topLevels, QStringList{QStringLiteral("common")});
    }

private:
    static WheelBuilder wheel(const char *name) { return WheelBuilder(name); }
    void write(const WheelBuilder &builder) const { builder.write(m_folder->path()); }
    QList<DiscoveredFile> scan() const { return Scanner(TargetPython::current()).scan(m_folder->path()).value(); }
    QList<Distribution> all() const { return toAllDistributions(scan()); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestDistributions)
#include "tst_distributions.moc"
