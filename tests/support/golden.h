#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace Axle::Test {

/// Compares `text` with the file tests/golden/`name`, byte for byte; fails the running test with the first line that
/// differs. With AXLE_ACCEPT=1 it rewrites the file and skips the test, so that an accepting run is never green.
/// Use it through AXLE_COMPARE_GOLDEN.
enum class GoldenOutcome { Equal, Different, Accepted };
GoldenOutcome compareGolden(const QString &name, const QByteArray &text, QString *message);

} // namespace Axle::Test

#define AXLE_COMPARE_GOLDEN(name, text)                                                                                \
    do {                                                                                                               \
        QString goldenMessage;                                                                                         \
        switch (Axle::Test::compareGolden(name, text, &goldenMessage)) {                                               \
        case Axle::Test::GoldenOutcome::Equal:                                                                         \
            break;                                                                                                     \
        case Axle::Test::GoldenOutcome::Different:                                                                     \
            QFAIL(qPrintable(goldenMessage));                                                                          \
        case Axle::Test::GoldenOutcome::Accepted:                                                                      \
            QSKIP(qPrintable(goldenMessage));                                                                          \
        }                                                                                                              \
    } while (false)
