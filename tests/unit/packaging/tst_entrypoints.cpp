#include <axle/packaging/codes.h>
#include <axle/packaging/entrypoints.h>

#include <QtCore/QStringDecoder>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

EntryPoint entry(
    const char *group, const char *name, const char *module, const char *attribute = "", const QStringList &extras = {})
{
    return EntryPoint{QString::fromUtf8(group), QString::fromUtf8(name), QString::fromUtf8(module),
        QString::fromUtf8(attribute), extras};
}

} // namespace

class EntryPointsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void reads_data();
    void reads();
    void writesEachEntry();
    void groups();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void limitOfSize();
};

void EntryPointsTest::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QList<EntryPoint>>("expected");
    using Entries = QList<EntryPoint>;
    const auto row = [](const char *name, const char *text, const Entries &expected) {
        QTest::newRow(name) << QByteArray(text) << expected;
    };
    row("empty", "", {});
    row("blank lines and comments", "\n  \n# a\n; b\n\t# c\n", {});
    row("group without entries", "[g]\n", {});
    row("module", "[g]\nx = m\n", {entry("g", "x", "m")});
    row("attribute", "[g]\nx = a.b:c.d\n", {entry("g", "x", "a.b", "c.d")});
    row("no blanks", "[g]\nx=m:f", {entry("g", "x", "m", "f")});
    row("many blanks", " [ g ] \n\t x \t=\t m : f \t\n", {entry("g", "x", "m", "f")});
    row("indented, as old setuptools wrote", "\n    [g]\n    x = m:f\n    y = m:h\n",
        {entry("g", "x", "m", "f"), entry("g", "y", "m", "h")});
    row("extras", "[g]\nx = m:f [a, B.c]\n", {entry("g", "x", "m", "f", {QStringLiteral("a"), QStringLiteral("B.c")})});
    row("extras without blank", "[g]\nx = m[a]\n", {entry("g", "x", "m", "", {QStringLiteral("a")})});
    row("no extras", "[g]\nx = m:f []\n", {entry("g", "x", "m", "f")});
    row("line ends of Windows", "[g]\r\nx = m:f\r\n\r\n", {entry("g", "x", "m", "f")});
    row("two groups", "[g]\nx = m:f\n[h.i]\nx = m:g\n", {entry("g", "x", "m", "f"), entry("h.i", "x", "m", "g")});
    row("names differ by case", "[g]\nx = m\nX = n\n", {entry("g", "x", "m"), entry("g", "X", "n")});
    row("name with a slash", "[mkdocs.plugins]\nmaterial/blog = m:f\n",
        {entry("mkdocs.plugins", "material/blog", "m", "f")});
    row("name with blanks", "[g]\na b c = m\n", {entry("g", "a b c", "m")});
    row("name with brackets", "[g]\nfile[x]: = m\n", {entry("g", "file[x]:", "m")});
    row("name of a script", "[console_scripts]\npip3.11-x_y = m:f\n",
        {entry("console_scripts", "pip3.11-x_y", "m", "f")});
    row("letters beyond ASCII", "[g\u00e9]\n\u00e9 = m\u00e9.\u00e8:\u00fc\n",
        {entry("g\u00e9", "\u00e9", "m\u00e9.\u00e8", "\u00fc")});
    row("underscores and digits", "[g]\nx = _a1._2:__f3\n", {entry("g", "x", "_a1._2", "__f3")});
    row("group with other characters", "[a b/c:d=e]\nx = m\n", {entry("a b/c:d=e", "x", "m")});
}

void EntryPointsTest::reads()
{
    QFETCH(const QByteArray, text);
    const auto parsed = EntryPoints::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QTEST(parsed->all(), "expected");
    // What is read can be written and read again.
    QString written;
    QString group;
    for (const EntryPoint &entry : parsed->all()) {
        if (entry.group != group)
            written += u'[' + entry.group + QStringLiteral("]\n");
        group = entry.group;
        written += entry.toString() + u'\n';
    }
    QCOMPARE(*EntryPoints::parse(written.toUtf8()), *parsed);
}

