#include <axle/resolver/searchpath.h>

#include <QtTest/QtTest>

using namespace Axle;

namespace {

QStringList list(const char *entries)
{
    return QString::fromLatin1(entries).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

class TestSearchPath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void applied_data()
    {
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QString>("location");
        QTest::addColumn<QStringList>("archive");
        QTest::addColumn<QStringList>("archiveReplacing");
        QTest::addColumn<QStringList>("folderReplacing");
        const QString own = QStringLiteral("/p/x.whl");
        QTest::newRow("empty path") << QStringList() << own << list("/p/x.whl") << list("/p/x.whl") << list("/p/x.whl");
        QTest::newRow("no location") << list("/a") << QString() << list("/a") << list("/a") << list("/a");
        QTest::newRow("elsewhere") << list("/a /b") << own << list("/a /b /p/x.whl") << list("/p/x.whl /a /b")
                                   << list("/p/x.whl /a /b");
        QTest::newRow("folder there") << list("/a /p /b") << own << list("/a /p/x.whl /p /b")
                                      << list("/a /p/x.whl /p /b") << list("/p/x.whl /a /p /b");
        QTest::newRow("before its folder") << list("/p/x.whl /a /p") << own << list("/p/x.whl /a /p")
                                           << list("/p/x.whl /a /p") << list("/p/x.whl /a /p");
        QTest::newRow("behind its folder") << list("/p /a /p/x.whl") << own << list("/p /a /p/x.whl")
                                           << list("/p/x.whl /p /a") << list("/p /a /p/x.whl");
        QTest::newRow("several times") << list("/p/x.whl /a /p/x.whl /p/x.whl") << own
                                       << list("/p/x.whl /a /p/x.whl /p/x.whl") << list("/p/x.whl /a")
                                       << list("/p/x.whl /a");
        QTest::newRow("below the root") << list("/a /") << QStringLiteral("/x.whl") << list("/a /x.whl /")
                                        << list("/a /x.whl /") << list("/x.whl /a /");
        QTest::newRow("in the working folder")
            << QStringList{QString(), QStringLiteral("/a")} << QStringLiteral("x.whl")
            << QStringList{QStringLiteral("x.whl"), QString(), QStringLiteral("/a")}
            << QStringList{QStringLiteral("x.whl"), QString(), QStringLiteral("/a")}
            << QStringList{QStringLiteral("x.whl"), QString(), QStringLiteral("/a")};
    }

    void applied()
    {
        QFETCH(QStringList, path);
        QFETCH(QString, location);
        PathInsertion insertion;
        insertion.location = location;
        QTEST(insertion.applied(path), "archive");
        QCOMPARE(insertion.applied(insertion.applied(path)), insertion.applied(path));
        insertion.isReplacing = true;
        QTEST(insertion.applied(path), "archiveReplacing");
        QCOMPARE(insertion.applied(insertion.applied(path)), insertion.applied(path));
        insertion.isAheadOfFolder = false;
        QTEST(insertion.applied(path), "folderReplacing");
        QCOMPARE(insertion.applied(insertion.applied(path)), insertion.applied(path));
    }

    void whatIsNormalizedAlikeIsOnePlace()
    {
        PathInsertion insertion;
        insertion.location = QStringLiteral("/P/x.whl");
        insertion.isReplacing = true;
        insertion.normalize = [](const QString &path) { return path.toLower(); };
        QCOMPARE(insertion.applied(list("/p /a /p/X.WHL")), list("/P/x.whl /p /a"));
        insertion.isReplacing = false;
        QCOMPARE(insertion.applied(list("/p /a /p/X.WHL")), list("/p /a /p/X.WHL"));
    }
};

QTEST_GUILESS_MAIN(TestSearchPath)
#include "tst_searchpath.moc"
