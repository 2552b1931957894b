#include <axle/packaging/codes.h>
#include <axle/packaging/tag.h>

#include <QtCore/QProcess>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

TargetPython python311()
{
    TargetPython python;
    python.major = 3;
    python.minor = 11;
    python.micro = 2;
    python.platforms = {QStringLiteral("manylinux_2_17_x86_64"), QStringLiteral("manylinux2014_x86_64"),
        QStringLiteral("linux_x86_64")};
    return python;
}

TagSet tags(QStringView text)
{
    const auto parsed = TagSet::parse(text);
    if (!parsed)
        qFatal("%s", qPrintable(parsed.error().toString()));
    return *parsed;
}

} // namespace

class TagTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void expands_data();
    void expands();
    void keepsEachTagOnce();
    void fewAndManyTags();
    void rank_data();
    void rank();
    void supportedInOrder();
    void supportedByAnotherImplementation();
    void supportedAsThePythonSays();
    void compares();
    void limitOfExpansion();
    void refuses_data();
    void refuses();
    void refusesWithTheWholeText();
    void longInput();
};

void TagTest::expands_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("written");
    const auto row = [](const char *name, const char *text, const char *written) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(written);
    };
    row("one", "py3-none-any", "py3-none-any");
    row("two interpreters", "py2.py3-none-any", "py2-none-any, py3-none-any");
    row("two platforms", "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64",
        "cp311-cp311-manylinux_2_17_x86_64, cp311-cp311-manylinux2014_x86_64");
    row("two of each", "a.b-c.d-e.f", "a-c-e, a-c-f, a-d-e, a-d-f, b-c-e, b-c-f, b-d-e, b-d-f");
    row("upper case", "CP311-ABI3-Win_AMD64", "cp311-abi3-win_amd64");
    row("the same twice", "py3.PY3-none-any.any", "py3-none-any");
    row("underscores", "_-__-_a_", "_-__-_a_");
}

void TagTest::expands()
{
    QFETCH(const QString, text);
    QFETCH(const QString, written);
    const auto parsed = TagSet::parse(text);
    QVERIFY2(parsed, qPrintable(parsed ? QString() : parsed.error().toString()));
    QCOMPARE(parsed->toString(), written);
    for (const Tag &tag : parsed->tags()) {
        QVERIFY(parsed->contains(tag));
        QCOMPARE(TagSet::parse(tag.toString())->tags(), QList<Tag>{tag});
    }
}

