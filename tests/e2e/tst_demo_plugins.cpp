// The sample wheels that axle_add_plugin makes, judged by the strict reader, and axle-pack itself.
#include <axle/wheel/wheel.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

QString wheelPath(const QString &fileName)
{
    return qEnvironmentVariable("DARKROOM_PLUGINS") + u'/' + fileName;
}

QString nativeName()
{
    return QStringLiteral("darkroom_fastblur-1.0-cp311-cp311-linux_x86_64.whl");
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Runs axle-pack; gives its exit code, and what it said in `errors`.
int pack(const QStringList &arguments, QString *errors = nullptr)
{
    QProcess process;
    process.start(qEnvironmentVariable("AXLE_PACK"), arguments);
    if (!process.waitForFinished())
        return -1;
    if (errors)
        *errors = QString::fromUtf8(process.readAllStandardError());
    return process.exitCode();
}

} // namespace

class DemoPlugins : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void wheelsAreGood_data();
    void wheelsAreGood();
    void tornWheelIsRefused();
    void resourcesAreInTheWheel();
    void nativeModuleIsMapped();
    void nativeModuleHasNoSearchPath();
    void packingIsReproducible_data();
    void packingIsReproducible();
    void packingRefuses_data();
    void packingRefuses();
    void packingWithoutSourceFails();
};

void DemoPlugins::wheelsAreGood_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("entryPoint");
    QTest::addColumn<QStringList>("requirements");
    QTest::addRow("pure") << QStringLiteral("darkroom_sepia-1.0-py3-none-any.whl")
                          << QStringLiteral("darkroom_sepia:Plugin") << QStringList();
    QTest::addRow("needs numpy") << QStringLiteral("darkroom_npkit-1.1-py3-none-any.whl")
                                 << QStringLiteral("darkroom_npkit:Plugin")
                                 << QStringList{QStringLiteral("numpy>=1.24")};
    QTest::addRow("native") << nativeName() << QStringLiteral("darkroom_fastblur:Plugin") << QStringList();
    QTest::addRow("with resources") << QStringLiteral("darkroom_palette-1.4-py3-none-any.whl")
                                    << QStringLiteral("darkroom_palette:Plugin") << QStringList();
    QTest::addRow("needs a plugin") << QStringLiteral("darkroom_duotone-0.9-py3-none-any.whl")
                                    << QStringLiteral("darkroom_duotone:Plugin")
                                    << QStringList{QStringLiteral("darkroom-palette<2")};
    QTest::addRow("fails") << QStringLiteral("darkroom_flaky-1.0-py3-none-any.whl")
                           << QStringLiteral("darkroom_flaky:Plugin") << QStringList();
}

void DemoPlugins::wheelsAreGood()
{
    QFETCH(const QString, fileName);
    QFETCH(const QString, entryPoint);
    QFETCH(const QStringList, requirements);
    const Result<Wheel> wheel = Wheel::open(wheelPath(fileName));
    QVERIFY2(wheel, wheel ? "" : qPrintable(wheel.error().toString()));
    const Result<void> verified = wheel->readAll();
    QVERIFY2(verified, verified ? "" : qPrintable(verified.error().toString()));

    QStringList found;
    for (const Requirement &requirement : wheel->metadata().requiresDist)
        found += requirement.toString();
    QCOMPARE(found, requirements);
    QCOMPARE(wheel->metadata().requiresPython.toString(), QStringLiteral(">=3.11"));
    QVERIFY(!wheel->metadata().summary.isEmpty());
    const QString entryPoints = wheel->distInfo() + QStringLiteral("/entry_points.txt");
    const Result<QByteArray> text = wheel->read(entryPoints);
    QVERIFY(text);
    QVERIFY2(text->startsWith("[axle.plugins]\n"), text->constData());
    QVERIFY2(text->contains(" = " + entryPoint.toUtf8() + '\n'), text->constData());
    for (const ArchiveMember &member : wheel->archive().members())
        QVERIFY2(!member.name().contains(u"__pycache__"), qPrintable(member.name()));
}

void DemoPlugins::tornWheelIsRefused()
{
    const Result<Wheel> wheel = Wheel::open(wheelPath(QStringLiteral("darkroom_torn-1.0-py3-none-any.whl")));
    QVERIFY(!wheel);
    QVERIFY(wheel.error().code().name().startsWith(u"zip-"));
}

void DemoPlugins::resourcesAreInTheWheel()
{
    const Result<Wheel> wheel = Wheel::open(wheelPath(QStringLiteral("darkroom_palette-1.4-py3-none-any.whl")));
    QVERIFY(wheel);
    const Result<QByteArray> resource = wheel->read(QStringLiteral("darkroom_palette/palettes/dusk.json"));
    QVERIFY(resource);
    QCOMPARE(QJsonDocument::fromJson(*resource)[u"title"].toString(), QStringLiteral("Dusk"));
}

