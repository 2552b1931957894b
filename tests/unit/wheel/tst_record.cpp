#include <axle/wheel/codes.h>
#include <axle/wheel/digest.h>
#include <axle/wheel/record.h>

#include <QtTest/QtTest>

using namespace Axle;

namespace {

QByteArray hashOf(const QByteArray &data, HashAlgorithm algorithm = HashAlgorithm::Sha256)
{
    return Digest::of(algorithm, data).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

class RecordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void rows();
    void emptyFileHasNoRows();
    void quotedPaths_data();
    void quotedPaths();
    void lineEnds_data();
    void lineEnds();
    void malformed_data();
    void malformed();
    void notUtf8();
    void aLongLineIsCutInTheSpan();
    void rowsAreLimited();
    void everyAlgorithmIsChecked_data();
    void everyAlgorithmIsChecked();
    void mismatches();
    void aRowWithoutSizeIsCheckedByItsHash();
};

void RecordTest::rows()
{
    const auto record = Record::parse("demo/__init__.py,sha256=" + hashOf("X = 1") + ",5\n"
        + "demo/b.py,sha512=" + hashOf("y", HashAlgorithm::Sha512) + ",\n" + "demo-1.0.dist-info/RECORD,,\n");
    QVERIFY2(record.has_value(), qPrintable(record ? QString() : record.error().toString()));
    QCOMPARE(record->entries().size(), 3);
    const RecordEntry *entry = record->find(QStringLiteral("demo/__init__.py"));
    QVERIFY(entry);
    QCOMPARE(entry->algorithm, QStringLiteral("sha256"));
    QCOMPARE(entry->digest, Digest::of(HashAlgorithm::Sha256, "X = 1"));
    QCOMPARE(entry->size, 5);
    QCOMPARE(record->find(QStringLiteral("demo/b.py"))->size, -1);
    QVERIFY(record->find(QStringLiteral("demo-1.0.dist-info/RECORD"))->algorithm.isEmpty());
    QVERIFY(!record->find(QStringLiteral("demo/c.py")));
}

void RecordTest::emptyFileHasNoRows()
{
    const auto record = Record::parse({});
    QVERIFY(record.has_value());
    QVERIFY(record->entries().isEmpty());
}

void RecordTest::quotedPaths_data()
{
    QTest::addColumn<QByteArray>("row");
    QTest::addColumn<QString>("path");
    QTest::newRow("comma") << QByteArray("\"a,b.txt\",,\n") << QStringLiteral("a,b.txt");
    QTest::newRow("quote") << QByteArray("\"a \"\"q\"\".txt\",,\n") << QStringLiteral("a \"q\".txt");
    QTest::newRow("needlessly quoted") << QByteArray("\"a.txt\",,\n") << QStringLiteral("a.txt");
    QTest::newRow("not ASCII") << QByteArray("\303\251t\303\251.txt,,\n") << QStringLiteral("été.txt");
    QTest::newRow("all fields quoted") << QByteArray("\"a.txt\",\"\",\"7\"\n") << QStringLiteral("a.txt");
}

void RecordTest::quotedPaths()
{
    QFETCH(QByteArray, row);
    const auto record = Record::parse(row);
    QVERIFY2(record.has_value(), qPrintable(record ? QString() : record.error().toString()));
    QCOMPARE(record->entries().size(), 1);
    QTEST(record->entries().first().path, "path");
}

void RecordTest::lineEnds_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("LF") << QByteArray("a,,\nb,,\n");
    QTest::newRow("CRLF") << QByteArray("a,,\r\nb,,\r\n");
    QTest::newRow("mixed") << QByteArray("a,,\r\nb,,\n");
    QTest::newRow("none at the end") << QByteArray("a,,\nb,,");
    QTest::newRow("byte order mark") << QByteArray("\357\273\277a,,\nb,,\n");
}

void RecordTest::lineEnds()
{
    QFETCH(QByteArray, text);
    const auto record = Record::parse(text);
    QVERIFY2(record.has_value(), qPrintable(record ? QString() : record.error().toString()));
    QCOMPARE(record->entries().size(), 2);
    QVERIFY(record->find(QStringLiteral("a")));
    QVERIFY(record->find(QStringLiteral("b")));
}

