#include <axle/packaging/codes.h>
#include <axle/packaging/requirement.h>

#include <QtTest/QtTest>

using namespace Axle;

class RequirementTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writes_data();
    void writes();
    void tellsItsParts();
    void equality_data();
    void equality();
    void copies();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void longInput_data();
    void longInput();
};

void RequirementTest::writes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const char *text, const char *written) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("name", "numpy", "numpy");
    row("name as written", "Zope.Interface", "Zope.Interface");
    row("blanks around", " \tnumpy \t", "numpy");
    row("version", "numpy>=1.20", "numpy>=1.20");
    row("versions with blanks", "numpy >= 1.20 , < 2", "numpy<2,>=1.20");
    row("comma last", "numpy>=1,", "numpy>=1");
    row("versions in parentheses", "numpy (>=1.20,<2)", "numpy<2,>=1.20");
    row("parentheses without blank", "numpy(==1.*)", "numpy==1.*");
    row("blanks in parentheses", "numpy ( >=1 , <2 ) ", "numpy<2,>=1");
    row("empty parentheses", "numpy ()", "numpy");
    row("extra", "requests[socks]", "requests[socks]");
    row("extras sorted, as written", "x[ foo-bar, Foo_Bar , b.C,a , b.C ]", "x[Foo_Bar,a,b.C,foo-bar]");
    row("no extras", "x[]", "x");
    row("no extras but blanks", "x [ ] >=1", "x>=1");
    row("extra and version", "x[a] >=1", "x[a]>=1");
    row("marker", "x;os_name=='nt'", "x; os_name == \"nt\"");
    row("marker with blanks", "x ; ( os_name == 'nt' ) ", "x; os_name == \"nt\"");
    row("version and marker", "x>=1;extra=='T_x'", "x>=1; extra == \"t-x\"");
    row("arbitrary and marker", "x===1.0;os_name=='nt'", "x===1.0; os_name == \"nt\"");
    row("arbitrary in parentheses", "x (===1.0)", "x===1.0");
    row("url", "pip @ https://example.org/pip.zip", "pip @ https://example.org/pip.zip");
    row("url without blanks", "pip@file:///a/b;c", "pip @ file:///a/b;c");
    row("url, extra and marker", "pip[a] @ git+https://h/r@v1#egg=x ; os_name=='nt'",
        "pip[a] @ git+https://h/r@v1#egg=x ; os_name == \"nt\"");
    row("url and blank", "pip @ http://x ", "pip @ http://x");
    row("everything", "A.b_C [x,Y] (~=1.4.2, !=1.4.5) ; python_version<'3.9' and (extra=='q' or os.name=='nt')",
        "A.b_C[Y,x]!=1.4.5,~=1.4.2; python_version < \"3.9\" and (extra == \"q\" or os_name == \"nt\")");
}

void RequirementTest::writes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    const auto parsed = Requirement::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QCOMPARE(parsed->toString(), written);
    const auto again = Requirement::parse(written);
    QVERIFY2(again, qPrintable(again ? QString() : again.error().toString()));
    QCOMPARE(*again, *parsed);
    QCOMPARE(again->toString(), written);
}

void RequirementTest::tellsItsParts()
{
    const auto parsed = Requirement::parse(u"Req_uests [Socks, security] >= 2.8.1 ; python_version < '2.7'");
    QVERIFY(parsed);
    QCOMPARE(parsed->name.toString(), QStringLiteral("Req_uests"));
    QCOMPARE(parsed->name.normalized(), QStringLiteral("req-uests"));
    QCOMPARE(parsed->extras, (QStringList{QStringLiteral("security"), QStringLiteral("socks")}));
    QCOMPARE(parsed->specifiers, *SpecifierSet::parse(u">=2.8.1"));
    QCOMPARE(parsed->marker, *Marker::parse(u"python_version < '2.7'"));
    QVERIFY(parsed->url.isEmpty());

    const auto direct = Requirement::parse(u"a @ file:///x.whl");
    QVERIFY(direct);
    QCOMPARE(direct->url, QStringLiteral("file:///x.whl"));
    QVERIFY(direct->specifiers.isEmpty());
    QVERIFY(direct->marker.isEmpty());
    QVERIFY(direct->extras.isEmpty());
}

