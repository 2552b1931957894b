// What holds for any text: it is read or refused; what is read can be written and read again, what is refused is shown.
#include <axle/packaging/entrypoints.h>
#include <axle/packaging/requirement.h>
#include <axle/packaging/tag.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

/// Puts fragments of the grammars together, so that a part of the texts is valid and the others nearly.
class TextMaker
{
public:
    QString make(const QStringList &fragments)
    {
        QString text;
        for (int count = m_random.bounded(8); count > 0; --count)
            text += fragments.at(m_random.bounded(int(fragments.size())));
        if (m_random.bounded(16) == 0)
            text.insert(
                m_random.bounded(int(text.size()) + 1), QChar(static_cast<char16_t>(m_random.bounded(0x10000))));
        return text;
    }

private:
    QRandomGenerator m_random{508};
};

QStringList fragments(const char *text)
{
    return QString::fromUtf8(text).split(u'|');
}

void checkError(const Error &error, const QString &text)
{
    QVERIFY(!error.message().isEmpty());
    const SourceSpan span = error.span();
    QCOMPARE(span.text, text);
    QVERIFY(0 <= span.begin);
    QVERIFY(span.begin <= span.end);
    QVERIFY(span.end <= span.text.size());
}

/// The count of accepted texts, or -1 after a failure.
template<class Value>
int check(const QStringList &fragments)
{
    TextMaker maker;
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const QString text = maker.make(fragments);
        const auto parsed = Value::parse(text);
        if (parsed) {
            ++accepted;
            const QString written = parsed->toString();
            const auto again = Value::parse(written);
            if (!again || !(*again == *parsed) || again->toString() != written) {
                qCritical("'%s' is read as '%s', which is not read as the same", qPrintable(text), qPrintable(written));
                return -1;
            }
        } else {
            checkError(parsed.error(), text);
            if (QTest::currentTestFailed())
                return -1;
        }
    }
    return accepted;
}

} // namespace

class PropertiesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void names();
    void versions();
    void orderOfVersions();
    void specifiers();
    void markers();
    void requirements();
    void tags();
    void entryPoints();
};

void PropertiesTest::names()
{
    QVERIFY(check<ProjectName>(fragments("a|B|7|-|_|.|foo| ")) > 1000);
}

void PropertiesTest::versions()
{
    QVERIFY(check<Version>(fragments("1|0|07|12|.|.|!|a|alpha|rc|post|r|dev|-|_|+|+x|v| ")) > 1000);
}

void PropertiesTest::orderOfVersions()
{
    TextMaker maker;
    const QStringList parts = fragments("1|0|2|.1|.0|.|a1|rc1|.post1|.dev1|+a|+1|.1");
    QList<Version> versions;
    while (versions.size() < 300) {
        if (const auto version = Version::parse(maker.make(parts)))
            versions += *version;
    }
    std::sort(versions.begin(), versions.end());
    for (qsizetype i = 0; i < versions.size(); ++i) {
        for (qsizetype j = i; j < versions.size(); ++j) {
            QVERIFY(versions[i] <= versions[j]);
            QVERIFY(!(versions[j] < versions[i]));
            QCOMPARE(versions[i] == versions[j], qHash(versions[i], 0) == qHash(versions[j], 0));
        }
    }
}

void PropertiesTest::specifiers()
{
    QVERIFY(check<SpecifierSet>(fragments("1|.0|.*|a1|.dev|+x|>=|<|==|===|~=|!=|>=1|==1.*|~=1.0|,|,| |x|;|)")) > 1000);
}

void PropertiesTest::markers()
{
    QVERIFY(
        check<Marker>(fragments("os_name|extra|python_version|'x'|\"3\"|'|\"|==|>=|in|not in| | | and | or |(|)|(|)|"
                                "os_name=='x'|extra=='A.b'|'3'<python_version|and|.|\\"))
        > 1000);
}

void PropertiesTest::requirements()
{
    QVERIFY(check<Requirement>(
                fragments("a|B.c|a|b|1|[x]|[x]|[|]|x,|(>=1)|>=1|>=1|==1.*|<2|,|,|@| @ url | | | |;os_name=='x'|"
                          "; extra=='y'| and |'3'<python_version|-|\t"))
        > 1000);
}

void PropertiesTest::tags()
{
    TextMaker maker;
    const QStringList parts = fragments("py3|cp311|-none-|-abi3-|.any|any|-|-|.|linux_x86_64|_|py3-none-any| |X");
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const QString text = maker.make(parts);
        const auto parsed = TagSet::parse(text);
        if (!parsed) {
            checkError(parsed.error(), text);
            continue;
        }
        ++accepted;
        QVERIFY(!parsed->tags().isEmpty());
        QCOMPARE(TagSet(parsed->tags()), *parsed);
        for (const Tag &tag : parsed->tags())
            QCOMPARE(TagSet::parse(tag.toString())->tags(), QList<Tag>{tag});
    }
    QVERIFY(accepted > 500);
}

void PropertiesTest::entryPoints()
{
    TextMaker maker;
    const QStringList parts =
        fragments("[g]\n|[h]\n|\n|x = m\n|y = m:f\n|z=m:f [a,b]\n|=|:|x|[|]|#|\r\n| |.|console_scripts");
    int accepted = 0;
    for (int i = 0; i < 20'000; ++i) {
        const QString text = maker.make(parts);
        const auto parsed = EntryPoints::parse(text.toUtf8());
        if (parsed) {
            ++accepted;
            for (const EntryPoint &entry : parsed->all())
                QVERIFY(!entry.group.isEmpty() && !entry.name.isEmpty() && !entry.module.isEmpty());
        } else {
            const SourceSpan span = parsed.error().span();
            QVERIFY(0 <= span.begin && span.begin <= span.end && span.end <= span.text.size());
            QVERIFY(span.line > 0);
        }
    }
    QVERIFY(accepted > 1000);
}

QTEST_APPLESS_MAIN(PropertiesTest)
#include "tst_properties.moc"
