#include <axle/core/logging.h>

#include <QtTest/QtTest>

class LoggingTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void names_data();
    void names();
};

using Category = const QLoggingCategory &(*)();
Q_DECLARE_METATYPE(Category)

void LoggingTest::names_data()
{
    QTest::addColumn<Category>("category");
    QTest::newRow("axle.discovery") << Category(lcAxleDiscovery);
    QTest::newRow("axle.store") << Category(lcAxleStore);
    QTest::newRow("axle.python") << Category(lcAxlePython);
    QTest::newRow("axle.manager") << Category(lcAxleManager);
}

void LoggingTest::names()
{
    QFETCH(const Category, category);
    QCOMPARE(category().categoryName(), QTest::currentDataTag());
    // Who wants to see more sets QT_LOGGING_RULES.
    QVERIFY(!category().isDebugEnabled());
    QVERIFY(category().isInfoEnabled());
}

QTEST_APPLESS_MAIN(LoggingTest)
#include "tst_logging.moc"