void TagTest::keepsEachTagOnce()
{
    const Tag a{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    const Tag x{QStringLiteral("x"), QStringLiteral("y"), QStringLiteral("z")};
    const TagSet set({x, a, x, a});
    QCOMPARE(set.tags(), (QList<Tag>{x, a}));
    QCOMPARE(set.toString(), QStringLiteral("x-y-z, a-b-c"));
    QCOMPARE(set, TagSet({x, a}));
    QVERIFY(set != TagSet({a, x})); // the order is the preference
    QVERIFY(TagSet().tags().isEmpty());
    QCOMPARE(TagSet().toString(), QString());
    QVERIFY(!TagSet().contains(a));
}

/// Sets of a few tags are kept in another way than those of many.
void TagTest::fewAndManyTags()
{
    QList<Tag> all;
    for (int count = 0; count < 20; ++count) {
        const TagSet set(all + all);
        QCOMPARE(set.tags(), all);
        const Tag next{QStringLiteral("cp3%1").arg(count), QStringLiteral("none"), QStringLiteral("any")};
        QVERIFY(!set.contains(next) && !set.rank(TagSet({next})));
        for (qsizetype i = 0; i < all.size(); ++i)
            QCOMPARE(set.rank(TagSet({next, all.at(i)})), std::optional(static_cast<int>(i)));
        all += next;
    }
}

void TagTest::rank_data()
{
    QTest::addColumn<QString>("offered");
    QTest::addColumn<int>("rank");
    QTest::newRow("best") << "cp311-cp311-manylinux_2_17_x86_64" << 0;
    QTest::newRow("second platform") << "cp311-cp311-manylinux2014_x86_64" << 1;
    QTest::newRow("stable ABI") << "cp311-abi3-manylinux_2_17_x86_64" << 3;
    QTest::newRow("best of several") << "cp311-abi3-linux_x86_64.manylinux_2_17_x86_64" << 3;
    QTest::newRow("best of several, the other way round") << "cp311-abi3-manylinux_2_17_x86_64.linux_x86_64" << 3;
    QTest::newRow("one of several is known") << "cp27.cp311-cp311-linux_x86_64" << 2;
    QTest::newRow("newer Python") << "cp312-cp312-manylinux_2_17_x86_64" << -1;
    QTest::newRow("newer stable ABI") << "cp312-abi3-manylinux_2_17_x86_64" << -1;
    QTest::newRow("other machine") << "cp311-cp311-manylinux_2_17_aarch64" << -1;
    QTest::newRow("older ABI of its own") << "cp310-cp310-linux_x86_64" << -1;
}

void TagTest::rank()
{
    QFETCH(const QString, offered);
    QFETCH(const int, rank);
    const TagSet supported = TagSet::supportedBy(python311());
    QCOMPARE(supported.rank(tags(offered)).value_or(-1), rank);
    QVERIFY(!supported.rank(TagSet()));
    QVERIFY(!TagSet().rank(tags(offered)));
}

void TagTest::supportedInOrder()
{
    const TagSet set = TagSet::supportedBy(python311());
    QStringList texts;
    for (const Tag &tag : set.tags())
        texts += tag.toString();
    const auto before = [&texts](const char *first, const char *second) {
        const qsizetype a = texts.indexOf(QLatin1StringView(first));
        const qsizetype b = texts.indexOf(QLatin1StringView(second));
        QVERIFY2(a >= 0, first);
        QVERIFY2(b >= 0, second);
        QVERIFY2(a < b, first);
    };
    before("cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-manylinux2014_x86_64");
    before("cp311-cp311-linux_x86_64", "cp311-abi3-manylinux_2_17_x86_64");
    before("cp311-abi3-linux_x86_64", "cp311-none-manylinux_2_17_x86_64");
    before("cp311-none-linux_x86_64", "cp310-abi3-manylinux_2_17_x86_64");
    before("cp310-abi3-linux_x86_64", "cp32-abi3-linux_x86_64");
    before("cp32-abi3-linux_x86_64", "py311-none-manylinux_2_17_x86_64");
    before("py311-none-linux_x86_64", "py3-none-manylinux_2_17_x86_64");
    before("py3-none-linux_x86_64", "py310-none-linux_x86_64");
    before("py310-none-linux_x86_64", "py30-none-linux_x86_64");
    before("py30-none-linux_x86_64", "cp311-none-any");
    before("cp311-none-any", "py311-none-any");
    before("py311-none-any", "py3-none-any");
    before("py3-none-any", "py310-none-any");
    QCOMPARE(texts.last(), QStringLiteral("py30-none-any"));
    // Three platforms with: 3 ABIs, 9 older stable ABIs, 13 names of Python; and 14 tags without platform.
    QCOMPARE(texts.size(), 3 * (3 + 9 + 13) + 14);
    QVERIFY(!texts.contains(QStringLiteral("cp31-abi3-linux_x86_64")));
    QVERIFY(!texts.contains(QStringLiteral("cp310-cp310-linux_x86_64")));
}

void TagTest::supportedByAnotherImplementation()
{
    TargetPython python = python311();
    python.implementation = QStringLiteral("pypy");
    const TagSet set = TagSet::supportedBy(python);
    QVERIFY(set.rank(tags(u"py3-none-any")));
    QVERIFY(set.rank(tags(u"py2.py3-none-linux_x86_64")));
    QVERIFY(!set.rank(tags(u"cp311-cp311-linux_x86_64")));
    QVERIFY(!set.rank(tags(u"cp311-abi3-linux_x86_64")));
    QVERIFY(!set.rank(tags(u"cp311-none-any")));
}

void TagTest::supportedAsThePythonSays()
{
    QProcess python;
    python.start(QStringLiteral(AXLE_TEST_PYTHON),
        {QStringLiteral("-I"), QStringLiteral("-c"),
            QStringLiteral("try:\n"
                           "    from packaging.tags import sys_tags\n"
                           "except ImportError:\n"
                           "    from pip._vendor.packaging.tags import sys_tags\n"
                           "print(', '.join(map(str, sys_tags())))\n")});
    QVERIFY2(python.waitForFinished(), qPrintable(python.errorString()));
    if (python.exitCode() != 0)
        QSKIP("this Python has neither packaging nor pip to compare with");
    QStringList expected = QString::fromUtf8(python.readAllStandardOutput()).trimmed().split(QStringLiteral(", "));
    QStringList found;
    for (const Tag &tag : TagSet::supportedBy(TargetPython::current()).tags())
        found += tag.toString();
    const QString added =
        QStringLiteral("cp%1%2-none-any").arg(TargetPython::current().major).arg(TargetPython::current().minor);
    if (!expected.contains(added)) // packaging before 22, as Debian 12's pip has it, forgets this one
        QVERIFY(found.removeOne(added));
    QCOMPARE(found, expected);
}

void TagTest::compares()
{
    const Tag a{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")};
    Tag b = a;
    QCOMPARE(a, b);
    QCOMPARE(qHash(a), qHash(b));
    b.platform = QStringLiteral("d");
    QVERIFY(a != b);
    QVERIFY(a < b);
    QCOMPARE(a.toString(), QStringLiteral("a-b-c"));
}

void TagTest::limitOfExpansion()
{
    QStringList names;
    for (int i = 0; i < 16; ++i)
        names += QStringLiteral("x%1").arg(i);
    const QString part = names.join(u'.');
    QCOMPARE(tags(part + u'-' + part + u'-' + part).tags().size(), 4096);
    const auto refused = TagSet::parse(part + u'-' + part + u'-' + part + QStringLiteral(".y"));
    QVERIFY(!refused);
    QVERIFY(refused.error().message().endsWith(
        QStringLiteral(" is not a tag: found too many tags in a compressed set, expected at most 4096")));
    QCOMPARE(refused.error().span().begin, 0);
    QCOMPARE(refused.error().span().end, refused.error().span().text.size());
}

void TagTest::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    const auto row = [](const char *name, const char *text, const char *expected, int begin, int end) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(expected) << begin << end;
    };
    row("empty", "", "found the end, expected a letter, a digit or '_'", 0, 0);
    row("one part", "py3", "found the end, expected '-' and an ABI", 3, 3);
    row("two parts", "py3-none", "found the end, expected '-' and a platform", 8, 8);
    row("four parts", "py3-none-any-x", "found '-', expected the end", 12, 13);
    row("empty ABI", "py3--any", "found '-', expected a letter, a digit or '_'", 4, 5);
    row("empty platform", "py3-none-", "found the end, expected a letter, a digit or '_'", 9, 9);
    row("dot last", "py3.-none-any", "found '-', expected a letter, a digit or '_'", 4, 5);
    row("two dots", "py2..py3-none-any", "found '.', expected a letter, a digit or '_'", 4, 5);
    row("blank last", "py3-none-any ", "found ' ', expected the end", 12, 13);
    row("other character", "py$-none-any", "found '$', expected '-' and an ABI", 2, 3);
    row("slash", "py3-none-../x", "found '.', expected a letter, a digit or '_'", 9, 10);
    row("letter beyond ASCII", "py3-none-\u00e9", "found '\u00e9', expected a letter, a digit or '_'", 9, 10);
}