void EntryPointsTest::writesEachEntry()
{
    QCOMPARE(entry("g", "x", "a.b").toString(), QStringLiteral("x = a.b"));
    QCOMPARE(entry("g", "x", "a.b", "c.d").toString(), QStringLiteral("x = a.b:c.d"));
    QCOMPARE(entry("g", "x", "a", "b", {QStringLiteral("p"), QStringLiteral("q")}).toString(),
        QStringLiteral("x = a:b [p,q]"));
}

void EntryPointsTest::groups()
{
    const auto parsed = EntryPoints::parse("[axle.plugins]\nb = m:B\na = m:A\n[console_scripts]\nc = m:main\n");
    QVERIFY(parsed);
    QCOMPARE(parsed->group(u"axle.plugins"),
        (QList<EntryPoint>{entry("axle.plugins", "b", "m", "B"), entry("axle.plugins", "a", "m", "A")}));
    QCOMPARE(parsed->group(u"console_scripts").size(), 1);
    QVERIFY(parsed->group(u"axle").isEmpty());
    QVERIFY(parsed->group(u"").isEmpty());
    QVERIFY(*parsed != EntryPoints());
}

void EntryPointsTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const char *text, int line, const char *expected, int begin, int end) {
        QTest::newRow(name) << QByteArray(text) << line << QString::fromUtf8(expected) << begin << end;
    };
    row("entry before a group", "x = m\n", 1,
        "found 'x', expected a group such as '[console_scripts]' before the first entry point", 0, 1);
    row("byte order mark", "\xef\xbb\xbf[g]\n", 1,
        "found '\\ufeff', expected a group such as '[console_scripts]' before the first entry point", 0, 1);
    row("group without name", "[]\n", 1, "found ']', expected the name of a group after '['", 1, 2);
    row("group of blanks", "[ ]\n", 1, "found ']', expected the name of a group after '['", 2, 3);
    row("group without end", "[g\nx = m\n", 1, "found the end, expected ']' after the name of a group", 2, 2);
    row("group in a group", "[g[h]]\n", 1, "found '[', expected ']' after the name of a group", 2, 3);
    row("text after a group", "[g] x\n", 1, "found 'x', expected the end of the line after ']'", 4, 5);
    row("group twice", "[g]\n[h]\n[g]\n", 3, "the group 'g' is there twice", 0, 3);
    row("group twice among many", "[g]\n[a]\n[b]\n[c]\n[d]\n[e]\n[f]\n[h]\n[i]\n[j]\n[k]\n[j]\n", 12,
        "the group 'j' is there twice", 0, 3);
    row("name twice among many", "[g]\na=m\nb=m\nc=m\nd=m\ne=m\nf=m\nh=m\ni=m\nj=m\nk=m\nj=m\n", 12,
        "the group 'g' has the name 'j' twice", 0, 1);
    row("name twice", "[g]\nx = m\nx = n\n", 3, "the group 'g' has the name 'x' twice", 0, 1);
    row("no name", "[g]\n= m\n", 2, "found '=', expected the name of an entry point", 0, 1);
    row("no equals sign", "[g]\njust a line\n", 2, "found the end, expected '=' after the name of an entry point", 11,
        11);
    row("colon", "[g]\nx: m\n", 2, "found the end, expected '=' after the name of an entry point", 4, 4);
    row("control character in a name", "[g]\na\x1b[1m = m\n", 2,
        "found '\\u001b', expected '=' after the name of an entry point", 1, 2);
    row("script that is a path", "[console_scripts]\n../x = m:f\n", 2,
        "found '/', expected '=' after the name of an entry point", 2, 3);
    row("script with a blank", "[gui_scripts]\na b = m:f\n", 2,
        "found 'b', expected '=' after the name of an entry point", 2, 3);
    row("no value", "[g]\nx =\n", 2, "found the end, expected a module such as 'package.module' after '='", 3, 3);
    row("value without module", "[g]\nx = :f\n", 2, "found ':', expected a module such as 'package.module' after '='",
        4, 5);
    row("module begins with a digit", "[g]\nx = 1m:f\n", 2,
        "found '1m', expected a module such as 'package.module' after '='", 4, 6);
    row("module ends with a dot", "[g]\nx = m.\n", 2, "found 'm', expected a module such as 'package.module' after '='",
        4, 5);
    row("relative module", "[g]\nx = .m\n", 2, "found '.', expected a module such as 'package.module' after '='", 4, 5);
    row("no attribute", "[g]\nx = m:\n", 2, "found the end, expected an attribute of the module after ':'", 6, 6);
    row("attribute ends with a dot", "[g]\nx = m:f.\n", 2, "found 'f', expected an attribute of the module after ':'",
        6, 7);
    row("call", "[g]\nx = m:f()\n", 2, "found '(', expected the end of the line", 7, 8);
    row("two attributes", "[g]\nx = m:f:g\n", 2, "found ':', expected the end of the line", 7, 8);
    row("statement", "[g]\nx = os;system\n", 2, "found ';', expected the end of the line", 6, 7);
    row("comment behind a value", "[g]\nx = m:f # why\n", 2, "found '#', expected the end of the line", 8, 9);
    row("extras without end", "[g]\nx = m:f [\n", 2, "the list of extras has no end, expected ']'", 8, 9);
    row("extra without end", "[g]\nx = m:f [a\n", 2, "found the end, expected ',' or ']' after an extra", 10, 10);
    row("extras without comma", "[g]\nx = m:f [a b]\n", 2, "found 'b', expected ',' or ']' after an extra", 11, 12);
    row("extra that is none", "[g]\nx = m:f [a,]\n", 2, "found ']', expected the name of an extra", 11, 12);
    row("text after extras", "[g]\nx = m:f [a] b\n", 2, "found 'b', expected the end of the line", 12, 13);
    row("not UTF-8", "[g]\nx = \xff\n", 2, "found other bytes, expected UTF-8", 4, 5);
    row("UTF-8 cut off", "[g]\nx = m\n# \xc3\ny = m\n", 3, "found other bytes, expected UTF-8", 2, 3);
}

