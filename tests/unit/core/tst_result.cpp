#include <axle/core/codes.h>
#include <axle/core/result.h>

#include <QtTest/QtTest>

#include <memory>

using namespace Axle;

namespace {

Error failure()
{
    return Error(Codes::FileNotFound, QStringLiteral("there is no file 'a'"));
}

Result<int> parse(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    if (!isNumber)
        return failure();
    return number;
}

Result<void> require(bool condition)
{
    if (!condition)
        return failure();
    return {};
}

/// Counts how often its values are copied.
struct Counted
{
    explicit Counted(int *count)
        : copies(count)
    {
    }
    Counted(const Counted &other)
        : copies(other.copies)
    {
        ++*copies;
    }
    Counted(Counted &&) noexcept = default;
    Counted &operator=(const Counted &) = default;
    Counted &operator=(Counted &&) noexcept = default;
    ~Counted() = default;

    int *copies;
};

static_assert(std::is_same_v<Result<int>::value_type, int>);
static_assert(!std::is_convertible_v<Result<int>, bool>); // only where a condition is asked for
static_assert(std::is_constructible_v<bool, Result<int>>);
static_assert(!std::is_constructible_v<Result<int>, QString>);
static_assert(std::is_nothrow_move_constructible_v<Result<QString>>);
static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);

} // namespace

class ResultTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void valueSide();
    void errorSide();
    void convertsToTheValue();
    void valueOr();
    void andThen();
    void transform();
    void holdsWhatOnlyMoves();
    void doesNotCopyWhatItMayMove();
    void assignment();
    void withoutValue();
};

void ResultTest::valueSide()
{
    Result<QString> result = QStringLiteral("value");
    QVERIFY(result);
    QVERIFY(result.has_value());
    QCOMPARE(*result, QStringLiteral("value"));
    QCOMPARE(result.value(), QStringLiteral("value"));
    QCOMPARE(result->size(), 5);
    *result += u'!';
    const Result<QString> &same = result;
    QCOMPARE(*same, QStringLiteral("value!"));
    QCOMPARE(same->size(), 6);
    const QString taken = *std::move(result);
    QCOMPARE(taken, QStringLiteral("value!"));
}

void ResultTest::errorSide()
{
    const Result<QString> result = failure();
    QVERIFY(!result);
    QVERIFY(!result.has_value());
    QCOMPARE(result.error(), failure());
    Result<QString> other = result;
    const Error taken = std::move(other).error();
    QCOMPARE(taken, failure());
    const Error lvalue = failure();
    QCOMPARE(Result<int>(lvalue).error(), lvalue);
}

void ResultTest::convertsToTheValue()
{
    const auto fromText = []() -> Result<QString> { return QStringLiteral("text"); };
    QCOMPARE(*fromText(), QStringLiteral("text"));
    const auto fromNumber = []() -> Result<double> { return 3; };
    QCOMPARE(*fromNumber(), 3.0);
    const auto fromList = []() -> Result<QList<int>> { return QList<int>{1, 2}; };
    QCOMPARE(fromList()->size(), 2);
    const auto falseIsAValue = []() -> Result<bool> { return false; };
    QVERIFY(falseIsAValue());
    QVERIFY(!*falseIsAValue());
}

void ResultTest::valueOr()
{
    QCOMPARE(parse(QStringLiteral("3")).value_or(7), 3);
    QCOMPARE(parse(QStringLiteral("x")).value_or(7), 7);
    QCOMPARE(Result<QString>(failure()).value_or(QStringLiteral("none")), QStringLiteral("none"));
}

void ResultTest::andThen()
{
    int calls = 0;
    const auto half = [&calls](int number) -> Result<double> {
        ++calls;
        if (number % 2 != 0)
            return Error(Codes::FileTruncated, QStringLiteral("odd"));
        return number / 2;
    };
    QCOMPARE(*parse(QStringLiteral("8")).and_then(half), 4.0);
    QCOMPARE(parse(QStringLiteral("7")).and_then(half).error().code(), Codes::FileTruncated);
    QCOMPARE(calls, 2);
    QCOMPARE(parse(QStringLiteral("x")).and_then(half).error(), failure());
    QCOMPARE(calls, 2);
    QVERIFY(!parse(QStringLiteral("0")).and_then([](int number) { return require(number > 0); }));
}

void ResultTest::transform()
{
    const auto text = [](int number) { return QString::number(number * 2); };
    QCOMPARE(*parse(QStringLiteral("4")).transform(text), QStringLiteral("8"));
    QCOMPARE(parse(QStringLiteral("x")).transform(text).error(), failure());
}

void ResultTest::holdsWhatOnlyMoves()
{
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    QCOMPARE(**result, 5);
    const std::unique_ptr<int> taken = std::move(result).value();
    QCOMPARE(*taken, 5);
    auto doubled = Result<std::unique_ptr<int>>(std::make_unique<int>(5)).transform([](std::unique_ptr<int> &&number) {
        return std::make_unique<int>(*number * 2);
    });
    QCOMPARE(**doubled, 10);
}

void ResultTest::doesNotCopyWhatItMayMove()
{
    int copies = 0;
    Result<Counted> result = Counted(&copies);
    Result<Counted> moved = std::move(result);
    const Counted taken = std::move(moved).value();
    QCOMPARE(copies, 0);
    const Result<Counted> kept = taken;
    QCOMPARE(copies, 1);
    QVERIFY(kept);
}

void ResultTest::assignment()
{
    Result<int> result = 1;
    result = failure();
    QVERIFY(!result);
    result = 2;
    QCOMPARE(*result, 2);
    const Result<int> copy = result;
    result = 3;
    QCOMPARE(*copy, 2);
}

void ResultTest::withoutValue()
{
    QVERIFY(require(true));
    QVERIFY(require(true).has_value());
    const Result<void> failed = require(false);
    QVERIFY(!failed);
    QVERIFY(!failed.has_value());
    QCOMPARE(failed.error(), failure());
    QVERIFY(Result<void>());
    static_assert(std::is_void_v<Result<void>::value_type>);
}

QTEST_APPLESS_MAIN(ResultTest)
#include "tst_result.moc"
