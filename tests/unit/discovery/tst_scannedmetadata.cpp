#include "support/wheelbuilder.h"

#include <axle/discovery/parsed.h>
#include <axle/discovery/scannedmetadata.h>
#include <axle/wheel/wheel.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <thread>

using namespace Axle;
using namespace Axle::Test;

namespace {

int parsedTimes = 0;

int parseNumber(QByteArrayView text)
{
    ++parsedTimes;
    return text.toInt();
}

} // namespace

class TestScannedMetadata : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void textLosesNothing_data()
    {
        QTest::addColumn<QString>("summary");
        QTest::addColumn<QStringList>("requirements");
        QTest::addColumn<QStringList>("extras");
        QTest::newRow("nothing") << QString() << QStringList() << QStringList();
        QTest::newRow("all of it") << QStringLiteral("d\u00e9j\u00e0 vu \U0001f600")
                                   << QStringList{QStringLiteral("numpy>=1.20,<3 ; python_version < '4'"),
                                          QStringLiteral("x[a,b] @ https://example.org/x.whl"),
                                          QStringLiteral("y ; extra == 'fast'")}
                                   << QStringList{QStringLiteral("fast"), QStringLiteral("old one")};
        QTest::newRow("what looks like a mark") << QStringLiteral("n v") << QStringList() << QStringList();
    }
    void textLosesNothing()
    {
        QFETCH(QString, summary);
        QFETCH(QStringList, requirements);
        QFETCH(QStringList, extras);
        QTemporaryDir folder;
        WheelBuilder builder("Demo.Plugin", "1!2.0rc1+local");
        builder.requiresPython(">=3.8,!=3.9.*").entryPoint("axle.plugins", "demo", "demo:Plugin [fast]");
        builder.entryPoint("axle.plugins", "second one", "demo.second:Plugin").entryPoint("other", "x", "demo");
        if (!summary.isEmpty())
            builder.metadata("Summary", summary);
        for (const QString &requirement : std::as_const(requirements))
            builder.requires_(requirement);
        for (const QString &extra : std::as_const(extras))
            builder.metadata("Provides-Extra", extra);
        builder.file("demo/__init__.py", "").file("alone.py", "").file("common/part.py", "");
        builder.file("Demo.Plugin-1!2.0rc1+local.data/purelib/pure.py", "");
        const auto wheel = Wheel::open(builder.write(folder.path()));
        QVERIFY2(wheel, qPrintable(wheel ? QString() : wheel.error().toString()));
        const auto scanned = WheelSummary::open(wheel->sharedArchive(), wheel->fileName());
        QVERIFY(scanned);
        QCOMPARE(scanned->topLevelNames, wheel->layout().topLevelNames());
        const ScannedMetadata metadata = ScannedMetadata::of(*scanned);
        QCOMPARE(metadata.namespaces, QStringList{QStringLiteral("common")});
        QCOMPARE(metadata.name.toString(), QStringLiteral("Demo.Plugin"));
        QCOMPARE(metadata.summary, summary);
        QCOMPARE(metadata.requiresDist.size(), requirements.size());
        QCOMPARE(metadata.providesExtra.size(), extras.size());
        QCOMPARE(metadata.entryPoints.all().size(), 3);
        QVERIFY(ScannedMetadata::parse(metadata.toText()) == metadata);
    }

    void anyTextIsTaken_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("an empty line") << QByteArray("\n");
        QTest::newRow("a mark alone") << QByteArray("n");
        QTest::newRow("a mark without a value") << QByteArray("n\n");
        QTest::newRow("an unknown mark") << QByteArray("q?\n\n");
        QTest::newRow("no version") << QByteArray("vnope\n\n");
        QTest::newRow("no requirement, no entry points") << QByteArray("dno requirement at all (\n\n[");
        QTest::newRow("not UTF-8") << QByteArray("n\xff\n\n");
    }
    void anyTextIsTaken()
    {
        QFETCH(QByteArray, text);
        QVERIFY(ScannedMetadata::parse(text) == ScannedMetadata());
    }

    void equalTextsAreShared()
    {
        const QByteArray common = "d1 numpy>=2 ; os_name == 'posix'\np>=3.8\n";
        const auto first = ScannedMetadata::parse("na\nv1\n" + common);
        const auto second = ScannedMetadata::parse("na\nv2\nd7 other\n" + common);
        QCOMPARE(first.name.identity(), second.name.identity());
        QVERIFY(first.requiresPython.isCopyOf(second.requiresPython));
        QVERIFY(first.requiresDist.constFirst().isCopyOf(second.requiresDist.constLast()));
        QCOMPARE(second.requiresDist.constFirst().name.toString(), QStringLiteral("other"));
        QCOMPARE(first.version.toString(), QStringLiteral("1"));
        QCOMPARE(second.version.toString(), QStringLiteral("2"));
    }

    void moreTextsThanAreKept()
    {
        for (int i = 0; i < 10'000; ++i) {
            const QString name = QStringLiteral("p%1").arg(i % 5'000);
            const QString requirement = QStringLiteral("r%1>=%1").arg(i % 5'000);
            const auto metadata =
                ScannedMetadata::parse(QStringLiteral("n%1\nd1 %2\n").arg(name, requirement).toUtf8());
            QCOMPARE(metadata.name.normalized(), name);
            QCOMPARE(metadata.requiresDist.constFirst().toString(), requirement);
        }
    }

    void parsedOnce()
    {
        const Parsed<int> number(QByteArray("42"), &parseNumber);
        const Parsed<int> copy = number;
        parsedTimes = 0;
        QVERIFY(number && copy.has_value());
        QCOMPARE(parsedTimes, 0);
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 4; ++i)
                threads.emplace_back([copy] { QCOMPARE(*copy, 42); });
        }
        QCOMPARE(*number, 42);
        QCOMPARE(parsedTimes, 1);
        QCOMPARE(number.text(), QByteArray("42"));
    }

    void parsedLikeAnOptional()
    {
        Parsed<int> nothing;
        QVERIFY(!nothing);
        QVERIFY(nothing.text().isEmpty());
        Parsed<int> value(7);
        QCOMPARE(*value, 7);
        value.reset();
        QVERIFY(!value);
    }
};

QTEST_GUILESS_MAIN(TestScannedMetadata)
#include "tst_scannedmetadata.moc"
