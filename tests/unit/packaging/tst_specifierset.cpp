#include <axle/packaging/codes.h>
#include <axle/packaging/requirement.h>

#include <QtTest/QtTest>

using namespace Axle;

namespace {

SpecifierSet specifiers(QStringView text)
{
    const auto parsed = SpecifierSet::parse(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().toString()));
    return *parsed;
}

} // namespace

class SpecifierSetTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writes_data();
    void writes();
    void tellsItsClauses();
    void admits_data();
    void admits();
    void prereleases_data();
    void prereleases();
    void equality_data();
    void equality();
    void emptyAdmitsAll();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void longInput_data();
    void longInput();
    void limitOfClauses();
};

void SpecifierSetTest::writes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const char *text, const char *written) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("empty", "", "");
    row("blank", " \t\n", "");
    row("one", ">=1.0", ">=1.0");
    row("blanks", " >=  1.0 ", ">=1.0");
    row("sorted", ">=1,<2,!=1.5", "!=1.5,<2,>=1");
    row("blanks around commas", ">=1 , <2", "<2,>=1");
    row("comma last", ">=1,", ">=1");
    row("empty clauses", ",,>=1, ,<2,", "<2,>=1");
    row("the same twice", ">=1,>=1", ">=1");
    row("the same in two spellings", ">=1.0,>=1", ">=1.0");
    row("spelling is kept", "==V01.0-RC", "==V01.0-RC");
    row("wildcard", "==1.2.*,!=1.2.3.*", "!=1.2.3.*,==1.2.*");
    row("local", "==1.0+abc,!=1.0+1", "!=1.0+1,==1.0+abc");
    row("compatible", "~=1.4.2", "~=1.4.2");
    row("arbitrary", "===foo.bar!", "===foo.bar!");
    row("arbitrary with a blank", "=== 1.0", "===1.0");
    row("arbitrary then another", "===1.0,>=1", "===1.0,>=1");
    row("arbitrary begins like an operator", "====1", "====1");
    row("arbitrary and nothing", "===", "===");
    row("all operators", "~=1.0,==1.0,!=2,<=3,>=1,<3,>0,===1.0", "!=2,<3,<=3,==1.0,===1.0,>0,>=1,~=1.0");
}

void SpecifierSetTest::writes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    const auto parsed = SpecifierSet::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QCOMPARE(parsed->toString(), written);
    QCOMPARE(parsed->isEmpty(), written.isEmpty());
    QCOMPARE(*SpecifierSet::parse(parsed->toString()), *parsed);
    QStringList clauses;
    for (const Specifier &specifier : parsed->specifiers())
        clauses += specifier.toString();
    QCOMPARE(clauses.join(u','), written);
}

void SpecifierSetTest::tellsItsClauses()
{
    const QList<Specifier> clauses = specifiers(u"==1.2.*,~=2.0a1").specifiers();
    QCOMPARE(clauses.size(), 2);
    QCOMPARE(clauses.first(), (Specifier{Specifier::Operator::Equal, QStringLiteral("1.2"), true}));
    QCOMPARE(clauses.last(), (Specifier{Specifier::Operator::Compatible, QStringLiteral("2.0a1"), false}));
    QVERIFY(clauses.first() != clauses.last());
}