void RecordTest::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &text, const char *code, const char *message) {
        QTest::newRow(name) << text << QString::fromLatin1(code) << QString::fromUtf8(message);
    };
    const QByteArray good = "sha256=" + hashOf("x");
    row("short row", "a\n", "record-syntax", "line 1: the number of fields is 1, expected 3: path, hash, size");
    row("long row", "a,,,\n", "record-syntax", "line 1: the number of fields is 4, expected 3: path, hash, size");
    row("blank line", "a,,\n\nb,,\n", "record-syntax",
        "line 2: the number of fields is 1, expected 3: path, hash, size");
    row("semicolons", "a;;\n", "record-syntax", "line 1: the number of fields is 1, expected 3: path, hash, size");
    row("open quote", "ok,,\n\"a,,\n", "record-syntax",
        "line 2: the quotes do not match, expected comma-separated values");
    row("text behind a quoted field", "\"a\"b,,\n", "record-syntax",
        "line 1: the quotes do not match, expected comma-separated values");
    row("quote within a field", "a\"b,,\n", "record-syntax",
        "line 1: the quotes do not match, expected comma-separated values");
    row("lone carriage return", "a\rb,,\n", "record-syntax",
        "line 1: the quotes do not match, expected comma-separated values");
    row("size is a word", "a,,12x\n", "record-syntax", "line 1: the size is '12x', expected a number of bytes");
    row("negative size", "a,,-5\n", "record-syntax", "line 1: the size is '-5', expected a number of bytes");
    row("size beyond 64 bits", "a,,99999999999999999999999999\n", "record-syntax",
        "line 1: the size is '99999999999999999999999999', expected a number of bytes");
    row("no digest", "a,sha256=,1\n", "record-syntax", "line 1: the hash is 'sha256=', expected 32 bytes in base64url");
    row("short digest", "a,sha256=abcd,1\n", "record-syntax",
        "line 1: the hash is 'sha256=abcd', expected 32 bytes in base64url");
    row("digest not base64", "a,sha256=!!!!,1\n", "record-syntax",
        "line 1: the hash is 'sha256=!!!!', expected 32 bytes in base64url");
    row("digest not ASCII", "a,sha256=\303\251,1\n", "record-syntax",
        "line 1: the hash is 'sha256=é', expected 32 bytes in base64url");
    row("digest of another algorithm", "a,sha384=" + hashOf("x") + ",1\n", "record-syntax",
        qPrintable(QStringLiteral("line 1: the hash is 'sha384=%1', expected 48 bytes in base64url")
                       .arg(QString::fromLatin1(hashOf("x")))));
    row("md5", "a,md5=abc,1\n", "record-hash-algorithm",
        "line 1: the hash is 'md5=abc', expected sha256=…, sha384=… or sha512=…");
    row("sha1", "a,sha1=abc,1\n", "record-hash-algorithm",
        "line 1: the hash is 'sha1=abc', expected sha256=…, sha384=… or sha512=…");
    row("no algorithm", "a,abc,1\n", "record-hash-algorithm",
        "line 1: the hash is 'abc', expected sha256=…, sha384=… or sha512=…");
    row("twice", "a," + good + ",1\nb,,\na," + good + ",1\n", "record-duplicate",
        "line 3: 'a' is listed a second time, expected once");
    row("absolute", "/etc/passwd,,\n", "record-path",
        "line 1: the path is '/etc/passwd', expected that of a file below the wheel's root");
    row("parent", "../x,,\n", "record-path",
        "line 1: the path is '../x', expected that of a file below the wheel's root");
    row("parent within", "a/../../x,,\n", "record-path",
        "line 1: the path is 'a/../../x', expected that of a file below the wheel's root");
    row("backslash", "a\\b,,\n", "record-path",
        "line 1: the path is 'a\\b', expected that of a file below the wheel's root");
    row("folder", "a/,,\n", "record-path", "line 1: the path is 'a/', expected that of a file below the wheel's root");
    row("no path", ",,\n", "record-path", "line 1: the path is '', expected that of a file below the wheel's root");
    row("control character", QByteArray("a\0b,,\n", 6), "record-path",
        "line 1: the path is 'a\\u{0}b', expected that of a file below the wheel's root");
}

