#include "support/pythontest.h"

#include <axle/python/codes.h>

#include <QtCore/QThread>

using namespace Axle;

class InterpreterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }

    void constructionStartsNothing();
    void tasksRunInOrderOnOneOtherThread();
    void seesTheStandardLibraryAndNothingElse();
    void isIsolatedFromTheEnvironment();
    void startsAgainAfterItEnded();
    void startFailureIsAnErrorOfEveryTask();
    void codeThatFailsTellsWhere();
    void exitIsNoFailureUnlessItSaysSo();
    void ownerIsNotHeldUpByBusyPython();
};

void InterpreterTest::constructionStartsNothing()
{
    Interpreter interpreter;
    QVERIFY(!interpreter.isRunning());
    QVERIFY(Interpreter::libraryVersion().startsWith(QStringLiteral("3.")));
}

void InterpreterTest::tasksRunInOrderOnOneOtherThread()
{
    Interpreter interpreter;
    QList<int> order;
    QSet<Qt::HANDLE> threads;
    QFuture<Result<void>> last;
    for (int i = 0; i < 5; ++i) {
        last = interpreter.invoke([&, i]() -> Result<void> {
            order.append(i);
            threads.insert(QThread::currentThreadId());
            return {};
        });
    }
    last.waitForFinished();
    QCOMPARE(order, (QList<int>{0, 1, 2, 3, 4}));
    QCOMPARE(threads.size(), 1);
    QVERIFY(!threads.contains(QThread::currentThreadId()));
    QVERIFY(interpreter.isRunning());
}

void InterpreterTest::seesTheStandardLibraryAndNothingElse()
{
    Interpreter interpreter;
    AXLE_RUN_PYTHON(interpreter,
        "import sys, json, sqlite3, ctypes\n"
        "assert not any('packages' in path for path in sys.path), sys.path\n"
        "assert '' not in sys.path\n"
        "assert sys.dont_write_bytecode\n"
        "assert sys.executable.endswith('python3') or 'python3' in sys.executable, sys.executable\n");
}

void InterpreterTest::isIsolatedFromTheEnvironment()
{
    qputenv("PYTHONPATH", "/nowhere");
    qputenv("PYTHONHOME", "/nowhere");
    Interpreter interpreter;
    AXLE_RUN_PYTHON(interpreter,
        "import sys\n"
        "assert '/nowhere' not in sys.path\n"
        "assert sys.flags.utf8_mode == 1 and sys.flags.isolated == 1\n");
    qunsetenv("PYTHONPATH");
    qunsetenv("PYTHONHOME");
}

void InterpreterTest::startsAgainAfterItEnded()
{
    for (int i = 0; i < 3; ++i) {
        Interpreter interpreter;
        AXLE_RUN_PYTHON(interpreter, "import sys\nassert not hasattr(sys, 'seen')\nsys.seen = True\n");
    }
}

void InterpreterTest::startFailureIsAnErrorOfEveryTask()
{
    Interpreter interpreter(InterpreterOptions{QStringLiteral("/nowhere")});
    for (int i = 0; i < 2; ++i) {
        auto future = interpreter.invoke([]() -> Result<void> { return {}; });
        future.waitForFinished();
        const Result<void> result = future.result();
        QVERIFY(!result);
        QCOMPARE(result.error().code(), Codes::PythonStartFailed); // python-start-failed
        QVERIFY(result.error().hint().contains(QStringLiteral("/nowhere/lib/python3")));
    }
    QVERIFY(!interpreter.isRunning());
}

void InterpreterTest::codeThatFailsTellsWhere()
{
    Interpreter interpreter;
    auto future =
        interpreter.invoke([] { return runCode(QStringLiteral("def f():\n    raise ValueError('deep')\nf()\n")); });
    future.waitForFinished();
    const Result<void> result = future.result();
    QVERIFY(!result);
    QCOMPARE(result.error().code(), Codes::PythonRunFailed); // python-run-failed
    QCOMPARE(result.error().message(), QStringLiteral("the code given with -c failed: ValueError: deep"));
    QVERIFY(result.error().details().contains(QStringLiteral("line 2, in f")));
    QVERIFY(!result.error().details().contains(QStringLiteral("<axle>")));
}

void InterpreterTest::exitIsNoFailureUnlessItSaysSo()
{
    Interpreter interpreter;
    QCOMPARE(Test::runPython(interpreter, QStringLiteral("raise SystemExit")), QString());
    QCOMPARE(Test::runPython(interpreter, QStringLiteral("raise SystemExit(0)")), QString());
    QVERIFY(
        Test::runPython(interpreter, QStringLiteral("raise SystemExit(3)")).contains(QStringLiteral("SystemExit: 3")));
    // Formatting an exception must not raise another.
    QVERIFY(Test::runPython(interpreter,
        QStringLiteral("class E(Exception):\n"
                       "    def __str__(self): raise SystemExit\n"
                       "raise E\n"))
                .contains(QStringLiteral("str() failed")));
}

void InterpreterTest::ownerIsNotHeldUpByBusyPython()
{
    Interpreter interpreter;
    auto future = interpreter.invoke([] { return runCode(QStringLiteral("import time\ntime.sleep(0.2)\n")); });
    QVERIFY(!future.isFinished());
    future.waitForFinished();
    QVERIFY(future.result());
}

QTEST_GUILESS_MAIN(InterpreterTest)
#include "tst_interpreter.moc"
