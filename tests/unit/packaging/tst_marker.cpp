#include <axle/packaging/codes.h>
#include <axle/packaging/marker.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

/// Python 3.11.2 on Linux, told rather than found out.
MarkerEnvironment linuxEnvironment()
{
    MarkerEnvironment environment;
    environment.variables = {
        {QStringLiteral("implementation_name"), QStringLiteral("cpython")},
        {QStringLiteral("implementation_version"), QStringLiteral("3.11.2")},
        {QStringLiteral("os_name"), QStringLiteral("posix")},
        {QStringLiteral("platform_machine"), QStringLiteral("x86_64")},
        {QStringLiteral("platform_python_implementation"), QStringLiteral("CPython")},
        {QStringLiteral("platform_release"), QStringLiteral("6.1.0-9-amd64")},
        {QStringLiteral("platform_system"), QStringLiteral("Linux")},
        {QStringLiteral("platform_version"), QStringLiteral("#1 SMP Debian 6.1.27-1")},
        {QStringLiteral("python_full_version"), QStringLiteral("3.11.2")},
        {QStringLiteral("python_version"), QStringLiteral("3.11")},
        {QStringLiteral("sys_platform"), QStringLiteral("linux")},
    };
    return environment;
}

Marker marker(QStringView text)
{
    const auto parsed = Marker::parse(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().toString()));
    return *parsed;
}

} // namespace

class MarkerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void writes_data();
    void writes();
    void evaluates_data();
    void evaluates();
    void extras_data();
    void extras();
    void missingVariableIsFalse();
    void setsOfTheEnvironment();
    void judgesStrictly_data();
    void judgesStrictly();
    void emptyMayBeRefused();
    void equality();
    void emptyIsTrue();
    void nestsUpToALimit();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void longInput_data();
    void longInput();
    void environmentIsThatOfPython();
    void environmentOfAnotherPython();
};

void MarkerTest::writes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const char *text, const char *written) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("empty", "", "");
    row("blank", " \t", "");
    row("comparison", "os_name=='nt'", "os_name == \"nt\"");
    row("value first", "'3' <= python_version", "\"3\" <= python_version");
    row("double quotes", "os_name == \"nt\"", "os_name == \"nt\"");
    row("quotation mark in the value", "os_name == 'a\"b'", "os_name == 'a\"b'");
    row("apostrophe in the value", "os_name == \"it's\"", "os_name == \"it's\"");
    row("in without blanks", "'a'in os_name", "\"a\" in os_name");
    row("not in with blanks", "os_name not \t in'a b'", "os_name not in \"a b\"");
    row("and without blanks", "os_name=='a'and os_name=='b'", "os_name == \"a\" and os_name == \"b\"");
    row("and binds closer", "os_name=='a' or os_name=='b' and os_name=='c'",
        "os_name == \"a\" or os_name == \"b\" and os_name == \"c\"");
    row("parentheses that matter", "(os_name=='a' or os_name=='b') and os_name=='c'",
        "(os_name == \"a\" or os_name == \"b\") and os_name == \"c\"");
    row("parentheses for the reader", "os_name=='a' or (os_name=='b' and os_name=='c')",
        "os_name == \"a\" or (os_name == \"b\" and os_name == \"c\")");
    row("parentheses around one", "((os_name=='a')) and (os_name=='b')", "os_name == \"a\" and os_name == \"b\"");
    row("parentheses twice", "((os_name=='a' or os_name=='b')) and os_name=='c'",
        "(os_name == \"a\" or os_name == \"b\") and os_name == \"c\"");
    row("parentheses around all", "( os_name=='a' or os_name=='b' )", "os_name == \"a\" or os_name == \"b\"");
    row("old names",
        "os.name=='a' and sys.platform=='b' and platform.version=='c' and platform.machine=='d'"
        " and platform.python_implementation=='e' and python_implementation=='f'",
        "os_name == \"a\" and sys_platform == \"b\" and platform_version == \"c\" and platform_machine == \"d\""
        " and platform_python_implementation == \"e\" and platform_python_implementation == \"f\"");
    row("extra is normalised", "extra == 'Foo__Bar' or 'A.b' == extra", "extra == \"foo-bar\" or \"a-b\" == extra");
    row("extra is normalised in parentheses", "(extra == 'A_b' and os_name == 'A_b') or os_name == 'c'",
        "(extra == \"a-b\" and os_name == \"A_b\") or os_name == \"c\"");
    row("all comparisons",
        "os_name<'a' or os_name<='a' or os_name>'a' or os_name>='a' or os_name!='a' or os_name~='a' or os_name==='a'",
        "os_name < \"a\" or os_name <= \"a\" or os_name > \"a\" or os_name >= \"a\" or os_name != \"a\" or os_name ~= "
        "\"a\""
        " or os_name === \"a\"");
    row("letters beyond ASCII", "os_name == 'caf\u00e9'", "os_name == \"caf\u00e9\"");
    row("two values", "'a' == 'b'", "\"a\" == \"b\"");
    row("two variables", "os_name == sys_platform", "os_name == sys_platform");
}

