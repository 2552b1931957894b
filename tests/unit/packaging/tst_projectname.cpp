#include <axle/packaging/codes.h>
#include <axle/packaging/projectname.h>

#include <QtTest/QtTest>

using namespace Axle;

class ProjectNameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void normalizes_data();
    void normalizes();
    void comparesByNormalForm();
    void ordersByNormalForm();
    void defaultIsEmpty();
    void refuses_data();
    void refuses();
    void refusesEveryOtherCharacter();
    void longNames();
};

void ProjectNameTest::normalizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("normalized");
    const auto row = [](const char *name, const char *text, const char *normalized) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(normalized);
    };
    row("plain", "numpy", "numpy");
    row("upper case", "Pillow", "pillow");
    row("dot", "zope.interface", "zope-interface");
    row("underscore", "typing_extensions", "typing-extensions");
    row("run of separators", "a-_.__--b", "a-b");
    row("several runs", "Foo--Bar..Baz_", "");
    row("one letter", "A", "a");
    row("one digit", "7", "7");
    row("begins with a digit", "3to2", "3to2");
    row("ends with a digit", "x-1", "x-1");
}

void ProjectNameTest::normalizes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, normalized);
    const auto name = ProjectName::parse(text);
    QCOMPARE(name.has_value(), !normalized.isEmpty());
    if (!name)
        return;
    QCOMPARE(name->toString(), text);
    QCOMPARE(name->normalized(), normalized);
    QCOMPARE(ProjectName::normalize(text), normalized);
    QCOMPARE(*ProjectName::parse(name->toString()), *name);
    QCOMPARE(*ProjectName::parse(name->normalized()), *name);
    QVERIFY(!name->isEmpty());
}

void ProjectNameTest::comparesByNormalForm()
{
    const ProjectName a = *ProjectName::parse(u"Zope.Interface");
    const ProjectName b = *ProjectName::parse(u"zope__interface");
    const ProjectName c = *ProjectName::parse(u"zopeinterface");
    QCOMPARE(a, b);
    QCOMPARE(qHash(a), qHash(b));
    QCOMPARE(qHash(a, 5), qHash(b, 5));
    QVERIFY(a != c);
    QCOMPARE((QSet<ProjectName>{a, b, c}).size(), 2);
    QVERIFY(a.identity() != b.identity());
    QCOMPARE(ProjectName(a).identity(), a.identity());
}

void ProjectNameTest::ordersByNormalForm()
{
    QList<ProjectName> names{*ProjectName::parse(u"b"), *ProjectName::parse(u"C"), *ProjectName::parse(u"A_x")};
    std::sort(names.begin(), names.end());
    QCOMPARE(names.first().toString(), QStringLiteral("A_x"));
    QCOMPARE(names.last().toString(), QStringLiteral("C"));
    QVERIFY(names.first() <= *ProjectName::parse(u"a-x"));
    QVERIFY(names.first() >= *ProjectName::parse(u"a-x"));
}

void ProjectNameTest::defaultIsEmpty()
{
    QVERIFY(ProjectName().isEmpty());
    QCOMPARE(ProjectName().toString(), QString());
    QCOMPARE(ProjectName().normalized(), QString());
    QVERIFY(ProjectName() < *ProjectName::parse(u"a"));
}

void ProjectNameTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("found");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const char *text, const char *found, int begin, int end) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(found) << begin << end;
    };
    row("empty", "", "the end", 0, 0);
    row("separator first", "-a", "'-'", 0, 1);
    row("only a separator", "_", "'_'", 0, 1);
    row("separator last", "a-", "'-'", 1, 2);
    row("two separators last", "a..", "'.'", 1, 2);
    row("blank inside", "a b", "' '", 1, 2);
    row("blank last", "a ", "' '", 1, 2);
    row("letter beyond ASCII", "caf\u00e9", "'\u00e9'", 3, 4);
    row("letter beyond 16 bits", "a\U0001f600", "'\U0001f600'", 1, 3);
    row("slash", "../a", "'.'", 0, 1);
    row("terminal escape", "a\x1b[31m", "'\\u001b'", 1, 2);
    row("line break", "a\n", "'\\u000a'", 1, 2);
    row("quotation mark", "a'b", "a quotation mark", 1, 2);
}

void ProjectNameTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, found);
    const auto name = ProjectName::parse(text);
    QVERIFY(!name);
    const Error error = name.error();
    QCOMPARE(error.code(), Codes::NameInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("name-invalid"));
    QVERIFY2(error.message().endsWith(
                 QStringLiteral(" is not a project name: found %1, expected a letter or digit").arg(found)),
        qPrintable(error.message()));
    QVERIFY(!error.hint().isEmpty());
    QCOMPARE(error.span().text, text);
    QCOMPARE(error.span().source, QStringLiteral("project name"));
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void ProjectNameTest::refusesEveryOtherCharacter()
{
    for (char16_t c = 0; c < 0x300; ++c) {
        const bool isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool isSeparator = c == '-' || c == '_' || c == '.';
        const QString inside = u'a' + QString(QChar(c)) + u'b';
        QCOMPARE(ProjectName::parse(inside).has_value(), isAlphanumeric || isSeparator);
        QCOMPARE(ProjectName::parse(QString(QChar(c))).has_value(), isAlphanumeric);
    }
}

void ProjectNameTest::longNames()
{
    const QString name = QStringLiteral("a-").repeated(1 << 19) + u'b';
    QCOMPARE(ProjectName::parse(name)->normalized(), name);
    const auto refused = ProjectName::parse(name + u'-');
    QVERIFY(!refused);
    QVERIFY(refused.error().message().size() < 300);
    QCOMPARE(refused.error().span().begin, name.size());
}

QTEST_APPLESS_MAIN(ProjectNameTest)
#include "tst_projectname.moc"
