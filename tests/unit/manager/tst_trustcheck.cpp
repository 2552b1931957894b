#include "trustcheck_p.h"

#include <axle/manager/codes.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Axle;
using namespace Axle::Internal;

class TestTrustCheck : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void modes_data();
    void modes();
    void ancestors_data();
    void ancestors();
    void systemFolders();
    void anotherOwner();
    void missing();
    void symbolicLink();
};

namespace {

Result<void> check(const QString &folder)
{
    return checkTrust(folder, TrustPolicy::Folder);
}

QString makeFolder(const QString &path, mode_t mode)
{
    if (!QDir().mkpath(path) || ::chmod(QFile::encodeName(path).constData(), mode) != 0)
        qFatal("cannot make '%s'", qPrintable(path));
    return path;
}

} // namespace

void TestTrustCheck::modes_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("trusted");
    QTest::addRow("private") << 0700u << true;
    QTest::addRow("readable by all") << 0755u << true;
    QTest::addRow("writable by the group") << 0775u << false;
    QTest::addRow("writable by all") << 0757u << false;
    QTest::addRow("sticky and writable by all") << 01777u << false;
}

void TestTrustCheck::modes()
{
    QFETCH(uint, mode);
    QFETCH(bool, trusted);
    const QTemporaryDir root;
    const QString folder = makeFolder(root.filePath("plugins"), mode);
    const Result<void> result = check(folder);
    QCOMPARE(result.has_value(), trusted);
    if (!trusted) {
        QCOMPARE(result.error().code(), Codes::FolderUntrusted);
        QCOMPARE(result.error().message(),
            QStringLiteral("'%1' is writable by others (mode %2), expected by its owner only")
                .arg(folder, QString::number(mode, 8)));
        QCOMPARE(result.error().hint(), QStringLiteral("chmod go-w '%1'").arg(folder));
    }
}

void TestTrustCheck::ancestors_data()
{
    QTest::addColumn<uint>("mode");
    QTest::addColumn<bool>("trusted");
    QTest::addRow("readable by all") << 0755u << true;
    QTest::addRow("writable by all") << 0777u << false;
    QTest::addRow("sticky and writable by all, as /tmp") << 01777u << true;
}

void TestTrustCheck::ancestors()
{
    QFETCH(uint, mode);
    QFETCH(bool, trusted);
    const QTemporaryDir root;
    const QString parent = makeFolder(root.filePath("shared"), 0755);
    const QString folder = makeFolder(parent + "/own/plugins", 0700);
    makeFolder(parent, mode);
    QCOMPARE(check(folder).has_value(), trusted);
}

void TestTrustCheck::systemFolders()
{
    QVERIFY(check("/usr/lib"));
    QVERIFY(!check("/tmp"));
}

void TestTrustCheck::anotherOwner()
{
    if (::geteuid() != 0)
        QSKIP("only root can give folders away");
    const QTemporaryDir root;
    const QString folder = makeFolder(root.filePath("plugins"), 0700);
    QCOMPARE(::chown(QFile::encodeName(folder).constData(), 12345, 12345), 0);
    const Result<void> result = check(folder);
    QVERIFY(!result);
    QCOMPARE(result.error().message(), QStringLiteral("'%1' belongs to user 12345, expected root").arg(folder));
}

void TestTrustCheck::missing()
{
    const Result<void> result = check("/no/such/folder");
    QVERIFY(!result);
    QCOMPARE(result.error().code().name(), QLatin1StringView("folder-untrusted"));
    QCOMPARE(result.error().message(), "'/no/such/folder' cannot be judged: it is not there");
}

/// Whoever may replace the link chooses the folder, so that both ways to it count.
void TestTrustCheck::symbolicLink()
{
    const QTemporaryDir root;
    const QString folder = makeFolder(root.filePath("plugins"), 0700);
    const QString open = makeFolder(root.filePath("open"), 0777);
    const QString closed = makeFolder(root.filePath("closed"), 0755);
    QVERIFY(QFile::link(folder, open + "/link"));
    QVERIFY(QFile::link(folder, closed + "/link"));
    QVERIFY(QFile::link(makeFolder(open + "/inner", 0700), closed + "/outward"));
    QVERIFY(!check(open + "/link"));
    QVERIFY(check(closed + "/link"));
    QVERIFY(!check(closed + "/outward"));
}

QTEST_GUILESS_MAIN(TestTrustCheck)
#include "tst_trustcheck.moc"