void MarkerTest::writes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    const auto parsed = Marker::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QCOMPARE(parsed->toString(), written);
    QCOMPARE(parsed->isEmpty(), written.isEmpty());
    const auto again = Marker::parse(written);
    QVERIFY(again);
    QCOMPARE(*again, *parsed);
    QCOMPARE(again->toString(), written);
    QCOMPARE(again->evaluate(linuxEnvironment()), parsed->evaluate(linuxEnvironment()));
}

void MarkerTest::evaluates_data()
{
    QTest::addColumn<bool>("holds");
    const auto holds = [](const char *text) { QTest::newRow(text) << true; };
    const auto fails = [](const char *text) { QTest::newRow(text) << false; };
    // Versions are compared as versions …
    holds("python_version >= '3.8'");
    holds("python_version > '3.9'");
    fails("python_version < '3.9'");
    holds("python_version == '3.11.0'");
    holds("python_version != '3.1'");
    holds("python_version ~= '3.8'");
    fails("python_version ~= '2.7'");
    holds("python_version == '3.*'");
    fails("python_version != '3.*'");
    holds("python_version === '3.11'");
    fails("python_version === '3.11.0'");
    holds("python_full_version >= '3.11.1'");
    holds("implementation_version < '4'");
    holds("'3.8' <= python_version");
    fails("'3.12' <= python_version");
    holds("python_version >= '3.11a1'");
    // … but not by `in`, nor where the value is no version.
    holds("python_version in '3.10 3.11'");
    holds("python_version not in '2.7, 3.12'");
    holds("'3' in python_version");
    fails("python_version >= 'three'");
    holds("python_version != 'three'");
    fails("platform_release >= '5'"); // 6.1.0-9-amd64 is no version
    holds("platform_release != 'x'");
    // Everything else is compared as strings, which have no order.
    holds("sys_platform == 'linux'");
    fails("sys_platform == 'Linux'");
    holds("platform_system == 'Linux'");
    holds("sys_platform != 'win32'");
    holds("sys_platform <= 'linux'");
    holds("sys_platform >= 'linux'");
    fails("sys_platform < 'zzz'");
    fails("sys_platform > 'aaa'");
    fails("sys_platform <= 'zzz'");
    fails("platform_machine ~= 'x86'");
    fails("platform_machine === 'x86_64'");
    holds("'nux' in sys_platform");
    holds("sys_platform in 'linux darwin'");
    fails("sys_platform not in 'linux darwin'");
    fails("platform_version >= '1'");
    // Logic.
    holds("os_name == 'nt' or os_name == 'posix'");
    fails("os_name == 'nt' and os_name == 'posix'");
    holds("os_name == 'posix' or os_name == 'a' and os_name == 'b'");
    fails("(os_name == 'posix' or os_name == 'a') and os_name == 'b'");
    holds("os_name == 'a' and os_name == 'b' or os_name == 'posix'");
    holds("((os_name == 'posix'))");
    // Two strings are strings.
    holds("'a' == 'a'");
    holds("'a' <= 'a'");
    fails("'b' <= 'a'");
    holds("'a' != 'b'");
    fails("python_version == os_name");
    holds("python_full_version == implementation_version");
    holds("python_version <= python_full_version");
    // Without meaning: false, whatever the comparison.
    fails("'linux' in dependency_groups");
    fails("'linux' not in dependency_groups");
}

