#include "codes.h"
#include "command.h"
#include "configuration_p.h"
#include "output.h"
#include "pythonlibrary.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace Axle::Command {

namespace {

QString hostProgram()
{
    return QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))).absolutePath()
        + QStringLiteral("/axle-host");
}

Error replaceProcess(const QString &program, const QStringList &arguments)
{
    std::vector<QByteArray> encoded{QFile::encodeName(program)};
    for (const QString &argument : arguments)
        encoded.push_back(QFile::encodeName(argument));
    std::vector<char *> pointers;
    for (QByteArray &argument : encoded)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    ::execv(pointers.front(), pointers.data());
    return Error(Codes::HostMissing,
        QStringLiteral("cannot start '%1': %2").arg(program, QString::fromLocal8Bit(std::strerror(errno))),
        QStringLiteral("'axle-host' is installed beside 'axle'; install Axle again"));
}

} // namespace

int run(const QStringList &arguments)
{
    const auto python = PythonLibrary::load(QStringLiteral(AXLE_PYTHON_LIBRARY), TargetPython::current());
    Output::printError(python ? replaceProcess(hostProgram(), arguments) : python.error());
    return Unreadable;
}

} // namespace Axle::Command
