#include "support/program.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>

namespace Axle::Test {

QJsonObject Run::json() const
{
    return QJsonDocument::fromJson(out).object();
}

Run runProgram(const QString &program, const QStringList &arguments, const QString &folder,
    const std::pair<QString, QString> &variable)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    if (!variable.first.isEmpty())
        environment.insert(variable.first, variable.second);
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(folder);
    process.start(program, arguments);
    if (!process.waitForFinished(60'000))
        qFatal("%s does not end", qPrintable(program));
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
        process.readAllStandardError()};
}

} // namespace Axle::Test