void MarkerTest::evaluates()
{
    const Marker parsed = marker(QString::fromUtf8(QTest::currentDataTag()));
    QTEST(parsed.evaluate(linuxEnvironment()), "holds");
    QTEST(marker(parsed.toString()).evaluate(linuxEnvironment()), "holds");
}

void MarkerTest::extras_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("holds");
    QTest::newRow("asked for") << "extra == 'test'"
                               << "test" << true;
    QTest::newRow("in another spelling") << "extra == 'Te_st'"
                                         << "te-st" << true;
    QTest::newRow("value first") << "'test' == extra"
                                 << "test" << true;
    QTest::newRow("not asked for") << "extra == 'test'"
                                   << "" << false;
    QTest::newRow("another asked for") << "extra == 'test'"
                                       << "docs" << false;
    QTest::newRow("one of two") << "extra == 'test'"
                                << "docs test" << true;
    QTest::newRow("both") << "extra == 'test' and extra == 'docs'"
                          << "docs test" << true;
    QTest::newRow("not, none asked for") << "extra != 'test'"
                                         << "" << true;
    QTest::newRow("not, another asked for") << "extra != 'test'"
                                            << "docs" << true;
    QTest::newRow("not, asked for among others") << "extra != 'test'"
                                                 << "docs test" << false;
    QTest::newRow("none asked for") << "extra == ''"
                                    << "" << true;
    QTest::newRow("order is equality") << "extra >= 'test'"
                                       << "test" << true;
    QTest::newRow("no order") << "extra > 'a'"
                              << "test" << false;
    QTest::newRow("no version") << "extra ~= '1.0'"
                                << "1-0" << false;
    QTest::newRow("part of a text") << "extra in 'test-docs'"
                                    << "docs" << true;
    QTest::newRow("not part of a text") << "extra not in 'test-docs'"
                                        << "docs" << false;
    QTest::newRow("set") << "'Te_st' in extras"
                         << "docs te-st" << true;
    QTest::newRow("not in the set") << "'test' not in extras"
                                    << "docs" << true;
    QTest::newRow("set has no other comparison") << "'test' == extras"
                                                 << "test" << false;
    QTest::newRow("with another condition") << "extra == 'test' and os_name == 'nt'"
                                            << "test" << false;
    QTest::newRow("compared with a variable") << "extra == sys_platform"
                                              << "linux" << true;
}

void MarkerTest::extras()
{
    QFETCH(const QString, text);
    QFETCH(const QString, asked);
    const QStringList names = asked.split(u' ', Qt::SkipEmptyParts);
    QTEST(marker(text).evaluate(linuxEnvironment(), QSet<QString>(names.begin(), names.end())), "holds");
}

void MarkerTest::missingVariableIsFalse()
{
    const MarkerEnvironment none;
    QVERIFY(!marker(u"os_name == 'posix'").evaluate(none));
    QVERIFY(!marker(u"os_name != 'posix'").evaluate(none));
    QVERIFY(!marker(u"extra == os_name").evaluate(none));
    QVERIFY(marker(u"os_name == 'posix' or extra == ''").evaluate(none));

    MarkerEnvironment untagged = linuxEnvironment();
    untagged.variables[QStringLiteral("python_full_version")] = QStringLiteral("3.13.0a1+");
    QVERIFY(marker(u"python_full_version > '3.12'").evaluate(untagged));
}