void SpecifierSetTest::admits_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("inside");
    QTest::addColumn<QString>("outside");
    const auto row = [](const char *text, const char *inside, const char *outside) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(inside) << QString::fromUtf8(outside);
    };
    row("==1.0", "1 1.0 1.0.0 1.0+abc v1", "1.0.1 1.0a1 1.0.post1 1.0.dev0 1!1.0 0.9");
    row("==1.0+abc", "1.0+abc 1+ABC", "1.0 1.0+abc.1 1.0+abd");
    row("==1.0.post1", "1.0.post1 1-1", "1.0 1.0.post2");
    row("==1.*", "1 1.0 1.9.9 1.0a1 1.dev0 1.0.post1 1.0+x", "0.9 2 10 1!1.0 2.dev0");
    row("==1.0.*", "1 1.0 1.0.7 1a1 1.0.0.dev0", "1.1 1.00001 1.10 2");
    row("==1.0.0.*", "1 1.0 1.0.0 1.0.0.9", "1.0.1 1.1");
    row("==2.256.*", "2.256 2.256.0.1", "2.255 2.25 2.2560 2");
    row("==257.*", "257 257.0.1", "256 1 1.257");
    row("==99999999999999999999.*", "99999999999999999999.5", "99999999999999999998.5 9");
    row("==1!2.*", "1!2 1!2.3", "2 2.3 1!3");
    row("!=1.0", "1.0.1 1.0a1 0.9 2", "1 1.0.0 1.0+abc");
    row("!=1.0+abc", "1.0 1.0+abd", "1.0+abc");
    row("!=1.1.*", "1.0 1.2 2 1", "1.1 1.1.0 1.1.5 1.1a1");
    row("<=1.0", "1.0 0.9 1.0a1 1.0.dev0 1.0+abc", "1.0.post1 1.0.1 1!0");
    row(">=1.0", "1.0 1.0.0 1.0.post1 2 1!0 1.0+abc 1.1a1", "0.9 1.0a1 1.0.dev0");
    row("<1.0", "0.9 0.9.post1 0.9+abc 0.1.dev0", "1.0 1.0a1 1.0.dev0 1.0rc1 1.0+abc 2 1.0.post1.dev0");
    row("<1.0rc1", "1.0a1 1.0b5 1.0.dev0 0.9", "1.0rc1 1.0");
    row("<1.0.post1", "1.0 0.9 0.9a1", "1.0.post1 1.0.post1.dev0 1.0.1 1.0a1 1.0.dev0");
    row("<1.0.post1.dev1", "1.0 1.0.post1.dev0", "1.0.post1");
    row(">1.0", "1.0.1 1.1 2 1!0 1.1a1 1.1.post1 1.1+abc", "1.0 1.0.post1 1.0+abc 1.0.0 1.0.post1.dev0 0.9");
    row(">1.0.post1", "1.0.post2 1.0.1 1.1", "1.0.post1 1.0 1.0.post1+abc");
    row(">1.0a1", "1.0a2 1.0 1.0rc1", "1.0a1 1.0.dev0");
    row("~=2.2", "2.2 2.3 2.99 2.2.post3 2.2+x 2.3a1", "2.1 3 3.0.dev0 2.2a1 1!2.2");
    row("~=1.4.5", "1.4.5 1.4.6 1.4.5.1", "1.4.4 1.5 1.5.0 2");
    row("~=1.4.0", "1.4 1.4.0 1.4.7", "1.5 1.3");
    row("~=2.2.post3", "2.2.post3 2.3", "2.2 2.2.post2 3");
    row("~=1.4.5a4", "1.4.5a4 1.4.5 1.4.9", "1.4.5a3 1.5");
    row("~=V1.2-RC1", "1.2rc1 1.2 1.3", "2.0 1.2b1");
    row("~=1!2.0", "1!2.0 1!2.5", "2.0 1!3.0");
    row("===1.0", "1.0", "1.0.0 1 1.0+x");
    row("===1.0RC1", "1.0rc1", "1.0 1.0rc2");
    row("===not-a-version", "", "1.0 0");
    row(">=1,<2,!=1.5.*", "1 1.4 1.6 1.9.9", "0.9 1.5 1.5.3 2");
    row("==1.*,!=1.0", "1.1 1.0.1", "1.0 2");
}

void SpecifierSetTest::admits()
{
    QFETCH(const QString, text);
    QFETCH(const QString, inside);
    QFETCH(const QString, outside);
    const SpecifierSet set = specifiers(text);
    const auto check = [&set](const QString &versions, bool expected) {
        for (const QString &version : versions.split(u' ', Qt::SkipEmptyParts)) {
            QVERIFY2(set.contains(*Version::parse(version), Prereleases::Allow) == expected, qPrintable(version));
        }
    };
    check(inside, true);
    check(outside, false);
}

void SpecifierSetTest::prereleases_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("names");
    const auto row = [](const char *text, bool names) { QTest::newRow(text) << QString::fromUtf8(text) << names; };
    row(">=1.0", false);
    row(">=1.0a1", true);
    row(">=1.0.dev0", true);
    row(">=1.0.post1", false);
    row("==2.0rc1", true);
    row("<=2.0b1", true);
    row("<2.0b1", true);
    row(">1.0b1", true);
    row("~=1.0b1", true);
    row("!=1.0b1", false);
    row("==2.*", false);
    row("===2.0rc1", true);
    row("===anything", false);
    row(">=1.0,<3a1", true);
}

