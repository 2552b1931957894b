#include "support/wheelbuilder.h"

#include <axle/wheel/toplevel.h>
#include <axle/wheel/wheel.h>
#include <axle/wheel/wheellayout.h>

#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;
using Kind = TopLevelName::Kind;

/// Also the layout, on which top-level names stand.
class TopLevelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void names_data();
    void names();
    void severalNames();
    void conflicts_data();
    void conflicts();
    void theErrorNamesBoth();
    void layout();
    void layoutOfAPlainWheel();
    void copiesShareTheLayout();

private:
    Wheel wheelWith(const char *name, const QList<std::pair<QByteArray, QByteArray>> &files);

    QTemporaryDir m_folder;
    int m_folderCount = 0;
};

Wheel TopLevelTest::wheelWith(const char *name, const QList<std::pair<QByteArray, QByteArray>> &files)
{
    WheelBuilder builder(name);
    for (const auto &[path, data] : files)
        builder.unchecked(QString::fromUtf8(path), data);
    const QString folder = m_folder.filePath(QString::number(++m_folderCount));
    QDir().mkpath(folder);
    return *Wheel::open(builder.write(folder));
}

void TopLevelTest::names_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QString>("name"); // empty: none
    QTest::addColumn<Kind>("kind");
    const auto row = [](const char *file, const char *name, Kind kind = Kind::Module) {
        QTest::newRow(file) << QByteArray(file) << QString::fromUtf8(name) << kind;
    };
    row("a.py", "a");
    row("a.pyc", "a");
    row("a.so", "a");
    row("a.abi3.so", "a");
    row("a.cpython-311-x86_64-linux-gnu.so", "a");
    row("_a1.py", "_a1");
    row("\303\251t\303\251.py", "\303\251t\303\251");
    row("a/__init__.py", "a", Kind::Package);
    row("a/__init__.pyc", "a", Kind::Package);
    row("a/__init__.abi3.so", "a", Kind::Package);
    row("a/b.py", "a", Kind::Namespace);
    row("a/b/__init__.py", "a", Kind::Namespace);
    row("demo-1.0.data/purelib/a.py", "a");
    row("demo-1.0.data/platlib/a/__init__.py", "a", Kind::Package);
    row("a.txt", "");
    row("a/data.txt", "");
    row("a-b.py", "");
    row("1a.py", "");
    row(".py", "");
    row("demo.libs/liba-1.so", "");
    row("a.cpython-311.txt", "");
    row("demo-1.0.data/scripts/a.py", "");
}

void TopLevelTest::names()
{
    QFETCH(QByteArray, file);
    QFETCH(QString, name);
    QFETCH(Kind, kind);
    const QList<TopLevelName> expected = name.isEmpty() ? QList<TopLevelName>() : QList{TopLevelName{name, kind}};
    QCOMPARE(wheelWith("demo", {{file, "x"}}).layout().topLevelNames(), expected);
}

void TopLevelTest::severalNames()
{
    const Wheel wheel = wheelWith("demo",
        {{"b/c.py", ""}, {"b/__init__.py", ""}, {"b.py", ""}, {"a.py", ""}, {"n/x.py", ""}, {"n/y/__init__.py", ""},
            {"m.py", ""}, {"m/x.py", ""}});
    QCOMPARE(wheel.layout().topLevelNames(),
        (QList<TopLevelName>{{QStringLiteral("a"), Kind::Module}, {QStringLiteral("b"), Kind::Package},
            {QStringLiteral("m"), Kind::Module}, {QStringLiteral("n"), Kind::Namespace}}));
}