void MarkerTest::setsOfTheEnvironment()
{
    MarkerEnvironment environment = linuxEnvironment();
    environment.sets[QStringLiteral("extras")] = {QStringLiteral("te-st")};
    environment.sets[QStringLiteral("dependency_groups")] = {QStringLiteral("docs")};
    QVERIFY(marker(u"'Te_st' in extras and 'Docs' in dependency_groups").evaluate(environment));
    QVERIFY(marker(u"'docs' not in extras").evaluate(environment, {QStringLiteral("docs")}));
    QVERIFY(*marker(u"'Te_st' in extras and 'Docs' in dependency_groups").evaluateStrictly(environment));
    environment.variables[QStringLiteral("extra")] = QStringLiteral("x");
    QVERIFY(marker(u"extra == 'X'").evaluate(environment));
    QVERIFY(!marker(u"extra == 'X'").evaluate(environment, {QStringLiteral("y")}));
}

void MarkerTest::judgesStrictly_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char *text, const char *answer) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(answer);
    };
    row("", "true");
    row("os_name == 'posix'", "true");
    row("os_name == 'nt'", "false");
    row("'b' < 'a'", "false");
    row("platform_version >= '1'", "false");
    row("python_version ~= '3.8'", "true");
    row("'2.7.0' ~= os_name",
        "marker-undefined: '2.7.0' ~= 'posix' compares what is no version, expected versions on both sides of ~=");
    row("os_name === 'x'",
        "marker-undefined: 'posix' === 'x' compares what is no version, expected versions on both sides of ===");
    row("os_name == 'posix' or os_name ~= 'x'",
        "marker-undefined: 'posix' ~= 'x' compares what is no version, expected versions on both sides of ~=");
    row("extras == 'x'", "marker-variable-unknown: the environment has no 'extras', expected a value of it");
    row("'x' == extras",
        "marker-undefined: 'extras' and 'dependency_groups' are sets, expected 'in' or 'not in' before them");
    row("'x' in extras", "marker-variable-unknown: the environment has no 'extras', expected its values");
    row("extra == 'x'", "marker-variable-unknown: the environment has no 'extra', expected a value of it");
    row("'x' not in dependency_groups",
        "marker-variable-unknown: the environment has no 'dependency_groups', expected its values");
}

void MarkerTest::judgesStrictly()
{
    QFETCH(const QString, text);
    const auto holds = marker(text).evaluateStrictly(linuxEnvironment());
    QTEST(holds ? (*holds ? QStringLiteral("true") : QStringLiteral("false"))
                : holds.error().code().name() + QStringLiteral(": ") + holds.error().message(),
        "answer");
}

void MarkerTest::emptyMayBeRefused()
{
    for (const char *text : {"", " \t"}) {
        const auto refused = Marker::parse(QString::fromLatin1(text), Marker::Empty::Refuse);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), Codes::MarkerInvalid);
    }
    QVERIFY(Marker::parse(u"os_name == 'a'", Marker::Empty::Refuse));
}

void MarkerTest::equality()
{
    QCOMPARE(marker(u"os_name=='a'"), marker(u" (os.name  ==  \"a\") "));
    QVERIFY(marker(u"os_name=='a'") != marker(u"os_name=='b'"));
    QVERIFY(marker(u"os_name=='a'") != marker(u"'a'==os_name"));
    QVERIFY(marker(u"os_name=='a'") != Marker());
    const Marker copy = marker(u"os_name=='a'");
    QCOMPARE(Marker(copy), copy);
}

void MarkerTest::emptyIsTrue()
{
    QVERIFY(Marker().isEmpty());
    QVERIFY(Marker().evaluate({}));
    QCOMPARE(Marker().toString(), QString());
    QCOMPARE(marker(u""), Marker());
}

