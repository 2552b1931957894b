#include <pythonlibrary.h>

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

using namespace Axle;

namespace {

TargetPython python311()
{
    TargetPython python;
    python.major = 3;
    python.minor = 11;
    return python;
}

} // namespace

class TestPythonLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void theWantedOne()
    {
        const auto library = PythonLibrary::load(QStringLiteral(AXLE_FAKE_PYTHON311), python311());
        QVERIFY2(library, library ? "" : qPrintable(library.error().toString()));
        QCOMPARE(library->version(), QStringLiteral("3.11.99+"));
    }

    void anotherVersion_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("found");
        QTest::newRow("newer") << QStringLiteral(AXLE_FAKE_PYTHON312) << QStringLiteral("Python 3.12.1");
        QTest::newRow("a prefix of the wanted") << QStringLiteral(AXLE_FAKE_PYTHON31) << QStringLiteral("Python 3.1.5");
        QTest::newRow("no Python at all")
            << QStringLiteral(AXLE_FAKE_LIBRARY) << QStringLiteral("no Python library: it has no 'Py_GetVersion'");
    }
    void anotherVersion()
    {
        QFETCH(QString, path);
        QFETCH(QString, found);
        const auto library = PythonLibrary::load(path, python311());
        QVERIFY(!library);
        QCOMPARE(QString(library.error().code().name()), QStringLiteral("python-version-mismatch"));
        QCOMPARE(library.error().message(), QStringLiteral("Python 3.11 is wanted, but '%1' is %2").arg(path, found));
        QVERIFY(library.error().hint().contains(QLatin1StringView("apt install libpython3.11")));
    }

    void missing()
    {
        const auto library = PythonLibrary::load(QStringLiteral("libpython3.99.so.1.0"), python311());
        QVERIFY(!library);
        QCOMPARE(QString(library.error().code().name()), QStringLiteral("python-library-missing"));
        QCOMPARE(library.error().message(),
            QStringLiteral("Python 3.11 is wanted, but its library cannot be loaded: libpython3.99.so.1.0: cannot open "
                           "shared object file: No such file or directory"));
        QVERIFY(library.error().hint().contains(QLatin1StringView("apt install libpython3.11")));
    }

    void aTextFile()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("libpython.so")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.write("not a library") > 0);
        file.close();
        const auto library = PythonLibrary::load(file.fileName(), python311());
        QVERIFY(!library);
        QCOMPARE(QString(library.error().code().name()), QStringLiteral("python-library-missing"));
    }
};

QTEST_GUILESS_MAIN(TestPythonLibrary)
#include "tst_cli_pythonlibrary.moc"
