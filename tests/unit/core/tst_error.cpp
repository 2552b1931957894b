#include <axle/core/codes.h>
#include <axle/core/error.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

const ErrorCode Conflict{"test-conflict"};

SourceSpan span()
{
    return SourceSpan{
        .source = QStringLiteral("METADATA"), .text = QStringLiteral("numpy >> 2"), .begin = 6, .end = 8, .line = 12};
}

Error fullError()
{
    return Error(Conflict, QStringLiteral("'geo 2.1' needs 'numpy >=2', but 1.26 is active"),
        QStringLiteral("deactivate 'stats'"))
        .withSpan(span())
        .withDetails(QStringLiteral("Traceback:\n  line 1\n"))
        .withCause(
            Error(Codes::FileNotFound, QStringLiteral("there is no file 'a'"), QStringLiteral("look at the path"))
                .withCause(Error(Codes::FileUnreadable, QStringLiteral("deeper"))))
        .withCause(Error(Codes::FileTruncated, QStringLiteral("another cause")));
}

} // namespace

class ErrorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void nullError();
    void plainError();
    void parts();
    void textHasEveryPart();
    void textOfTheSimplest();
    void jsonHasEveryPart();
    void jsonOfTheSimplest();
    void copiesAreIndependent();
    void movedFromIsNull();
    void equality_data();
    void equality();
    void printsForDebugging();
    void travelsInVariants();
};

void ErrorTest::nullError()
{
    const Error none;
    QVERIFY(none.isNull());
    QVERIFY(none.code().isEmpty());
    QCOMPARE(none.message(), QString());
    QCOMPARE(none.hint(), QString());
    QCOMPARE(none.details(), QString());
    QVERIFY(none.span().isEmpty());
    QVERIFY(none.causes().isEmpty());
    QCOMPARE(none.toString(), QString());
    QCOMPARE(none.toJson(), QJsonObject());
    QCOMPARE(none, Error());
    QVERIFY(none != fullError());
}

void ErrorTest::plainError()
{
    const Error error(Conflict, QStringLiteral("message"));
    QVERIFY(!error.isNull());
    QCOMPARE(error.code(), Conflict);
    QCOMPARE(error.message(), QStringLiteral("message"));
    QCOMPARE(error.hint(), QString());
    QVERIFY(error.span().isEmpty());
}

void ErrorTest::parts()
{
    const Error error = fullError();
    QCOMPARE(error.hint(), QStringLiteral("deactivate 'stats'"));
    QCOMPARE(error.details(), QStringLiteral("Traceback:\n  line 1\n"));
    QCOMPARE(error.span(), span());
    QCOMPARE(error.causes().size(), 2);
    QCOMPARE(error.causes().first().code(), Codes::FileNotFound);
    QCOMPARE(error.causes().first().causes().first().message(), QStringLiteral("deeper"));
    QCOMPARE(Error(error).withHint(QStringLiteral("other")).hint(), QStringLiteral("other"));
}

void ErrorTest::textHasEveryPart()
{
    QCOMPARE(fullError().toString(),
        QStringLiteral("'geo 2.1' needs 'numpy >=2', but 1.26 is active\n"
                       "    numpy >> 2\n"
                       "          ^~\n"
                       "Traceback:\n"
                       "  line 1\n"
                       "  there is no file 'a'\n"
                       "    deeper\n"
                       "  hint: look at the path\n"
                       "  another cause\n"
                       "hint: deactivate 'stats'"));
}

void ErrorTest::textOfTheSimplest()
{
    QCOMPARE(Error(Conflict, QStringLiteral("message")).toString(), QStringLiteral("message"));
}

void ErrorTest::jsonHasEveryPart()
{
    const QJsonObject expected{
        {QStringLiteral("code"), QStringLiteral("test-conflict")},
        {QStringLiteral("message"), QStringLiteral("'geo 2.1' needs 'numpy >=2', but 1.26 is active")},
        {QStringLiteral("hint"), QStringLiteral("deactivate 'stats'")},
        {QStringLiteral("details"), QStringLiteral("Traceback:\n  line 1\n")},
        {QStringLiteral("span"),
            QJsonObject{{QStringLiteral("source"), QStringLiteral("METADATA")}, {QStringLiteral("line"), 12},
                {QStringLiteral("text"), QStringLiteral("numpy >> 2")}, {QStringLiteral("begin"), 6},
                {QStringLiteral("end"), 8}}},
        {QStringLiteral("causes"),
            QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("file-not-found")},
                           {QStringLiteral("message"), QStringLiteral("there is no file 'a'")},
                           {QStringLiteral("hint"), QStringLiteral("look at the path")},
                           {QStringLiteral("causes"),
                               QJsonArray{QJsonObject{{QStringLiteral("code"), QStringLiteral("file-unreadable")},
                                   {QStringLiteral("message"), QStringLiteral("deeper")}}}}},
                QJsonObject{{QStringLiteral("code"), QStringLiteral("file-truncated")},
                    {QStringLiteral("message"), QStringLiteral("another cause")}}}},
    };
    QCOMPARE(fullError().toJson(), expected);
}

void ErrorTest::jsonOfTheSimplest()
{
    const QJsonObject expected{{QStringLiteral("code"), QStringLiteral("test-conflict")},
        {QStringLiteral("message"), QStringLiteral("message")}};
    QCOMPARE(Error(Conflict, QStringLiteral("message")).toJson(), expected);
}

void ErrorTest::copiesAreIndependent()
{
    const Error original(Conflict, QStringLiteral("message"));
    Error copy = original;
    copy.withHint(QStringLiteral("hint")).withCause(fullError());
    QCOMPARE(copy.hint(), QStringLiteral("hint"));
    QCOMPARE(original.hint(), QString());
    QVERIFY(original.causes().isEmpty());
    copy = original;
    QCOMPARE(copy, original);
}

void ErrorTest::movedFromIsNull()
{
    Error from = fullError();
    const Error to = std::move(from);
    QCOMPARE(to, fullError());
    QVERIFY(from.isNull()); // NOLINT(bugprone-use-after-move): that is what is promised
    from = to;
    QCOMPARE(from, to);
}

void ErrorTest::equality_data()
{
    QTest::addColumn<Error>("changed");
    QTest::newRow("code") << Error(Codes::FileNotFound, fullError().message(), fullError().hint());
    QTest::newRow("message") << Error(Conflict, QStringLiteral("other"), fullError().hint());
    QTest::newRow("hint") << fullError().withHint(QStringLiteral("other"));
    QTest::newRow("details") << fullError().withDetails(QStringLiteral("other"));
    QTest::newRow("span") << fullError().withSpan(SourceSpan());
    QTest::newRow("causes") << fullError().withCause(Error(Conflict, QStringLiteral("third")));
}

void ErrorTest::equality()
{
    QFETCH(const Error, changed);
    QCOMPARE(fullError(), fullError());
    QVERIFY(changed != fullError());
    QCOMPARE(Error(changed), changed);
}

void ErrorTest::printsForDebugging()
{
    QString text;
    QDebug(&text) << Error() << Error(Conflict, QStringLiteral("it's 'so'"), QStringLiteral("do"));
    QCOMPARE(text.simplified(), QStringLiteral("Error() Error(test-conflict: it's 'so' hint: do)"));
}

void ErrorTest::travelsInVariants()
{
    QCOMPARE(QVariant::fromValue(fullError()).value<Error>(), fullError());
}

QTEST_APPLESS_MAIN(ErrorTest)
#include "tst_error.moc"