void MarkerTest::nestsUpToALimit()
{
    const auto nested = [](int depth) {
        return QStringLiteral("os_name=='x' or (").repeated(depth) + QStringLiteral("os_name=='posix'")
            + QString(depth, u')');
    };
    QVERIFY(marker(nested(64)).evaluate(linuxEnvironment()));
    QCOMPARE(marker(marker(nested(64)).toString()), marker(nested(64)));
    const auto deeper = Marker::parse(nested(65));
    QVERIFY(!deeper);
    QVERIFY(deeper.error().message().endsWith(
        QStringLiteral("parentheses are nested too deep, expected at most 64 levels")));
    QCOMPARE(deeper.error().span().begin, 65 * 17 - 1);
    QCOMPARE(deeper.error().span().end, 65 * 17);
    // Side by side they do not add up.
    QVERIFY(Marker::parse(QStringLiteral("(os_name=='x') and ").repeated(200) + QStringLiteral("os_name=='x'")));
}

void MarkerTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *text, const QByteArray &expected, int begin, int end) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(expected) << begin << end;
    };
    const QByteArray comparison = ", expected one of <=, <, !=, ==, >=, >, ~=, ===, in, not in";
    const QByteArray variable = " is not a marker variable, expected one such as python_version or sys_platform";
    const QByteArray operand = ", expected a marker variable or a quoted string";
    row("os_name", "found the end" + comparison, 7, 7);
    row("os_name >", "found the end" + operand, 9, 9);
    row("os_name >> 'x'", "found '>>'" + comparison, 8, 10);
    row("os_name = 'x'", "found '='" + comparison, 8, 9);
    row("os_name is 'x'", "found 'is'" + comparison, 8, 10);
    row("os_name not 'x'", "found 'not'" + comparison, 8, 12);
    row("os_name notin 'x'", "found 'notin'" + comparison, 8, 13);
    row("'3' '4'", "found a quotation mark" + comparison, 4, 5);
    row("python_version > 3", "'3'" + variable, 17, 18);
    row("foo == 'x'", "'foo'" + variable, 0, 3);
    row("os_name == linux", "'linux'" + variable, 11, 16);
    row("Os_Name == 'x'", "'Os_Name'" + variable, 0, 7);
    row("and", "'and'" + variable, 0, 3);
    row("()", "found ')'" + operand, 1, 2);
    row("os_name == 'x' and", "found the end" + operand, 18, 18);
    row("os_name == 'x' or or", "'or'" + variable, 18, 20);
    row("os_name == 'x", "the string has no end, expected a closing '", 11, 13);
    row("os_name == \"x'", "the string has no end, expected a closing \"", 11, 14);
    row("(os_name == 'x'", "found the end, expected 'and', 'or' or ')'", 15, 15);
    row("(os_name == 'x' os_name)", "found 'os_name', expected 'and', 'or' or ')'", 16, 23);
    row("os_name == 'x')", "found ')', expected 'and', 'or' or the end", 14, 15);
    row("os_name == 'x' os_name == 'y'", "found 'os_name', expected 'and', 'or' or the end", 15, 22);
    row("os_name == 'x' AND os_name == 'y'", "found 'AND', expected 'and', 'or' or the end", 15, 18);
    row("os_name == 'a\\n'", "found a backslash in a marker's string, expected none", 13, 14);
    row("os_name == 'a\nb'", "found a line break in a marker's string, expected none", 13, 14);
    row("os_name\n== 'a'", "found '\\u000a'" + comparison, 7, 8);
}

void MarkerTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto parsed = Marker::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::MarkerInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("marker-invalid"));
    QVERIFY2(error.message().endsWith(QStringLiteral(" is not a marker: ") + expected), qPrintable(error.message()));
    QCOMPARE(error.span().text, text);
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void MarkerTest::refusesWithTheWholeText()
{
    QCOMPARE(Marker::parse(u"python_version > 3").error().toString(),
        QStringLiteral(
            "'python_version > 3' is not a marker: '3' is not a marker variable, expected one such as python_version"
            " or sys_platform\n"
            "    python_version > 3\n"
            "                     ^\n"
            "hint: put values in quotes"));
}

void MarkerTest::longInput_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("valid");
    constexpr qsizetype mebi = 1 << 20;
    const QString comparison = QStringLiteral("os_name == ''");
    QTest::newRow("parentheses") << QString(mebi, u'(') << false;
    QTest::newRow("conditions") << QStringLiteral("os_name=='' and ").repeated(mebi / 16) + comparison << true;
    QTest::newRow("alternatives") << QStringLiteral("(os_name=='' and os_name=='')or ").repeated(mebi / 32) + comparison
                                  << true;
    QTest::newRow("long value") << QStringLiteral("os_name in '%1'").arg(QString(mebi, u'x')) << true;
    QTest::newRow("value without end") << QStringLiteral("os_name in '") + QString(mebi, u'x') << false;
    QTest::newRow("long name") << QString(mebi, u'x') << false;
    QTest::newRow("blanks") << QString(mebi, u' ') << true;
    QTest::newRow("quotation marks") << QString(mebi, u'\'') << false;
}

void MarkerTest::longInput()
{
    QFETCH(const QString, text);
    const auto parsed = Marker::parse(text);
    QTEST(parsed.has_value(), "valid");
    if (parsed)
        QVERIFY(*Marker::parse(parsed->toString()) == *parsed);
    else
        QVERIFY(parsed.error().message().size() < 300);
}

void MarkerTest::environmentIsThatOfPython()
{
    QProcess python;
    python.start(QStringLiteral(AXLE_TEST_PYTHON),
        {QStringLiteral("-I"), QStringLiteral("-c"),
            QStringLiteral(
                "import json, os, platform, sys\n"
                "v = sys.implementation.version\n"
                "print(json.dumps(dict(implementation_name=sys.implementation.name,\n"
                "  implementation_version=f'{v.major}.{v.minor}.{v.micro}', os_name=os.name,\n"
                "  platform_machine=platform.machine(), platform_release=platform.release(),\n"
                "  platform_system=platform.system(), platform_version=platform.version(),\n"
                "  platform_python_implementation=platform.python_implementation(),\n"
                "  python_full_version=platform.python_version(),\n"
                "  python_version='.'.join(platform.python_version_tuple()[:2]), sys_platform=sys.platform)))\n")});
    QVERIFY2(python.waitForFinished(), qPrintable(python.errorString()));
    const QJsonObject expected = QJsonDocument::fromJson(python.readAllStandardOutput()).object();
    QCOMPARE(expected.size(), 11);
    QJsonObject found;
    const MarkerEnvironment environment = MarkerEnvironment::of(TargetPython::current());
    for (auto it = environment.variables.begin(); it != environment.variables.end(); ++it)
        found[it.key()] = it.value();
    QCOMPARE(found, expected);
}

void MarkerTest::environmentOfAnotherPython()
{
    TargetPython python;
    python.implementation = QStringLiteral("pypy");
    python.major = 3;
    python.minor = 9;
    python.micro = 18;
    const QHash<QString, QString> variables = MarkerEnvironment::of(python).variables;
    QCOMPARE(variables.value(QStringLiteral("python_version")), QStringLiteral("3.9"));
    QCOMPARE(variables.value(QStringLiteral("python_full_version")), QStringLiteral("3.9.18"));
    QCOMPARE(variables.value(QStringLiteral("implementation_name")), QStringLiteral("pypy"));
    QCOMPARE(variables.value(QStringLiteral("platform_python_implementation")), QStringLiteral("PyPy"));
}

QTEST_GUILESS_MAIN(MarkerTest)
#include "tst_marker.moc"
