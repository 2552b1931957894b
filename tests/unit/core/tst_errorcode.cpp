#include <axle/core/codes.h>
#include <axle/core/errorcode.h>

#include <QtTest/QtTest>

using namespace Axle;

class ErrorCodeTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void comparesByText();
    void hashesByText();
    void defaultIsEmpty();
    void isUsableAtCompileTime();
};

void ErrorCodeTest::comparesByText()
{
    const QByteArray text = "file-not-found"; // another address than the constant's
    QCOMPARE(ErrorCode(text.constData()), Codes::FileNotFound);
    QVERIFY(!(ErrorCode(text.constData()) != Codes::FileNotFound));
    QVERIFY(Codes::FileNotFound != Codes::FileNotRegular);
    QVERIFY(Codes::FileNotFound < Codes::FileNotRegular);
    QVERIFY(!(Codes::FileNotFound < Codes::FileNotFound));
    QCOMPARE(Codes::FileUnreadable.name(), QLatin1StringView("file-unreadable"));
}

void ErrorCodeTest::hashesByText()
{
    const QByteArray text = "file-not-found";
    QCOMPARE(qHash(ErrorCode(text.constData()), 7), qHash(Codes::FileNotFound, 7));
    QCOMPARE((QSet<ErrorCode>{Codes::FileNotFound, ErrorCode(text.constData()), Codes::FileTruncated}).size(), 2);
}

void ErrorCodeTest::defaultIsEmpty()
{
    QVERIFY(ErrorCode().isEmpty());
    QCOMPARE(ErrorCode().name(), QLatin1StringView());
    QVERIFY(!Codes::FileNotFound.isEmpty());
    QVERIFY(ErrorCode() != Codes::FileNotFound);
}

void ErrorCodeTest::isUsableAtCompileTime()
{
    constexpr ErrorCode code{"a-b"};
    static_assert(!code.isEmpty());
    static_assert(ErrorCode().isEmpty());
    static_assert(code.name().size() == 3);
    QCOMPARE(code, ErrorCode("a-b"));
}

QTEST_APPLESS_MAIN(ErrorCodeTest)
#include "tst_errorcode.moc"
