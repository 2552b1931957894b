#include <axle/core/sourcespan.h>

#include <QtTest/QtTest>

using namespace Axle;

class SourceSpanTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void caret_data();
    void caret();
    void emptiness();
    void compares();
};

void SourceSpanTest::caret_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    QTest::addColumn<QString>("expected");
    QTest::newRow("two characters") << "numpy >> 2" << 6 << 8
                                    << "    numpy >> 2\n"
                                       "          ^~";
    QTest::newRow("one character") << "abc" << 1 << 2
                                   << "    abc\n"
                                      "     ^";
    QTest::newRow("nothing, between two characters") << "abc" << 1 << 1
                                                     << "    abc\n"
                                                        "     ^";
    QTest::newRow("the first") << "abc" << 0 << 1
                               << "    abc\n"
                                  "    ^";
    QTest::newRow("the whole text") << "abc" << 0 << 3
                                    << "    abc\n"
                                       "    ^~~";
    QTest::newRow("behind the end") << "abc" << 3 << 3
                                    << "    abc\n"
                                       "       ^";
    QTest::newRow("what a terminal would obey") << QStringLiteral("a\x1b[1mb\r\n") << 1 << 2
                                                << QStringLiteral("    a\uFFFD[1mb\uFFFD\uFFFD\n"
                                                                  "     ^");
    QTest::newRow("empty text") << "" << 0 << 0
                                << "    \n"
                                   "    ^";
}

void SourceSpanTest::caret()
{
    QFETCH(const QString, text);
    QFETCH(const int, begin);
    QFETCH(const int, end);
    const SourceSpan span{.source = QStringLiteral("requirement"), .text = text, .begin = begin, .end = end};
    QTEST(span.caret(), "expected");
}

void SourceSpanTest::emptiness()
{
    QVERIFY(SourceSpan().isEmpty());
    QVERIFY(!(SourceSpan{.source = QStringLiteral("METADATA"), .text = {}}).isEmpty());
    QVERIFY(!(SourceSpan{.source = {}, .text = QStringLiteral("a")}).isEmpty());
    QCOMPARE(SourceSpan().line, 0);
}

void SourceSpanTest::compares()
{
    const SourceSpan span{
        .source = QStringLiteral("METADATA"), .text = QStringLiteral("a"), .begin = 0, .end = 1, .line = 3};
    SourceSpan other = span;
    QCOMPARE(other, span);
    other.line = 4;
    QVERIFY(other != span);
    other = span;
    other.end = 0;
    QVERIFY(other != span);
}

QTEST_APPLESS_MAIN(SourceSpanTest)
#include "tst_sourcespan.moc"