void TopLevelTest::conflicts_data()
{
    using Files = QList<std::pair<QByteArray, QByteArray>>;
    QTest::addColumn<Files>("files");
    QTest::addColumn<Files>("owned");
    QTest::addColumn<bool>("isAllowed");
    const Files portion{{"zope/a.py", ""}};
    const Files package{{"zope/__init__.py", ""}};
    const Files pkgutil{{"zope/__init__.py", "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"}};
    const Files resources{{"zope/__init__.py", "__import__('pkg_resources').declare_namespace(__name__)\n"}};
    const Files inPurelib{{"owner-1.0.data/purelib/zope/__init__.py", "extend_path"}};
    QTest::newRow("other names") << portion << Files{{"other.py", ""}} << true;
    QTest::newRow("two portions") << portion << Files{{"zope/b.py", ""}} << true;
    QTest::newRow("portion and package") << portion << package << false;
    QTest::newRow("package and portion") << package << portion << false;
    QTest::newRow("two packages") << package << package << false;
    QTest::newRow("two modules") << Files{{"six.py", ""}} << Files{{"six.py", ""}} << false;
    QTest::newRow("module and portion") << Files{{"zope.py", ""}} << portion << false;
    QTest::newRow("both by pkgutil") << pkgutil << pkgutil << true;
    QTest::newRow("pkgutil and pkg_resources") << pkgutil << resources << true;
    QTest::newRow("pkgutil and portion") << pkgutil << portion << true;
    QTest::newRow("pkgutil and package") << pkgutil << package << false;
    QTest::newRow("pkgutil in purelib") << pkgutil << inPurelib << true;
}

void TopLevelTest::conflicts()
{
    using Files = QList<std::pair<QByteArray, QByteArray>>;
    QFETCH(Files, files);
    QFETCH(Files, owned);
    const auto checked = checkTopLevels(wheelWith("late", files), wheelWith("owner", owned));
    QTEST(checked.has_value(), "isAllowed");
    if (!checked)
        QCOMPARE(checked.error().code(), ErrorCode("wheel-top-level-conflict"));
}

void TopLevelTest::theErrorNamesBoth()
{
    const Error error =
        checkTopLevels(wheelWith("late", {{"six.py", ""}}), wheelWith("owner", {{"six.py", ""}})).error();
    QCOMPARE(error.message(),
        QStringLiteral(
            "'late 1.0' brings the top-level module 'six', expected it from 'owner 1.0' only, which is mounted"));
    QVERIFY(error.hint().contains(QStringLiteral("'late'")) && error.hint().contains(QStringLiteral("'owner'")));
}

void TopLevelTest::layout()
{
    const Wheel wheel = wheelWith("demo",
        {{"demo/__init__.py", ""}, {"demo-1.0.data/purelib/a.py", ""}, {"demo-1.0.data/platlib/b.py", ""},
            {"demo-1.0.data/scripts/run", ""}, {"demo-1.0.data/data/share/x", ""}, {"demo-1.0.database/x.py", ""}});
    const WheelLayout &layout = wheel.layout();
    QCOMPARE(layout.importRoots(),
        (QStringList{QString(), QStringLiteral("demo-1.0.data/purelib"), QStringLiteral("demo-1.0.data/platlib")}));
    QCOMPARE(layout.installedFiles(),
        (QStringList{QStringLiteral("demo-1.0.data/data/share/x"), QStringLiteral("demo-1.0.data/scripts/run")}));
    QVERIFY(layout.importedFiles().contains(QStringLiteral("demo-1.0.dist-info/RECORD")));
    QVERIFY(layout.importedFiles().contains(QStringLiteral("demo-1.0.database/x.py")));
    QCOMPARE(layout.importedFiles().size() + layout.installedFiles().size(), wheel.archive().members().size());
    QCOMPARE(layout.belowRoot(QStringLiteral("demo-1.0.data/purelib/a.py")), QStringLiteral("a.py"));
    QCOMPARE(layout.belowRoot(QStringLiteral("demo/__init__.py")), QStringLiteral("demo/__init__.py"));
}

void TopLevelTest::layoutOfAPlainWheel()
{
    const WheelLayout layout = wheelWith("demo", {{"demo.py", ""}}).layout();
    QCOMPARE(layout.importRoots(), QStringList{QString()});
    QVERIFY(layout.installedFiles().isEmpty());
    QVERIFY(std::is_sorted(layout.importedFiles().begin(), layout.importedFiles().end()));
}

void TopLevelTest::copiesShareTheLayout()
{
    const Wheel wheel = wheelWith("demo", {{"demo.py", ""}});
    const Wheel copy = wheel;
    QCOMPARE(&copy.layout(), &wheel.layout());
    const WheelLayout anew(wheel);
    QCOMPARE(anew.importedFiles(), wheel.layout().importedFiles());
    QCOMPARE(anew.topLevelNames(), wheel.layout().topLevelNames());
}

QTEST_APPLESS_MAIN(TopLevelTest)
#include "tst_toplevel.moc"
