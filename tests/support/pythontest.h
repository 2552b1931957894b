#pragma once

#include <axle/python/interpreter.h>
#include <axle/python/plugininstance.h>

#include <QtTest/QtTest>

namespace Axle::Test {

/// Runs Python statements on the interpreter's thread; the empty string, or the error with its traceback.
inline QString runPython(Interpreter &interpreter, const QString &code)
{
    auto future = interpreter.invoke([code] { return runCode(code); });
    future.waitForFinished();
    const Result<void> result = future.result();
    return result ? QString() : result.error().toString();
}

} // namespace Axle::Test

/// Fails the running test with Python's traceback when one of the statements raises.
#define AXLE_RUN_PYTHON(interpreter, code)                                                                             \
    do {                                                                                                               \
        const QString pythonError = Axle::Test::runPython(interpreter, QStringLiteral(code));                          \
        QVERIFY2(pythonError.isEmpty(), qPrintable(pythonError));                                                      \
    } while (false)
