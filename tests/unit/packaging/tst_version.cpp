#include <axle/packaging/codes.h>
#include <axle/packaging/version.h>

#include <QtTest/QtTest>

#include <algorithm>
#include <limits>

using namespace Axle;

namespace {

Version version(const char *text)
{
    const auto parsed = Version::parse(QString::fromUtf8(text));
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().toString()));
    return *parsed;
}

/// What PEP 440 writes for the parts.
QString partsText(const Version &version)
{
    const VersionParts parts = version.parts();
    const auto suffix = [](const char *word, const QString &part) {
        return part.isEmpty() ? QString() : QLatin1StringView(word) + part;
    };
    return (parts.epoch == u"0" ? QString() : parts.epoch + u'!') + parts.release.join(u'.') + parts.preLetter
        + parts.pre + suffix(".post", parts.post) + suffix(".dev", parts.dev) + suffix("+", parts.local);
}

/// From the lowest to the highest, each line equal within itself.
const QList<QList<const char *>> Ordered{
    {"0.dev0", "0.0.dev"},
    {"0a0"},
    {"0", "0.0", "v0", "00.000"},
    {"0.0.1"},
    {"1.dev0", "1.0.0.dev", "1-dev", "1_dev0"},
    {"1.dev1"},
    {"1.dev255"},
    {"1.dev256"},
    {"1a0.dev1"},
    {"1a0", "1a", "1alpha", "1.ALPHA-0", "1a."},
    {"1a0.post0.dev1"},
    {"1a0.post0", "1a--0"},
    {"1a0.post1"},
    {"1a1"},
    {"1a2"},
    {"1a10"},
    {"1b0.dev0"},
    {"1b0", "1beta", "1.b.0"},
    {"1rc0", "1c", "1pre", "1preview", "1-Preview_0"},
    {"1rc1"},
    {"1", "1.0", "1.0.0.0", "v1", "V1", "0!1", " 1\t\n", "01"},
    {"1+a"},
    {"1+a.a"},
    {"1+a.b"},
    {"1+a.1", "1+A-01"},
    {"1+aa"},
    {"1+b"},
    {"1+ubuntu"},
    {"1+0"},
    {"1+0.0"},
    {"1+1"},
    {"1+1.a"},
    {"1+1.0"},
    {"1+9"},
    {"1+10"},
    {"1.post0.dev0"},
    {"1.post0", "1-0", "1post", "1.rev", "1_R_0"},
    {"1.post0+local"},
    {"1.post1"},
    {"1.0.0.1"},
    {"1.1.dev1"},
    {"1.1"},
    {"1.2"},
    {"1.10"},
    {"1.191"},
    {"1.192"},
    {"1.192.0.1"},
    {"1.255"},
    {"1.256"},
    {"1.8383"},
    {"1.8384"},
    {"1.65535"},
    {"1.65536"},
    {"2"},
    {"256"},
    {"20231231"},
    {"4294967296"},
    {"9999999999999999999"},
    {"10000000000000000000"},
    {"18446744073709551616"},
    {"99999999999999999999"},
    {"100000000000000000000"},
    {"1!0.dev0"},
    {"1!0"},
    {"1!1"},
    {"2!0"},
    {"100000000000000000000!0"},
};

} // namespace

class VersionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void normalizes_data();
    void normalizes();
    void parts_data();
    void parts();
    void suffixNumbers();
    void isTotallyOrdered();
    void defaultIsZero();
    void keysOfEveryLength();
    void movedFromKeepsItsValue();
    void numbersBeyond64Bits();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void longInput_data();
    void longInput();
};

