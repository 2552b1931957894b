#include "support/wheelbuilder.h"

#include <axle/mounting/wheelsource.h>

#include <QtCore/QFile>
#include <QtCore/QStringBuilder>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;
using Axle::Test::WheelBuilder;

class TestWheelSource : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void archive();
    void tree();
    void dataSchemes();
    void onlyItsOwnDataFolder();
    void readsFromTheSnapshot();
    void readsWhatIsThere();

private:
    WheelSource source(const QString &path, Materialise materialise = Materialise::WhenNeeded) const
    {
        auto store = Store::open(m_folder->filePath(QStringLiteral("store")));
        auto snapshot = store->snapshot(path);
        auto verified = store->verify(*snapshot, materialise);
        Q_ASSERT(verified);
        return WheelSource(*verified);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestWheelSource::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestWheelSource::archive()
{
    const QString path =
        WheelBuilder("Sample.Project", "2.0rc1").file("b/z.py", "").file("a.py", "").write(m_folder->path());
    const WheelSource wheel = source(path);
    QCOMPARE(wheel.name(), QStringLiteral("Sample.Project 2.0rc1"));
    QCOMPARE(wheel.location(), path);
    QVERIFY(!wheel.isMaterialised());
    const QString distInfo = wheel.wheel().snapshot.wheel.distInfo();
    QCOMPARE(wheel.distInfo(), distInfo);
    QCOMPARE(wheel.importRoots(), QStringList{QString()});
    QStringList expected{distInfo % u"/METADATA", distInfo % u"/RECORD", distInfo % u"/WHEEL", QStringLiteral("a.py"),
        QStringLiteral("b/z.py")};
    expected.sort();
    QCOMPARE(wheel.members(), expected);
}

void TestWheelSource::tree()
{
    const QString path = WheelBuilder("sample").file("a.py", "A = 1\n").write(m_folder->path());
    const WheelSource wheel = source(path, Materialise::Always);
    QVERIFY(wheel.isMaterialised());
    QCOMPARE(wheel.location(), wheel.wheel().tree);
    for (const QString &member : wheel.members())
        QVERIFY2(QFile::exists(wheel.location() % u'/' + member), qPrintable(member));
}

void TestWheelSource::dataSchemes()
{
    const QString path = WheelBuilder("sample")
                             .file("sample.py", "")
                             .file("sample-1.0.data/platlib/plat.py", "")
                             .file("sample-1.0.data/purelib/pure.py", "")
                             .file("sample-1.0.data/scripts/run", "")
                             .file("sample-1.0.data/data/share/x", "")
                             .file("sample-1.0.data/headers/x.h", "")
                             .write(m_folder->path());
    const WheelSource wheel = source(path);
    QCOMPARE(wheel.importRoots(),
        (QStringList{QString(), QStringLiteral("sample-1.0.data/purelib"), QStringLiteral("sample-1.0.data/platlib")}));
    const QStringList code = wheel.members().filter(QRegularExpression(QStringLiteral("^(?!.*dist-info)")));
    QCOMPARE(code,
        (QStringList{QStringLiteral("sample-1.0.data/platlib/plat.py"),
            QStringLiteral("sample-1.0.data/purelib/pure.py"), QStringLiteral("sample.py")}));
}

void TestWheelSource::onlyItsOwnDataFolder()
{
    const QString path =
        WheelBuilder("sample").file("other.data/purelib/x.py", "").file("purelib/y.py", "").write(m_folder->path());
    const WheelSource wheel = source(path);
    QCOMPARE(wheel.importRoots(), QStringList{QString()});
    QVERIFY(wheel.members().contains(QStringLiteral("other.data/purelib/x.py")));
}

void TestWheelSource::readsFromTheSnapshot()
{
    const QString path = WheelBuilder("sample").file("a.py", "A = 1\n").write(m_folder->path());
    const WheelSource archive = source(path);
    const WheelSource tree = source(path, Materialise::Always);
    QVERIFY(QFile::remove(path));
    QVERIFY(QFile::remove(tree.location() % u"/a.py"));
    QCOMPARE(*archive.read(QStringLiteral("a.py")), QByteArray("A = 1\n"));
    QCOMPARE(*tree.read(QStringLiteral("a.py")), QByteArray("A = 1\n"));
}

void TestWheelSource::readsWhatIsThere()
{
    const WheelSource wheel = source(WheelBuilder("sample").file("a.py", "").write(m_folder->path()));
    QCOMPARE(*wheel.read(QStringLiteral("a.py")), QByteArray());
    QCOMPARE(wheel.read(QStringLiteral("b.py")).error().code().name(), QLatin1StringView("file-not-found"));
}

QTEST_GUILESS_MAIN(TestWheelSource)
#include "tst_wheelsource.moc"
