// Darkroom's tour without a display, with the samples that need nothing from the network: exit code, pictures, and the
// order of the signals that it prints.
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QSize>
#include <QtCore/QTemporaryDir>
#include <QtCore/QtEndian>
#include <QtTest/QtTest>

#include <algorithm>

namespace {

/// Of a PNG: signature, then the chunk IHDR with width and height. Empty when it is none.
QSize sizeOfPng(const QByteArray &png)
{
    if (!png.startsWith("\x89PNG\r\n\x1a\n") || png.size() < 33)
        return {};
    return {qFromBigEndian<qint32>(png.constData() + 16), qFromBigEndian<qint32>(png.constData() + 20)};
}

} // namespace

class DemoTour : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void exitsWell();
    void savesPictures();
    void picturesDiffer();
    void loadsInOrder_data();
    void loadsInOrder();
    void pairsSignals();
    void leavesTheFolderAlone();
    void fallsWithoutSamples();

private:
    int run(const QString &plugins, const QString &pictures);
    QByteArray picture(const QString &name) const;

    QTemporaryDir m_folder;
    QStringList m_before;
    QStringList m_lines; ///< without times and runs of spaces: "pluginLoaded darkroom-sepia mounted in …"
    QByteArray m_output;
    int m_exitCode = -1;
};

int DemoTour::run(const QString &plugins, const QString &pictures)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(qEnvironmentVariable("DARKROOM_PROGRAM"),
        {QStringLiteral("--plugins"), plugins, QStringLiteral("--store"), m_folder.filePath(QStringLiteral("store")),
            QStringLiteral("--offscreen-tour"), pictures});
    constexpr int patience = 240'000;
    if (!process.waitForFinished(patience))
        return -1;
    m_output = process.readAllStandardOutput();
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}

void DemoTour::initTestCase()
{
    const QString plugins = qEnvironmentVariable("DARKROOM_PLUGINS");
    m_before = QDir(plugins).entryList(QDir::Files);
    m_exitCode = run(plugins, m_folder.filePath(QStringLiteral("pictures")));
    static const QRegularExpression time(QStringLiteral("^\\d+ ms "));
    const QStringList lines = QString::fromUtf8(m_output).split(u'\n');
    for (const QString &line : lines)
        m_lines += line.simplified().remove(time);
}

void DemoTour::exitsWell()
{
    QVERIFY2(m_exitCode == 0, m_output.constData());
    QVERIFY(!m_output.contains("FAILED"));
}