void EntryPointsTest::refuses()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, line);
    QFETCH(const QString, expected);
    const auto parsed = EntryPoints::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::EntryPointsInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("entry-points-invalid"));
    QCOMPARE(error.message(), QStringLiteral("line %1: %2").arg(line).arg(expected));
    QCOMPARE(error.span().source, QStringLiteral("entry_points.txt"));
    QCOMPARE(error.span().line, line);
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    QCOMPARE(error.span().text, QString(decode(text)).split(u'\n').at(line - 1));
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void EntryPointsTest::refusesWithTheWholeText()
{
    QCOMPARE(EntryPoints::parse("[g]\nx = m:f\n[g]\n").error().toString(),
        QStringLiteral("line 3: the group 'g' is there twice\n"
                       "    [g]\n"
                       "    ^~~\n"
                       "hint: put all its entry points into one section"));
}

void EntryPointsTest::limitOfSize()
{
    QByteArray text = "[g]\n";
    for (int i = 0; text.size() < 256 * 1024 - 32; ++i)
        text += "x" + QByteArray::number(i) + " = m:f\n";
    text += QByteArray(256 * 1024 - text.size(), '#');
    QVERIFY(EntryPoints::parse(text));
    const auto refused = EntryPoints::parse(text + '#');
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), Codes::EntryPointsInvalid);
    QCOMPARE(refused.error().message(), QStringLiteral("entry_points.txt has 262145 bytes, expected at most 262144"));
}

QTEST_APPLESS_MAIN(EntryPointsTest)
#include "tst_entrypoints.moc"