void RequirementTest::equality_data()
{
    QTest::addColumn<QString>("left");
    QTest::addColumn<QString>("right");
    QTest::addColumn<bool>("equal");
    QTest::newRow("spelling") << "Foo_bar[B,a] >=1.0,<2 ; os_name=='x'"
                              << "foo-bar[a,b](<2.0,>=1);os.name==\"x\"" << true;
    QTest::newRow("other name") << "a"
                                << "b" << false;
    QTest::newRow("other extra") << "a[x]"
                                 << "a[y]" << false;
    QTest::newRow("no extra") << "a[x]"
                              << "a" << false;
    QTest::newRow("other version") << "a>=1"
                                   << "a>=2" << false;
    QTest::newRow("other url") << "a @ x"
                               << "a @ y" << false;
    QTest::newRow("other marker") << "a;os_name=='x'"
                                  << "a;os_name=='y'" << false;
    QTest::newRow("no marker") << "a;os_name=='x'"
                               << "a" << false;
}

void RequirementTest::equality()
{
    QFETCH(const QString, left);
    QFETCH(const QString, right);
    QFETCH(const bool, equal);
    QCOMPARE(*Requirement::parse(left) == *Requirement::parse(right), equal);
    QCOMPARE(*Requirement::parse(left) != *Requirement::parse(right), !equal);
}

void RequirementTest::copies()
{
    const Requirement original = *Requirement::parse(u"a[x]>=1 ; os_name=='x'");
    Requirement copy = original;
    QVERIFY(copy.isCopyOf(original));
    QVERIFY(Requirement().isCopyOf(Requirement()));
    QVERIFY(!original.isCopyOf(*Requirement::parse(original.toString())));
    copy.name = *ProjectName::parse(u"b");
    QVERIFY(!copy.isCopyOf(original));
    copy = original;
    copy.extras = QStringList();
    QVERIFY(!copy.isCopyOf(original));
    copy = original;
    copy.specifiers = SpecifierSet();
    QVERIFY(!copy.isCopyOf(original));
    copy = original;
    copy.url = QStringLiteral("x");
    QVERIFY(!copy.isCopyOf(original));
    copy = original;
    copy.marker = Marker();
    QVERIFY(!copy.isCopyOf(original));
}

void RequirementTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *text, const char *expected, int begin, int end) {
        QTest::newRow(*text ? text : "empty") << QString::fromUtf8(text) << QString::fromUtf8(expected) << begin << end;
    };
    row("", "found the end, expected a project name", 0, 0);
    row(" ", "found the end, expected a project name", 1, 1);
    row("-x", "found '-', expected a project name", 0, 1);
    row("/path/to.whl", "found '/', expected a project name", 0, 1);
    row(">=1", "found '>', expected a project name", 0, 1);
    row("[a]", "found '[', expected a project name", 0, 1);
    row("x-", "found '-', expected a version specifier, ';' or the end", 1, 2);
    row("x y", "found 'y', expected a version specifier, ';' or the end", 2, 3);
    row("numpy 2", "found '2', expected a version specifier, ';' or the end", 6, 7);
    row("x\n", "found '\\u000a', expected a version specifier, ';' or the end", 1, 2);
    row("caf\u00e9", "found '\u00e9', expected a version specifier, ';' or the end", 3, 4);
    row("x[", "the list of extras has no end, expected ']'", 1, 2);
    row("x[a, ", "the list of extras has no end, expected ']'", 1, 5);
    row("x[a", "found the end, expected ',' or ']' after an extra", 3, 3);
    row("x[a b]", "found 'b', expected ',' or ']' after an extra", 4, 5);
    row("x[a,]", "found ']', expected the name of an extra", 4, 5);
    row("x[,a]", "found ',', expected the name of an extra", 2, 3);
    row("x[-]", "found '-', expected the name of an extra", 2, 3);
    row("x[a][b]", "found '[', expected a version specifier, ';' or the end", 4, 5);
    row("numpy >> 2", "'>>' is not a comparison, expected one of ~=, ==, !=, <=, >=, <, >, ===", 6, 8);
    row("numpy=1", "'=' is not a comparison, expected one of ~=, ==, !=, <=, >=, <, >, ===", 5, 6);
    row("numpy >=", "found the end, expected a version after '>='", 8, 8);
    row("numpy >= x", "found 'x', expected a version after '>='", 9, 10);
    row("numpy>=2.*", "'>=2.*' has a wildcard, expected one only after == or !=", 5, 10);
    row("numpy >=1,~=2", "'~=2' has one component, expected at least two after ~=", 10, 13);
    row("numpy>=1 2", "found '2', expected ',', ';' or the end after a version specifier", 9, 10);
    row("numpy>=1,,<2", "found ',', expected ',', ';' or the end after a version specifier", 9, 10);
    row("numpy ,>=1", "found ',', expected a version specifier, ';' or the end", 6, 7);
    row("numpy==1.*.*", "found '.', expected ',', ';' or the end after a version specifier", 10, 11);
    row("numpy (>=1", "found the end, expected a version specifier or ')'", 10, 10);
    row("numpy (1.0)", "found '1', expected a version specifier or ')'", 7, 8);
    row("numpy >=1)", "found ')', expected ',', ';' or the end after a version specifier", 9, 10);
    row("numpy (>=1) <2", "found '<', expected ',', ';' or the end after a version specifier", 12, 13);
    row("x @", "found the end, expected a URL after '@'", 3, 3);
    row("x @ ; os_name=='a'", "found 'os_name', expected ';' or the end after the URL", 6, 13);
    row("x @ http://x y", "found 'y', expected ';' or the end after the URL", 13, 14);
    row("x>=1 @ http://x", "found '@', expected ',', ';' or the end after a version specifier", 5, 6);
    row("x;", "found the end, expected a marker variable or a quoted string", 2, 2);
    row("x>=1; foo=='x'", "'foo' is not a marker variable, expected one such as python_version or sys_platform", 6, 9);
    row("x; os_name=='a", "the string has no end, expected a closing '", 12, 14);
    row("x; os_name=='a' y", "found 'y', expected 'and', 'or' or the end after a marker", 16, 17);
    row("x; os_name=='a')", "found ')', expected 'and', 'or' or the end after a marker", 15, 16);
    row("x; os_name=='a'; os_name=='b'", "found ';', expected 'and', 'or' or the end after a marker", 15, 16);
}

void RequirementTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto parsed = Requirement::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::RequirementInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("requirement-invalid"));
    QVERIFY2(
        error.message().endsWith(QStringLiteral("' is not a requirement: ") + expected), qPrintable(error.message()));
    QCOMPARE(error.span().source, QStringLiteral("requirement"));
    QCOMPARE(error.span().text, text);
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void RequirementTest::refusesWithTheWholeText()
{
    QCOMPARE(Requirement::parse(u"numpy >> 2").error().toString(),
        QStringLiteral("'numpy >> 2' is not a requirement: '>>' is not a comparison, expected one of ~=, ==, !=, <=, "
                       ">=, <, >, ===\n"
                       "    numpy >> 2\n"
                       "          ^~"));
    QCOMPARE(Requirement::parse(u"six; python_version >= 3").error().toString(),
        QStringLiteral(
            "'six; python_version >= 3' is not a requirement: '3' is not a marker variable, expected one such as"
            " python_version or sys_platform\n"
            "    six; python_version >= 3\n"
            "                           ^\n"
            "hint: put values in quotes"));
}

void RequirementTest::longInput_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    constexpr qsizetype mebi = 1 << 20;
    QTest::newRow("name") << QString(mebi, u'a') << true;
    QTest::newRow("separators") << u'a' + QString(mebi, u'-') << false;
    QTest::newRow("name with separators") << QStringLiteral("a-").repeated(mebi / 2) + u'a' << true;
    QTest::newRow("extras") << QStringLiteral("a[") + QStringLiteral("x,").repeated(mebi / 2) + QStringLiteral("x]")
                            << true;
    QTest::newRow("versions") << QStringLiteral("a>=1") + QStringLiteral(",>=1").repeated(mebi / 4) << false;
    QTest::newRow("parentheses") << u'a' + QString(mebi, u'(') << false;
    QTest::newRow("parentheses of a marker") << QStringLiteral("a;") + QString(mebi, u'(') << false;
    QTest::newRow("url") << QStringLiteral("a @ ") + QString(mebi, u'/') << true;
    QTest::newRow("at signs") << u'a' + QString(mebi, u'@') << true;
    QTest::newRow("blanks") << u'a' + QString(mebi, u' ') << true;
}

void RequirementTest::longInput()
{
    QFETCH(const QString, text);
    const auto parsed = Requirement::parse(text);
    QTEST(parsed.has_value(), "valid");
    if (parsed)
        QVERIFY(*Requirement::parse(parsed->toString()) == *parsed);
    else
        QVERIFY(parsed.error().message().size() < 300);
}

QTEST_APPLESS_MAIN(RequirementTest)
#include "tst_requirement.moc"