void SpecifierSetTest::prereleases()
{
    QFETCH(const QString, text);
    QFETCH(const bool, names);
    const SpecifierSet set = specifiers(text);
    QCOMPARE(set.namesPrerelease(), names);
    const Version prerelease = *Version::parse(u"2.0rc1");
    const bool admitted = set.contains(prerelease, Prereleases::Allow);
    QCOMPARE(set.contains(prerelease), admitted && names);
    QCOMPARE(set.contains(prerelease, Prereleases::ByRule), admitted && names);
    QVERIFY(!set.contains(prerelease, Prereleases::Refuse));
    const Version final = *Version::parse(u"2.0");
    QCOMPARE(set.contains(final, Prereleases::Refuse), set.contains(final, Prereleases::Allow));
}

void SpecifierSetTest::equality_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<bool>("equal");
    QTest::newRow("order") << ">=1,<2"
                           << "<2,>=1" << true;
    QTest::newRow("blanks") << ">= 1"
                            << ">=1" << true;
    QTest::newRow("trailing zeros") << "==1.0.0"
                                    << "==1" << true;
    QTest::newRow("spelling") << "==1.0-RC.1"
                              << "==v1rc1" << true;
    QTest::newRow("trailing zeros mean something") << "~=1.0"
                                                   << "~=1.0.0" << false;
    QTest::newRow("spelling after ~=") << "~=1.0C1"
                                       << "~=01.0rc1" << true;
    QTest::newRow("other operator") << ">=1"
                                    << ">1" << false;
    QTest::newRow("other version") << ">=1"
                                   << ">=1.1" << false;
    QTest::newRow("wildcard") << "==1.*"
                              << "==1" << false;
    QTest::newRow("longer wildcard") << "==1.*"
                                     << "==1.0.*" << false;
    QTest::newRow("one more") << ">=1"
                              << ">=1,<2" << false;
    QTest::newRow("empty") << ""
                           << "," << true;
    QTest::newRow("empty and not") << ""
                                   << ">=0" << false;
    QTest::newRow("arbitrary is text") << "===1.0"
                                       << "===1.00" << false;
    QTest::newRow("local") << "==1+a"
                           << "==1+A" << true;
    QTest::newRow("local and none") << "==1+a"
                                    << "==1" << false;
}

void SpecifierSetTest::equality()
{
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QFETCH(const bool, equal);
    QCOMPARE(specifiers(left) == specifiers(right), equal);
    QCOMPARE(specifiers(right) == specifiers(left), equal);
    QCOMPARE(specifiers(left) != specifiers(right), !equal);
    if (equal)
        QCOMPARE(qHash(specifiers(left), 5), qHash(specifiers(right), 5));
}

void SpecifierSetTest::emptyAdmitsAll()
{
    const SpecifierSet empty;
    QVERIFY(empty.isEmpty());
    QVERIFY(empty.specifiers().isEmpty());
    QCOMPARE(empty.toString(), QString());
    QCOMPARE(empty, specifiers(u""));
    QVERIFY(!empty.namesPrerelease());
    QVERIFY(empty.contains(*Version::parse(u"1.0+x")));
    QVERIFY(!empty.contains(*Version::parse(u"1.0a1")));
    QVERIFY(empty.contains(*Version::parse(u"1.0a1"), Prereleases::Allow));
}

void SpecifierSetTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *text, const char *expected, int begin, int end) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected) << begin << end;
    };
    const char *operators = "' is not a comparison, expected one of ~=, ==, !=, <=, >=, <, >, ===";
    row("1.0", "found '1', expected a comparison such as '>='", 0, 1);
    row("^1.2", "found '^', expected a comparison such as '>='", 0, 1);
    row("=1", QByteArray("'=").append(operators), 0, 1);
    row(">=1, =>2", QByteArray("'=>").append(operators), 5, 7);
    row("<>1", QByteArray("'<>").append(operators), 0, 2);
    row(">", "found the end, expected a version after '>'", 1, 1);
    row("== latest", "found 'latest', expected a version after '=='", 3, 9);
    row(">=1,<", "found the end, expected a version after '<'", 5, 5);
    row(">=1!", "found the end, expected a version after '>='", 4, 4);
    row(">=1 <2", "found '<', expected ',' or the end", 4, 5);
    row(">=1;", "found ';', expected ',' or the end", 3, 4);
    row("<1.0.x", "found '.', expected ',' or the end", 4, 5);
    row("===a b", "found 'b', expected ',' or the end", 5, 6);
    row("~=1", "'~=1' has one component, expected at least two after ~=", 0, 3);
    row(">0,~=1rc1", "'~=1rc1' has one component, expected at least two after ~=", 3, 9);
    row(">=1.*", "'>=1.*' has a wildcard, expected one only after == or !=", 0, 5);
    row("~=1.2.*", "'~=1.2.*' has a wildcard, expected one only after == or !=", 0, 7);
    row("==1a1.*", "'==1a1.*' has a wildcard after more than a release, expected only numbers before it", 0, 7);
    row("==1+a.*", "'==1+a.*' has a wildcard after more than a release, expected only numbers before it", 0, 7);
    row("==1.*.*", "found '.', expected ',' or the end", 5, 6);
    row("==1.*a", "found 'a', expected ',' or the end", 5, 6);
    row(">=1+a", "'>=1+a' has a local version, expected one only after == or !=", 0, 5);
    row("~=1.0+a", "'~=1.0+a' has a local version, expected one only after == or !=", 0, 7);
}

void SpecifierSetTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto parsed = SpecifierSet::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::SpecifierInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("specifier-invalid"));
    QCOMPARE(error.message(), QStringLiteral("'%1' is not a version specifier: %2").arg(text, expected));
    QCOMPARE(error.span().text, text);
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void SpecifierSetTest::refusesWithTheWholeText()
{
    QCOMPARE(SpecifierSet::parse(u">=1, ~=2rc1").error().toString(),
        QStringLiteral(
            "'>=1, ~=2rc1' is not a version specifier: '~=2rc1' has one component, expected at least two after ~=\n"
            "    >=1, ~=2rc1\n"
            "         ^~~~~~\n"
            "hint: write '~=2.0' or '==2.*'"));
    QCOMPARE(SpecifierSet::parse(u"=1").error().hint(), QStringLiteral("write '=='"));
}

void SpecifierSetTest::longInput_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    constexpr qsizetype mebi = 1 << 20;
    QTest::newRow("clauses") << QStringLiteral(">=1,").repeated(mebi / 4) << false;
    QTest::newRow("commas") << QString(mebi, u',') << true;
    QTest::newRow("operators") << QString(mebi, u'<') << false;
    QTest::newRow("arbitrary") << QStringLiteral("===") + QString(mebi, u'*') << true;
    QTest::newRow("components") << QStringLiteral("==1") + QStringLiteral(".0").repeated(mebi / 2)
            + QStringLiteral(".*")
                                << true;
    QTest::newRow("clause at the end") << QStringLiteral(">=1,").repeated(mebi / 4) + u'x' << false;
}

void SpecifierSetTest::longInput()
{
    QFETCH(const QString, text);
    const auto parsed = SpecifierSet::parse(text);
    QTEST(parsed.has_value(), "valid");
    if (parsed)
        QVERIFY(*SpecifierSet::parse(parsed->toString()) == *parsed);
    else
        QVERIFY(parsed.error().message().size() < 300);
}

void SpecifierSetTest::limitOfClauses()
{
    const QString most = QStringLiteral(">=1,").repeated(1023) + QStringLiteral("<2");
    QCOMPARE(specifiers(most).toString(), QStringLiteral("<2,>=1"));
    const auto refused = SpecifierSet::parse(most + QStringLiteral(",<2"));
    QVERIFY(!refused);
    QVERIFY(refused.error().message().endsWith(QStringLiteral("found too many clauses, expected at most 1024")));
    QVERIFY(Requirement::parse(u'x' + most));
    QVERIFY(!Requirement::parse(u'x' + most + QStringLiteral(",<2")));
}

QTEST_APPLESS_MAIN(SpecifierSetTest)
#include "tst_specifierset.moc"
