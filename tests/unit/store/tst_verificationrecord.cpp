#include "verificationrecord_p.h"

#include <QtCore/QDir>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Internal;

namespace {

constexpr std::int64_t Second = 1'000'000'000;

VerificationRecord sample()
{
    VerificationRecord record;
    record.needsTree = true;
    record.taken = 1'700'000'000 * Second + 5;
    record.files.insert(
        QStringLiteral("a/b c.py"), {0xffff'ffff'ffff'fffeU, 42, 7, 100 * Second + 1, 200 * Second + 2});
    record.files.insert(QStringLiteral("ä/—.so"), {1, 0xffff'ffff'ffff'ffffU, std::int64_t(5) << 40, -1, 3});
    return record;
}

} // namespace

class TestVerificationRecord : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void refuses_data();
    void refuses();
    void everyTruncationIsRefused();
    void vouchesFor_data();
    void vouchesFor();
    void storedAndReplaced();
};

void TestVerificationRecord::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void TestVerificationRecord::roundTrip_data()
{
    QTest::addColumn<bool>("needsTree");
    QTest::addColumn<bool>("hasFiles");
    QTest::newRow("tree") << true << true;
    QTest::newRow("archive") << false << false;
    QTest::newRow("tree that was asked for") << false << true;
}

void TestVerificationRecord::roundTrip()
{
    QFETCH(const bool, needsTree);
    QFETCH(const bool, hasFiles);
    VerificationRecord record = sample();
    record.needsTree = needsTree;
    if (!hasFiles)
        record.files.clear();
    const auto parsed = VerificationRecord::parse(record.toBytes("1.2"), "1.2");
    QVERIFY(parsed.has_value());
    QCOMPARE(*parsed == record, true);
}

void TestVerificationRecord::refuses_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another version of Axle") << sample().toBytes("1.3");
    QTest::newRow("unknown kind") << QByteArray("axle verification 1 1.2\nshrub 5 0\n");
    QTest::newRow("no number of files") << QByteArray("axle verification 1 1.2\ntree 5\n");
    QTest::newRow("no time") << QByteArray("axle verification 1 1.2\ntree x 0\n");
    QTest::newRow("too few files") << QByteArray("axle verification 1 1.2\ntree 5 2\n1 2 3 4 5 a\n");
    QTest::newRow("too many files") << QByteArray("axle verification 1 1.2\ntree 5 0\n1 2 3 4 5 a\n");
    QTest::newRow("file without a name") << QByteArray("axle verification 1 1.2\ntree 5 1\n1 2 3 4 5\n");
    QTest::newRow("file with a word for a number")
        << QByteArray("axle verification 1 1.2\ntree 5 1\n1 2 three 4 5 a\n");
}

void TestVerificationRecord::refuses()
{
    QFETCH(const QByteArray, bytes);
    QVERIFY(!VerificationRecord::parse(bytes, "1.2").has_value());
}

void TestVerificationRecord::everyTruncationIsRefused()
{
    const QByteArray bytes = sample().toBytes("1.2");
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!VerificationRecord::parse(bytes.first(size), "1.2").has_value(), qPrintable(QString::number(size)));
}

void TestVerificationRecord::vouchesFor_data()
{
    QTest::addColumn<std::int64_t>("age"); // of the file's last change when the record was taken
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("vouches");
    QTest::newRow("old enough") << 10 * Second << QString() << true;
    QTest::newRow("just old enough") << 2 * Second << QString() << true;
    QTest::newRow("too young by a nanosecond") << 2 * Second - 1 << QString() << false;
    QTest::newRow("changed after the record, clock set back") << -Second << QString() << false;
    for (const char *change : {"device", "inode", "size", "modified", "changed", "name"})
        QTest::addRow("another %s", change) << 10 * Second << QString::fromLatin1(change) << false;
}

void TestVerificationRecord::vouchesFor()
{
    QFETCH(const std::int64_t, age);
    QFETCH(const QString, change);
    QFETCH(const bool, vouches);
    const QString name = QStringLiteral("a.py");
    FileIdentity identity{1, 2, 3, 4, 1000 * Second};
    const VerificationRecord record{true, identity.changeTime + age, {{name, identity}}};
    identity.device += change == u"device";
    identity.inode += change == u"inode";
    identity.size += change == u"size";
    identity.modificationTime += change == u"modified";
    identity.changeTime += change == u"changed";
    QCOMPARE(record.vouchesFor(change == u"name" ? QStringLiteral("b.py") : name, identity), vouches);
}

void TestVerificationRecord::storedAndReplaced()
{
    const QTemporaryDir temporary;
    const auto folder = openPrivateFolder(temporary.path());
    QVERIFY(folder);
    const QString name = QStringLiteral("x.whl.verified");
    QVERIFY(!readRecord(*folder, name).has_value());
    QVERIFY(QFile(temporary.filePath(name % u".new")).open(QFile::WriteOnly)); // left by a process that was killed
    QVERIFY(draftRecord(*folder, name, sample()));
    QVERIFY(!readRecord(*folder, name).has_value());
    QVERIFY(placeRecord(*folder, name));
    QCOMPARE(*readRecord(*folder, name) == sample(), true);
    VerificationRecord other = sample();
    other.taken += 1;
    QVERIFY(draftRecord(*folder, name, other));
    QCOMPARE(*readRecord(*folder, name) == sample(), true);
    QVERIFY(placeRecord(*folder, name));
    QCOMPARE(*readRecord(*folder, name) == other, true);
    QCOMPARE(QDir(temporary.path()).entryList(QDir::Files | QDir::Hidden), QStringList{name});
    QVERIFY(QFile::remove(temporary.filePath(name)));
    QVERIFY(QDir(temporary.path()).mkdir(name));
    QVERIFY(draftRecord(*folder, name, other));
    QCOMPARE(placeRecord(*folder, name).error().code().name(), QLatin1StringView("store-write-failed"));
    QCOMPARE(QDir(temporary.path()).entryList(QDir::Files | QDir::Hidden), QStringList());
}

QTEST_GUILESS_MAIN(TestVerificationRecord)
#include "tst_verificationrecord.moc"