QByteArray DemoTour::picture(const QString &name) const
{
    const QDir folder(m_folder.filePath(QStringLiteral("pictures")));
    QFile file(folder.filePath(folder.entryList({u'*' + name + QStringLiteral(".png")}).value(0)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void DemoTour::savesPictures()
{
    for (const char *name : {"01-started", "02-filter-blur", "03-filter-miniature", "-failed", "-invalid", "-drag",
             "-drag-refused", "-copied", "-dropped", "-disabled", "-enabled", "-empty"}) {
        const QSize size = sizeOfPng(picture(QString::fromLatin1(name)));
        QVERIFY2(size.width() >= 1000 && size.height() >= 600, name);
    }
}

void DemoTour::picturesDiffer()
{
    const QByteArray started = picture(QStringLiteral("-started"));
    QVERIFY(started != picture(QStringLiteral("-filter-blur")));
    QVERIFY(started != picture(QStringLiteral("-empty")));
}

void DemoTour::loadsInOrder_data()
{
    QTest::addColumn<QStringList>("expected");
    const auto lines = [](std::initializer_list<const char *> texts) {
        QStringList result;
        for (const char *text : texts)
            result += QString::fromUtf8(text);
        return result;
    };
    QTest::addRow("a broken file is told, with the reason")
        << lines({"stateChanged darkroom-torn Discovered → Invalid: "});
    QTest::addRow("a plugin is announced, mounted, contributes, is active, is loaded")
        << lines({"pluginAboutToLoad darkroom-fastblur Startup", "wheelMounted darkroom-fastblur 1.0",
               "contributionAdded darkroom-fastblur filters/blur",
               "contributionAdded darkroom-fastblur filters/miniature", "pluginLoaded darkroom-fastblur "});
    QTest::addRow("one that fails is tried again")
        << lines({"pluginAboutToLoad darkroom-flaky Startup", "pluginLoadFailed darkroom-flaky ",
               "pluginAboutToLoad darkroom-flaky Retry", "pluginLoadFailed darkroom-flaky "});
    QTest::addRow("one that comes while the program runs") << lines({"== copy darkroom-sepia into the plugins folder",
        "pluginAboutToLoad darkroom-sepia Installed", "pluginLoaded darkroom-sepia "});
    QTest::addRow("what is needed comes first and goes last") << lines({"pluginLoaded darkroom-palette ",
        "== drop darkroom-duotone on the window", "pluginAboutToLoad darkroom-duotone Installed",
        "pluginLoaded darkroom-duotone ", "== disable darkroom-palette, which darkroom-duotone needs",
        "pluginAboutToUnload darkroom-duotone ", "contributionRemoved darkroom-duotone filters/duotone-glacier",
        "pluginUnloaded darkroom-duotone ", "pluginAboutToUnload darkroom-palette Disabled",
        "pluginUnloaded darkroom-palette Disabled", "== enable it again", "pluginAboutToLoad darkroom-palette Enabled",
        "pluginLoaded darkroom-palette ", "pluginAboutToLoad darkroom-duotone ", "pluginLoaded darkroom-duotone "});
    QTest::addRow("files that go take their plugins with them")
        << lines({"== remove every wheel from the folder", "pluginUnloaded darkroom-duotone Removed",
               "pluginUnloaded darkroom-palette Removed", "== shut down", "aboutToShutdown"});
}

void DemoTour::loadsInOrder()
{
    QFETCH(const QStringList, expected);
    auto from = m_lines.cbegin();
    for (const QString &start : expected) {
        const auto found =
            std::find_if(from, m_lines.cend(), [&](const QString &line) { return line.startsWith(start); });
        QVERIFY2(found != m_lines.cend(),
            qPrintable(QStringLiteral("'%1' did not come in:\n").arg(start) + m_lines.join(u'\n')));
        from = found + 1;
    }
}

void DemoTour::pairsSignals()
{
    QHash<QString, QString> open; // id: the signal that waits for its end
    int pairs = 0;
    for (const QString &line : std::as_const(m_lines)) {
        const QString signal = line.section(u' ', 0, 0);
        const QString id = line.section(u' ', 1, 1);
        if (signal.startsWith(u"pluginAboutTo")) {
            QVERIFY2(!open.contains(id), qPrintable(line));
            open.insert(id, signal);
        } else if (signal == u"pluginLoaded" || signal == u"pluginLoadFailed" || signal == u"pluginUnloaded") {
            QVERIFY2(open.take(id).contains(signal == u"pluginUnloaded" ? u"Unload" : u"Load"), qPrintable(line));
            ++pairs;
        }
    }
    QVERIFY(open.isEmpty());
    QVERIFY(pairs > 10);
}

void DemoTour::leavesTheFolderAlone()
{
    QCOMPARE(QDir(qEnvironmentVariable("DARKROOM_PLUGINS")).entryList(QDir::Files), m_before);
}

void DemoTour::fallsWithoutSamples()
{
    const QString empty = m_folder.filePath(QStringLiteral("empty"));
    QVERIFY(QDir().mkpath(empty));
    QCOMPARE(run(empty, m_folder.filePath(QStringLiteral("none"))), 1);
    QVERIFY2(m_output.contains("FAILED: the sample plugins are in "), m_output.constData());
}

QTEST_GUILESS_MAIN(DemoTour)
#include "tst_demo_tour.moc"
