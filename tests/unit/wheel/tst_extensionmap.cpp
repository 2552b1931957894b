#include <axle/wheel/codes.h>
#include <axle/wheel/extensionmap.h>

#include <QtTest/QtTest>

using namespace Axle;

class ExtensionMapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void wellFormed();
    void malformed_data();
    void malformed();
    void deepNesting();
};

void ExtensionMapTest::wellFormed()
{
    const auto map =
        ExtensionMap::parse(R"({"demo._fast": "demo/_fast.so", "b": "b.cpython-311-x86_64-linux-gnu.so"})");
    QVERIFY2(map.has_value(), qPrintable(map ? QString() : map.error().toString()));
    QCOMPARE(map->modules().size(), 2);
    QCOMPARE(map->modules().value(QStringLiteral("demo._fast")), QStringLiteral("demo/_fast.so"));
    QVERIFY(ExtensionMap::parse("{}")->modules().isEmpty());
    QVERIFY(*ExtensionMap::parse("{}") == ExtensionMap());
}

void ExtensionMapTest::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &text, const char *message) {
        QTest::newRow(name) << text << QString::fromLatin1(message);
    };
    row("no JSON", "not json", "EXTENSIONS is no JSON at byte 1: illegal value");
    row("array", "[]", "EXTENSIONS is a JSON array, expected an object");
    row("number", R"({"m": 3})", "EXTENSIONS gives '' for the module 'm', expected the path of a file in the wheel");
    row("parent", R"({"m": "../x.so"})",
        "EXTENSIONS gives '../x.so' for the module 'm', expected the path of a file in the wheel");
    row("absolute", R"({"m": "/tmp/x.so"})",
        "EXTENSIONS gives '/tmp/x.so' for the module 'm', expected the path of a file in the wheel");
    row("backslash", R"({"m": "a\\x.so"})",
        "EXTENSIONS gives 'a\\x.so' for the module 'm', expected the path of a file in the wheel");
    row("folder", R"({"m": "a/"})",
        "EXTENSIONS gives 'a/' for the module 'm', expected the path of a file in the wheel");
    row("no module", R"({"../m": "x.so"})", "EXTENSIONS names '../m', expected a module");
    row("empty part", R"({"a..b": "x.so"})", "EXTENSIONS names 'a..b', expected a module");
    row("digit first", R"({"a.1b": "x.so"})", "EXTENSIONS names 'a.1b', expected a module");
}

void ExtensionMapTest::malformed()
{
    QFETCH(QByteArray, text);
    const auto map = ExtensionMap::parse(text);
    QVERIFY(!map);
    QCOMPARE(map.error().code(), ErrorCode("extensions-invalid"));
    QTEST(map.error().message(), "message");
}

void ExtensionMapTest::deepNesting()
{
    const auto map = ExtensionMap::parse(R"({"m": )" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + '}');
    QVERIFY(!map);
    QCOMPARE(map.error().code(), ErrorCode("extensions-invalid"));
}

QTEST_APPLESS_MAIN(ExtensionMapTest)
#include "tst_extensionmap.moc"
