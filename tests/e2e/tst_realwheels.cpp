// Wheels of PyPI as they are, C extensions and bundled libraries included, in one folder with a plugin that uses each:
// all active, then all unloaded, dependencies first and last.
#include <support/realwheels.h>

#include <axle/wheel/wheelwriter.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

/// Those that a plugin of ours uses; its source is plugins/use_<project>.py.
const QStringList &usedProjects()
{
    static const QStringList projects{QStringLiteral("attrs"), QStringLiteral("cryptography"), QStringLiteral("lxml"),
        QStringLiteral("numpy"), QStringLiteral("pandas"), QStringLiteral("pillow"), QStringLiteral("pydantic"),
        QStringLiteral("requests"), QStringLiteral("simplejson")};
    return projects;
}

using Edge = std::pair<QString, QString>;

/// (dependent, dependency): what the wheels' METADATA says for CPython 3.11 on Linux, written down by hand.
QList<Edge> libraryEdges()
{
    const QHash<QString, QString> table{
        {QStringLiteral("pandas"), QStringLiteral("numpy python-dateutil")},
        {QStringLiteral("python-dateutil"), QStringLiteral("tzdata")},
        {QStringLiteral("cryptography"), QStringLiteral("cffi")},
        {QStringLiteral("cffi"), QStringLiteral("pycparser")},
        {QStringLiteral("pydantic"),
            QStringLiteral("annotated-types pydantic-core typing-extensions typing-inspection")},
        {QStringLiteral("pydantic-core"), QStringLiteral("typing-extensions")},
        {QStringLiteral("typing-inspection"), QStringLiteral("typing-extensions")},
        {QStringLiteral("requests"), QStringLiteral("certifi charset-normalizer idna urllib3")},
    };
    QList<Edge> edges;
    for (auto row = table.begin(); row != table.end(); ++row) {
        const QStringList dependencies = row.value().split(u' ');
        for (const QString &dependency : dependencies)
            edges.append({row.key(), dependency});
    }
    return edges;
}

QString pluginId(const QString &project)
{
    return QStringLiteral("use-") + project;
}

Result<QString> writePlugin(const QString &project, const QString &folder)
{
    const QString module = QStringLiteral("use_") + project;
    QFile source(QStringLiteral(AXLE_PLUGIN_SOURCES "/%1.py").arg(module));
    if (!source.open(QIODevice::ReadOnly))
        qFatal("no plugin source %s", qPrintable(source.fileName()));
    WheelWriter writer(pluginId(project), QStringLiteral("1.0"), QStringLiteral("py3-none-any"));
    writer.addFile(module + QStringLiteral(".py"), source.readAll());
    writer.addMetadata(QStringLiteral("Requires-Dist"), project);
    writer.addEntryPoint(QStringLiteral("axle.plugins"), QStringLiteral("plugin"), module + QStringLiteral(":Plugin"));
    return writer.write(folder);
}

} // namespace

class RealWheels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void endsWithSuccess();
    void everyPluginIsLoadedOnce();
    void everyPluginIsUnloadedOnce();
    void everythingMountedIsUnmounted();
    void dependenciesComeFirst();
    void dependenciesGoLast();
    void timesNeverRunBackwards();

private:
    void runAll(const QString &folder);
    qsizetype position(const QString &event, const QString &id) const;
    QStringList idsOf(const QString &event) const;

    QTemporaryDir m_folder;
    QStringList m_libraries;
    QList<Edge> m_edges;
    QList<QJsonObject> m_events;
    int m_exitCode = -1;
    QByteArray m_messages;
};

void RealWheels::initTestCase()
{
    m_edges = libraryEdges();
    QSet<QString> libraries(usedProjects().begin(), usedProjects().end());
    for (const auto &[dependent, dependency] : std::as_const(m_edges))
        libraries << dependent << dependency;
    m_libraries = libraries.values();
    m_libraries.sort();
    for (const QString &project : std::as_const(m_libraries)) {
        const QString missing = Test::realWheelMissing(project);
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing));
        const QFileInfo wheel(Test::realWheel(project));
        QVERIFY(QFile::copy(wheel.filePath(), m_folder.filePath(wheel.fileName())));
    }
    for (const QString &project : usedProjects()) {
        const auto plugin = writePlugin(project, m_folder.path());
        QVERIFY2(plugin.has_value(), plugin ? "" : qPrintable(plugin.error().toString()));
        m_edges.append({pluginId(project), project});
    }
    runAll(m_folder.path());
}

