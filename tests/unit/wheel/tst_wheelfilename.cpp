#include <axle/wheel/codes.h>
#include <axle/wheel/wheelfilename.h>

#include <QtTest/QtTest>

using namespace Axle;

class WheelFileNameTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void wellFormed_data();
    void wellFormed();
    void compressedTagsAreExpanded();
    void malformed_data();
    void malformed();
    void theSpanPointsAtThePart();
};

void WheelFileNameTest::wellFormed_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("build");
    QTest::addColumn<int>("tags");
    const auto row = [](const char *fileName, const char *name, const char *version, const char *build, int tags) {
        QTest::newRow(fileName) << QString::fromLatin1(fileName) << QString::fromLatin1(name)
                                << QString::fromLatin1(version) << QString::fromLatin1(build) << tags;
    };
    row("demo-1.0-py3-none-any.whl", "demo", "1.0", "", 1);
    row("demo-1.0-1-py3-none-any.whl", "demo", "1.0", "1", 1);
    row("demo-1.0-12abc-py3-none-any.whl", "demo", "1.0", "12abc", 1);
    row("demo-1.0-py2.py3-none-any.whl", "demo", "1.0", "", 2);
    row("Mixed.Case_Name-1.0.post2-py3-none-any.whl", "mixed-case-name", "1.0.post2", "", 1);
    row("demo-1.0+local.7-cp311-abi3-linux_x86_64.whl", "demo", "1.0+local.7", "", 1);
    row("demo-1!2.0rc1-py3-none-any.whl", "demo", "1!2.0rc1", "", 1);
    row("numpy-2.4.6-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl", "numpy", "2.4.6", "", 2);
}

void WheelFileNameTest::wellFormed()
{
    QFETCH(QString, fileName);
    const auto parsed = WheelFileName::parse(fileName);
    QVERIFY2(parsed.has_value(), qPrintable(parsed ? QString() : parsed.error().toString()));
    QTEST(parsed->name.normalized(), "name");
    QTEST(parsed->version.toString(), "version");
    QTEST(parsed->build, "build");
    QTEST(int(parsed->tags.tags().size()), "tags");
    QCOMPARE(parsed->toString(), fileName);
    QVERIFY(*WheelFileName::parse(parsed->toString()) == *parsed);
}

void WheelFileNameTest::compressedTagsAreExpanded()
{
    const auto parsed = WheelFileName::parse(u"demo-1.0-py2.py3-none-any.linux_x86_64.whl");
    QVERIFY(parsed.has_value());
    QStringList tags;
    for (const Tag &tag : parsed->tags.tags())
        tags += tag.toString();
    tags.sort();
    QCOMPARE(tags,
        QStringList({QStringLiteral("py2-none-any"), QStringLiteral("py2-none-linux_x86_64"),
            QStringLiteral("py3-none-any"), QStringLiteral("py3-none-linux_x86_64")}));
}

void WheelFileNameTest::malformed_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const char *fileName, const char *message) {
        QTest::newRow(name) << QString::fromUtf8(fileName) << QString::fromUtf8(message);
    };
    row("no suffix", "demo-1.0-py3-none-any",
        "'demo-1.0-py3-none-any' is no wheel's file name, expected it to end with '.whl'");
    row("upper-case suffix", "demo-1.0-py3-none-any.WHL",
        "'demo-1.0-py3-none-any.WHL' is no wheel's file name, expected it to end with '.whl'");
    row("nothing", "", "'' is no wheel's file name, expected it to end with '.whl'");
    row("suffix only", ".whl", "the number of parts of '.whl' between '-' is 1, expected 5 or 6");
    row("too few parts", "demo-1.0-py3-none.whl",
        "the number of parts of 'demo-1.0-py3-none.whl' between '-' is 4, expected 5 or 6");
    row("too many parts", "demo-1.0-1-py3-none-any-more.whl",
        "the number of parts of 'demo-1.0-1-py3-none-any-more.whl' between '-' is 7, expected 5 or 6");
    row("no name", "-1.0-py3-none-any.whl", "'' is no project name, expected letters, digits, '_' and '.'");
    row("blank in the name", "de mo-1.0-py3-none-any.whl",
        "'de mo' is no project name, expected letters, digits, '_' and '.'");
    row("double underscore", "de__mo-1.0-py3-none-any.whl",
        "'de__mo' is no project name, expected letters, digits, '_' and '.'");
    row("name not ASCII", "démo-1.0-py3-none-any.whl",
        "'démo' is no project name, expected letters, digits, '_' and '.'");
    row("version is a word", "demo-one-py3-none-any.whl", "'one' is no version, expected one as PEP 440 has it");
    row("no version", "demo--py3-none-any.whl", "'' is no version, expected one as PEP 440 has it");
    row("build without digit", "demo-1.0-abc-py3-none-any.whl",
        "'abc' is no build number, expected one that begins with a digit");
    row("empty build", "demo-1.0--py3-none-any.whl", "'' is no build number, expected one that begins with a digit");
    row("empty tag", "demo-1.0--none-any.whl", "'' is no tag, expected letters, digits, '_' and '.'");
    row("blank in a tag", "demo-1.0-py3-no ne-any.whl", "'no ne' is no tag, expected letters, digits, '_' and '.'");
    row("control character", "de\nmo-1.0-py3-none-any.whl",
        "'de\\u{a}mo' is no project name, expected letters, digits, '_' and '.'");
}

void WheelFileNameTest::malformed()
{
    QFETCH(QString, fileName);
    const auto parsed = WheelFileName::parse(fileName);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code(), ErrorCode("wheel-filename"));
    QTEST(parsed.error().message(), "message");
    QVERIFY(!parsed.error().hint().isEmpty());
}

void WheelFileNameTest::theSpanPointsAtThePart()
{
    const auto parsed = WheelFileName::parse(u"demo-one-py3-none-any.whl");
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().span().caret(), QStringLiteral("    demo-one-py3-none-any.whl\n         ^~~"));
}

QTEST_APPLESS_MAIN(WheelFileNameTest)
#include "tst_wheelfilename.moc"