void RecordTest::malformed()
{
    QFETCH(QByteArray, text);
    const auto record = Record::parse(text);
    QVERIFY(!record);
    QTEST(QString(record.error().code().name()), "code");
    QTEST(record.error().message(), "message");
    QCOMPARE(record.error().span().source, QStringLiteral("RECORD"));
    QVERIFY(record.error().span().line > 0);
}

void RecordTest::notUtf8()
{
    const auto record = Record::parse("a\377,,\n");
    QVERIFY(!record);
    QCOMPARE(record.error().code(), ErrorCode("record-syntax"));
    QCOMPARE(record.error().message(), QStringLiteral("RECORD is not UTF-8 text"));
}

void RecordTest::aLongLineIsCutInTheSpan()
{
    const auto record = Record::parse(QByteArray(100'000, 'a') + '\n');
    QVERIFY(!record);
    QVERIFY(record.error().toString().size() < 1000);
}

void RecordTest::rowsAreLimited()
{
    QByteArray text;
    for (int i = 0; i < 200'000; ++i)
        text += QByteArray::number(i, 36) + ",,\n";
    const auto record = Record::parse(text + "x/y,,\n");
    QVERIFY(!record);
    QCOMPARE(record.error().code(), ErrorCode("record-too-large"));
    QCOMPARE(record.error().message(), QStringLiteral("line 200001: there are more rows, expected at most 200000"));
}

void RecordTest::everyAlgorithmIsChecked_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<QByteArray>("name");
    QTest::newRow("sha256") << int(HashAlgorithm::Sha256) << QByteArray("sha256");
    QTest::newRow("sha384") << int(HashAlgorithm::Sha384) << QByteArray("sha384");
    QTest::newRow("sha512") << int(HashAlgorithm::Sha512) << QByteArray("sha512");
}

void RecordTest::everyAlgorithmIsChecked()
{
    QFETCH(int, algorithm);
    QFETCH(QByteArray, name);
    const auto record =
        Record::parse("a," + name + '=' + hashOf("data", static_cast<HashAlgorithm>(algorithm)) + ",4\n");
    QVERIFY(record.has_value());
    QVERIFY(record->check(QStringLiteral("a"), "data").has_value());
    const auto other = record->check(QStringLiteral("a"), "dat4");
    QVERIFY(!other);
    QCOMPARE(other.error().code(), ErrorCode("record-hash-mismatch"));
}

void RecordTest::mismatches()
{
    const auto record = Record::parse("a,sha256=" + hashOf("data") + ",4\nRECORD,,\n");
    QVERIFY(record.has_value());
    const auto error = [&](const char *path, const char *data) {
        const auto checked = record->check(QString::fromLatin1(path), data);
        return checked ? QString() : QString(checked.error().code().name()) + u' ' + checked.error().message();
    };
    QCOMPARE(error("a", "data"), QString());
    QCOMPARE(error("a", "longer"), QStringLiteral("record-size-mismatch 'a': 6 bytes, expected 4 as in RECORD"));
    QCOMPARE(
        error("b", "data"), QStringLiteral("record-unlisted 'b': not listed in RECORD, expected every file to be"));
    QCOMPARE(error("RECORD", "data"),
        QStringLiteral("record-hash-missing 'RECORD': RECORD has no hash of it, expected one"));
    QCOMPARE(error("a", "dATA"),
        QStringLiteral("record-hash-mismatch 'a': the hash is sha256=%1, expected sha256=%2 as in RECORD")
            .arg(QString::fromLatin1(hashOf("dATA")), QString::fromLatin1(hashOf("data"))));
}

void RecordTest::aRowWithoutSizeIsCheckedByItsHash()
{
    const auto record = Record::parse("a,sha256=" + hashOf("data") + ",\n");
    QVERIFY(record.has_value());
    QVERIFY(record->check(QStringLiteral("a"), "data").has_value());
    QCOMPARE(record->check(QStringLiteral("a"), "longer").error().code(), ErrorCode("record-hash-mismatch"));
}

QTEST_APPLESS_MAIN(RecordTest)
#include "tst_record.moc"