void RealWheels::runAll(const QString &folder)
{
    QProcess axle;
    axle.start(qEnvironmentVariable("AXLE_PROGRAM"),
        {QStringLiteral("run"), folder, QStringLiteral("--json"), QStringLiteral("--unload")});
    QVERIFY2(axle.waitForFinished(240'000), "axle run did not end within four minutes");
    m_exitCode = axle.exitStatus() == QProcess::NormalExit ? axle.exitCode() : -1;
    m_messages = axle.readAllStandardError();
    const QList<QByteArray> lines = axle.readAllStandardOutput().split('\n');
    for (const QByteArray &line : lines) {
        if (line.isEmpty())
            continue;
        QJsonParseError error;
        m_events.append(QJsonDocument::fromJson(line, &error).object());
        QVERIFY2(error.error == QJsonParseError::NoError, line.constData());
    }
}

qsizetype RealWheels::position(const QString &event, const QString &id) const
{
    for (qsizetype i = 0; i < m_events.size(); ++i) {
        if (m_events[i][QStringLiteral("event")] == event && m_events[i][QStringLiteral("id")] == id)
            return i;
    }
    return -1;
}

QStringList RealWheels::idsOf(const QString &event) const
{
    QStringList ids;
    for (const QJsonObject &line : m_events) {
        if (line[QStringLiteral("event")] == event)
            ids.append(line[QStringLiteral("id")].toString());
    }
    ids.sort();
    return ids;
}

void RealWheels::endsWithSuccess()
{
    QByteArray failures;
    for (const QJsonObject &line : std::as_const(m_events)) {
        if (line.contains(QStringLiteral("error")))
            failures += QJsonDocument(line).toJson();
    }
    QVERIFY2(m_exitCode == 0, (failures + m_messages).constData());
}

void RealWheels::everyPluginIsLoadedOnce()
{
    QStringList expected;
    for (const QString &project : usedProjects())
        expected.append(pluginId(project));
    QCOMPARE(idsOf(QStringLiteral("pluginAboutToLoad")), expected);
    QCOMPARE(idsOf(QStringLiteral("pluginLoaded")), expected);
    QCOMPARE(idsOf(QStringLiteral("pluginLoadFailed")), QStringList());
}

void RealWheels::everyPluginIsUnloadedOnce()
{
    QCOMPARE(idsOf(QStringLiteral("pluginAboutToUnload")), idsOf(QStringLiteral("pluginLoaded")));
    QCOMPARE(idsOf(QStringLiteral("pluginUnloaded")), idsOf(QStringLiteral("pluginLoaded")));
}

void RealWheels::everythingMountedIsUnmounted()
{
    const QStringList mounted = idsOf(QStringLiteral("wheelMounted"));
    for (const QString &library : std::as_const(m_libraries))
        QVERIFY2(mounted.count(library) == 1, qPrintable(library));
    QCOMPARE(idsOf(QStringLiteral("wheelUnmounted")), mounted);
}

void RealWheels::dependenciesComeFirst()
{
    for (const auto &[dependent, dependency] : std::as_const(m_edges)) {
        const bool isPlugin = !m_libraries.contains(dependent);
        const auto begins =
            position(isPlugin ? QStringLiteral("pluginAboutToLoad") : QStringLiteral("wheelMounted"), dependent);
        const auto ready = position(QStringLiteral("wheelMounted"), dependency);
        QVERIFY2(ready >= 0 && ready < begins, qPrintable(dependent + QStringLiteral(" needs ") + dependency));
    }
}

void RealWheels::dependenciesGoLast()
{
    for (const auto &[dependent, dependency] : std::as_const(m_edges)) {
        const bool isPlugin = !m_libraries.contains(dependent);
        const auto gone =
            position(isPlugin ? QStringLiteral("pluginUnloaded") : QStringLiteral("wheelUnmounted"), dependent);
        const auto leaves = position(QStringLiteral("wheelUnmounted"), dependency);
        QVERIFY2(gone >= 0 && gone < leaves, qPrintable(dependent + QStringLiteral(" needs ") + dependency));
    }
}

void RealWheels::timesNeverRunBackwards()
{
    double last = 0;
    for (const QJsonObject &line : std::as_const(m_events)) {
        const double now = line[QStringLiteral("ms")].toDouble(-1);
        QVERIFY2(now >= last, QJsonDocument(line).toJson().constData());
        last = now;
    }
}

QTEST_GUILESS_MAIN(RealWheels)
#include "tst_realwheels.moc"