void VersionTest::normalizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normalized");
    const auto row = [](const char *text, const char *normalized) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(normalized);
    };
    row("1", "1");
    row("1.0", "1.0");
    row("1.0.0", "1.0.0");
    row("007.0010", "7.10");
    row("v1.0", "1.0");
    row("V1.0", "1.0");
    row("  1.0 \n", "1.0");
    row("0!1.0", "1.0");
    row("3!1.0", "3!1.0");
    row("v3!1.0", "3!1.0");
    row("1.0a1", "1.0a1");
    row("1.0.alpha.1", "1.0a1");
    row("1.0-ALPHA", "1.0a0");
    row("1.0_beta_2", "1.0b2");
    row("1.0B02", "1.0b2");
    row("1.0c3", "1.0rc3");
    row("1.0pre3", "1.0rc3");
    row("1.0-preview-3", "1.0rc3");
    row("1.0RC3", "1.0rc3");
    row("1.0a.", "1.0a0");
    row("1.0-1", "1.0.post1");
    row("1.0post1", "1.0.post1");
    row("1.0-r1", "1.0.post1");
    row("1.0.rev", "1.0.post0");
    row("1.0_post-1", "1.0.post1");
    row("1.0a1-1", "1.0a1.post1");
    row("1.0a-1", "1.0a1");
    row("1.0a--1", "1.0a0.post1");
    row("1.0a.post1", "1.0a0.post1");
    row("1.0dev", "1.0.dev0");
    row("1.0-DEV-7", "1.0.dev7");
    row("1.0a1.post2.dev3", "1.0a1.post2.dev3");
    row("1.0a1r2dev3", "1.0a1.post2.dev3");
    row("1.0+ABC", "1.0+abc");
    row("1.0+a_b-c.D", "1.0+a.b.c.d");
    row("1.0+001.0a", "1.0+1.0a");
    row("v2!01.02-RC-03-04.dev_05+Ubuntu-06", "2!1.2rc3.post4.dev5+ubuntu.6");
    row("1.00000000000000000000000000000001", "1.1");
}

void VersionTest::normalizes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, normalized);
    const auto parsed = Version::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QCOMPARE(parsed->toString(), normalized);
    const auto again = Version::parse(parsed->toString());
    QVERIFY(again);
    QCOMPARE(*again, *parsed);
    QCOMPARE(again->toString(), normalized);
}

void VersionTest::parts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("publicPart");
    QTest::addColumn<QString>("local");
    QTest::addColumn<int>("epoch");
    QTest::addColumn<QList<qint64>>("release");
    QTest::addColumn<QString>("kinds");
    using Release = QList<qint64>;
    QTest::newRow("final") << "1.2.0"
                           << "1.2.0"
                           << "1.2.0"
                           << "" << 0 << Release{1, 2, 0} << "";
    QTest::newRow("one number") << "7"
                                << "7"
                                << "7"
                                << "" << 0 << Release{7} << "";
    QTest::newRow("epoch") << "4!1.2"
                           << "4!1.2"
                           << "4!1.2"
                           << "" << 4 << Release{1, 2} << "";
    QTest::newRow("alpha") << "1.2a3"
                           << "1.2"
                           << "1.2a3"
                           << "" << 0 << Release{1, 2} << "pre";
    QTest::newRow("candidate") << "1.2c3"
                               << "1.2"
                               << "1.2rc3"
                               << "" << 0 << Release{1, 2} << "pre";
    QTest::newRow("development") << "1.2dev"
                                 << "1.2"
                                 << "1.2.dev0"
                                 << "" << 0 << Release{1, 2} << "pre dev";
    QTest::newRow("post") << "1.2-3"
                          << "1.2"
                          << "1.2.post3"
                          << "" << 0 << Release{1, 2} << "post";
    QTest::newRow("local") << "1.2+Deb-9"
                           << "1.2"
                           << "1.2"
                           << "deb.9" << 0 << Release{1, 2} << "";
    QTest::newRow("all") << "1!2.3b4.post5.dev6+7"
                         << "1!2.3"
                         << "1!2.3b4.post5.dev6"
                         << "7" << 1 << Release{2, 3} << "pre post dev";
}

void VersionTest::parts()
{
    QFETCH(const QString, text);
    const auto parsed = Version::parse(text);
    QVERIFY(parsed);
    QTEST(parsed->baseVersion(), "base");
    QTEST(parsed->publicVersion(), "publicPart");
    QTEST(parsed->local(), "local");
    QTEST(parsed->epoch(), "epoch");
    QTEST(parsed->release(), "release");
    QCOMPARE(partsText(*parsed), parsed->toString());
    QStringList kinds;
    if (parsed->isPrerelease())
        kinds += QStringLiteral("pre");
    if (parsed->isPostrelease())
        kinds += QStringLiteral("post");
    if (parsed->isDevrelease())
        kinds += QStringLiteral("dev");
    QTEST(kinds.join(u' '), "kinds");
}

void VersionTest::suffixNumbers()
{
    const Version all = version("1!2.0.0beta3-4.dev5");
    QCOMPARE(all.parts().preLetter, QStringLiteral("b"));
    QCOMPARE(all.pre(), 3);
    QCOMPARE(all.post(), 4);
    QCOMPARE(all.dev(), 5);
    const Version final = version("2");
    QVERIFY(!final.pre() && !final.post() && !final.dev());
    QCOMPARE(version("1a").pre(), 0);
    QCOMPARE(version("1.post").post(), 0);
    QCOMPARE(version("1dev").dev(), 0);
}

