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
    void place();
    void foundAndExpected_data();
    void foundAndExpected();
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

void ErrorTest::place()
{
    const Error error =
        Error(Conflict, QStringLiteral("3 members, expected 4")).withPlace({QStringLiteral("a.py"), 120});
    QCOMPARE(error.place(), (ErrorPlace{QStringLiteral("a.py"), 120}));
    QCOMPARE(error.message(), QStringLiteral("'a.py' at offset 120: 3 members, expected 4"));
    QCOMPARE(error.toString(), error.message());
    const QJsonObject json = error.toJson();
    QCOMPARE(json.value(QStringLiteral("member")).toString(), QStringLiteral("a.py"));
    QCOMPARE(json.value(QStringLiteral("offset")).toInt(), 120);
    QCOMPARE(json.value(QStringLiteral("message")).toString(), error.message());

    const Error archive = Error(Conflict, QStringLiteral("x")).withPlace({{}, 0});
    QCOMPARE(archive.message(), QStringLiteral("at offset 0: x"));
    QVERIFY(!archive.toJson().contains(QStringLiteral("member")));
    const Error member = Error(Conflict, QStringLiteral("x")).withPlace({QStringLiteral("a.py")});
    QCOMPARE(member.message(), QStringLiteral("'a.py': x"));
    QVERIFY(!member.toJson().contains(QStringLiteral("offset")));
    QVERIFY(ErrorPlace().isEmpty());
    QVERIFY(Error(Conflict, QStringLiteral("x")).place().isEmpty());
}

void ErrorTest::foundAndExpected_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("found");
    QTest::addColumn<QString>("expected");
    QTest::newRow("both") << QStringLiteral("3 members, expected 4") << QStringLiteral("3 members")
                          << QStringLiteral("4");
    QTest::newRow("found only") << QStringLiteral("no file") << QStringLiteral("no file") << QString();
    QTest::newRow("the word within a name") << QStringLiteral("the member 'a, expected b', expected none")
                                            << QStringLiteral("the member 'a, expected b'") << QStringLiteral("none");
}

void ErrorTest::foundAndExpected()
{
    QFETCH(QString, message);
    const Error error = Error(Conflict, message).withPlace({QStringLiteral("a.py"), 1});
    QTEST(error.found(), "found");
    QTEST(error.expected(), "expected");
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
    QTest::newRow("place") << fullError().withPlace({QStringLiteral("other"), 1});
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