void DemoPlugins::nativeModuleIsMapped()
{
    const Result<Wheel> wheel = Wheel::open(wheelPath(nativeName()));
    QVERIFY(wheel);
    QVERIFY(!wheel->info().rootIsPurelib);
    const Result<QByteArray> extensions = wheel->read(wheel->distInfo() + QStringLiteral("/EXTENSIONS"));
    QVERIFY(extensions);
    const QString member = QJsonDocument::fromJson(*extensions).object()[u"darkroom_fastblur._native"].toString();
    QVERIFY(member.startsWith(u"darkroom_fastblur/_native.cpython-311-"));
    QVERIFY(wheel->archive().find(member));
}

void DemoPlugins::nativeModuleHasNoSearchPath()
{
    const Result<Wheel> wheel = Wheel::open(wheelPath(nativeName()));
    QVERIFY(wheel);
    const QTemporaryDir folder;
    QFile library(folder.filePath(QStringLiteral("native.so")));
    for (const ArchiveMember &member : wheel->archive().members()) {
        if (member.name().endsWith(u".so")) {
            QVERIFY(library.open(QIODevice::WriteOnly));
            library.write(*wheel->read(member.name()));
            library.close();
        }
    }
    QVERIFY(library.exists());
    QProcess readelf;
    readelf.start(QStringLiteral("readelf"), {QStringLiteral("-d"), library.fileName()});
    QVERIFY(readelf.waitForFinished());
    const QByteArray dynamicSection = readelf.readAllStandardOutput();
    QVERIFY(dynamicSection.contains("NEEDED"));
    QVERIFY2(!dynamicSection.contains("RPATH") && !dynamicSection.contains("RUNPATH"), dynamicSection.constData());
    QVERIFY2(!dynamicSection.contains("libpython"), dynamicSection.constData());
}

void DemoPlugins::packingIsReproducible_data()
{
    QTest::addColumn<QString>("description");
    QTest::addColumn<QString>("fileName");
    QTest::addRow("pure") << QStringLiteral("darkroom-sepia.json")
                          << QStringLiteral("darkroom_sepia-1.0-py3-none-any.whl");
    QTest::addRow("native") << QStringLiteral("darkroom-fastblur.json") << nativeName();
}

void DemoPlugins::packingIsReproducible()
{
    QFETCH(const QString, description);
    QFETCH(const QString, fileName);
    const QTemporaryDir folder;
    const QString path = qEnvironmentVariable("DARKROOM_DESCRIPTIONS") + u'/' + description;
    QCOMPARE(pack({path, folder.path()}), 0);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{fileName});
    QVERIFY(!contents(wheelPath(fileName)).isEmpty());
    QVERIFY(contents(folder.filePath(fileName)) == contents(wheelPath(fileName)));
}

void DemoPlugins::packingRefuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("message");
    QTest::addRow("no JSON") << QByteArray("{") << QStringLiteral("expected a JSON object, found ");
    QTest::addRow("an array") << QByteArray("[]") << QStringLiteral("expected a JSON object, found another value");
    QTest::addRow("no version") << QByteArray(R"({"name": "a", "tag": "py3-none-any"})")
                                << QStringLiteral("expected a text 'version', found none");
    QTest::addRow("a missing file") << QByteArray(
        R"({"name": "a", "version": "1", "tag": "py3-none-any", "files": {"a.py": "/nowhere/a.py"}})")
                                    << QStringLiteral("'/nowhere/a.py' cannot be read: ");
}

void DemoPlugins::packingRefuses()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, message);
    const QTemporaryDir folder;
    QFile description(folder.filePath(QStringLiteral("a.json")));
    QVERIFY(description.open(QIODevice::WriteOnly));
    description.write(json);
    description.close();
    QString errors;
    QCOMPARE(pack({description.fileName(), folder.path()}, &errors), 1);
    QVERIFY2(errors.startsWith(QStringLiteral("axle-pack: %1: %2").arg(description.fileName(), message)),
        qPrintable(errors));
    QVERIFY(QDir(folder.path()).entryList({QStringLiteral("*.whl")}).isEmpty());
}

void DemoPlugins::packingWithoutSourceFails()
{
    QString errors;
    QCOMPARE(pack({}, &errors), 2);
    QVERIFY(errors.startsWith(u"usage: axle-pack "));
    QCOMPARE(pack({QStringLiteral("/nowhere/a.json"), QStringLiteral("/nowhere")}, &errors), 1);
    QVERIFY2(errors.contains(u"cannot be read"), qPrintable(errors));
}

QTEST_GUILESS_MAIN(DemoPlugins)
#include "tst_demo_plugins.moc"
