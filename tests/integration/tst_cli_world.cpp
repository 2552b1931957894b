// What the host brings: a list of its own, or what is installed for a Python that is not started.
#include "codes.h"
#include "support/wheelbuilder.h"
#include "world.h"

#include <axle/core/codes.h>
#include <axle/packaging/targetpython.h>

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;
using namespace Axle::Test;

namespace {

/// "name version" of each.
QStringList texts(const Result<QList<Distribution>> &distributions)
{
    if (!distributions)
        return {QString(distributions.error().code().name())};
    QStringList list;
    for (const Distribution &each : *distributions)
        list.append(each.name.toString() + u' ' + each.version.toString());
    return list;
}

} // namespace

class TestCliWorld : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
        m_temporary = std::make_unique<QTemporaryDir>();
        QVERIFY(m_temporary->isValid());
        m_root = QFileInfo(m_temporary->path()).canonicalFilePath();
    }

    void fixedLines_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("empty") << QByteArray() << QStringList();
        QTest::newRow("one") << QByteArray("numpy==1.26.4") << QStringList{QStringLiteral("numpy 1.26.4")};
        QTest::newRow("comments and blank lines")
            << QByteArray("# the host\n\n  numpy == 1.26.4  # pinned\n   \nQt.Py==6\n")
            << QStringList{QStringLiteral("numpy 1.26.4"), QStringLiteral("Qt.Py 6")};
        QTest::newRow("other line ends") << QByteArray("a==1\r\nb==2\r\n")
                                         << QStringList{QStringLiteral("a 1"), QStringLiteral("b 2")};
        QTest::newRow("a local version") << QByteArray("torch==2.1+cpu")
                                         << QStringList{QStringLiteral("torch 2.1+cpu")};
    }
    void fixedLines()
    {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        QCOMPARE(texts(readFixed(writeFile(m_root, QStringLiteral("host.txt"), text))), expected);
    }

    void fixedLinesThatSayNothing_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("message");
        const auto row = [](const char *name, const char *text, int line, const char *content) {
            QTest::newRow(name) << QByteArray(text)
                                << QStringLiteral("line %1 of 'HOST' is '%2', expected 'name==version'")
                                       .arg(line)
                                       .arg(QString::fromUtf8(content));
        };
        row("no version", "numpy", 1, "numpy");
        row("a range", "a==1\n\nnumpy>=1.26", 3, "numpy>=1.26");
        row("a prefix", "numpy==1.*", 1, "numpy==1.*");
        row("two clauses", "numpy==1,!=2", 1, "numpy==1,!=2");
        row("an extra", "numpy[x]==1", 1, "numpy[x]==1");
        row("a marker", "numpy==1; python_version > '3'", 1, "numpy==1; python_version > '3'");
        row("a link", "numpy @ https://example.org/n.whl", 1, "numpy @ https://example.org/n.whl");
        row("an option", "# x\n-e .", 2, "-e .");
        row("no version of PEP 440", "numpy==new", 1, "numpy==new");
        QTest::newRow("a project twice")
            << QByteArray("num_py==1\nNum.Py==2")
            << QStringLiteral("line 2 of 'HOST' is 'Num.Py==2', expected each project once: 'Num.Py' is in line 1");
    }
    void fixedLinesThatSayNothing()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, message);
        const QString path = writeFile(m_root, QStringLiteral("host.txt"), text);
        const auto fixed = readFixed(path);
        QVERIFY(!fixed);
        QCOMPARE(QString(fixed.error().code().name()), QStringLiteral("fixed-invalid"));
        QCOMPARE(fixed.error().message(), message.replace(QStringLiteral("HOST"), path));
        QVERIFY(fixed.error().span().line > 0);
    }

    void aListThatIsNotThere()
    {
        QCOMPARE(texts(readFixed(m_root + QStringLiteral("/none.txt"))), QStringList{QStringLiteral("file-not-found")});
        QCOMPARE(texts(readFixed(m_root)), QStringList{QStringLiteral("file-not-regular")});
    }

    void linesAreTheirOwnPlaces()
    {
        const QString path = writeFile(m_root, QStringLiteral("host.txt"), "\na==1\nb==1\n");
        const auto fixed = readFixed(path);
        QVERIFY(fixed);
        QCOMPARE(fixed->at(0).location, path + QStringLiteral(":2"));
        QCOMPARE(fixed->at(1).location, path + QStringLiteral(":3"));
    }

    void installedOfAPrefix()
    {
        const QString python = writePython(QStringLiteral("prefix"));
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("NumPy"), QStringLiteral("1.26.4"));
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("attrs"), QStringLiteral("22"));
        QCOMPARE(
            texts(installedFor(python)), (QStringList{QStringLiteral("NumPy 1.26.4"), QStringLiteral("attrs 22")}));
        QVERIFY2(!QFileInfo::exists(m_root + QStringLiteral("/started")), "Python was started");
    }

    /// Debian's Python looks in /usr/local before it looks where Debian's packages are.
    void installedByDebian()
    {
        const QString python = writePython(QStringLiteral("usr"));
        // The library is there, but no site-packages in it.
        QVERIFY(!folder(QStringLiteral("usr/lib/python%1")).isEmpty());
        install(QStringLiteral("usr/lib/python3/dist-packages"), QStringLiteral("a"), QStringLiteral("1"));
        install(QStringLiteral("usr/lib/python3/dist-packages"), QStringLiteral("b"), QStringLiteral("1"));
        install(QStringLiteral("usr/local/lib/python%1/dist-packages"), QStringLiteral("a"), QStringLiteral("2"));
        QCOMPARE(texts(installedFor(python)), (QStringList{QStringLiteral("a 2"), QStringLiteral("b 1")}));
    }

    void environments_data()
    {
        QTest::addColumn<QByteArray>("setting");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("alone") << QByteArray("include-system-site-packages = false\n")
                               << QStringList{QStringLiteral("a 2")};
        QTest::newRow("alone unless said otherwise") << QByteArray() << QStringList{QStringLiteral("a 2")};
        QTest::newRow("with what its base has") << QByteArray("include-system-site-packages = true\n")
                                                << QStringList{QStringLiteral("a 2"), QStringLiteral("b 1")};
    }
    /// The executable of an environment is a link to that of its base.
    void environments()
    {
        QFETCH(QByteArray, setting);
        QFETCH(QStringList, expected);
        const QString base = writePython(QStringLiteral("base"));
        install(QStringLiteral("base/lib/python%1/site-packages"), QStringLiteral("a"), QStringLiteral("1"));
        install(QStringLiteral("base/lib/python%1/site-packages"), QStringLiteral("b"), QStringLiteral("1"));
        install(QStringLiteral("env/lib/python%1/site-packages"), QStringLiteral("a"), QStringLiteral("2"));
        writeFile(m_root + QStringLiteral("/env"), QStringLiteral("pyvenv.cfg"),
            "home = " + QFileInfo(base).absolutePath().toUtf8() + "\nversion = " + m_version.toUtf8() + ".2\n"
                + setting);
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("env/bin")));
        const QString python = m_root + QStringLiteral("/env/bin/python");
        QVERIFY(QFile::link(base, python));
        QCOMPARE(texts(installedFor(python)), expected);
    }

    void whatTheHostNeedsForItsExtras()
    {
        const QString python = writePython(QStringLiteral("prefix"));
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("web"), QStringLiteral("1"),
            "Provides-Extra: socks\nRequires-Dist: sockets; extra == 'socks'\n");
        const auto installed = installedFor(python);
        QVERIFY(installed);
        QCOMPARE(installed->first().providesExtra, QStringList{QStringLiteral("socks")});
        QCOMPARE(installed->first().requiresDist.first().name.toString(), QStringLiteral("sockets"));
    }

    void metadataOfOlderTools()
    {
        const QString python = writePython(QStringLiteral("prefix"));
        const QString site = folder(QStringLiteral("prefix/lib/python%1/site-packages"));
        writeFile(site, QStringLiteral("old-1.egg-info"), "Metadata-Version: 1.0\nName: old\nVersion: 1\n");
        QVERIFY(QDir(site).mkdir(QStringLiteral("older.egg-info")));
        writeFile(site + QStringLiteral("/older.egg-info"), QStringLiteral("PKG-INFO"),
            "Metadata-Version: 1.0\nName: older\nVersion: 2\n");
        // What is no requirement today does not make a project disappear.
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("sloppy"), QStringLiteral("3"),
            "Requires-Dist: lib (>=1 or so)\n");
        QVERIFY(QDir(site).mkdir(QStringLiteral("empty-1.dist-info")));
        install(
            QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("unversioned"), QStringLiteral("x"));
        QCOMPARE(texts(installedFor(python)),
            (QStringList{QStringLiteral("old 1"), QStringLiteral("older 2"), QStringLiteral("sloppy 3")}));
    }

    void noPython_data()
    {
        QTest::addColumn<QString>("executable");
        QTest::newRow("missing") << QStringLiteral("ROOT/none/bin/python3");
        QTest::newRow("not in PATH") << QStringLiteral("python-of-nobody");
        QTest::newRow("a folder") << QStringLiteral("ROOT");
        QTest::newRow("another program") << QStringLiteral("/bin/sh");
        QTest::newRow("without a library") << QStringLiteral("ROOT/bare/bin/python3");
    }
    void noPython()
    {
        QFETCH(QString, executable);
        writePython(QStringLiteral("bare"));
        executable.replace(QStringLiteral("ROOT"), m_root);
        QCOMPARE(texts(installedFor(executable)), QStringList{QStringLiteral("python-not-found")});
    }

    void anotherVersion()
    {
        const QString python = writePython(QStringLiteral("prefix"), QStringLiteral("python3.99"));
        QVERIFY(QDir(m_root).mkpath(QStringLiteral("prefix/lib/python3.99/site-packages")));
        const auto installed = installedFor(python);
        QVERIFY(!installed);
        QCOMPARE(QString(installed.error().code().name()), QStringLiteral("python-version-mismatch"));
        QCOMPARE(installed.error().expected(), m_version);
    }

    void theListComesBeforeWhatIsInstalled()
    {
        const QString python = writePython(QStringLiteral("prefix"));
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("Num_Py"), QStringLiteral("1"));
        install(QStringLiteral("prefix/lib/python%1/site-packages"), QStringLiteral("attrs"), QStringLiteral("22"));
        const QString list = writeFile(m_root, QStringLiteral("host.txt"), "num-py==2\n");
        const auto world = World::read({m_root, list, python});
        QVERIFY(world);
        QCOMPARE(texts(world->input.fixed), (QStringList{QStringLiteral("num-py 2"), QStringLiteral("attrs 22")}));
    }

    void filesThatCannotBeUsedAreKnown()
    {
        writeFile(m_root, QStringLiteral("a_b-1.0-py3-none-any.whl"), "x");
        writeFile(m_root, QStringLiteral("nameless.whl"), "x");
        const auto world = World::read({m_root, {}, {}});
        QVERIFY(world);
        QCOMPARE(world->input.candidates.size(), 1);
        QCOMPARE(world->input.candidates.first().name.normalized(), QStringLiteral("a-b"));
        QCOMPARE(QString(world->input.candidates.first().unusable.code().name()), QStringLiteral("zip-no-end-record"));
        QVERIFY(world->plugins().isEmpty());
        QCOMPARE(world->uselessFiles().keys(), (QStringList{QStringLiteral("a-b"), QStringLiteral("nameless.whl")}));
    }

private:
    /// A folder of an installation; `%1` stands for the version.
    QString folder(const QString &path) const
    {
        const QString full = m_root + u'/' + (path.contains(u'%') ? path.arg(m_version) : path);
        return QDir().mkpath(full) ? full : QString();
    }

    /// An executable that leaves a file when it is started.
    QString writePython(const QString &prefix, const QString &name = QStringLiteral("python3")) const
    {
        const QString path = writeFile(
            folder(prefix + QStringLiteral("/bin")), name, "#!/bin/sh\ntouch '" + m_root.toUtf8() + "/started'\n");
        return QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) ? path : QString();
    }

    void install(const QString &site, const QString &name, const QString &version, const QByteArray &more = {}) const
    {
        const QString path = folder(site + u'/' + name + u'-' + version + QStringLiteral(".dist-info"));
        writeFile(path, QStringLiteral("METADATA"),
            "Metadata-Version: 2.1\nName: " + name.toUtf8() + "\nVersion: " + version.toUtf8() + '\n' + more);
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_root;
    const QString m_version = TargetPython::current().shortVersion();
};

QTEST_GUILESS_MAIN(TestCliWorld)
#include "tst_cli_world.moc"