void TagTest::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto parsed = TagSet::parse(text);
    QVERIFY(!parsed);
    const Error error = parsed.error();
    QCOMPARE(error.code(), Codes::TagInvalid);
    QCOMPARE(error.code().name(), QLatin1StringView("tag-invalid"));
    QCOMPARE(error.message(), QStringLiteral("'%1' is not a tag: %2").arg(text, expected));
    QCOMPARE(error.span().text, text);
    QTEST(int(error.span().begin), "begin");
    QTEST(int(error.span().end), "end");
}

void TagTest::refusesWithTheWholeText()
{
    QCOMPARE(TagSet::parse(u"py3.py4").error().toString(),
        QStringLiteral("'py3.py4' is not a tag: found the end, expected '-' and an ABI\n"
                       "    py3.py4\n"
                       "           ^\n"
                       "hint: tags follow PEP 425, for example py3-none-any or cp311-cp311-manylinux_2_17_x86_64"));
}

void TagTest::longInput()
{
    constexpr qsizetype mebi = 1 << 20;
    QVERIFY(TagSet::parse(QString(mebi, u'a') + QStringLiteral("-none-any")));
    QVERIFY(!TagSet::parse(QString(mebi, u'-')));
    QVERIFY(!TagSet::parse(QString(mebi, u'.')));
    QVERIFY(!TagSet::parse(QStringLiteral("a.").repeated(mebi / 2) + QStringLiteral("a-none-any")));
    QVERIFY(!TagSet::parse(QStringLiteral("a-").repeated(mebi / 2)));
}

QTEST_GUILESS_MAIN(TagTest)
#include "tst_tag.moc"