void VersionTest::isTotallyOrdered()
{
    for (qsizetype i = 0; i < Ordered.size(); ++i) {
        for (qsizetype j = 0; j < Ordered.size(); ++j) {
            for (const char *left : Ordered[i]) {
                for (const char *right : Ordered[j]) {
                    const Version a = version(left);
                    const Version b = version(right);
                    const QByteArray pair = QByteArray(left) + " and " + right;
                    QVERIFY2((a == b) == (i == j), pair);
                    QVERIFY2((a != b) == (i != j), pair);
                    QVERIFY2((a < b) == (i < j), pair);
                    QVERIFY2((a > b) == (i > j), pair);
                    QVERIFY2((a <= b) == (i <= j), pair);
                    QVERIFY2((a >= b) == (i >= j), pair);
                    QVERIFY2(i != j || qHash(a, 3) == qHash(b, 3), pair);
                }
            }
        }
    }
}

void VersionTest::defaultIsZero()
{
    QCOMPARE(Version(), version("0"));
    QCOMPARE(Version().toString(), QStringLiteral("0"));
    QCOMPARE(Version().release(), QList<qint64>{0});
    QCOMPARE(qHash(Version(), 0), qHash(version("0.0"), 0));
    QVERIFY(Version() < version("0.1"));
    QVERIFY(!Version().isPrerelease());
}

void VersionTest::keysOfEveryLength()
{
    // Around the eight bytes that are in the value itself: each is its own text, and the order is that of the last number.
    for (int components = 1; components <= 12; ++components) {
        const QString prefix = QStringLiteral("1.").repeated(components);
        QList<Version> versions;
        for (const char *last :
            {"1.dev191", "1.dev192", "1a0", "1", "1+a", "1+a.0", "1+a.192", "1.post0", "2", "191", "192", "193", "447",
                "448", "8383", "8384", "65535", "65536", "18446744073709551615", "18446744073709551616"}) {
            versions += version((prefix + QLatin1StringView(last)).toLatin1());
            QCOMPARE(versions.last().toString(), prefix + QLatin1StringView(last));
        }
        QVERIFY(std::is_sorted(versions.begin(), versions.end()));
        QVERIFY(std::adjacent_find(versions.begin(), versions.end()) == versions.end());
        const Version zeros = version((prefix + QStringLiteral("1") + QStringLiteral(".0").repeated(300)).toLatin1());
        QCOMPARE(zeros, version((prefix + QStringLiteral("1")).toLatin1()));
        QCOMPARE(qHash(zeros), qHash(version((prefix + QStringLiteral("1")).toLatin1())));
        QCOMPARE(zeros.release().size(), components + 301);
    }
}

void VersionTest::movedFromKeepsItsValue()
{
    Version from = version("1.2");
    const Version to = std::move(from);
    QCOMPARE(to.toString(), QStringLiteral("1.2"));
    QCOMPARE(from, to); // NOLINT(bugprone-use-after-move): that is what is promised
    from = version("3");
    QCOMPARE(from.toString(), QStringLiteral("3"));
    const Version copy = from;
    QCOMPARE(copy, from);
}

void VersionTest::numbersBeyond64Bits()
{
    const Version huge = version("123456789012345678901234567890!1.99999999999999999999.5");
    QCOMPARE(huge.toString(), QStringLiteral("123456789012345678901234567890!1.99999999999999999999.5"));
    QCOMPARE(huge.epoch(), std::numeric_limits<int>::max());
    QCOMPARE(huge.release(), (QList<qint64>{1, std::numeric_limits<qint64>::max(), 5}));
    QCOMPARE(huge.parts(),
        (VersionParts{.epoch = QStringLiteral("123456789012345678901234567890"),
            .release = {QStringLiteral("1"), QStringLiteral("99999999999999999999"), QStringLiteral("5")}}));
    const Version suffixes = version("1rc99999999999999999999.post99999999999999999998.dev99999999999999999997+x");
    QCOMPARE(suffixes.pre(), std::numeric_limits<qint64>::max());
    QCOMPARE(suffixes.post(), std::numeric_limits<qint64>::max());
    QCOMPARE(suffixes.dev(), std::numeric_limits<qint64>::max());
    QCOMPARE(suffixes.parts(),
        (VersionParts{.epoch = QStringLiteral("0"),
            .release = {QStringLiteral("1")},
            .preLetter = QStringLiteral("rc"),
            .pre = QStringLiteral("99999999999999999999"),
            .post = QStringLiteral("99999999999999999998"),
            .dev = QStringLiteral("99999999999999999997"),
            .local = QStringLiteral("x")}));
    QCOMPARE(version("9223372036854775807").release(), QList<qint64>{std::numeric_limits<qint64>::max()});
}

void VersionTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const char *text, const char *expected, int begin, int end) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected) << begin << end;
    };
    row("empty", "", "found the end, expected a digit", 0, 0);
    row("blank", "  ", "found the end, expected a digit", 2, 2);
    row("word", "latest", "found 'latest', expected a digit", 0, 6);
    row("only v", "v", "found 'v', expected a digit", 0, 1);
    row("two v", "vv1", "found 'vv1', expected a digit", 0, 3);
    row("comparison", ">=1", "found '>', expected a digit", 0, 1);
    row("negative", "-1", "found '-', expected a digit", 0, 1);
    row("dot first", ".1", "found '.', expected a digit", 0, 1);
    row("dot last", "1.", "found '.', expected the end", 1, 2);
    row("two dots", "1..0", "found '.', expected the end", 1, 2);
    row("epoch without release", "1!", "found the end, expected a digit", 2, 2);
    row("two epochs", "1!2!3", "found '!', expected the end", 3, 4);
    row("word inside", "1.x", "found '.', expected the end", 1, 2);
    row("blank inside", "1.0 2", "found '2', expected the end", 4, 5);
    row("two pre-releases", "1.0a1b2", "found 'b2', expected the end", 5, 7);
    row("two posts", "1.0-1.post2", "found '.', expected the end", 5, 6);
    row("post before pre", "1.post1a1", "found 'a1', expected the end", 7, 9);
    row("wildcard", "1.*", "found '.', expected the end", 1, 2);
    row("local empty", "1.0+", "found '+', expected the end", 3, 4);
    row("local ends with a dot", "1.0+a.", "found '.', expected the end", 5, 6);
    row("two locals", "1.0+a+b", "found '+', expected the end", 5, 6);
    row("local beyond ASCII", "1.0+\u00e9", "found '+', expected the end", 3, 4);
    row("digits beyond ASCII", "\u0661.0", "found '\u0661', expected a digit", 0, 1);
    row("letter that lower case makes ASCII", "1.0ALPHA\u0130", "found '\u0130', expected the end", 8, 9);
    row("null character", "1", "found '\\u0000', expected the end", 1, 2);
}

void VersionTest::refuses()
{
    QFETCH(QString, text);
    QFETCH(const QString, expected);
    if (expected.contains(QStringLiteral("u0000")))
        text += QChar(u'\0');
    const auto parsed = Version::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::VersionInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("version-invalid"));
    QVERIFY2(error.message().endsWith(QStringLiteral("' is not a version: ") + expected), qPrintable(error.message()));
    QCOMPARE(error.span().text, text);
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void VersionTest::refusesWithTheWholeText()
{
    QCOMPARE(Version::parse(u"1.0a1b2").error().found(), QStringLiteral("'1.0a1b2' is not a version: found 'b2'"));
    QCOMPARE(Version::parse(u"1.0a1b2").error().expected(), QStringLiteral("the end"));
    QCOMPARE(Version::parse(u"1.0a1b2").error().toString(),
        QStringLiteral("'1.0a1b2' is not a version: found 'b2', expected the end\n"
                       "    1.0a1b2\n"
                       "         ^~\n"
                       "hint: versions follow PEP 440, for example 1.4.2, 2.0rc1 or 1!3.0.post1"));
}

void VersionTest::longInput_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    constexpr qsizetype mebi = 1 << 20;
    QTest::newRow("digits") << QString(mebi, u'9') << true;
    QTest::newRow("zeros") << QString(mebi, u'0') << true;
    QTest::newRow("components") << QStringLiteral("1.").repeated(mebi / 2) + u'1' << true;
    QTest::newRow("local parts") << QStringLiteral("1+a") + QStringLiteral(".1").repeated(mebi / 2) << true;
    QTest::newRow("blanks") << QString(mebi, u' ') << false;
    QTest::newRow("separators") << u'1' + QString(mebi, u'-') << false;
    QTest::newRow("letters") << QString(mebi, u'a') << false;
    QTest::newRow("exclamation marks") << QStringLiteral("1!").repeated(mebi / 2) << false;
}

void VersionTest::longInput()
{
    QFETCH(const QString, text);
    QFETCH(const bool, valid);
    const auto parsed = Version::parse(text);
    QCOMPARE(parsed.has_value(), valid);
    if (parsed)
        QVERIFY(*parsed == *Version::parse(parsed->toString()));
    else
        QVERIFY(parsed.error().message().size() < 300);
}

QTEST_APPLESS_MAIN(VersionTest)
#include "tst_version.moc"
