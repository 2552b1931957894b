#include "golden.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

namespace Axle::Test {

namespace {

QString firstDifference(const QByteArray &expected, const QByteArray &found)
{
    const QList<QByteArray> expectedLines = expected.split('\n');
    const QList<QByteArray> foundLines = found.split('\n');
    for (qsizetype i = 0; i < qMax(expectedLines.size(), foundLines.size()); ++i) {
        if (expectedLines.value(i) != foundLines.value(i)) {
            return QStringLiteral("line %1: expected '%2', found '%3'")
                .arg(i + 1)
                .arg(QString::fromUtf8(expectedLines.value(i)), QString::fromUtf8(foundLines.value(i)));
        }
    }
    return QStringLiteral("the files differ");
}

} // namespace

GoldenOutcome compareGolden(const QString &name, const QByteArray &text, QString *message)
{
    QFile file(QStringLiteral(AXLE_GOLDEN_FOLDER "/") + name);
    if (qEnvironmentVariableIntValue("AXLE_ACCEPT") == 1) {
        QDir().mkpath(QFileInfo(file).path());
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
            *message = QStringLiteral("cannot write '%1'").arg(file.fileName());
            return GoldenOutcome::Different;
        }
        *message = QStringLiteral("accepted '%1'").arg(name);
        return GoldenOutcome::Accepted;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        *message =
            QStringLiteral("no golden file '%1'; AXLE_ACCEPT=1 makes it from:\n%2").arg(name, QString::fromUtf8(text));
        return GoldenOutcome::Different;
    }
    const QByteArray expected = file.readAll();
    if (expected == text)
        return GoldenOutcome::Equal;
    *message = QStringLiteral("%1: %2").arg(name, firstDifference(expected, text));
    return GoldenOutcome::Different;
}

} // namespace Axle::Test
